"""The elements by name, the uppermost first: chosen here as on the badge, by keys alone."""

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.designer.checking import Checked
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.drawing import Drawn
from eventdesk.screens.designer.element_words import title_of
from eventdesk.screens.designer.view import View

PLACE = Qt.ItemDataRole.UserRole
ICON_PX = 18
LEAST_ROW_PX = 28


class ElementList(QListWidget):
    """Shows the elements of the side at hand. Several are chosen with Shift or Ctrl."""

    def __init__(self, design: Design, view: View) -> None:
        super().__init__()
        self._design, self._view = design, view
        self._busy = False
        self._faults: frozenset[int] = frozenset()
        self._cut: frozenset[int] = frozenset()
        self.setAccessibleName(tr("Elements"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setUniformItemSizes(True)
        design.changed.connect(self._fill)
        design.chosen_changed.connect(self._show_chosen)
        view.side_changed.connect(self._fill)
        self.itemSelectionChanged.connect(self._choose)
        self._fill()

    def tell(self, checked: Checked) -> None:
        self._mark(frozenset(checked.faults), self._cut)

    def tell_drawn(self, drawn: Drawn) -> None:
        self._mark(self._faults | frozenset(drawn.failed), drawn.cut)

    def sizeHint(self) -> QSize:
        return QSize(140, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 80)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for row in range(self.count()):
                self._dress(self.item(row))

    def _mark(self, faults: frozenset[int], cut: frozenset[int]) -> None:
        if (faults, cut) != (self._faults, self._cut):
            self._faults, self._cut = faults, cut
            for row in range(self.count()):
                self._dress(self.item(row))

    def _fill(self) -> None:
        """The places are counted from below, and shown from above."""
        self._busy = True
        elements = self._design.elements
        shown = [p for p, one in enumerate(elements) if self._view.shows(str(one.get("side", "front")))]
        while self.count() > len(shown):
            self.takeItem(self.count() - 1)
        while self.count() < len(shown):
            self.addItem(QListWidgetItem())
        for row, place in enumerate(reversed(shown)):
            self.item(row).setData(PLACE, place)
            self._dress(self.item(row))
        self._busy = False
        self._show_chosen()

    def _dress(self, item: QListWidgetItem) -> None:
        place = item.data(PLACE)
        elements = self._design.elements
        if place is None or place >= len(elements):
            return
        kind, title = str(elements[place].get("type", "")), title_of(elements[place])
        wrong = tr("can't be kept") if place in self._faults else tr("is cut") if place in self._cut else ""
        item.setText(title)
        item.setIcon(self._icon("warning" if wrong else kind))
        item.setSizeHint(QSize(0, max(LEAST_ROW_PX, round(self.fontMetrics().height() * 1.6))))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {wrong}" if wrong else title)
        item.setToolTip(f"{title}: {wrong}" if wrong else title)

    def _icon(self, name: str) -> QIcon:
        made = icons.icon(name, ICON_PX)
        marked = self.palette().color(QPalette.ColorRole.HighlightedText)
        made.addPixmap(icons.pixmap(name, ICON_PX, marked), QIcon.Mode.Selected)
        return made

    def _show_chosen(self) -> None:
        if self._busy:
            return
        self._busy = True
        chosen = QItemSelection()
        current = self.currentItem()
        for row in range(self.count()):
            if self.item(row).data(PLACE) in self._design.chosen:
                index = self.indexFromItem(self.item(row))
                chosen.select(index, index)
                if current is None or current.data(PLACE) not in self._design.chosen:
                    current = self.item(row)
        flags = QItemSelectionModel.SelectionFlag
        if current is not None and current.data(PLACE) in self._design.chosen:
            self.selectionModel().setCurrentIndex(self.indexFromItem(current), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self._busy = False

    def _choose(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._design.choose(frozenset(item.data(PLACE) for item in self.selectedItems()))
        self._busy = False
