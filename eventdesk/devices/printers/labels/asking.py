"""Questions to a printer over a link that is open, and their answers."""

import time
from collections.abc import Callable
from typing import TypeVar

from eventdesk.devices.links import Link

T = TypeVar("T")
ANSWER_SECONDS = 1.0


def ask(
    link: Link, question: bytes, read: Callable[[bytes], T | None], seconds: float = ANSWER_SECONDS
) -> T | None:
    """What `read` makes of all that was said since the question; None where that is nothing in time."""
    hear_out(link)
    link.send(question)
    said = b""
    give_up = time.monotonic() + seconds
    while (left := give_up - time.monotonic()) > 0:
        if heard := link.listen(left):
            said += heard
            if (answer := read(said)) is not None:
                return answer
    return None


def hear_out(link: Link) -> bytes:
    """What was said unasked, or too late for its question."""
    said = b""
    while heard := link.listen(0.005):
        said += heard
    return said
