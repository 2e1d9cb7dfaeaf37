"""A card payment at a SumUp reader: each end it may come to, and answers that were lost."""

import dataclasses
import logging
import threading
from collections.abc import Iterator

import pytest

from eventdesk.devices.states import Status
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Patience, Return
from eventdesk.devices.terminals.sumup import SumUpTerminal
from eventdesk.errors import DeviceError
from tests.devices.terminals.guests import CHARGE, LONG_S, QUICK, SHORT, VAIN, Till, returned, until
from tests.rigs.payments.sumup import AFFILIATE, KEY, SumUpRig, account
from tests.rigs.wires import Wire


def _opened(url: str, patience: Patience = QUICK, key: str = KEY) -> Iterator[SumUpTerminal]:
    terminal = SumUpTerminal("Front", account(url, key), patience, begins=0.3)
    yield terminal
    terminal.close()


@pytest.fixture
def terminal(sumup: SumUpRig) -> Iterator[SumUpTerminal]:
    yield from _opened(sumup.url)


@pytest.fixture
def wire(sumup: SumUpRig) -> Iterator[Wire]:
    with Wire(sumup.port) as wire:
        yield wire


@pytest.fixture
def behind(wire: Wire) -> Iterator[SumUpTerminal]:
    yield from _opened(f"http://127.0.0.1:{wire.port}", VAIN)


def _paid(sumup: SumUpRig, terminal: SumUpTerminal, charge: Charge = CHARGE) -> str:
    with Till(terminal, charge) as till:
        till.until(lambda: sumup.waiting)
        sumup.guest_pays()
    assert till.answer.fate is Fate.PAID
    return till.answer.reference


def test_paid(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: sumup.waiting)
        sumup.guest_pays()
    assert till.answer == Answer(Fate.PAID, "ctx-1", 2350, "mastercard", "3456")
    assert sumup.charged == [23.5]


def test_declined(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: sumup.waiting)
        sumup.guest_is_declined()
    assert till.answer == Answer(Fate.DECLINED, "ctx-1", words="Card declined by the bank")


def test_canceled_by_the_guest(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: sumup.waiting)
        sumup.guest_cancels()
    assert till.answer == Answer(Fate.CANCELED, "ctx-1")


def test_canceled_by_the_till(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: sumup.waiting)
        till.canceled.set()
    assert till.answer.fate is Fate.CANCELED
    assert not sumup.waiting


