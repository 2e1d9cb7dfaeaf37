"""A card payment at a Stripe reader: each end it may come to, and none told before it is sure."""

import dataclasses
import logging
import threading
from collections.abc import Iterator

import pytest

from eventdesk.devices.states import Status
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Patience
from eventdesk.devices.terminals.stripe import StripeTerminal
from eventdesk.errors import DeviceError
from tests.devices.terminals.guests import CHARGE, QUICK, SHORT, Till, returned
from tests.rigs.payments.stripe import KEY, READER, StripeRig


def _opened(
    url: str, patience: Patience = QUICK, key: str = KEY, reader: str = READER
) -> Iterator[StripeTerminal]:
    terminal = StripeTerminal("Front", key, reader, patience, url)
    yield terminal
    terminal.close()


def test_paid(stripe: StripeRig, terminal: StripeTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.guest_pays()
    assert till.answer == Answer(Fate.PAID, "pi_1", 2350, "visa", "4242")
    assert stripe.charged == [2350]


def test_declined_is_told_with_the_banks_words_and_can_not_be_paid_any_more(
    stripe: StripeRig, terminal: StripeTerminal
) -> None:
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.guest_is_declined("Your card has expired.")
    assert till.answer == Answer(Fate.DECLINED, "pi_1", words="Your card has expired.")
    assert stripe.intents["pi_1"]["status"] == "canceled"
    assert terminal.find(CHARGE) == till.answer


def test_canceled_by_the_guest(stripe: StripeRig, terminal: StripeTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.guest_cancels()
    assert till.answer == Answer(Fate.CANCELED, "pi_1")
    assert stripe.intents["pi_1"]["status"] == "canceled"


def test_canceled_by_the_till(stripe: StripeRig, terminal: StripeTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        till.canceled.set()
    assert till.answer == Answer(Fate.CANCELED, "pi_1")
    assert stripe.action is None, "the reader still asks"


def test_canceled_by_the_till_too_late(stripe: StripeRig, terminal: StripeTerminal) -> None:
    """The card is being authorized: the reader can't be stopped, and what it takes is told."""
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.guest_inserts_card()
        till.canceled.set()
        till.until(lambda: sum(one.path.endswith("cancel_action") for one in stripe.asked) > 2)
        stripe.guest_pays()
    assert till.answer.fate is Fate.PAID
    assert stripe.charged == [2350]


def test_canceled_before_it_began_asks_no_guest(stripe: StripeRig, terminal: StripeTerminal) -> None:
    canceled = threading.Event()
    canceled.set()
    assert terminal.charge(CHARGE, canceled).fate is Fate.CANCELED
    assert not any("process" in one.path for one in stripe.asked)


def test_nobody_came(stripe: StripeRig) -> None:
    for terminal in _opened(stripe.url, SHORT):
        answer = terminal.charge(CHARGE, threading.Event())
        assert answer == Answer(Fate.EXPIRED, "pi_1")
        assert terminal.find(CHARGE, "pi_1") == answer
    assert stripe.action is None


def test_a_reader_that_lost_the_answer_took_the_money_all_the_same(
    stripe: StripeRig, terminal: StripeTerminal
) -> None:
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.intents["pi_1"] |= {"status": "processing"}
        stripe.reader_fails("connection_error")
        till.until(lambda: any(one.path.endswith("/cancel") for one in stripe.asked))
        stripe.intents["pi_1"] |= {"status": "succeeded", "amount_received": 2350}
    assert till.answer.fate is Fate.PAID


def test_a_reader_that_heard_though_stripe_does_not_know_it(
    stripe: StripeRig, terminal: StripeTerminal
) -> None:
    stripe.reader_answers = False
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.guest_pays()
    assert till.answer.fate is Fate.PAID
    assert stripe.charged == [2350]


@pytest.mark.parametrize(("busy", "words"), [(True, "busy"), (False, "off")])
def test_a_reader_that_can_not_ask(
    stripe: StripeRig, terminal: StripeTerminal, busy: bool, words: str
) -> None:
    if busy:
        other = {"payment_intent": "pi_other"}
        stripe.action = {"status": "in_progress", "process_payment_intent": other}
    else:
        stripe.online = False
    answer = terminal.charge(CHARGE, threading.Event())
    assert answer.fate is Fate.CANCELED
    assert words in answer.words
    assert not busy or stripe.waiting, "another till's guest was sent away"


@pytest.mark.parametrize(
    "charge",
    [dataclasses.replace(CHARGE, currency="XXX"), dataclasses.replace(CHARGE, amount=7)],
    ids=["currency", "amount"],
)
def test_what_can_not_be_right_is_refused_before_anything_is_charged(
    stripe: StripeRig, terminal: StripeTerminal, charge: Charge
) -> None:
    with pytest.raises(DeviceError, match="Front") as told:
        terminal.charge(charge, threading.Event())
    assert told.value.remedy
    assert not stripe.intents


def test_another_unit_of_the_currency_is_never_sent(stripe: StripeRig, terminal: StripeTerminal) -> None:
    with pytest.raises(DeviceError, match="ISK"):
        terminal.charge(dataclasses.replace(CHARGE, currency="ISK"), threading.Event())
    assert not stripe.asked


def test_a_wrong_key_is_told_and_never_shown(stripe: StripeRig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "sk_live_thisIsNobodysBusiness"
    no_time = dataclasses.replace(QUICK, settle=0.1)
    for terminal in _opened(stripe.url, no_time, key=secret):
        with pytest.raises(DeviceError) as told:
            terminal.charge(CHARGE, threading.Event())
        assert terminal.state().status is Status.GONE
        found = terminal.find(CHARGE)
        assert found.fate is Fate.UNKNOWN
        assert "Invalid API Key" in found.words
        assert secret not in f"{terminal!r} {found}"
    assert secret not in f"{told.value!r} {told.value} {told.value.__cause__!r}"
    assert secret not in caplog.text
    assert not stripe.intents


def test_the_states(stripe: StripeRig, terminal: StripeTerminal) -> None:
    assert terminal.state().status is Status.READY
    stripe.live = False
    assert terminal.state().status is Status.DEGRADED, "nobody is told that no money is taken"
    stripe.online = False
    assert terminal.state().status is Status.GONE
    stripe.failures.append(("readers", 500, False))
    assert terminal.state().status is Status.GONE
    for elsewhere in _opened(stripe.url, reader="tmr_elsewhere"):
        assert "does not know" in elsewhere.state().message


def test_paid_back_in_parts_and_never_more(stripe: StripeRig, terminal: StripeTerminal) -> None:
    _paid(stripe, terminal)
    assert terminal.give_back(returned(1000, 1, "pi_1")) == Answer(Fate.PAID, "pi_1", 1000)
    assert terminal.give_back(returned(1350, 2, "pi_1", 1000)) == Answer(Fate.PAID, "pi_1", 1350)
    over = terminal.give_back(returned(1, 3, "pi_1", 2350))
    assert over.fate is Fate.DECLINED
    assert over.words
    assert [one["amount"] for one in stripe.refunds] == [1000, 1350]


def test_a_return_that_is_asked_for_twice_is_one(stripe: StripeRig, terminal: StripeTerminal) -> None:
    _paid(stripe, terminal)
    wanted = returned(1000, 1, "pi_1")
    terminal.give_back(wanted)
    stripe.forget_keys()
    assert terminal.give_back(wanted).fate is Fate.PAID
    assert len(stripe.refunds) == 1


def test_a_return_of_a_payment_that_is_not_there(terminal: StripeTerminal) -> None:
    with pytest.raises(DeviceError, match="No such payment_intent"):
        terminal.give_back(returned(1000, 1, "pi_77"))


def _paid(stripe: StripeRig, terminal: StripeTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: stripe.waiting)
        stripe.guest_pays()
    assert till.answer.fate is Fate.PAID
