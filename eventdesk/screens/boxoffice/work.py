"""The large part of the page: the tiles, or one sheet at a time in their stead."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.card_sheet import CardSheet
from eventdesk.screens.boxoffice.choice_sheet import ChoiceSheet
from eventdesk.screens.boxoffice.guest_sheet import GuestSheet
from eventdesk.screens.boxoffice.names_sheet import NamesSheet
from eventdesk.screens.boxoffice.pay_sheet import PaySheet
from eventdesk.screens.boxoffice.seats_sheet import SeatsSheet
from eventdesk.screens.boxoffice.shift_prompt import ShiftPrompt
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.tiles import Tiles
from eventdesk.screens.boxoffice.typing_sheet import TypingSheet
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.question_sheet import QuestionSheet
from eventdesk.screens.checkin.sheet import ReasonSheet, Sheet


class Work(QStackedWidget):
    """`sheet_changed(open)` when a sheet opens or the tiles are back."""

    sheet_changed = Signal(bool)

    def __init__(self, bridge: Bridge, state: TillState) -> None:
        super().__init__()
        self.tiles = Tiles(state)
        self.choice = ChoiceSheet()
        self.typing = TypingSheet()
        self.names = NamesSheet()
        self.seats = SeatsSheet(state)
        self.questions = QuestionSheet(tr("Take them (Enter)"))
        self.reasons = ReasonSheet()
        self.guest = GuestSheet(bridge, state)
        self.pay = PaySheet(state)
        self.card = CardSheet(state)
        self.shift = ShiftPrompt(state)
        self.addWidget(self.tiles)
        for sheet in self.sheets():
            self.addWidget(sheet)
            sheet.closed.connect(self.close_sheet)

    def sheets(self) -> tuple[Sheet, ...]:
        return (
            self.choice,
            self.typing,
            self.names,
            self.seats,
            self.questions,
            self.reasons,
            self.guest,
            self.pay,
            self.card,
            self.shift,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter that has done its work in a sheet must not pay as well."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def open_sheet(self, sheet: Sheet) -> None:
        """Show it; then it may be asked to take the focus."""
        self.setCurrentWidget(sheet)
        self.sheet_changed.emit(True)

    def close_sheet(self) -> None:
        if self.is_open():
            self.setCurrentWidget(self.tiles)
            self.sheet_changed.emit(False)

    def is_open(self, sheet: QWidget | None = None) -> bool:
        """Whether that sheet (or any) is open."""
        shown = self.currentWidget()
        return shown is sheet if sheet else shown is not self.tiles
