"""How a label printer is doing, and what a printer's language has to offer for the rest to be one code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL.Image import Image

from eventdesk.devices.links import Link
from eventdesk.devices.printers.queues import JobStatus, PageSize
from eventdesk.devices.printers.words import explain


@dataclass(frozen=True, slots=True)
class Condition:
    """`reasons` are keywords of `words.py`. `media` is what lies in the printer, of height 0 for an endless
    tape; None where it does not know. `waiting`: labels that it still has to print."""

    reasons: frozenset[str] = frozenset()
    media: PageSize | None = None
    dpi: float = 300.0
    model: str = ""
    waiting: int = 0

    def told(self) -> tuple[str, bool]:
        """The worst in words, and whether a person must do something before it prints."""
        return explain(self.reasons)


@dataclass(slots=True)
class Work:
    """The one job that is in the printer. `before`: the printer's count of labels when it began, or when
    it was started, None where it does not tell; `calm_since`: when it was first seen with nothing to do;
    `trouble`: what held it up."""

    title: str
    pages: int
    before: int | None = None
    completed: int = 0
    begun: float = 0.0
    calm_since: float | None = None
    trouble: str = ""
    canceled: bool = False
    heard: bytes = field(default=b"", repr=False)


class Language(Protocol):
    """A printer's language. Every method that takes a link may raise OSError; TimeoutError: it is silent."""

    def look(self, link: Link) -> Condition:
        """Ask how it is doing, while no job of ours is in it."""
        ...

    def draw(self, pdf: bytes, size: PageSize | None, condition: Condition) -> Sequence[Image]:
        """The labels as they lie in the printer. Raises QueueRefused for the wrong media."""
        ...

    def begin(self, link: Link, work: Work) -> None:
        """Get it ready for a job: whatever was left of a broken one is gone after this."""
        ...

    def encode(self, pages: Sequence[Image], condition: Condition) -> bytes:
        """What is sent."""
        ...

    def follow(self, link: Link, work: Work) -> tuple[JobStatus, Condition]:
        """How the job is doing."""
        ...

    def cancel(self, link: Link, work: Work) -> None:
        """Have it drop the job; `follow` tells how that went."""
        ...
