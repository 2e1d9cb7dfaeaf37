"""The slim bar of pages at the window's leading edge."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QSizePolicy, QToolButton

from eventdesk.screens import icons
from eventdesk.screens.palette import ASKING
from eventdesk.screens.widgets.basics import set_tone

FRAME = 6
# What a button's padding takes above and below (see the style sheet).
PADDING = 12
LEAST_PX = 48
MOST_SHOWN = 99
# Pixels above and below the buttons, and between them.
ROOMY, TIGHT = (8, 4), (2, 0)


class PageButton(QToolButton):
    """A page's icon over its title, coloured as its text is."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._count = 0
        self.setText(title)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._paint_icon)
        self._paint_icon()

    def text_width(self) -> int:
        """Pixels that the title needs with its frame."""
        return self.fontMetrics().horizontalAdvance(self.text()) + 2 * FRAME

    def set_count(self, count: int, words: str) -> None:
        """How much waits on this page: a number at the icon, `words` for who listens."""
        self._count = count
        self.setAccessibleDescription(words if count else "")
        self.update()

    def count(self) -> int:
        return self._count

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            self._paint_count()

    def _paint_count(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setBold(True)
        font.setPixelSize(max(11, round(self.fontMetrics().height() * 0.66)))
        painter.setFont(font)
        text = str(self._count) if self._count <= MOST_SHOWN else f"{MOST_SHOWN}+"
        high = round(font.pixelSize() * 1.5)
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + high // 2)
        middle = self.width() // 2 + self.iconSize().width() // 2
        box = QRect(min(middle - wide // 3, self.width() - wide - 1), 2, wide, high)
        painter.setPen(QColor(ASKING.ink))
        painter.setBrush(QColor(ASKING.ground))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_icon(self) -> None:
        size = round(self.fontMetrics().height() * 1.25)
        self.setIconSize(QSize(size, size))
        role = QPalette.ColorRole.HighlightedText if self.isChecked() else QPalette.ColorRole.WindowText
        self.setIcon(icons.icon(self._icon, size, self.palette().color(role)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._paint_icon()


class Navigation(QFrame):
    """One button a page; `chosen` says its key. The last one may lead to the pages that have none. On a
    screen that is too low for all, they stand in two columns."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "nav")
        self._buttons: dict[str, PageButton] = {}
        self._tight = False
        self._group = QButtonGroup(self)
        self._columns = 1
        self._grid = QGridLayout(self)
        self._set_room()

    def add(self, key: str, title: str, icon: str, keys: str = "") -> None:
        """A button for a page; `keys` open it instead of Alt and its place."""
        button = PageButton(title, icon)
        keys = keys or f"Alt+{len(self._buttons) + 1}"
        button.setToolTip(f"{title} ({keys})")
        # A button's own shortcut would wait for the animation of its click.
        QShortcut(QKeySequence(keys), self, lambda: self.chosen.emit(key))
        button.clicked.connect(lambda _checked: self.chosen.emit(key))
        set_tone(button, str(self._tight).lower(), "tight")
        self._buttons[key] = button
        self._group.addButton(button)
        self._tighten()
        self._put()

    def mark(self, key: str) -> None:
        """Show which page is open."""
        self._buttons[key].setChecked(True)

    def is_marked(self, key: str) -> bool:
        return self._buttons[key].isChecked()

    def set_count(self, key: str, count: int, words: str = "") -> None:
        """What waits on a page: 0 shows nothing; `words` say the same to a screen reader."""
        self._buttons[key].set_count(count, words)

    def count(self, key: str) -> int:
        return self._buttons[key].count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tighten()

    def _tighten(self) -> None:
        """On low screens all pages stay within reach: the buttons give up their padding."""
        columns = 1 if self.height() >= self._least_height(tight=True) else 2
        if columns != self._columns:
            self._columns = columns
            self._put()
        tight = self.height() < self._least_height(tight=False)
        if tight != self._tight:
            self._tight = tight
            self._set_room()
            for button in self._buttons.values():
                set_tone(button, str(tight).lower(), "tight")

    def _put(self) -> None:
        """Each in its place, one row after the other, and what is left below them."""
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place // self._columns, place % self._columns)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(self._rows(self._columns), 1)
        self.updateGeometry()

    def _rows(self, columns: int) -> int:
        return -(-len(self._buttons) // columns)

    def _set_room(self) -> None:
        """Between the buttons, and round them."""
        edge, between = TIGHT if self._tight else ROOMY
        side = 6 if self._columns == 1 else 2
        self._grid.setContentsMargins(side, edge, side, edge)
        self._grid.setSpacing(between)

    def _least_height(self, *, tight: bool) -> int:
        given_up = PADDING * (int(self._tight) - int(tight))
        heights = [one.minimumSizeHint().height() + given_up for one in self._buttons.values()]
        return sum(heights) + self._stacked(0, TIGHT if tight else ROOMY)

    def minimumSizeHint(self) -> QSize:
        """That of icons alone, whatever is shown now: or no window could be made low enough for them."""
        each = max(LEAST_PX, round(self.fontMetrics().height() * 1.6))
        rows = self._rows(2)
        return QSize(each * self._columns, each * rows + TIGHT[1] * max(0, rows - 1) + 2 * TIGHT[0])

    def full_height(self) -> int:
        """How high the bar is with its titles."""
        return self._stacked(round(self.fontMetrics().height() * 2.25) + 16)

    def _stacked(self, each: int, room: tuple[int, int] = ROOMY) -> int:
        edge, between = room
        return each * len(self._buttons) + between * max(0, len(self._buttons) - 1) + 2 * edge

    def full_width(self) -> int:
        """How wide the bar is with its titles."""
        widest = max((button.text_width() for button in self._buttons.values()), default=0)
        margins = self._grid.contentsMargins()
        return widest + margins.left() + margins.right()

    def set_slim(self, slim: bool) -> None:
        """Icons alone, for narrow screens; the titles stay as tool tips and accessible names."""
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            wanted = style.ToolButtonIconOnly if slim else style.ToolButtonTextUnderIcon
            button.setToolButtonStyle(wanted)
        self._tighten()
