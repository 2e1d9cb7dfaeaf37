"""The stand-ins refuse what the makers refuse: what they take means something."""

import httpx
import pytest
from pydantic import ValidationError
from sumup.types import GetReaderCheckoutResponse

from tests.rigs.payments.stripe import KEY, READER, StripeRig
from tests.rigs.payments.sumup import KEY as SUMUP_KEY
from tests.rigs.payments.sumup import MERCHANT, SumUpRig
from tests.rigs.payments.sumup import READER as SOLO

GOOD = {
    "amount": "2350",
    "currency": "eur",
    "allowed_payment_method_types[0]": "card_present",
    "capture_method": "automatic",
}


def _post(rig: StripeRig, path: str, data: dict[str, str], key: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {KEY}", **({"Idempotency-Key": key} if key else {})}
    return httpx.post(f"{rig.url}/v1/{path}", data=data, headers=headers, timeout=30)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        # Stripe took this field away in 2026; programs of before still send it.
        ({"payment_method_types[0]": "card_present"}, "payment_method_types"),
        ({"capture_method": "later"}, "capture_method"),
        ({"amount": "23.50"}, "amount"),
        ({"payment_method_options[card_present][tips]": "1"}, "tips"),
        ({"amount": "7"}, "at least 50"),
        ({"currency": "EURO"}, "currency"),
    ],
)
def test_stripe_refuses(stripe: StripeRig, more: dict[str, str], words: str) -> None:
    assert _post(stripe, "payment_intents", GOOD).status_code == 200
    refused = _post(stripe, "payment_intents", {**GOOD, **more})
    assert refused.status_code == 400
    assert words in refused.text
    assert len(stripe.intents) == 1


def test_stripe_misses_what_is_missing(stripe: StripeRig) -> None:
    assert "currency" in _post(stripe, "payment_intents", {"amount": "2350"}).text
    assert "payment_intent" in _post(stripe, f"terminal/readers/{READER}/process_payment_intent", {}).text


def test_stripe_keeps_its_keys(stripe: StripeRig) -> None:
    first = _post(stripe, "payment_intents", GOOD, "k")
    again = _post(stripe, "payment_intents", GOOD, "k")
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    other = _post(stripe, "payment_intents", {**GOOD, "amount": "9900"}, "k")
    assert other.json()["error"]["type"] == "idempotency_error"
    assert len(stripe.intents) == 1


def test_stripe_processes_nothing_that_is_over_or_while_it_is_busy(stripe: StripeRig) -> None:
    path = f"terminal/readers/{READER}/process_payment_intent"
    one, two = (_post(stripe, "payment_intents", GOOD).json()["id"] for _ in range(2))
    assert _post(stripe, path, {"payment_intent": one}).json()["action"]["status"] == "in_progress"
    assert "terminal_reader_busy" in _post(stripe, path, {"payment_intent": two}).text
    stripe.guest_pays()
    assert "intent_invalid_state" in _post(stripe, path, {"payment_intent": one}).text
    assert "payment_intent_unexpected_state" in _post(stripe, f"payment_intents/{one}/cancel", {}).text


@pytest.mark.parametrize(
    "body",
    [
        {"total_amount": {"currency": "EUR", "minor_unit": 2}},
        {"total_amount": {"currency": "EUR", "minor_unit": 2, "value": "many"}},
        {"total_amount": {"currency": "EUR", "minor_unit": 2, "value": 1}, "idempotency_key": "k"},
        {"total_amount": {"currency": "EUR", "minor_unit": 2, "value": 1}, "affiliate": {"app_id": "a"}},
    ],
)
def test_sumup_refuses(sumup: SumUpRig, body: dict[str, object]) -> None:
    path = f"{sumup.url}/v0.1/merchants/{MERCHANT}/readers/{SOLO}/checkout"
    answer = httpx.post(path, json=body, headers={"Authorization": f"Bearer {SUMUP_KEY}"}, timeout=30)
    assert answer.status_code == 400
    assert not sumup.checkouts


def test_sumups_library_checks_answers() -> None:
    with pytest.raises(ValidationError):
        GetReaderCheckoutResponse.model_validate({"data": {"status": "pending"}})
