"""The rows that can't become guests: number, column, reason; and a button to save them for mending."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from eventdesk.domain.imports import BadRow
from eventdesk.i18n import tr
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import button, fill, heading, note, say
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import number, says


class BadRows(QWidget):
    """`wanted` asks for the bad rows as a file."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = heading("")
        self.more = note()
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels([tr("Row"), tr("Column"), tr("What is wrong"), tr("The row")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setMinimumHeight(170)
        name_control(self.table, tr("Bad rows"))
        self.save_button = button(tr("Save the bad rows ..."), self.wanted.emit, "", "export")
        top = row(self.title, self.save_button)
        top.setStretch(0, 1)
        fill(self, self.table, self.more).insertLayout(0, top)
        self.hide()

    def show_rows(self, bad: Sequence[BadRow], total: int) -> None:
        """`bad` may be the first of `total`."""
        self.title.setText(tr("Bad rows: {number}", number=number(total)))
        self.table.setRowCount(len(bad))
        for place, one in enumerate(bad):
            cells = " · ".join(cell for cell in one.cells if cell)
            for across, text in enumerate((str(one.number), one.column, says(one.reason), cells)):
                self.table.setItem(place, across, QTableWidgetItem(text))
        hidden = total - len(bad)
        say(
            self.more,
            tr("Not shown, but in the saved file: {number}.", number=number(hidden)) if hidden > 0 else "",
        )
        self.setVisible(total > 0)
