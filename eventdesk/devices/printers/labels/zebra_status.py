"""What Zebra printers answer when they are asked how they are (ZPL II programming guide: ~HS, ~HQES, ~HI)."""

import re
from dataclasses import dataclass

# Nibbles of the first group of ~HQES' errors, from the right.
_ERRORS = (
    {1: "media-empty", 2: "marker-supply-empty", 4: "cover-open", 8: "cutter-failure"},
    {1: "overheated", 2: "overheated", 4: "failure", 8: "failure"},
    {1: "failure", 2: "failure"},
    {1: "media-jam", 2: "failure", 4: "media-jam", 8: "media-jam"},
)
# Dots a millimetre, as ~HI tells them, and what the print head really has an inch.
DPI = {6: 152.4, 8: 203.2, 12: 300.0, 24: 600.0}
_ERROR_LINE = re.compile(rb"ERRORS:\s*([01])\s+[0-9A-Fa-f]{8}\s+([0-9A-Fa-f]{8})")
_MODEL = re.compile(rb"\x02([^,\x02\x03]+),([^,]*),(\d+),")


@dataclass(frozen=True, slots=True)
class HostStatus:
    """`waiting`: formats in its buffer, labels left of the one at hand, and a format that is not whole."""

    reasons: frozenset[str]
    waiting: int


def host_status(said: bytes) -> HostStatus | None:
    """The three lines of ~HS; None while they are not all there."""
    lines = re.findall(rb"\x02([^\x02\x03]*)\x03", said)
    fields = [line.decode("ascii", "replace").split(",") for line in lines]
    first = next((one for one in fields if len(one) >= 12), None)
    second = next((one for one in fields if len(one) == 11), None)
    if first is None or second is None or len(lines) < 3:
        return None
    flags = {
        "media-empty": first[1],
        "printer-paused": first[2],
        "failure": first[9],
        "overheated": first[11],
        "cover-open": second[2],
        "marker-supply-empty": second[3],
    }
    reasons = frozenset(reason for reason, flag in flags.items() if flag == "1")
    # A label that waits to be peeled off is out.
    return HostStatus(reasons, _number(first[4]) + _number(second[8]) + _number(first[7]))


def error_flags(said: bytes) -> frozenset[str] | None:
    """The reasons in the answer to ~HQES; None while it is not there."""
    match = _ERROR_LINE.search(said)
    if match is None:
        return None
    nibbles = int(match[2], 16) if match[1] == b"1" else 0
    found = set()
    for place, reasons in enumerate(_ERRORS):
        nibble = nibbles >> (4 * place) & 0xF
        found |= {reason for bit, reason in reasons.items() if nibble & bit}
    if nibbles >> 16 & 1:
        found.add("printer-paused")
    return frozenset(found)


def model_and_dpi(said: bytes) -> tuple[str, float] | None:
    """From the answer to ~HI: what the printer calls itself, and its dots an inch."""
    match = _MODEL.search(said)
    if match is None:
        return None
    return match[1].decode("ascii", "replace").strip(), DPI.get(int(match[3]), float(match[3]) * 25.4)


def counted(said: bytes) -> int | None:
    """A number in quotes, as SGD variables are told; None for anything else ("?")."""
    match = re.search(rb'"(\d+)[^"]*"', said)
    return int(match[1]) if match else None


def _number(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0
