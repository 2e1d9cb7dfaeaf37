"""What all desks of the venue report, told every few seconds while somebody watches."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from eventdesk.desk.upstream.reach import Link
from eventdesk.desk.upstream.troubles import in_words
from eventdesk.desk.venue.ground import Ground
from eventdesk.desk.venue.heard import Heard
from eventdesk.desk.venue.values import DeskReport, Venue
from eventdesk.errors import EventDeskError
from eventdesk.i18n import tr
from sync.errors import SyncError

log = logging.getLogger(__name__)

EVERY_S: Final = 3.0


class VenueWatch:
    def __init__(self, ground: Ground, own: Callable[[], DeskReport], every_s: float = EVERY_S) -> None:
        """`own`: this desk's report as it is now; it may raise EventDeskError."""
        self._ground = ground
        self._own = own
        self._every_s = every_s
        self._heard = Heard()
        self._on = False
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="venue", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def watch(self, on: bool) -> None:
        """Look at once, and again and again while it is on."""
        with self._changed:
            self._on = on
            self._changed.notify()

    def ask_to_stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def join(self) -> None:
        """Once the line is closed."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._on or self._stopping)
                if self._stopping:
                    return
            try:
                self._look()
            except EventDeskError as error:
                log.warning("the venue can't be looked at: %s", error)
            except Exception:
                log.exception("a bug in what is told of the venue")
            with self._changed:
                if not self._stopping:
                    self._changed.wait(self._every_s)

    def _look(self) -> None:
        trouble = self._ask()
        if not self._stopping:
            self._ground.hooks.venue_changed(self._venue(trouble))

    def _ask(self) -> str:
        """What kept the node from answering; empty where nothing did, or there is none."""
        line = self._ground.line
        if line.membership.pairing is None:
            self._heard = Heard()
            return ""
        link = line.reach.current
        if link is None:
            return _silent()
        try:
            self._read(link)
        except SyncError as error:
            return in_words(error).message or _silent()
        return ""

    def _read(self, link: Link) -> None:
        if self._heard.node != link.node.id:
            self._heard = Heard(link.node.id)
        self._heard.read(link, self._ground.now, lambda: self._stopping)

    def _venue(self, trouble: str) -> Venue:
        own, now = self._own(), self._ground.now()
        return Venue(self._heard.lines(now, own), now, trouble)


def _silent() -> str:
    return tr("The server does not answer: what is shown of others may be old.")
