"""The kiosk's page with all that stands round it. Made anew with each language.

The upper part of an upright screen holds nothing to press: whoever sits reaches the rest.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.screens.kiosk.foot import Foot
from eventdesk.screens.kiosk.head import Head
from eventdesk.screens.kiosk.keyboard import Field, Keyboard
from eventdesk.screens.kiosk.page import KioskPage, Sides
from eventdesk.screens.kiosk.quiet import QuietBar
from eventdesk.screens.manage.look import bring_into_sight

MARGIN = 14
# Of the height: from where on there are controls, on upright and on wide screens, and where all shall be low.
UPRIGHT, UPRIGHT_LOW, WIDE, WIDE_LOW = 1 / 3, 0.5, 0.0, 0.34
LOW_SCREEN = 600
# What a page gets at least, in heights of a control.
LEAST_PAGE = 2.6


class KioskFrame(QWidget):
    typing_ended = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self.setProperty("kiosk", "whole")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = Head()
        self.keyboard = Keyboard(language)
        self.quiet, self.foot = QuietBar(), Foot()
        self.page: KioskPage | None = None
        self._lowered = False
        self._body = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(8)
        whole.addWidget(self.head)
        whole.addLayout(self._body, 1)
        whole.addWidget(self.keyboard)
        whole.addWidget(self.quiet)
        whole.addWidget(self.foot)
        self.keyboard.done.connect(self._typed)

    def show_page(self, page: KioskPage, state: KioskState) -> None:
        """Take the page in; the one before must have been taken out."""
        self.page = page
        self._body.addWidget(page)
        page.titled.connect(lambda: self.show_state(self.state))
        self.show_state(state)
        self._arrange()

    def take_out(self) -> KioskPage | None:
        """The page, with nothing of its guest left round it."""
        page, self.page = self.page, None
        self.keyboard.serve(None)
        if page is not None:
            held = self.head.let_go()
            if held is not None:
                held.setParent(page)
            self.head.forget()
            self._body.removeWidget(page)
        return page

    def show_state(self, state: KioskState) -> None:
        self.state = state
        at_rest = state.page in (Page.WELCOME, Page.CLOSED)
        self.head.show_state(state, self.page.title() if self.page else "")
        self.quiet.show_state(state)
        self.foot.over.setEnabled(not at_rest)
        self.foot.language.setVisible(state.page is not Page.WELCOME)
        self.foot.staff.setEnabled(state.page is not Page.CLOSED)

    def set_lowered(self, on: bool) -> None:
        self._lowered = on
        self._arrange()

    def focus_came(self, widget: QWidget | None) -> None:
        """A field that is typed into has the keyboard beside it."""
        if self.page is None or (widget is not None and not self.page.isAncestorOf(widget)):
            return
        if isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly():
            self._serve(widget)
        elif widget is not None:
            self._serve(None)

    def _serve(self, field: Field | None) -> None:
        self.keyboard.serve(field)
        self._arrange()
        if field is not None:
            bring_into_sight(field)

    def _typed(self) -> None:
        """The key with the tick: as Enter, which goes to the next field or on."""
        field = self.keyboard.field()
        if isinstance(field, QLineEdit):
            field.returnPressed.emit()
        if self.keyboard.field() is field:  # nothing took the focus elsewhere
            self._serve(None)
        self.typing_ended.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keyboard.set_low(self.height() < LOW_SCREEN)
        QTimer.singleShot(0, self, self._arrange)

    def is_upright(self) -> bool:
        return self.height() > self.width() * 1.2

    def _arrange(self) -> None:
        """How much of the height stays free of controls: as much as is wished and as there is."""
        upright = self.is_upright()
        for sides in self.findChildren(Sides):
            sides.turn(upright)
        self._place_top(upright)
        typing = not self.keyboard.isHidden()
        small = typing and self.height() < LOW_SCREEN
        self.head.make_small(small)
        if self.page is not None and self.page.last_row is not None:
            self.page.last_row.setVisible(not small)
        share = (
            (UPRIGHT_LOW if self._lowered else UPRIGHT) if upright else WIDE_LOW if self._lowered else WIDE
        )
        others = [one for one in (self.keyboard, self.quiet, self.foot) if not one.isHidden()]
        taken = sum(one.sizeHint().height() for one in others) + MARGIN * 2 + 8 * (len(others) + 1)
        unit = self.foot.over.sizeHint().height()
        least = self.page.minimumSizeHint().height() if self.page else 0
        free = self.height() - taken - max(least, round(unit * LEAST_PAGE))
        wanted = round(self.height() * share) - MARGIN
        self.head.setMinimumHeight(max(0, min(wanted, free)))

    def _place_top(self, upright: bool) -> None:
        page = self.page
        if page is None or page.top is None:
            return
        if upright:
            self.head.hold(page.top)
        elif page.beside is not None:
            self.head.let_go()
            page.beside.put_first(page.top)
