"""Asking again and again until there is an end, or no time left."""

import time
from collections.abc import Callable
from threading import Event

from eventdesk.devices.terminals.faults import Lost, Refused
from eventdesk.devices.terminals.port import Answer, Fate

Look = Callable[[], Answer | None]


def watched(look: Look, seconds: float, pause: float, enough: Event) -> Answer | None:
    """The first answer of `look`, which says None as long as there is none; None when the time is over or
    `enough` is set. A look that fails tells nothing: the next one may."""
    until = time.monotonic() + seconds
    while not enough.is_set() and time.monotonic() < until:
        try:
            answer = look()
        except (Lost, Refused):
            answer = None
        if answer is not None:
            return answer
        enough.wait(pause)
    return None


def settled(look: Look, seconds: float, pause: float, reference: Callable[[], str]) -> Answer:
    """The first answer of `look`; `UNKNOWN` with the words of the last trouble when the time is over. Looks
    once at least."""
    until = time.monotonic() + seconds
    while True:
        words = ""
        try:
            answer = look()
            if answer is not None:
                return answer
        except (Lost, Refused) as trouble:
            words = trouble.words
        if time.monotonic() >= until:
            return Answer(Fate.UNKNOWN, reference(), words=words)
        time.sleep(pause)
