"""The 32 bytes in which a Brother QL tells how it is (its raster command reference), asked or unasked."""

from dataclasses import dataclass
from enum import IntEnum

from eventdesk.devices.printers.queues import PageSize

SIZE = 32
HEAD = b"\x80\x20B"
_ERRORS_1 = {0x01: "media-empty", 0x02: "media-empty", 0x04: "cutter-failure", 0x80: "failure"}
_ERRORS_2 = {
    0x01: "media-mismatch",
    0x02: "failure",
    0x04: "failure",
    0x10: "cover-open",
    0x40: "media-empty",
    0x80: "failure",
}
_TAPES, _LABELS = (0x0A, 0x4A), (0x0B, 0x4B)
MODELS = {
    0x34: "QL-580N",
    0x35: "QL-700",
    0x36: "QL-710W",
    0x37: "QL-720NW",
    0x38: "QL-800",
    0x39: "QL-810W",
    0x41: "QL-820NWB",
    0x43: "QL-1100",
    0x44: "QL-1110NWB",
    0x45: "QL-1115NWB",
}


class Kind(IntEnum):
    ANSWER = 0
    COMPLETED = 1
    ERROR = 2
    OFF = 4
    NOTICE = 5
    PHASE = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One telling. `media` as `Condition` has it; `printing`: in the phase of printing."""

    kind: int
    reasons: frozenset[str]
    media: PageSize | None
    model: str
    wide: bool
    printing: bool


def tellings(said: bytes) -> tuple[list[Told], bytes]:
    """All that are whole in what was said, and the beginning of the next."""
    found = []
    while (at := said.find(HEAD)) >= 0 and len(said) - at >= SIZE:
        found.append(_read(said[at : at + SIZE]))
        said = said[at + SIZE :]
    return found, said[max(at, 0) :] if at >= 0 else said[-len(HEAD) + 1 :]


def answer(said: bytes) -> Told | None:
    """The answer to a question, among what may be told unasked."""
    return next((told for told in tellings(said)[0] if told.kind in {Kind.ANSWER, Kind.ERROR}), None)


def _read(data: bytes) -> Told:
    reasons = {words for bit, words in _ERRORS_1.items() if data[8] & bit}
    reasons |= {words for bit, words in _ERRORS_2.items() if data[9] & bit}
    media = None
    if data[11] in _TAPES:
        media = (float(data[10]), 0.0)
    elif data[11] in _LABELS:
        media = (float(data[10]), float(data[17]))
    elif data[18] == Kind.ANSWER:
        reasons.add("media-empty")
    model = MODELS.get(data[4], "")
    return Told(data[18], frozenset(reasons), media, model, model.startswith("QL-11"), data[19] == 1)
