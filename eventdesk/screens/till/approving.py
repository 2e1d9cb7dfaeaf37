"""A second person allows by PIN what the one at the till may not do; then it is done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.till.commands import Approve
from eventdesk.desk.till.values import ApprovalNeeded, Approved, TillOpened
from eventdesk.desk.upstream.values import StaffState
from eventdesk.domain.rights import Right
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.pin_pad import PinPad
from eventdesk.screens.manage.look import button, fill, note
from eventdesk.screens.widgets.basics import boxed, label, row
from eventdesk.screens.widgets.floating_card import FloatingCard

WIDTH = 300
MARGIN = 8
LOW_PX = 500


class ApprovalPad(PinPad):
    """Posts Approve for the event `log`. `entered` once somebody's PIN was taken."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.log = ""
        self.enter.setAccessibleName(tr("Allow it"))
        bridge.approved.connect(self._approved)

    def _command(self, pin: str) -> Approve:
        return Approve(pin, self.log)

    def _is_answer(self, _staff: StaffState) -> bool:
        """Who is logged on has no say here."""
        return False

    def _approved(self, approved: Approved) -> None:
        if self._asked and approved.request == self._asked:
            self.clear()
            self.entered.emit()


class Approving(FloatingCard):
    """Lies over the middle of `page`, and opens by itself where something that was asked for on it needs
    somebody's approval. Once it is given, the same command is posted again, under the same request."""

    def __init__(self, bridge: Bridge, page: QWidget) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._needed: ApprovalNeeded | None = None
        self.title = label("", "heading", wrap=True)
        self.words = note(tr("Somebody who may do this types their PIN."))
        self.pad = ApprovalPad(bridge)
        self.close_button = button(tr("Cancel (Esc)"), self.close_card, "", "close")
        fill(
            self,
            self.title,
            self.words,
            self.pad,
            boxed(row(1, self.close_button)),
            margin=10,
            spacing=4,
        )
        self.setFixedWidth(WIDTH)
        self.pad.entered.connect(self._go_on)
        bridge.approval_needed.connect(self._open)
        bridge.till_opened.connect(self._till_opened)

    def close_card(self) -> None:
        """Nothing is done."""
        self._needed = None
        super().close_card()

    def _open(self, needed: ApprovalNeeded) -> None:
        page = self.parentWidget()
        if page is None or not page.isVisible():
            return
        self._needed = needed
        self.title.setText(right_words(needed.right))
        self.pad.clear()
        self.open_for(self.pad)

    def _go_on(self) -> None:
        needed = self._needed
        self.close_card()
        if needed is not None:
            self._bridge.post(needed.command)

    def _till_opened(self, opened: TillOpened) -> None:
        self.pad.log = opened.catalogue.event.id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the page below: Enter after the PIN would ask there for the same once more."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        event.accept()

    def place(self) -> None:
        page, layout = self.parentWidget(), self.layout()
        assert page is not None
        assert layout is not None
        self.words.setVisible(page.height() >= LOW_PX)
        self.resize(WIDTH, max(layout.totalHeightForWidth(WIDTH), layout.totalSizeHint().height()))
        left, top = (page.width() - self.width()) // 2, (page.height() - self.height()) // 2
        self.move(max(0, left), max(MARGIN, top))


def right_words(right: Right) -> str:
    """What is to be allowed."""
    return {
        Right.DISCOUNT: tr("A discount needs approval"),
        Right.COMP: tr("Giving away needs approval"),
        Right.REFUND: tr("A refund needs approval"),
        Right.NO_SALE: tr("Opening the drawer needs approval"),
        Right.PRICE_CHANGE: tr("Another price needs approval"),
    }.get(right, tr("This needs approval"))
