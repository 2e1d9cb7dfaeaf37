"""What the guest of the moment wants, as commands that name their visit."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from eventdesk.desk.kiosk.commands import EndVisit, FindByCode, OfVisit
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk.photo_view import Eye

# Where a code is taken: anywhere else it would break off what another guest is doing.
TAKES_CODES = frozenset({Page.WELCOME, Page.FINDING, Page.CHOOSING, Page.DONE, Page.SORRY})
# A code that stays before the camera is read again and again; out of sight for so long, it is shown anew.
AGAIN_S = 2.5


class Visit(QObject):
    """`state` is what the engine told last, `eye` the camera's picture. `acted`: the guest did something that
    is no touch (a scan)."""

    acted = Signal()

    def __init__(self, bridge: Bridge, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._bridge, self._clock = bridge, clock
        self._seen = (b"", 0.0)
        self.eye = Eye()
        self.state = KioskState(Page.CLOSED)

    def ask(self, kind: type[OfVisit], **members: Any) -> None:
        """Post a command of this visit."""
        self._bridge.post(kind(visit=self.state.visit, **members))

    def end(self, idle: bool = False) -> None:
        self.ask(EndVisit, idle=idle)

    def code(self, code: str, *, camera: bool = False) -> None:
        """A code was scanned, by hand or by the camera; what is held before that counts once."""
        if camera and not self.is_new(code):
            return
        if self.state.page not in TAKES_CODES or (camera and self.state.page is Page.CHOOSING):
            return
        self.acted.emit()
        if self.state.page in (Page.DONE, Page.SORRY):  # the next guest is there already
            self.end()
            self._bridge.post(FindByCode(code, camera=True))
        else:
            self.ask(FindByCode, code=code, camera=True)  # nobody has typed it: no try

    def is_new(self, code: str) -> bool:
        """Whether it was out of the camera's sight before. A digest is kept, not the code, which opens doors
        and would outlive the visit."""
        digest, now = hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest(), self._clock()
        before, self._seen = self._seen, (digest, now)
        return before[0] != digest or now - before[1] > AGAIN_S
