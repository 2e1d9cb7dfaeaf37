"""How an ESC/POS printer is doing, by the bytes that it answers to DLE EOT (Epson's ESC/POS reference)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from eventdesk.devices.states import DeviceState, Status

# The printer, why it is offline, its faults, its paper.
QUESTIONS = (1, 2, 3, 4)
_DRAWER_HIGH, _OFFLINE = 0x04, 0x08
_COVER_OPEN, _STOPPED_BY_PAPER, _FAULT = 0x04, 0x20, 0x40
_CUTTER, _DEAD = 0x08, 0x20
_PAPER_LOW, _PAPER_OUT = 0x0C, 0x60


class PaperLevel(IntEnum):
    OUT = 0
    LOW = 1
    ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """`drawer_high` is the level of the drawer's pin, which says open at one drawer and shut at another."""

    offline: bool = False
    cover_open: bool = False
    paper: PaperLevel = PaperLevel.ENOUGH
    cutter_stuck: bool = False
    broken: bool = False
    drawer_high: bool = False

    def state(self, name: str) -> DeviceState:
        """GONE while something keeps it from printing."""
        gone, degraded = Status.GONE, Status.DEGRADED
        if self.cover_open:
            return DeviceState(name, gone, "The cover of the receipt printer is open.", "Close it.")
        if self.paper is PaperLevel.OUT:
            return DeviceState(name, gone, "The receipt printer is out of paper.", "Put in a new roll.")
        if self.cutter_stuck:
            return DeviceState(
                name, gone, "The cutter of the receipt printer is stuck.", "Take the paper out of it."
            )
        if self.broken:
            return DeviceState(name, gone, "The receipt printer reports a fault.", "Switch it off and on.")
        if self.offline:
            return DeviceState(name, gone, "The receipt printer is offline.", "Switch it off and on.")
        if self.paper is PaperLevel.LOW:
            return DeviceState(name, degraded, "Receipt paper is running low.", "Have a new roll at hand.")
        return DeviceState(name, Status.READY)


def question(number: int) -> bytes:
    """DLE EOT, which is answered at once, whatever the printer is doing."""
    return bytes((0x10, 0x04, number))


def is_answer(byte: int) -> bool:
    """Whether a byte is an answer to DLE EOT, by its fixed bits."""
    return byte & 0x93 == 0x12


def condition(answers: Mapping[int, int]) -> Condition:
    """From the answers by question; one that is missing says nothing bad."""
    printer, cause, fault, paper = (answers.get(number, 0) for number in QUESTIONS)
    level = PaperLevel.ENOUGH
    if paper & _PAPER_OUT or cause & _STOPPED_BY_PAPER:
        level = PaperLevel.OUT
    elif paper & _PAPER_LOW:
        level = PaperLevel.LOW
    return Condition(
        bool(printer & _OFFLINE),
        bool(cause & _COVER_OPEN),
        level,
        bool(fault & _CUTTER),
        bool(fault & _DEAD or cause & _FAULT),
        bool(printer & _DRAWER_HIGH),
    )
