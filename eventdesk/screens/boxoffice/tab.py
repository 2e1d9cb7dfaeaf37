"""The categories over the tiles: one is chosen; each wears its colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from eventdesk.domain.till.setup import Category
from eventdesk.i18n import tr
from eventdesk.screens.words import tip

BAR = 5


class CategoryTab(QPushButton):
    def __init__(self, category: Category) -> None:
        super().__init__(category.name.replace("&", "&&"))
        self._color = category.color
        self.id = category.id
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("tab", "true")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip(category.name))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._color:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._color))
        painter.drawRoundedRect(QRectF(8, self.height() - BAR - 3, self.width() - 16, BAR), 2, 2)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 3, super().minimumSizeHint().height())


class CategoryTabs(QWidget):
    """`chosen` tells the place of the category; hidden where there is one alone."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Categories"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._group = QButtonGroup(self)
        self._tabs: list[CategoryTab] = []

    def show_categories(self, categories: Sequence[Category]) -> None:
        for tab in self._tabs:
            self._group.removeButton(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = [CategoryTab(one) for one in categories]
        for place, tab in enumerate(self._tabs):
            self._group.addButton(tab, place)
            self._row.addWidget(tab, 1)
            tab.clicked.connect(lambda _checked, at=place: self.chosen.emit(at))
        self.setVisible(len(self._tabs) > 1)

    def mark(self, place: int) -> None:
        self._tabs[place].setChecked(True)

    def index(self) -> int:
        return max(0, self._group.checkedId())

    def current(self) -> str:
        """The id of the chosen category."""
        return self._tabs[self.index()].id if self._tabs else ""
