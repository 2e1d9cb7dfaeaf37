"""Search as one types: the box, the guests found, and the keys between them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eventdesk.desk.commands import FindGuests
from eventdesk.desk.hooks import Found
from eventdesk.domain.guests import Hit
from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.widgets.rows import Index, Role, RowDelegate, RowList
from eventdesk.screens.words import joined

DEBOUNCE_MS = 40


class Hits(QAbstractListModel):
    """The guests found, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: Sequence[Hit] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, row: int) -> Hit:
        return self._hits[row]

    def rowCount(self, _parent: Any = None) -> int:
        return len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self._hits[index.row()]
        title = hit.name or hit.email or hit.order_code
        detail = joined(hit.product, hit.company, hit.order_code, hit.email)
        answers = {
            int(Role.TITLE): title,
            int(Role.DETAIL): detail,
            int(Role.TRAILING): _state(hit),
            int(Role.SIGN): "check" if hit.used else "",
            int(Qt.ItemDataRole.DisplayRole): ", ".join(
                part for part in (title, _state(hit), detail) if part
            ),
        }
        return answers.get(int(role))


def _state(hit: Hit) -> str:
    been = tr("inside") if hit.inside else tr("has been in") if hit.used else ""
    return joined(tr("test order") if hit.testmode else "", been)


class HitDelegate(RowDelegate):
    """A tick before those who were admitted already."""

    def draw_sign(self, painter: QPainter, index: Index, box: QRectF, selected: bool) -> None:
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        colour: QColor = self._view.palette().color(role)
        name = str(index.data(Role.SIGN)) or "guests"
        painter.drawPixmap(box.topLeft(), icons.pixmap(name, round(box.height()), colour))


class SearchLine(QLineEdit):
    """The box. Up, Down, Enter act on the results while the focus stays here."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Search(QWidget):
    """`picked` gives the guest; `searching` says whether there is a text to search for. `log` empty: among
    those of the door's event."""

    picked = Signal(object)
    searching = Signal(bool)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._request = ""
        self.log = ""
        self._hits = Hits()
        self.box = SearchLine()
        self.box.setPlaceholderText(tr("Search name, company, order, e-mail (F5)"))
        self.box.setAccessibleName(tr("Search guests"))
        self.box.setClearButtonEnabled(True)
        self._corrected = label(tone="muted")
        self.results = RowList(self._hits, tr("Guests found"))
        self.results.setItemDelegate(HitDelegate(self.results))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.box)
        inside.addWidget(self._corrected)
        inside.addWidget(self.results, 1)
        self._corrected.hide()
        self.results.hide()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self.box.textChanged.connect(self._typed)
        self.box.stepped.connect(self.results.step)
        self.box.left.connect(self.clear)
        self.box.returnPressed.connect(self._enter)
        self.results.chosen.connect(lambda index: self._pick(index.row()))
        self._bridge.guests_found.connect(self._found)

    def clear(self) -> None:
        self.box.clear()

    def start(self, text: str = "") -> None:
        """Focus the box; `text` is what was typed before it had the focus."""
        self.box.setFocus()
        if text:
            self.box.insert(text)
        else:
            self.box.selectAll()

    def _typed(self, text: str) -> None:
        active = bool(text.strip())
        self.results.setVisible(active)
        self.searching.emit(active)
        if active:
            self._timer.start()
        else:
            self._timer.stop()
            self._request = ""
            self._hits.show(())
            self._corrected.hide()

    def _ask(self) -> None:
        command = FindGuests(self.box.text().strip(), log=self.log)
        self._request = command.request
        self._bridge.post(command)

    def _found(self, found: Found) -> None:
        if found.request != self._request:
            return
        self._hits.show(found.hits)
        self._say_what_was_searched(found)
        if found.hits:
            self.results.setCurrentIndex(self._hits.index(0, 0))

    def _say_what_was_searched(self, found: Found) -> None:
        text = ""
        if not found.hits:
            text = tr("Nobody found. Try the order code or the e-mail address.")
        elif found.corrected and found.corrected.casefold() != found.text.casefold():
            text = tr("Shown: {corrected}", corrected=found.corrected)
        self._corrected.setText(text)
        self._corrected.setVisible(bool(text))

    def _enter(self) -> None:
        if self._timer.isActive():
            # The list is older than the text: whoever is marked was not asked for.
            self._timer.stop()
            self._ask()
        elif self.results.currentIndex().isValid():
            self._pick(self.results.currentIndex().row())

    def _pick(self, row: int) -> None:
        self.picked.emit(self._hits.hit(row))
