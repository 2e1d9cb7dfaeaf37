"""A page of the kiosk: made anew for each step of each guest, so that nothing of the last one is in it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from eventdesk.desk.kiosk.values import KioskGuest, KioskState
from eventdesk.screens.kiosk.scrolled import scrolling
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import short

LONGEST_NAME = 70


class KioskPage(QWidget):
    """`top` has nothing to press: it stands above the page on an upright screen, in `beside` on a wide one.

    `last_row` is the row of buttons below, which gives way to the keyboard of a low screen: its last key does
    the same. `idles`: whether a guest who does nothing has gone away. `titled`: the title has changed.
    """

    idles = True
    titled = Signal()

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__()
        self.visit, self.state = visit, state
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.top: QWidget | None = None
        self.beside: Sides | None = None
        self.last_row: QWidget | None = None
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(10)

    def title(self) -> str:
        """What is asked of the guest here."""
        return ""

    def show_state(self, state: KioskState) -> None:
        """The same step again: what was typed stays."""
        self.state = state

    def begin(self) -> None:
        """The page is on show. It has the focus itself, so that no Enter from before presses a button."""
        self.setAccessibleName(self.title())
        self.setFocus()

    def guest(self) -> KioskGuest | None:
        guests, place = self.state.guests, self.state.guest
        return guests[place] if 0 <= place < len(guests) else None

    def name(self) -> str:
        """Of the guest of this page, kept apart in its own direction."""
        guest = self.guest()
        return short(guest.name, LONGEST_NAME) if guest else ""

    def add_actions(self, *buttons: QWidget) -> None:
        self.last_row = Sides(*buttons)
        self.whole.addWidget(self.last_row)

    def add_scrolled(self, *parts: QWidget | int) -> QVBoxLayout:
        """Parts that scroll where there is too little room for them."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addStretch(part)
        self.whole.addWidget(scrolling(inside), 1)
        return column


class Sides(QWidget):
    """Parts side by side on a wide screen, one below the other on an upright one."""

    def __init__(self, *parts: QWidget, spacing: int = 14) -> None:
        super().__init__()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(spacing)
        for part in parts:
            self._across.addWidget(part, 1)

    def put_first(self, part: QWidget) -> None:
        if self._across.indexOf(part) < 0:
            self._across.insertWidget(0, part, 1)

    def turn(self, upright: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)


class Leaves(QStackedWidget):
    """One of several parts is on show, and only that one asks for room."""

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    def turn_to(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.updateGeometry()


def sentence(text: str, tone: str = "heading") -> QWidget:
    """A sentence of any length."""
    made = label(text, tone, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made
