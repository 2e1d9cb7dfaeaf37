"""The slim bar of pages at the window's leading edge."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from eventdesk.screens import icons

FRAME = 6


class PageButton(QToolButton):
    """A page's icon over its title, coloured as its text is."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self._icon = icon
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
    """One button a page; `chosen` says its key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "nav")
        self._buttons: dict[str, PageButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 8, 6, 8)
        self._column.setSpacing(4)
        self._column.addStretch()

    def add(self, key: str, title: str, icon: str) -> None:
        button = PageButton(title, icon)
        place = len(self._buttons)
        button.setToolTip(f"{title} (Alt+{place + 1})")
        # A button's own shortcut would wait for the animation of its click.
        QShortcut(QKeySequence(f"Alt+{place + 1}"), self, lambda: self.chosen.emit(key))
        button.clicked.connect(lambda _checked: self.chosen.emit(key))
        self._buttons[key] = button
        self._group.addButton(button)
        self._column.insertWidget(place, button)

    def mark(self, key: str) -> None:
        """Show which page is open."""
        self._buttons[key].setChecked(True)

    def full_width(self) -> int:
        """How wide the bar is with its titles."""
        widest = max((button.text_width() for button in self._buttons.values()), default=0)
        margins = self._column.contentsMargins()
        return widest + margins.left() + margins.right()

    def set_slim(self, slim: bool) -> None:
        """Icons alone, for narrow screens; the titles stay as tool tips and accessible names."""
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            wanted = style.ToolButtonIconOnly if slim else style.ToolButtonTextUnderIcon
            button.setToolButtonStyle(wanted)
