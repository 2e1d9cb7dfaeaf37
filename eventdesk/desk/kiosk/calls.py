"""Calling staff: about a guest, which ends with their pass, and about a device, which ends when it works."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.venue.commands import AskHelp, SettleHelp
from eventdesk.domain.venue import Reason

OF_DEVICES: Final = frozenset(
    {
        Reason.PAPER_OUT,
        Reason.PRINTER_GONE,
        Reason.LABELS_LOW,
        Reason.CAMERA_GONE,
        Reason.TERMINAL_GONE,
        Reason.NETWORK_GONE,
        Reason.TURNSTILE_GONE,
    }
)


class Calls:
    """Nobody waits for them: they are written by whoever serves the venue. `open` are those about devices,
    `unwritten` the tickets that were called for and may not be on the disk yet, with when that was."""

    def __init__(self, post: Callable[[Command], None], now: Callable[[], datetime]) -> None:
        self._post = post
        self._now = now
        self.unwritten: dict[str, datetime] = {}
        self.open: frozenset[Reason] = frozenset()

    def resume(self, open_: frozenset[Reason]) -> None:
        """What this desk had called for before it was shut: it may be mended now."""
        self.open = open_ & OF_DEVICES

    def devices(self, reasons: frozenset[Reason]) -> None:
        """These are what is wrong with the devices now: call for what is new, settle what is mended."""
        before, self.open = self.open, reasons
        for reason in sorted(reasons - before):
            self._post(AskHelp(reason))
        for reason in sorted(before - reasons):
            self._post(SettleHelp(reason))

    def guest(self, reason: Reason, ticket: str, words: str = "") -> None:
        """This guest could not be served: whoever comes finds the ticket and why."""
        if ticket:
            self.unwritten[ticket] = self._now()
        self._post(AskHelp(reason, words, ticket))

    def wanted(self) -> None:
        self._post(AskHelp(Reason.WANTED))

    def guessing(self) -> None:
        self._post(AskHelp(Reason.GUESSING))
