"""Stripe acts, and the answer is lost: one charge and one return, and their fate is found by asking."""

import dataclasses
import threading
import time

import pytest

from eventdesk.devices.terminals.port import Answer, Fate, Patience
from eventdesk.devices.terminals.stripe import StripeTerminal
from tests.devices.terminals.guests import CHARGE, LONG_S, Till, returned, until
from tests.rigs.payments.stripe import KEY, READER, StripeRig
from tests.rigs.wires import Wire


def test_the_making_was_lost(
    stripe: StripeRig, wire: Wire, behind: StripeTerminal, terminal: StripeTerminal
) -> None:
    wire.lose_answers = True
    assert behind.charge(CHARGE, threading.Event()).fate is Fate.UNKNOWN
    assert len(stripe.intents) == 1
    assert terminal.find(CHARGE).fate is Fate.CANCELED
    assert [one["status"] for one in stripe.intents.values()] == ["canceled"]


@pytest.mark.parametrize("reference", ["pi_1", ""], ids=["known", "unknown"])
def test_the_asking_of_the_reader_was_lost_and_the_guest_paid(
    stripe: StripeRig, wire: Wire, behind: StripeTerminal, terminal: StripeTerminal, reference: str
) -> None:
    with stripe.held("process_payment_intent", acted=True) as door, Till(behind) as till:
        until(door.reached.is_set)
        wire.lose_answers = True
        door.opened.set()
        stripe.guest_pays()
    assert till.answer.fate is Fate.UNKNOWN
    assert till.answer.reference == "pi_1"
    found = terminal.find(CHARGE, reference)
    assert (found.fate, found.amount, found.last4) == (Fate.PAID, 2350, "4242")
    assert stripe.charged == [2350]


def test_a_short_loss_costs_nothing(stripe: StripeRig, wire: Wire) -> None:
    patience = Patience(call=10, guest=LONG_S, settle=LONG_S, pause=0.02)
    terminal = StripeTerminal("Front", KEY, READER, patience, f"http://127.0.0.1:{wire.port}")
    with stripe.held("process_payment_intent", acted=True) as door, Till(terminal) as till:
        until(door.reached.is_set)
        wire.lose_answers = True
        door.opened.set()
        asked = len(stripe.asked)
        until(lambda: len(stripe.asked) > asked + 2)
        wire.heal()
        stripe.guest_pays()
    terminal.close()
    assert till.answer.fate is Fate.PAID
    assert stripe.charged == [2350]


def test_a_request_that_comes_late_finds_its_intent_canceled(stripe: StripeRig) -> None:
    patience = Patience(call=3, guest=0.5, settle=LONG_S, pause=0.02)
    impatient = StripeTerminal("Front", KEY, READER, patience, stripe.url)
    with stripe.held("process_payment_intent", acted=False) as door:
        assert impatient.charge(CHARGE, threading.Event()).fate is Fate.EXPIRED
        assert door.reached.is_set()
        door.opened.set()
        until(lambda: not stripe.serving)
    impatient.close()
    assert not stripe.waiting, "the guest is asked for a payment that is over"
    assert stripe.charged == []


def test_a_charge_that_never_arrived(stripe: StripeRig, wire: Wire, behind: StripeTerminal) -> None:
    wire.refuse = True
    assert behind.charge(CHARGE, threading.Event()).fate is Fate.UNKNOWN
    assert behind.find(CHARGE).fate is Fate.UNKNOWN, "as long as nobody can be asked"
    assert not stripe.intents
    wire.heal()
    assert behind.find(CHARGE).fate is Fate.CANCELED
    assert [one["status"] for one in stripe.intents.values()] == ["canceled"]


def test_a_charge_that_broke_in_the_making(stripe: StripeRig, terminal: StripeTerminal) -> None:
    stripe.fail_for_good(CHARGE.key)
    assert terminal.charge(CHARGE, threading.Event()).fate is Fate.UNKNOWN
    assert terminal.find(CHARGE).fate is Fate.CANCELED
    assert stripe.charged == []


def test_found_when_stripe_has_forgotten_the_key(stripe: StripeRig, terminal: StripeTerminal) -> None:
    _paid(stripe, terminal)
    stripe.forget_keys()
    assert terminal.find(CHARGE).fate is Fate.PAID
    assert [one["status"] for one in stripe.intents.values()] == ["succeeded", "canceled"]


def test_found_when_a_newer_program_asks_in_other_words(stripe: StripeRig, terminal: StripeTerminal) -> None:
    _paid(stripe, terminal)
    assert terminal.find(dataclasses.replace(CHARGE, note="Other words")).fate is Fate.PAID
    assert stripe.charged == [2350]


def test_what_nobody_can_tell_stays_unknown(
    stripe: StripeRig, behind: StripeTerminal, terminal: StripeTerminal
) -> None:
    """Stripe knows the key, but its index does not know the payment yet."""
    stripe.searchable = False
    _paid(stripe, terminal)
    assert behind.find(dataclasses.replace(CHARGE, note="Other words")).fate is Fate.UNKNOWN


def test_an_answer_that_drips_does_not_hold_the_till(stripe: StripeRig, wire: Wire) -> None:
    terminal = StripeTerminal(
        "Front", KEY, READER, Patience(call=1, guest=1, settle=1, pause=0.05), f"http://127.0.0.1:{wire.port}"
    )
    wire.drip_s = 0.5
    began = time.monotonic()
    assert terminal.charge(CHARGE, threading.Event()).fate is Fate.UNKNOWN
    assert time.monotonic() - began < LONG_S
    wire.heal()
    wire.reset()
    terminal.close()


def test_a_lost_return_is_one_return(
    stripe: StripeRig, wire: Wire, behind: StripeTerminal, terminal: StripeTerminal
) -> None:
    _paid(stripe, terminal)
    wanted = returned(1000, 1, "pi_1")
    answers: list[Answer] = []
    giving = threading.Thread(target=lambda: answers.append(behind.give_back(wanted)))
    with stripe.held("POST /v1/refunds", acted=True) as door:
        giving.start()
        until(door.reached.is_set)
        wire.lose_answers = True
        door.opened.set()
        giving.join(LONG_S)
    assert [one.fate for one in answers] == [Fate.UNKNOWN]
    assert terminal.find_return(wanted).fate is Fate.PAID
    assert terminal.give_back(wanted).fate is Fate.PAID
    assert [one["amount"] for one in stripe.refunds] == [1000]


def test_a_return_that_never_arrived(
    stripe: StripeRig, wire: Wire, behind: StripeTerminal, terminal: StripeTerminal
) -> None:
    _paid(stripe, terminal)
    wanted = returned(1000, 1, "pi_1")
    wire.refuse = True
    assert behind.give_back(wanted).fate is Fate.UNKNOWN
    assert behind.find_return(wanted).fate is Fate.UNKNOWN
    wire.heal()
    assert behind.find_return(wanted).fate is Fate.CANCELED
    assert not stripe.refunds


def _paid(stripe: StripeRig, terminal: StripeTerminal) -> None:
    with Till(terminal) as till:
        until(lambda: stripe.waiting)
        stripe.guest_pays()
    assert till.answer.fate is Fate.PAID
