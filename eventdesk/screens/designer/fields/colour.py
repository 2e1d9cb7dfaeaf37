"""A colour: from a short list, or any other."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QPushButton, QSizePolicy, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.field import Field

SWATCH_PX = 18
LEAST_PX = 60
AskColour = Callable[[QWidget, str], str | None]


def colours() -> list[tuple[str, str]]:
    """Hex and words. The palest stay readable under black, the others under white."""
    return [
        ("#000000", tr("Black")),
        ("#444444", tr("Dark grey")),
        ("#9AA3AE", tr("Grey")),
        ("#FFFFFF", tr("White")),
        ("#C62828", tr("Red")),
        ("#E65100", tr("Orange")),
        ("#FBC02D", tr("Yellow")),
        ("#2E7D32", tr("Green")),
        ("#00838F", tr("Teal")),
        ("#1B4FD1", tr("Blue")),
        ("#6A1B9A", tr("Purple")),
        ("#D81B60", tr("Pink")),
    ]


def ask_colour(parent: QWidget, start: str) -> str | None:
    """Any colour, or None."""
    # Ours, as the system's own speaks another language and wears other colours.
    option = QColorDialog.ColorDialogOption.DontUseNativeDialog
    chosen = QColorDialog.getColor(QColor(start), parent, tr("Choose a colour"), option)
    return chosen.name().upper() if chosen.isValid() else None


class ColourField(Field):
    """A hex colour; None where `none` (its words) is given and chosen."""

    ask: AskColour = staticmethod(ask_colour)

    def __init__(self, label: str, none: str = "") -> None:
        self._none = none
        self._colour: str | None = None if none else "#000000"
        self.button = QPushButton()
        self.button.setProperty("start", "true")
        # A long name of a colour is cut before it widens the panel.
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.setMinimumWidth(LEAST_PX)
        super().__init__(label, self.button)
        self.menu = QMenu(self.button)
        if none:
            self._add(None, none)
        for colour, words in colours():
            self._add(colour, words)
        self.menu.addSeparator()
        self.menu.addAction(tr("Another colour ..."), self._ask)
        self.button.setMenu(self.menu)
        self._show()

    def value(self) -> Any:
        return self._colour

    def put(self, value: Any) -> None:
        self._colour = value if isinstance(value, str) else None if self._none else "#000000"
        self._show()

    def pick(self, colour: str | None) -> None:
        self.put(colour)
        self.edited()

    def _add(self, colour: str | None, words: str) -> None:
        self.menu.addAction(_swatch(colour, self.palette()), words, lambda: self.pick(colour))

    def _ask(self) -> None:
        colour = self.ask(self.window(), self._colour or "#000000")
        if colour is not None:
            self.pick(colour)

    def _show(self) -> None:
        words = dict(colours()).get((self._colour or "").upper(), self._colour or self._none)
        self.button.setText(words)
        self.button.setIconSize(QSize(SWATCH_PX, SWATCH_PX))
        self.button.setIcon(_swatch(self._colour, self.palette()))
        self.button.setAccessibleName(f"{self.label_text}: {words}")


def _swatch(colour: str | None, palette: QPalette) -> QIcon:
    drawn = QPixmap(SWATCH_PX, SWATCH_PX)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setPen(palette.color(QPalette.ColorRole.Dark))
    box = QRect(0, 0, SWATCH_PX - 1, SWATCH_PX - 1)
    if colour is None:
        painter.drawRect(box)
        painter.drawLine(box.bottomLeft(), box.topRight())
    else:
        painter.setBrush(QColor(colour))
        painter.drawRect(box)
    painter.end()
    return QIcon(drawn)
