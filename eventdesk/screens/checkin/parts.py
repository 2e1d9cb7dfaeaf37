"""The parts of the check-in page and where they stand, on large screens and small ones."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from eventdesk.desk.hooks import Door
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.actions import Actions
from eventdesk.screens.checkin.camera_view import CameraView
from eventdesk.screens.checkin.figures import FiguresView
from eventdesk.screens.checkin.last_scans import LastScansList
from eventdesk.screens.checkin.mode_bar import ModeBar
from eventdesk.screens.checkin.search import Search
from eventdesk.screens.checkin.verdict_panel import VerdictPanel
from eventdesk.screens.checkin.work_area import WorkArea
from eventdesk.screens.widgets.basics import WideButton, label
from eventdesk.screens.words import joined

SMALL = QSize(980, 620)
# Large letters make a screen as small as few pixels do.
SMALL_LINES = 30
DOOR_WIDTH = 160
# A page so narrow and higher than wide has the camera and the last scans below, and not beside.
UPRIGHT = 740


class Parts:
    """Builds the page's widgets within `page` and lays them out."""

    def __init__(self, page: QWidget, bridge: Bridge) -> None:
        self.modes = ModeBar()
        self.door_button = WideButton("event", "quiet")
        self.door_button.show_text(tr("No door chosen"))
        self.door_button.setProperty("start", "true")
        self.figures = FiguresView()
        self.verdict = VerdictPanel()
        self.work = WorkArea()
        self.actions = Actions()
        self.camera = CameraView()
        self.search = Search(bridge)
        self.scans = LastScansList()
        self.hint = label(tr("Type a name to search · Enter checks in · Esc goes back"), "small", wrap=True)
        self._scans_title = label(tr("Last scans"), "small")
        self._lay_out(page)
        self.search.searching.connect(self._searching)

    def _lay_out(self, page: QWidget) -> None:
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(12, 10, 12, 10)
        self._page.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.modes)
        top.addWidget(self.door_button, 1)
        top.addWidget(self.figures)
        self._page.addLayout(top)
        self._halves = QHBoxLayout()
        self._halves.setSpacing(12)
        self._halves.addLayout(self._left(), 64)
        self._halves.addLayout(self._right(), 36)
        self._page.addLayout(self._halves, 1)

    def _left(self) -> QVBoxLayout:
        self._main = QVBoxLayout()
        self._main.setSpacing(10)
        self._main.addWidget(self.verdict, 58)
        self._main.addWidget(self.work, 42)
        self._main.addWidget(self.actions)
        return self._main

    def _right(self) -> QHBoxLayout:
        self._side = QVBoxLayout()
        self._side.setSpacing(8)
        self._side.addWidget(self.search)
        self._side.addWidget(self._scans_title)
        self._side.addWidget(self.scans, 60)
        self._side.addWidget(self.hint)
        self._aside = QHBoxLayout()
        self._aside.setSpacing(8)
        self._aside.addWidget(self.camera, 40)
        self._aside.addLayout(self._side, 60)
        return self._aside

    def _searching(self, active: bool) -> None:
        """The guests found take the place of the last scans."""
        self.scans.setVisible(not active)
        self._scans_title.setVisible(not active)
        self._side.setStretchFactor(self.search, 60 if active else 0)

    def show_door(self, door: Door) -> None:
        gate = door.catalogue.gates.get(door.gate) if door.gate else None
        text = joined(door.list.name, gate.name if gate else "", door.catalogue.event.name)
        self.door_button.show_text(text)
        self.modes.show_mode(door.mode)
        self.figures.show_figures(door.figures)

    def arrange(self, size: QSize) -> None:
        """Small screens keep what admits people: the card goes, the verdict tells enough."""
        small = size.height() < max(SMALL.height(), self.verdict.fontMetrics().height() * SMALL_LINES)
        spoken = self.modes.full_width() + self.figures.sizeHint().width() + DOOR_WIDTH
        narrow = size.width() < max(SMALL.width(), spoken)
        self.modes.set_slim(narrow)
        self.actions.set_slim(narrow)
        self.hint.setVisible(not small)
        self.actions.setVisible(not (small and self.work.is_open()))
        self.work.setVisible(not small or self.work.is_open())
        self._main.setStretchFactor(self.verdict, 30 if small else 58)
        self._main.setStretchFactor(self.work, 70 if small else 42)
        self.figures.setVisible(size.width() >= 640)
        self._stand(size.width() < min(UPRIGHT, size.height()))
        margin = 6 if small else 12
        self._page.setContentsMargins(margin, margin, margin, margin)
        self._page.setSpacing(6 if small else 10)

    def _stand(self, upright: bool) -> None:
        """On an upright screen one half stands below the other."""
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.TopToBottom if upright else ways.LeftToRight)
        self._aside.setDirection(ways.LeftToRight if upright else ways.TopToBottom)

    def least_width(self) -> int:
        """Pixels of the widest part, with the page's edges: on an upright screen the rest stands below."""
        parts = (self.verdict, self.work, self.actions)
        aside = self.camera.minimumSizeHint().width() + self.search.minimumSizeHint().width()
        return max(aside, *(one.minimumSizeHint().width() for one in parts)) + 24
