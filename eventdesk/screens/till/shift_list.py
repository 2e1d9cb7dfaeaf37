"""The shifts that were, with their Z reports to look at and to print again."""

from datetime import tzinfo

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from eventdesk.desk.till.commands import ListShifts, PrintReport, ShowShift
from eventdesk.desk.till.values import ShiftShown, ShiftsListed
from eventdesk.domain.till.sales import Shift
from eventdesk.i18n import tr
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.look import alone, button, fill, note, table_of
from eventdesk.screens.till.report_view import ReportView
from eventdesk.screens.till.words import moment, money
from eventdesk.screens.widgets.basics import boxed, column

NARROW_PX = 1000
TABLE_PX = 540
TABLE_LOW_PX = 150


class ShiftList(QWidget):
    """`wanted` gives commands."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked = ""
        self.zone: tzinfo | None = None
        headers = (tr("Z"), tr("Opened"), tr("Closed"), tr("Drawer"), tr("Difference"))
        self.model: WordTable[Shift] = WordTable(headers, self._cells)
        self.table = table_of(self.model, tr("Shifts"), (50, 150, 150, 80))
        self.empty = note(tr("No shift was closed yet."))
        self.report = ReportView()
        self.print_button = button(tr("Print again"), self._print, "", "printer")
        self._holder = boxed(column(alone(self.print_button), self.report))
        self._both = QHBoxLayout()
        self._both.addWidget(self.table)
        self._both.addWidget(self._holder, 1)
        fill(self, self.empty).addLayout(self._both, 1)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def refresh(self) -> None:
        self.wanted.emit(ListShifts())

    def show_shifts(self, listed: ShiftsListed) -> None:
        """Closed ones, and those that other desks have open."""
        chosen = self._shift()
        self.model.show_items(listed.shifts)
        self.empty.setVisible(not listed.shifts)
        self.table.setVisible(bool(listed.shifts))
        self._holder.setVisible(bool(listed.shifts))
        ids = [one.id for one in self.model.items]
        if chosen is not None and chosen.id in ids:
            self.table.setCurrentIndex(self.model.index(ids.index(chosen.id), 0))
        elif ids:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def take(self, shown: ShiftShown) -> bool:
        """Whether this answers the list."""
        if shown.request != self._asked:
            return False
        self.report.show_slip(shown.report)
        return True

    def _shift(self) -> Shift | None:
        return self.model.item(self.table.currentIndex().row())

    def _chosen(self, _current: QModelIndex, _before: QModelIndex) -> None:
        shift = self._shift()
        if shift is not None:
            command = ShowShift(shift.id)
            self._asked = command.request
            self.wanted.emit(command)

    def _print(self) -> None:
        shift = self._shift()
        if shift is not None:
            self.wanted.emit(PrintReport(shift.id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(way)
        self.table.setMaximumHeight(TABLE_LOW_PX if narrow else 16777215)
        self.table.setMaximumWidth(16777215 if narrow else TABLE_PX)
        self.table.setMinimumWidth(0 if narrow else TABLE_PX)

    def _cells(self, shift: Shift) -> tuple[str, ...]:
        opened = moment(shift.opened, self.zone)
        if shift.closed is None:
            return (str(shift.number), opened, tr("open"), shift.drawer, "")
        closed = moment(shift.closed, self.zone)
        return (str(shift.number), opened, closed, shift.drawer, money(shift.difference, shift.currency))
