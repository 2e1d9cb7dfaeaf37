"""Stripe's part of a card payment at a reader, as https://docs.stripe.com/terminal describes it."""

import json
import threading
from typing import Any
from urllib.parse import parse_qs, unquote

from stripe.params import PaymentIntentCancelParams, PaymentIntentCreateParams, RefundCreateParams
from stripe.params.terminal import ReaderCancelActionParams, ReaderProcessPaymentIntentParams

from tests.rigs.payments.serving import Asked, Server, Told
from tests.rigs.payments.strict import Wrong, checked, form
from tests.rigs.payments.stripe_account import READER, Account, Refusal

__all__ = ["KEY", "READER", "StripeRig"]
KEY = "sk_test_51Nobody0Knows1This2Key3"


class StripeRig(Account, Server):
    """The account's interface: keys of requests, routes, and fields held against Stripe's own description."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[str, tuple[str, Told]] = {}
        self._lock = threading.RLock()

    def forget_keys(self) -> None:
        """As a day later."""
        self._keys.clear()

    def answer(self, asked: Asked) -> Told:
        with self._lock:
            if asked.headers.get("authorization") != f"Bearer {KEY}":
                # Stripe hides most of it; a maker that did not must not make us show it.
                given = asked.headers.get("authorization", "").removeprefix("Bearer ")
                error = {"type": "invalid_request_error", "message": f"Invalid API Key provided: {given}"}
                return Told(401, {"error": error})
            try:
                return self._once(asked) if asked.method == "POST" else Told(200, self._read(asked))
            except Refusal as no:
                return Told(no.status, no.body)

    def broken(self, status: int) -> Told:
        return Told(status, {"error": {"type": "api_error", "message": "Something went wrong on our end."}})

    def fail_for_good(self, key: str) -> None:
        """The request with this key was acted on and broke: Stripe keeps that."""
        self._keys[key] = ("", self.broken(500))

    def _once(self, asked: Asked) -> Told:
        key = asked.headers.get("idempotency-key", "")
        same = f"{asked.path} {asked.body}"
        if key in self._keys:
            before, told = self._keys[key]
            if before and before != same:
                words = "Keys for idempotent requests can only be used with the same parameters."
                raise Refusal(400, "", words, kind="idempotency_error")
            return Told(told.status, told.body, {"Idempotent-Replayed": "true"})
        try:
            told = Told(200, json.loads(json.dumps(self._act(asked))))
        except Wrong as wrong:
            raise Refusal(400, "parameter_unknown", str(wrong)) from None
        except Refusal as no:
            if not no.saved:
                raise
            told = Told(no.status, no.body)
        if key:
            self._keys[key] = (same, told)
        return told

    def _act(self, asked: Asked) -> dict[str, Any]:
        fields = form(asked.body)
        match asked.path.strip("/").split("/"):
            case ["v1", "payment_intents"]:
                return self.create(checked(PaymentIntentCreateParams, fields))
            case ["v1", "payment_intents", name, "cancel"]:
                return self.cancel(name, checked(PaymentIntentCancelParams, fields))
            case ["v1", "terminal", "readers", name, "process_payment_intent"]:
                return self.process(name, checked(ReaderProcessPaymentIntentParams, fields))
            case ["v1", "terminal", "readers", name, "cancel_action"]:
                checked(ReaderCancelActionParams, fields)
                return self.cancel_action(name)
            case ["v1", "refunds"]:
                return self.refund(checked(RefundCreateParams, fields))
        raise Refusal(404, "", f"Unrecognized request URL (POST: {asked.path}).", saved=False)

    def _read(self, asked: Asked) -> dict[str, Any]:
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        match asked.path.strip("/").split("/"):
            case ["v1", "payment_intents", "search"]:
                return self.search(unquote(query["query"]))
            case ["v1", "payment_intents", name]:
                return self.intent(name)
            case ["v1", "terminal", "readers", name]:
                return self.reader(name)
            case ["v1", "refunds"]:
                found = [one for one in self.refunds if one["payment_intent"] == query["payment_intent"]]
                return {"object": "list", "url": "/v1/refunds", "has_more": False, "data": found}
        raise Refusal(404, "", f"Unrecognized request URL (GET: {asked.path}).")
