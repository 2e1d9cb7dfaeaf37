"""Who is inside now, how many have come, how many are expected."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eventdesk.domain.guests import Figures
from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import number


class FiguresView(QWidget):
    """Three numbers with their words."""

    def __init__(self) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(18)
        self._inside = self._add(across, tr("inside"))
        self._entered = self._add(across, tr("entered"))
        self._expected = self._add(across, tr("expected"))

    def _add(self, across: QHBoxLayout, words: str) -> QLabel:
        value = label("0", "title")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(value)
        column.addWidget(label(words, "small"))
        across.addLayout(column)
        return value

    def show_figures(self, figures: Figures) -> None:
        self._inside.setText(number(figures.inside))
        self._entered.setText(number(figures.entered))
        self._expected.setText(number(figures.expected))

    def texts(self) -> tuple[str, str, str]:
        return self._inside.text(), self._entered.text(), self._expected.text()
