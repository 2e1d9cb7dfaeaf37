"""A terminal beside the till: what a person typed in, and nothing else."""

import threading

from eventdesk.devices.terminals.beside import TerminalBeside
from eventdesk.devices.terminals.port import Answer, Fate, Patience
from tests.devices.terminals.guests import CHARGE, Till, returned


def test_paid_with_the_number_of_the_slip() -> None:
    terminal = TerminalBeside("Bank")
    with Till(terminal) as till:
        terminal.tell(CHARGE.id, Fate.PAID, "slip 77", 2350)
    assert till.answer == Answer(Fate.PAID, "slip 77", 2350)
    assert terminal.find(CHARGE) == till.answer


def test_declined() -> None:
    terminal = TerminalBeside("Bank")
    with Till(terminal) as till:
        terminal.tell(CHARGE.id, Fate.DECLINED, amount=2350)
    assert till.answer == Answer(Fate.DECLINED)


def test_a_person_who_is_not_sure_leaves_it_unknown_until_somebody_is() -> None:
    terminal = TerminalBeside("Bank")
    with Till(terminal) as till:
        terminal.tell(CHARGE.id, Fate.UNKNOWN)
    assert till.answer.fate is Fate.UNKNOWN
    assert "Bank" in till.answer.words
    terminal.tell(CHARGE.id, Fate.CANCELED)
    assert terminal.find(CHARGE).fate is Fate.CANCELED


def test_canceling_at_the_till_is_no_answer() -> None:
    with Till(TerminalBeside("Bank")) as till:
        till.canceled.set()
    assert till.answer.fate is Fate.UNKNOWN


def test_nobody_said_anything() -> None:
    terminal = TerminalBeside("Bank", Patience(guest=0.1))
    assert terminal.charge(CHARGE, threading.Event()).fate is Fate.UNKNOWN
    assert terminal.give_back(returned(100)).fate is Fate.UNKNOWN


def test_the_next_process_knows_nothing() -> None:
    assert TerminalBeside("Bank").find(CHARGE, "slip 77").reference == "slip 77"
    assert TerminalBeside("Bank").find(CHARGE).fate is Fate.UNKNOWN


def test_paid_back() -> None:
    terminal = TerminalBeside("Bank")
    terminal.tell("ret-1", Fate.PAID, amount=100)
    assert terminal.give_back(returned(100)) == Answer(Fate.PAID, "", 100)
    assert terminal.find_return(returned(100)).fate is Fate.PAID
