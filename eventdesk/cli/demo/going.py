"""What a script of the demo waits with, and how it gives up."""

from collections.abc import Callable

# Waits until the first holds; raises NothingHappened with the second where it never does.
Until = Callable[[Callable[[], bool], str], None]


class NothingHappened(Exception):
    """The demo did not get as far as its script expects."""
