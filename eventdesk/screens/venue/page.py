"""The page of the venue: readiness, how guests go in, all desks, calls for help."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.venue.commands import WatchVenue
from eventdesk.desk.venue.values import Venue
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import PAGE_MARGIN, fill, scrolled, tabs
from eventdesk.screens.venue.calls import CallsPart
from eventdesk.screens.venue.desks import DesksPart
from eventdesk.screens.venue.live import LivePart
from eventdesk.screens.venue.readiness import ReadinessPart


class VenuePage(QWidget):
    """Desks are watched only while this page is seen. `counted`, `check_in_wanted`: of `CallsPart`."""

    counted = Signal(int)
    check_in_wanted = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._venue: Venue | None = None
        self.readiness, self.live = ReadinessPart(bridge), LivePart(bridge)
        self.desks, self.calls = DesksPart(bridge), CallsPart(bridge)
        self.tabs = tabs(tr("Parts of this page"))
        self._parts: tuple[tuple[QWidget, str], ...] = (
            (self.readiness, tr("Readiness")),
            (self.live, tr("Live")),
            (self.desks, tr("Desks")),
            (self.calls, tr("Calls")),
        )
        for part, words in self._parts:
            self.tabs.addTab(scrolled(part, wide=True), words)
        self.tabs.currentChanged.connect(lambda _index: self._show())
        self.calls.counted.connect(self._count)
        self.calls.check_in_wanted.connect(self.check_in_wanted)
        fill(self, self.tabs, margin=PAGE_MARGIN)
        bridge.venue_changed.connect(self._venue_changed)

    def show_calls(self) -> None:
        """The alarm leads here: its buttons go, and with them the focus."""
        self.tabs.setCurrentIndex([part for part, _ in self._parts].index(self.calls))
        self.calls.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.post(WatchVenue(True))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._bridge.post(WatchVenue(False))

    def _venue_changed(self, venue: Venue) -> None:
        self._venue = venue
        self._show()

    def _show(self) -> None:
        """Only what is seen: the other part is filled when it is opened."""
        if self._venue is None:
            return
        part = self._parts[self.tabs.currentIndex()][0]
        if part is self.readiness:
            self.readiness.show_venue(self._venue)
        elif part is self.desks:
            self.desks.show_venue(self._venue)

    def _count(self, count: int) -> None:
        words = tr("Calls ({number})", number=count) if count else tr("Calls")
        if self.tabs.tabText(3) != words:
            self.tabs.setTabText(3, words)
        self.counted.emit(count)
