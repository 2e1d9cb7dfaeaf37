"""Labels, buttons and frames in the program's roles (see `screens/sheet.py`)."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from eventdesk.screens import icons

Layout = TypeVar("Layout", bound=QBoxLayout)


class Label(QLabel):
    """Starts where the desk's language starts, whatever the direction of its own text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._align()

    def _align(self) -> None:
        flags = Qt.AlignmentFlag
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = flags.AlignRight if flipped else flags.AlignLeft
        # Absolute, since Qt would turn the side round for a text that runs the other way.
        self.setAlignment(side | flags.AlignAbsolute | flags.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()


class Elided(Label):
    """One line that is cut with an ellipsis where it has no room, and never widens its window."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.gives_way = True
        self.least_letters = 11
        self._most_px = 0
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def limit(self, px: int) -> None:
        """Ask for so many pixels at most; 0: for all that the text needs."""
        if px != self._most_px:
            self._most_px = px
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        whole = super().sizeHint()
        return QSize(min(whole.width(), self._most_px), whole.height()) if self._most_px else whole

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return (
            QSize(self.fontMetrics().averageCharWidth() * self.least_letters, whole.height())
            if self.gives_way
            else whole
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), shown)


def label(text: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """Text in one of the tones of the style sheet; plain text, never rich."""
    made = Label(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


def set_tone(widget: QWidget, tone: str, name: str = "tone") -> None:
    """Change the role of a widget that is already shown."""
    if widget.property(name) != tone:
        widget.setProperty(name, tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Button(QPushButton):
    """A push button with an icon in its own text colour; Enter presses it as Space does."""

    def __init__(
        self, text: str, icon: str = "", kind: str = "", pressed: Callable[[], object] | None = None
    ):
        super().__init__(text)
        self._icon = icon
        self._painted: tuple[str, int, int, int] | None = None
        self.checked_ink = QColor("#FFFFFF")
        self.setAutoDefault(True)
        if kind:
            self.setProperty("kind", kind)
        if pressed:
            self.clicked.connect(lambda _checked: pressed())
        self.toggled.connect(self._paint_icon)
        self._paint_icon()

    def _paint_icon(self, _checked: bool = False) -> None:
        if self._icon:
            size = max(16, self.fontMetrics().height())
            # The active group by name: a disabled button's palette answers with its grey.
            colour = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
            if self.isCheckable() and self.isChecked():
                colour = self.checked_ink
            look = (self._icon, size, colour.rgba(), QGuiApplication.palette().cacheKey())
            if look != self._painted:
                self._painted = look
                self.setIconSize(QSize(size, size))
                self.setIcon(icons.icon(self._icon, size, colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._paint_icon()


class WideButton(Button):
    """Takes the width that is left; a longer text is cut with an ellipsis and stays as the tool tip."""

    def __init__(self, icon: str, kind: str) -> None:
        super().__init__("", icon, kind)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.iconSize().width() - 2 * self.fontMetrics().height()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def card(margin: int = 14) -> QFrame:
    """A raised surface with a vertical layout."""
    made = QFrame()
    made.setProperty("card", "true")
    column = QVBoxLayout(made)
    column.setContentsMargins(margin, margin, margin, margin)
    return made


def row(*parts: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """The widgets side by side; a number is a stretch."""
    return _filled(QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | int, spacing: int = 8) -> QVBoxLayout:
    """The widgets one below the other; a number is a stretch."""
    return _filled(QVBoxLayout(), parts, spacing)


def _filled(layout: Layout, parts: tuple[QWidget | int, ...], spacing: int) -> Layout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addStretch(part)
    return layout


def boxed(layout: QLayout) -> QWidget:
    """The layout as a widget, so that it can be hidden or taken away as one."""
    made = QWidget()
    made.setLayout(layout)
    return made
