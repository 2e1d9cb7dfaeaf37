"""What either side answers, in one shape."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Seen:
    """In pretix' words; positions and questions by the drawing's numbers."""

    status: str
    reason: str | None = None
    position: int | None = None
    questions: tuple[int, ...] = ()
    attention: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """`scan`: its place, or None for what stands after all of them."""

    scan: int | None
    what: str
    theirs: Any
    ours: Any

    def __str__(self) -> str:
        where = "afterwards" if self.scan is None else f"scan {self.scan}"
        return f"{where}: {self.what} is {self.ours!r}, not {self.theirs!r}"


def differences(place: int, theirs: Seen, ours: Seen) -> list[Difference]:
    return [
        Difference(place, one.name, getattr(theirs, one.name), getattr(ours, one.name))
        for one in fields(Seen)
        if getattr(theirs, one.name) != getattr(ours, one.name)
    ]