def test_canceled_by_the_till_too_late(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    with Till(terminal) as till:
        till.until(lambda: sumup.waiting)
        sumup.guest_presents_card()
        till.canceled.set()
        till.until(lambda: any(one.path.endswith("terminate") for one in sumup.asked))
        sumup.guest_pays()
    assert till.answer.fate is Fate.PAID
    assert sumup.charged == [23.5]


def test_nobody_came(sumup: SumUpRig) -> None:
    for terminal in _opened(sumup.url, SHORT):
        assert terminal.charge(CHARGE, threading.Event()).fate is Fate.EXPIRED
    assert not sumup.waiting


def test_a_reader_that_is_off_charges_nothing(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    sumup.online = False
    answer = terminal.charge(CHARGE, threading.Event())
    assert (answer.fate, bool(answer.words)) == (Fate.CANCELED, True)
    assert terminal.state().status is Status.GONE


def test_a_reader_that_went_off_tells_nothing(sumup: SumUpRig) -> None:
    """It may hold the guest's card: what it did is known when it is back."""
    for terminal in _opened(sumup.url, VAIN):
        with Till(terminal) as till:
            till.until(lambda: sumup.waiting)
            sumup.online = False
        assert till.answer.fate is Fate.UNKNOWN
        assert terminal.find(CHARGE, till.answer.reference).fate is Fate.UNKNOWN
        sumup.online = True
        sumup.guest_pays()
        assert terminal.find(CHARGE, till.answer.reference).fate is Fate.PAID


def test_the_beginning_was_lost_and_the_guest_paid(
    sumup: SumUpRig, wire: Wire, behind: SumUpTerminal, terminal: SumUpTerminal
) -> None:
    wire.lose_answers = True
    answer = behind.charge(CHARGE, threading.Event())
    assert (answer.fate, answer.reference) == (Fate.UNKNOWN, "")
    sumup.guest_pays()
    found = terminal.find(CHARGE)
    assert (found.fate, found.reference, found.amount) == (Fate.PAID, "ctx-1", 2350)
    assert sumup.charged == [23.5]


def test_the_beginning_was_lost_and_nobody_paid(
    sumup: SumUpRig, wire: Wire, behind: SumUpTerminal, terminal: SumUpTerminal
) -> None:
    wire.lose_answers = True
    assert behind.charge(CHARGE, threading.Event()).fate is Fate.UNKNOWN
    assert terminal.find(CHARGE).fate is Fate.CANCELED
    assert not sumup.waiting, "the guest could still pay"
    assert sumup.charged == []


def test_units_are_sumups(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    _paid(sumup, terminal, dataclasses.replace(CHARGE, amount=1234500, currency="HUF"))
    assert sumup.charged == [12345.0]
    for wrong in ({"amount": 1234567, "currency": "HUF"}, {"currency": "XXX"}):
        with pytest.raises(DeviceError, match="takes no"):
            terminal.charge(dataclasses.replace(CHARGE, **wrong), threading.Event())


def test_paid_back_in_equal_parts(sumup: SumUpRig, terminal: SumUpTerminal) -> None:
    reference = _paid(sumup, terminal)
    first, second = returned(1000, 1, reference), returned(1000, 2, reference, earlier=1000)
    assert terminal.give_back(first).fate is Fate.PAID
    assert terminal.give_back(first).fate is Fate.PAID
    assert sumup.returned == [10.0]
    assert terminal.give_back(second).fate is Fate.PAID
    assert sumup.returned == [10.0, 10.0]
    assert terminal.give_back(returned(1000, 3, reference, earlier=2000)).fate is Fate.DECLINED


def test_a_lost_return_is_one_return(
    sumup: SumUpRig, wire: Wire, behind: SumUpTerminal, terminal: SumUpTerminal
) -> None:
    wanted = returned(1000, 1, _paid(sumup, terminal))
    answers: list[Answer] = []
    giving = threading.Thread(target=lambda: answers.append(behind.give_back(wanted)))
    with sumup.held("refunds", acted=True) as door:
        giving.start()
        until(door.reached.is_set)
        wire.lose_answers = True
        door.opened.set()
        giving.join(LONG_S)
    assert [one.fate for one in answers] == [Fate.UNKNOWN]
    assert terminal.find_return(wanted).fate is Fate.PAID
    assert terminal.give_back(wanted).fate is Fate.PAID
    assert sumup.returned == [10.0]


def test_a_return_that_never_arrived(
    sumup: SumUpRig, wire: Wire, behind: SumUpTerminal, terminal: SumUpTerminal
) -> None:
    wanted = returned(1000, 1, _paid(sumup, terminal))
    wire.refuse = True
    assert behind.give_back(wanted).fate is Fate.UNKNOWN
    assert behind.find_return(wanted).fate is Fate.UNKNOWN
    wire.heal()
    assert behind.find_return(wanted).fate is Fate.CANCELED
    assert sumup.returned == []


def test_what_somebody_else_paid_back_is_for_a_person(
    sumup: SumUpRig, terminal: SumUpTerminal, behind: SumUpTerminal
) -> None:
    reference = _paid(sumup, terminal)
    terminal.give_back(returned(500, 1, reference))
    wanted: Return = returned(1000, 2, reference)
    refused = terminal.give_back(wanted)
    assert (refused.fate, bool(refused.words)) == (Fate.DECLINED, True)
    unknown = behind.find_return(wanted)
    assert (unknown.fate, bool(unknown.words)) == (Fate.UNKNOWN, True)
    assert sumup.returned == [5.0]


def test_wrong_keys_are_told_and_never_shown(sumup: SumUpRig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    no_time = dataclasses.replace(QUICK, settle=0.1)
    for terminal in _opened(sumup.url, no_time, "sup_sk_thisIsNobodysBusiness"):
        with pytest.raises(DeviceError, match="refuses the key") as told:
            terminal.charge(CHARGE, threading.Event())
        assert terminal.state().status is Status.GONE
        found = terminal.find(CHARGE)
        assert found.fate is Fate.UNKNOWN
    shown = f"{found} {told.value!r} {told.value.__cause__!r} {account('x')!r} {caplog.text}"
    assert "NobodysBusiness" not in shown
    assert AFFILIATE not in shown
    assert not sumup.checkouts


def test_ready(terminal: SumUpTerminal) -> None:
    assert terminal.state().status is Status.READY
