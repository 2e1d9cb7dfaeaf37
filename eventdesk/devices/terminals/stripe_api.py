"""What of Stripe's interface a card terminal needs, through its official library, as plain values.

https://docs.stripe.com/terminal (server-driven integration) is the reference.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from eventdesk.devices.terminals import words
from eventdesk.devices.terminals.calling import Calls
from eventdesk.devices.terminals.faults import KEY_REFUSED, KEY_USED, Lost, Refused
from eventdesk.devices.terminals.port import Charge, Return

if TYPE_CHECKING:
    from stripe.params import PaymentIntentCreateParams

T = TypeVar("T")
# Names in the metadata of what is made at Stripe: by them it is found again.
PAYMENT = "eventdesk_payment"
RETURN = "eventdesk_return"


@dataclass(frozen=True, slots=True)
class Intent:
    """A PaymentIntent. `received` in minor units; `refusal`: why the last card was declined."""

    id: str
    status: str
    received: int
    reason: str
    brand: str
    last4: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Reader:
    """`at`: the PaymentIntent of its last action, which is `action` (in_progress, succeeded, failed)."""

    online: bool
    live: bool
    at: str
    action: str
    failure: str
    words: str


@dataclass(frozen=True, slots=True)
class Refund:
    status: str
    amount: int
    words: str


class StripeApi:
    """Each call raises Lost or Refused, and nothing else for what the world does."""

    def __init__(self, key: str, reader: str, seconds: float, url: str = "") -> None:
        self._key = key
        self._reader = reader
        self._calls = Calls("stripe", seconds, lambda: _Client(key, seconds, url))

    def create(self, charge: Charge) -> tuple[Intent, bool]:
        """The PaymentIntent of this charge, made now or before (True; then it is told as it was made)."""
        # Interac is Canada's; elsewhere Stripe leaves it out by itself.
        kinds: list[Any] = ["card_present", *(["interac_present"] if charge.currency == "CAD" else [])]
        params: PaymentIntentCreateParams = {
            "amount": charge.amount,
            "currency": charge.currency.lower(),
            "allowed_payment_method_types": kinds,
            "capture_method": "automatic",
            "metadata": {PAYMENT: charge.id},
        }
        if charge.note:
            params["description"] = charge.note
        raw = self._ask(
            lambda client: client.v1.payment_intents.create(params, {"idempotency_key": charge.key})
        )
        return _intent(raw.to_dict()), _replayed(raw.last_response.headers if raw.last_response else {})

    def intent(self, intent: str) -> Intent:
        return _intent(
            self._ask(
                lambda client: client.v1.payment_intents.retrieve(intent, {"expand": ["latest_charge"]})
            ).to_dict()
        )

    def search(self, payment: str) -> list[Intent]:
        """Those made for a payment of ours. Stripe's index lags behind, by a minute as a rule."""
        query = f"metadata['{PAYMENT}']:'{payment}'"
        found = self._ask(lambda client: client.v1.payment_intents.search({"query": query}))
        return [_intent(raw.to_dict()) for raw in found.data]

    def cancel(self, intent: str, expired: bool) -> Intent:
        return _intent(
            self._ask(
                lambda client: client.v1.payment_intents.cancel(
                    intent, {"cancellation_reason": "abandoned" if expired else "requested_by_customer"}
                )
            ).to_dict()
        )

    def reader(self) -> Reader:
        return _reader(self._ask(lambda client: client.v1.terminal.readers.retrieve(self._reader)).to_dict())

    def process(self, intent: str) -> None:
        """Have the reader ask the guest. An intent that is paid or canceled is refused."""
        self._ask(
            lambda client: client.v1.terminal.readers.process_payment_intent(
                self._reader,
                {
                    "payment_intent": intent,
                    "process_config": {"enable_customer_cancellation": True, "skip_tipping": True},
                },
            )
        )

    def cancel_action(self) -> None:
        self._ask(lambda client: client.v1.terminal.readers.cancel_action(self._reader))

    def refund(self, wanted: Return) -> Refund:
        return _refund(
            self._ask(
                lambda client: client.v1.refunds.create(
                    {
                        "payment_intent": wanted.reference,
                        "amount": wanted.amount,
                        "metadata": {RETURN: wanted.id},
                    },
                    {"idempotency_key": wanted.key},
                )
            ).to_dict()
        )

    def find_refund(self, wanted: Return) -> Refund | None:
        def asked(client: "_Client") -> list[dict[str, Any]]:
            listed = client.v1.refunds.list({"payment_intent": wanted.reference, "limit": 100})
            return [raw.to_dict() for raw in listed.auto_paging_iter()]

        for raw in self._ask(asked):
            if (raw.get("metadata") or {}).get(RETURN) == wanted.id:
                return _refund(raw)
        return None

    def close(self) -> None:
        self._calls.close()

    def _ask(self, function: "Callable[[_Client], T]") -> T:
        import stripe

        try:
            return self._calls.call(function)
        except (stripe.AuthenticationError, stripe.PermissionError) as error:
            raise Refused(KEY_REFUSED, self._words(error)) from None
        except stripe.IdempotencyError as error:
            raise Refused(KEY_USED, self._words(error)) from None
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            raise Refused(error.code or "", self._words(error)) from None
        except (stripe.APIConnectionError, TimeoutError):
            # Its own words are for programmers.
            raise Lost(words.silent()) from None
        except stripe.StripeError as error:
            raise Lost(self._words(error), _replayed(error.headers or {})) from None

    def _words(self, error: Any) -> str:
        return str(error.user_message or error.code or type(error).__name__).replace(self._key, "…")


class _Client:
    """The library's client, without its own tries: what is asked again, and when, is decided here."""

    def __init__(self, key: str, seconds: float, url: str) -> None:
        import stripe

        # It logs requests and answers in whole.
        logging.getLogger("stripe").setLevel(logging.WARNING)
        self._http = stripe.RequestsClient(timeout=seconds)
        self.v1 = stripe.StripeClient(
            key,
            http_client=self._http,
            max_network_retries=0,
            base_addresses={"api": url} if url else {},
        ).v1

    def close(self) -> None:
        self._http.close()  # type: ignore[no-untyped-call]


def _replayed(headers: Mapping[str, str]) -> bool:
    return any(name.lower() == "idempotent-replayed" and headers[name] == "true" for name in headers)


def _intent(raw: dict[str, Any]) -> Intent:
    charge = raw.get("latest_charge")
    charge = charge if isinstance(charge, dict) else {}
    card = (charge.get("payment_method_details") or {}).get("card_present") or {}
    error = raw.get("last_payment_error") or {}
    refused = charge.get("failure_message") if charge.get("status") == "failed" else ""
    return Intent(
        raw["id"],
        raw["status"],
        raw.get("amount_received") or 0,
        raw.get("cancellation_reason") or "",
        card.get("brand") or "",
        card.get("last4") or "",
        error.get("message") or refused or "",
    )


def _reader(raw: dict[str, Any]) -> Reader:
    action = raw.get("action") or {}
    at = (action.get("process_payment_intent") or {}).get("payment_intent") or ""
    return Reader(
        raw.get("status") == "online",
        bool(raw.get("livemode")),
        at["id"] if isinstance(at, dict) else at,
        action.get("status") or "",
        action.get("failure_code") or "",
        (action.get("api_error") or {}).get("message") or action.get("failure_message") or "",
    )


def _refund(raw: dict[str, Any]) -> Refund:
    return Refund(raw.get("status") or "", raw.get("amount") or 0, raw.get("failure_reason") or "")
