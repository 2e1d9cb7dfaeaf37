"""The place under the verdict: the guest's card, or one sheet at a time in its stead."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from eventdesk.screens.checkin.door_sheet import DoorSheet
from eventdesk.screens.checkin.guest_card import GuestCard
from eventdesk.screens.checkin.order_sheet import OrderSheet
from eventdesk.screens.checkin.question_sheet import QuestionSheet
from eventdesk.screens.checkin.sheet import ReasonSheet, Sheet
from eventdesk.screens.checkin.walk_in_sheet import WalkInSheet


class WorkArea(QStackedWidget):
    """`sheet_changed(open)` when a sheet opens or the card is back."""

    sheet_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.card = GuestCard()
        self.questions = QuestionSheet()
        self.reasons = ReasonSheet()
        self.walk_in = WalkInSheet()
        self.order = OrderSheet()
        self.door = DoorSheet()
        self.addWidget(self.card)
        for sheet in (self.questions, self.reasons, self.walk_in, self.order, self.door):
            self.addWidget(sheet)
            sheet.closed.connect(self.close_sheet)

    def open_sheet(self, sheet: Sheet) -> None:
        self.setCurrentWidget(sheet)
        self.sheet_changed.emit(True)

    def close_sheet(self) -> None:
        if self.is_open():
            self.setCurrentWidget(self.card)
            self.sheet_changed.emit(False)

    def is_open(self, sheet: QWidget | None = None) -> bool:
        """Whether that sheet (or any) is open."""
        shown = self.currentWidget()
        return shown is sheet if sheet else shown is not self.card
