"""What one Stripe account with one reader holds, and what guests do at the reader."""

import itertools
import re
from typing import Any

READER = "tmr_front"
OPEN = {"requires_payment_method", "requires_confirmation", "requires_action", "requires_capture"}


class Refusal(Exception):
    """`saved`: it came of acting on the request, so the idempotency key keeps it."""

    def __init__(self, status: int, code: str, message: str, saved: bool = True, kind: str = "") -> None:
        self.status = status
        self.saved = saved
        kind = kind or ("invalid_request_error" if status < 500 else "api_error")
        self.body = {"error": {"type": kind, "code": code, "message": message}}


class Account:
    """`guest_...` is what happens at the reader; fields come checked."""

    def __init__(self) -> None:
        super().__init__()
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: list[dict[str, Any]] = []
        self.online = True
        self.live = True
        self.searchable = True
        self.reader_answers = True  # False: the reader hears, and Stripe does not hear that it has
        self.action: dict[str, Any] | None = None
        self._authorizing = False
        self._ids = itertools.count(1)

    @property
    def charged(self) -> list[int]:
        """What was taken, by payment."""
        return [one["amount_received"] for one in self.intents.values() if one["status"] == "succeeded"]

    @property
    def waiting(self) -> bool:
        return self.action is not None and self.action["status"] == "in_progress"

    def guest_pays(self) -> None:
        intent = self._at_reader()
        if intent["status"] not in OPEN:
            self._fail("intent_invalid_state", "The payment is over.")
            return
        intent["status"] = "succeeded"
        intent["amount_received"] = intent["amount"]
        intent["latest_charge"] = self._charge("succeeded")
        assert self.action is not None
        self.action["status"] = "succeeded"
        self._authorizing = False

    def guest_is_declined(self, message: str = "Your card has insufficient funds.") -> None:
        intent = self._at_reader()
        intent["last_payment_error"] = {"type": "card_error", "code": "card_declined", "message": message}
        intent["latest_charge"] = {**self._charge("failed"), "failure_message": message}
        self._fail("card_declined", message)

    def guest_cancels(self) -> None:
        self._fail(
            "customer_canceled", "This action could not be completed due to an error on the card reader."
        )

    def reader_fails(self, code: str) -> None:
        self._fail(code, "The reader failed.")

    def guest_inserts_card(self) -> None:
        """From here the reader can't be stopped; `guest_pays` or `guest_is_declined` ends it."""
        self._authorizing = True

    def create(self, fields: dict[str, Any]) -> dict[str, Any]:
        if "card_present" not in fields.get("allowed_payment_method_types", []):
            raise Refusal(400, "", "A reader takes intents of card_present only.", saved=False)
        if not re.fullmatch("[a-z]{3}", fields["currency"]) or fields["currency"] == "xxx":
            raise Refusal(400, "", f"Invalid currency: {fields['currency']}.", saved=False)
        if fields["amount"] < 50:
            raise Refusal(400, "amount_too_small", "Amount must be at least 50 cents.", saved=False)
        intent = {
            "id": f"pi_{next(self._ids)}",
            "object": "payment_intent",
            "amount": fields["amount"],
            "amount_received": 0,
            "currency": fields["currency"],
            "capture_method": fields.get("capture_method", "automatic_async"),
            "payment_method_types": fields["allowed_payment_method_types"],
            "metadata": fields.get("metadata", {}),
            "status": "requires_payment_method",
            "cancellation_reason": None,
            "last_payment_error": None,
            "latest_charge": None,
        }
        self.intents[intent["id"]] = intent
        return intent

    def cancel(self, name: str, fields: dict[str, Any]) -> dict[str, Any]:
        intent = self.intent(name)
        if intent["status"] not in OPEN:
            words = f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}."
            raise Refusal(400, "payment_intent_unexpected_state", words)
        intent["status"] = "canceled"
        intent["cancellation_reason"] = fields.get("cancellation_reason")
        return intent

    def process(self, name: str, fields: dict[str, Any]) -> dict[str, Any]:
        reader = self.reader(name)
        if not self.online:
            raise Refusal(400, "terminal_reader_offline", "Reader is currently offline.")
        if self.waiting:
            raise Refusal(400, "terminal_reader_busy", "Reader is currently busy processing another request.")
        intent = self.intent(fields["payment_intent"])
        if intent["status"] != "requires_payment_method":
            raise Refusal(400, "intent_invalid_state", f"The intent has a status of {intent['status']}.")
        about = {"payment_intent": intent["id"], "process_config": fields.get("process_config")}
        self.action = {
            "type": "process_payment_intent",
            "status": "in_progress",
            "failure_code": None,
            "failure_message": None,
            "process_payment_intent": about,
        }
        if not self.reader_answers:
            raise Refusal(400, "terminal_reader_timeout", "There was a timeout when sending to the reader.")
        return {**reader, "action": self.action}

    def cancel_action(self, name: str) -> dict[str, Any]:
        reader = self.reader(name)
        if not self.online:
            raise Refusal(400, "terminal_reader_offline", "Reader is currently offline.")
        if self._authorizing:
            raise Refusal(400, "terminal_reader_busy", "Reader is currently busy processing another request.")
        self.action = None
        return {**reader, "action": None}

    def refund(self, fields: dict[str, Any]) -> dict[str, Any]:
        intent = self.intent(fields["payment_intent"])
        before = sum(one["amount"] for one in self.refunds if one["payment_intent"] == intent["id"])
        left = intent["amount_received"] - before
        if left <= 0:
            raise Refusal(400, "charge_already_refunded", "Charge has already been refunded.")
        if fields["amount"] > left:
            raise Refusal(400, "", f"Refund amount is greater than unrefunded amount on charge ({left}).")
        refund = {
            "id": f"re_{next(self._ids)}",
            "object": "refund",
            "amount": fields["amount"],
            "payment_intent": intent["id"],
            "metadata": fields.get("metadata", {}),
            "status": "succeeded",
        }
        self.refunds.append(refund)
        return refund

    def search(self, query: str) -> dict[str, Any]:
        asked = re.fullmatch(r"metadata\['(\w+)'\]:'([^']+)'", query)
        if asked is None:
            raise Refusal(400, "", "We were unable to parse your search query.")
        intents = self.intents.values() if self.searchable else []
        found = [one for one in intents if one["metadata"].get(asked[1]) == asked[2]]
        return {
            "object": "search_result",
            "url": "/v1/payment_intents/search",
            "has_more": False,
            "data": found,
        }

    def intent(self, name: str) -> dict[str, Any]:
        if name not in self.intents:
            raise Refusal(404, "resource_missing", f"No such payment_intent: '{name}'", saved=False)
        return self.intents[name]

    def reader(self, name: str) -> dict[str, Any]:
        if name != READER:
            raise Refusal(404, "resource_missing", f"No such terminal reader: '{name}'", saved=False)
        status = "online" if self.online else "offline"
        return {
            "id": name,
            "object": "terminal.reader",
            "status": status,
            "livemode": self.live,
            "action": self.action,
        }

    def _at_reader(self) -> dict[str, Any]:
        assert self.waiting
        assert self.action is not None
        return self.intents[self.action["process_payment_intent"]["payment_intent"]]

    def _fail(self, code: str, message: str) -> None:
        assert self.waiting
        assert self.action is not None
        self._authorizing = False
        self.action |= {"status": "failed", "failure_code": code, "failure_message": message}

    def _charge(self, status: str) -> dict[str, Any]:
        card = {"card_present": {"brand": "visa", "last4": "4242"}}
        return {
            "id": f"ch_{next(self._ids)}",
            "object": "charge",
            "status": status,
            "payment_method_details": card,
        }
