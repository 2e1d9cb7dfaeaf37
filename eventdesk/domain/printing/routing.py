"""Of several printers, the one that a badge goes to."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """A printer as a badge finds it. `ready`: it prints what it is given. `before`: badges that wait there.
    `known`: the print system has it at all; `free`: it takes another one just now."""

    queue: str
    ready: bool = True
    before: int = 0
    known: bool = True
    free: bool = True


def choose(printers: Sequence[Standing]) -> str:
    """The ready one with the fewest badges before it, of equal ones the first; where none is ready, one that
    is there at all. "" of none."""
    best = min(printers, key=_worse, default=None)
    return best.queue if best else ""


def neighbour(printers: Sequence[Standing], queue: str) -> str:
    """A ready one that may take over what stands still at `queue`; "" where there is none."""
    others = [one for one in printers if one.queue != queue and one.ready and one.known]
    return choose(others)


def _worse(one: Standing) -> tuple[bool, bool, bool, int]:
    return not one.known, not one.ready, not one.free, one.before
