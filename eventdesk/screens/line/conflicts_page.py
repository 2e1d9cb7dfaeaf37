"""The inbox of conflicts: who was admitted twice, which seat was sold twice, where and when, until a person
has found out why."""

from datetime import tzinfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QWidget

from eventdesk.desk.hooks import Door, Recorded, Trouble
from eventdesk.desk.upstream.commands import ListConflicts, SettleConflict
from eventdesk.desk.upstream.values import ConflictsFound, ConflictsListed, LineState
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.conflict_card import ConflictCard
from eventdesk.screens.line.conflict_list import ConflictDelegate, ConflictRows
from eventdesk.screens.manage.look import PAGE_MARGIN, card, fill, note, say, scrolled, title
from eventdesk.screens.widgets.rows import Index, RowList
from eventdesk.screens.words import number, told

NARROW_PX = 620
ROW_PX, CARD_PX = 180, 360
# Between what may have changed the list and reading it again.
SETTLE_MS = 300
CHANGING = frozenset({Kind.CONFLICT_SETTLED, Kind.ADMISSION_UNDONE, Kind.SEAT_FREED})


class ConflictsPage(QWidget):
    """`counted` tells how many are open, for the bar of pages."""

    counted = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = self._listing = self._settling = ""
        self._open = -1
        self._zone: tzinfo | None = None
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.refresh)
        bridge.door_chosen.connect(self._door_chosen)
        bridge.conflicts_found.connect(self._found)
        bridge.conflicts_listed.connect(self._listed)
        bridge.line_changed.connect(self._line_changed)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)

    def refresh(self) -> None:
        """Ask for the list again."""
        command = ListConflicts(settled=self.settled.isChecked())
        self._listing = command.request
        self._bridge.post(command)

    def _build(self) -> None:
        self.rows = ConflictRows()
        self.list = RowList(self.rows, tr("Conflicts"))
        self.list.setItemDelegate(ConflictDelegate(self.list))
        self.list.setMinimumHeight(ROW_PX)
        self.list.selectionModel().currentRowChanged.connect(lambda new, _old: self._show(new))
        self.list.chosen.connect(self._chosen)
        self.card = ConflictCard()
        self.card.asked.connect(self._asked)
        self._scroll = scrolled(self.card, wide=True)
        self._holder = card(self._scroll, margin=10)
        self._holder.hide()
        self.settled = QCheckBox(tr("Show those that are settled too"))
        self.settled.toggled.connect(lambda _on: self.refresh())
        self.count = note()
        self._both = QHBoxLayout()
        self._both.addWidget(self.list, 5)
        self._both.addWidget(self._holder, 6)
        column = fill(self, title(tr("Admitted or sold twice")), self.count, margin=PAGE_MARGIN)
        column.addWidget(self.settled)
        column.addLayout(self._both, 1)

    def show_open(self) -> None:
        """The alarm leads here: its buttons go, and with them the focus."""
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._holder.setMinimumHeight(CARD_PX if narrow else 0)

    def _door_chosen(self, door: Door) -> None:
        self._zone = self.rows.zone = door.catalogue.event.zone
        if self.isVisible():
            self.refresh()

    def _found(self, _found: ConflictsFound) -> None:
        self._look_again()

    def _recorded(self, recorded: Recorded) -> None:
        if not CHANGING.isdisjoint(recorded.kinds):
            self._look_again()

    def _look_again(self) -> None:
        """Soon, and only where it is seen: a page that is opened asks by itself."""
        if self.isVisible():
            self._soon.start()

    def _line_changed(self, state: LineState) -> None:
        if state.conflicts != self._open:
            self._open = state.conflicts
            self.counted.emit(state.conflicts)
            self._look_again()

    def _listed(self, listed: ConflictsListed) -> None:
        if listed.request != self._listing:
            return
        chosen = self.card.shown
        self._log = listed.log
        self.rows.show_conflicts(listed.conflicts)
        at = self.rows.row_of(chosen.conflict.id) if chosen else -1
        self.list.setCurrentIndex(self.rows.index(max(at, 0), 0))
        self._show(self.list.currentIndex())
        self._count()

    def _count(self) -> None:
        open_ = sum(not one.conflict.word for one in self.rows.shown)
        if open_:
            say(
                self.count,
                tr("Open: {number}. Each needs a word of what was found.", number=number(open_)),
                "warn",
            )
        else:
            say(self.count, tr("Nothing is open here."))

    def _show(self, index: Index) -> None:
        shown = self.rows.conflict(index.row()) if index.isValid() else None
        self._holder.setVisible(shown is not None)
        self.card.show_conflict(self._log, shown, self._zone)

    def _chosen(self, index: Index) -> None:
        self._show(index)
        if self.card.word.isVisible():
            self.card.word.setFocus()
            self._scroll.ensureWidgetVisible(self.card.settle_button)

    def _asked(self, command: SettleConflict) -> None:
        self._settling = command.request
        self.list.setFocus()  # what is settled takes its field along
        self._bridge.post(command)

    def _troubled(self, trouble: Trouble) -> None:
        if self._settling and trouble.request == self._settling:
            self.card.show_trouble(told(trouble))
        elif self._listing and trouble.request == self._listing:
            say(self.count, told(trouble), "warn")
