"""Tell the chosen desk what to do: each order is confirmed, and refused in words without the right."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.values import StaffState
from eventdesk.desk.venue.commands import OrderDesk
from eventdesk.desk.venue.values import DeskLine
from eventdesk.domain.rights import Right, may
from eventdesk.domain.venue import Order
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.venue.stand_form import StandForm
from eventdesk.screens.venue.words import place
from eventdesk.screens.words import told

COLUMNS = 2


class Ordering(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._line: DeskLine | None = None
        self._staff = StaffState()
        self._asked = ""
        self._build(bridge)
        bridge.staff_changed.connect(self._staff_changed)
        bridge.trouble_told.connect(self._troubled)

    def _build(self, bridge: Bridge) -> None:
        self.restart_button = button(tr("Restart"), partial(self.ask, Order.RESTART), "danger", "redo")
        self.lock_button = button(tr("Lock"), partial(self.ask, Order.LOCK), "danger", "lock")
        self.unlock_button = button(tr("Unlock"), partial(self.ask, Order.UNLOCK), "", "hand")
        self.message_button = button(tr("Message ..."), partial(self.ask, Order.MESSAGE), "", "text")
        self.stand_button = button(tr("Stand elsewhere ..."), self._choose_place, "", "event")
        self._buttons = (
            self.message_button,
            self.stand_button,
            self.lock_button,
            self.unlock_button,
            self.restart_button,
        )
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, one in enumerate(self._buttons):
            grid.addWidget(one, number // COLUMNS, number % COLUMNS)
        self.confirm, self.stand = Confirm(), StandForm(bridge)
        self.stand.hide()
        self.stand.wanted.connect(self._stand)
        self.stand.closed.connect(self.stand.hide)
        self.told = note()
        self.told.hide()
        fill(self, holder, self.confirm, self.stand, self.told)

    def show_desk(self, line: DeskLine) -> None:
        """What was asked of another desk is not asked of this one."""
        if self._line is None or line.desk != self._line.desk:
            self.confirm.close_it()
            self.stand.hide()
            say(self.told, "")
        self._line = line

    def ask(self, order: Order) -> None:
        """Ask whether it is meant; a message is typed."""
        if self._line is None or not self._may():
            return
        name = place(self._line)
        self.stand.hide()
        questions = {
            Order.RESTART: tr("Restart {name}? A guest who stands there begins anew.", name=name),
            Order.LOCK: tr("Lock {name}? Nobody is served there until it is unlocked.", name=name),
            Order.UNLOCK: tr("Unlock {name}?", name=name),
            Order.MESSAGE: tr("The message is shown large at {name} until somebody has read it.", name=name),
        }
        label = tr("Message") if order is Order.MESSAGE else ""
        yes = {Order.RESTART: tr("Restart it"), Order.LOCK: tr("Lock it"), Order.UNLOCK: tr("Unlock it")}
        self.confirm.ask(
            questions[order],
            yes.get(order, tr("Send it")),
            lambda typed: self._post(OrderDesk(self._desk(), order, typed)),
            label,
        )

    def _choose_place(self) -> None:
        if self._line is not None and self._may():
            self.confirm.close_it()
            self.stand.begin(self._line)

    def _stand(self, event: str, list_id: str, gate: str) -> None:
        self.stand.hide()
        self._post(OrderDesk(self._desk(), Order.STAND, event=event, list=list_id, gate=gate))

    def _desk(self) -> str:
        return self._line.desk if self._line else ""

    def _may(self) -> bool:
        """The engine asks too; here it is said before anything is typed."""
        if not self._staff.required or may(self._staff.roles, Right.DIRECT):
            say(self.told, "")
            return True
        say(self.told, tr("Only a supervisor may tell other desks what to do. Log on by Ctrl+L."), "warn")
        return False

    def _post(self, command: OrderDesk) -> None:
        self._asked = command.request
        say(self.told, tr("✓ Sent. The desk does it as soon as it hears of it."), "good")
        self._bridge.post(command)

    def _staff_changed(self, staff: StaffState) -> None:
        self._staff = staff
        say(self.told, "")

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            say(self.told, told(trouble), "bad")
