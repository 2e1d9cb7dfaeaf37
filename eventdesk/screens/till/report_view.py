"""An X or Z report on the screen, in the words of the printed one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from eventdesk import i18n
from eventdesk.domain.till.slips import Slip, SlipBlock, SlipRow
from eventdesk.screens.manage.look import card, fill, heading
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import isolate

BLOCK_PX = 330


class ReportView(QWidget):
    """Its blocks stand side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.slip: Slip | None = None
        self._columns: list[QVBoxLayout] = []
        self.title = heading("")
        self.about = label("", "muted", wrap=True)
        self._body = QWidget()
        fill(self, self.title, self.about, self._body, 1)

    def show_slip(self, slip: Slip | None) -> None:
        if slip == self.slip:
            return
        self.slip = slip
        self.title.setText(slip.title if slip else "")
        self.about.setText(" · ".join(isolate(line) for line in slip.heading) if slip else "")
        self._lay_out()

    def texts(self) -> dict[str, str]:
        """What stands beside each label."""
        rows = [row for block in (self.slip.blocks if self.slip else ()) for row in block.rows]
        return {row.label: self._figure(row) for row in rows}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.slip is not None and self._wanted() != len(self._columns):
            self._lay_out()

    def _wanted(self) -> int:
        return max(1, min(3, self.width() // BLOCK_PX))

    def _lay_out(self) -> None:
        """Each block into the column that is shortest so far."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        self._columns = [QVBoxLayout() for _ in range(self._wanted())]
        for column in self._columns:
            across.addLayout(column, 1)
        heights = [0] * len(self._columns)
        for block in self.slip.blocks if self.slip else ():
            place = heights.index(min(heights))
            self._columns[place].addWidget(self._block(block))
            heights[place] += len(block.rows) + 2
        for column in self._columns:
            column.addStretch()
        layout.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        body.show()

    def _block(self, block: SlipBlock) -> QFrame:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        for place, one in enumerate(block.rows):
            tone = "heading" if one.strong else ""
            words = label(isolate(one.label), tone, wrap=True)
            figure = label(self._figure(one), tone)
            figure.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, place, 0)
            grid.addWidget(figure, place, 1)
        parts = [heading(block.title), holder] if block.title else [holder]
        return card(*parts, margin=12)

    def _figure(self, row: SlipRow) -> str:
        currency = self.slip.currency if self.slip else ""
        amount = "" if row.amount is None else i18n.bare_money(row.amount, currency, i18n.chosen())
        return f"{row.text}  {amount}".strip()
