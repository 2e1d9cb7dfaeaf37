"""SumUp's part of a payment at a Solo, as https://developer.sumup.com/terminal-payments/cloud-api tells."""

import itertools
import json
import threading
from typing import Any
from urllib.parse import parse_qs

from sumup.readers.resource import CreateReaderCheckoutBodyInput
from sumup.transactions.resource import RefundTransactionBodyInput

from eventdesk.devices.terminals.sumup_api import Account
from tests.rigs.payments.serving import Asked, Server, Told
from tests.rigs.payments.strict import Wrong, checked

KEY = "sup_sk_nobodyKnowsThisOne"
AFFILIATE = "sup_afk_norThisOne"
MERCHANT = "MC0FFEE1"
READER = "rdr_3MSAFM23CK82VSTT4BN6RWSQ65"
_NOBODY = {"card_type": None, "installments": None, "payment_type": "card"}


def account(url: str, key: str = KEY) -> Account:
    return Account(key, MERCHANT, READER, "org.example.desk", AFFILIATE, url)


class SumUpRig(Server):
    """One merchant with one reader. `guest_...` is what happens at the reader."""

    def __init__(self) -> None:
        super().__init__()
        self.checkouts: dict[str, dict[str, Any]] = {}
        self.transactions: list[dict[str, Any]] = []
        self.online = True
        self._ids = itertools.count(1)
        self._lock = threading.RLock()

    # what a test sees and does

    @property
    def charged(self) -> list[float]:
        return [one["amount"] for one in self.transactions if one["status"] in ("SUCCESSFUL", "REFUNDED")]

    @property
    def waiting(self) -> bool:
        return any(one["status"] == "pending" for one in self.checkouts.values())

    @property
    def returned(self) -> list[float]:
        return [event["amount"] for one in self.transactions for event in one["transaction_events"]]

    def guest_pays(self) -> None:
        self._end("successful", "SUCCESSFUL", "")

    def guest_is_declined(self, words: str = "Card declined by the bank") -> None:
        self._end("failed", "FAILED", words)

    def guest_cancels(self) -> None:
        self._end("cancelled", "CANCELLED", "")

    def guest_presents_card(self) -> None:
        """From here the reader can't be stopped."""
        at = self._at_reader()
        at["presented"] = True
        self.transactions.append(self._transaction(at, "PENDING"))

    # the interface

    def answer(self, asked: Asked) -> Told:
        with self._lock:
            if asked.headers.get("authorization") != f"Bearer {KEY}":
                return _no(401, f"Unauthorized: {asked.headers.get('authorization')}")
            try:
                return self._routed(asked, json.loads(asked.body) if asked.body else {})
            except Wrong as wrong:
                return _no(400, str(wrong))

    def _routed(self, asked: Asked, body: dict[str, Any]) -> Told:
        match [asked.method, *asked.path.strip("/").split("/")]:
            case [
                "POST",
                "v0.1",
                "merchants",
                "MC0FFEE1",
                "readers",
                "rdr_3MSAFM23CK82VSTT4BN6RWSQ65",
                "checkout",
            ]:
                return self._begin(checked(CreateReaderCheckoutBodyInput, body))
            case ["POST", "v0.1", "merchants", "MC0FFEE1", "readers", reader, "terminate"] if (
                reader == READER
            ):
                return self._terminate()
            case ["GET", "v0.1", "merchants", "MC0FFEE1", "readers", reader, "status"] if reader == READER:
                state = "WAITING_FOR_CARD" if self.waiting else "IDLE"
                status = "ONLINE" if self.online else "OFFLINE"
                return Told(200, {"data": {"status": status, "state": state}})
            case ["GET", "v0.1", "merchants", "MC0FFEE1", "readers", _, "checkout", name]:
                return self._checkout(name)
            case ["GET", "v2.1", "merchants", "MC0FFEE1", "transactions"]:
                return self._get({name: values[0] for name, values in parse_qs(asked.query).items()})
            case ["POST", "v1.0", "merchants", "MC0FFEE1", "payments", name, "refunds"]:
                return self._refund(name, checked(RefundTransactionBodyInput, body))
        return _no(404, "Not found")

    def _begin(self, body: dict[str, Any]) -> Told:
        if not self.online or self.waiting:
            return _no(422, "The reader is offline or busy.")
        number = next(self._ids)
        checkout = f"checkout-{number}"
        self.checkouts[checkout] = {
            "status": "pending",
            "body": body,
            "ctx": f"ctx-{number}",
            "presented": False,
        }
        return Told(201, {"data": {"client_transaction_id": f"ctx-{number}", "checkout_id": checkout}})

    def _terminate(self) -> Told:
        if not self.online:
            return _no(422, "The reader is offline.")
        if self.waiting and not self._at_reader()["presented"]:
            self._end("cancelled", "", "")
        return Told(202, None)

    def _checkout(self, name: str) -> Told:
        if name not in self.checkouts:
            return _no(404, "Not found")
        one = self.checkouts[name]
        data = {
            **_NOBODY,
            "checkout_id": name,
            "client_transaction_id": one["ctx"],
            "created_at": "2026-01-02T10:00:00Z",
            "updated_at": "2026-01-02T10:00:00Z",
            "valid_until": "2026-01-02T10:05:00Z",
            "payment_failure_reason": one.get("words") or None,
            "payment_status": None,
            "reader_firmware_version": "3.3.39.0",
            "reader_serial_number": "123",
            "status": one["status"],
            "total_amount": one["body"]["total_amount"],
        }
        return Told(200, {"data": data})

    def _get(self, query: dict[str, str]) -> Told:
        ((name, value),) = query.items()
        found = [one for one in self.transactions if one[name] == value]
        return Told(200, found[-1]) if found else _no(404, "Resource not found")

    def _refund(self, name: str, body: dict[str, Any]) -> Told:
        found = [one for one in self.transactions if one["id"] == name]
        if not found:
            return _no(404, "Resource not found")
        left = found[0]["amount"] - sum(event["amount"] for event in found[0]["transaction_events"])
        if body["amount"] > left + 1e-9:
            return _no(409, "The transaction is not refundable in its current state")
        event = {
            "event_type": "REFUND",
            "amount": body["amount"],
            "status": "REFUNDED",
            "id": next(self._ids),
        }
        found[0]["transaction_events"].append(event)
        found[0]["status"] = "REFUNDED"
        return Told(201, {})

    def _at_reader(self) -> dict[str, Any]:
        (one,) = [one for one in self.checkouts.values() if one["status"] == "pending"]
        return one

    def _end(self, checkout: str, status: str, words: str) -> None:
        one = self._at_reader()
        one["status"] = checkout
        one["words"] = words
        self.transactions = [old for old in self.transactions if old["client_transaction_id"] != one["ctx"]]
        if status:
            self.transactions.append(self._transaction(one, status))

    def _transaction(self, checkout: dict[str, Any], status: str) -> dict[str, Any]:
        total = checkout["body"]["total_amount"]
        return {
            "id": f"tx-{next(self._ids)}",
            "client_transaction_id": checkout["ctx"],
            "foreign_transaction_id": checkout["body"]["affiliate"]["foreign_transaction_id"],
            "amount": total["value"] / 10 ** total["minor_unit"],
            "currency": total["currency"],
            "status": status,
            "card": {"type": "MASTERCARD", "last_4_digits": "3456"},
            "transaction_events": [],
        }


def _no(status: int, detail: str) -> Told:
    return Told(
        status,
        {"type": "about:blank", "detail": detail, "status": status},
        {"Content-Type": "application/problem+json"},
    )
