"""Everything about working with other desks: this one's line, its outbox, all desks, staff, erasures,
keys of tickets."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.desk.upstream.values import LineState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.desk_list import DeskList
from eventdesk.screens.line.erasures import Erasures
from eventdesk.screens.line.outbox import Outbox
from eventdesk.screens.line.staff import StaffPart
from eventdesk.screens.line.this_desk import ThisDesk
from eventdesk.screens.line.ticket_keys import TicketKeysPart
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.look import PAGE_MARGIN, fill, scrolled, tabs


class DesksPage(QWidget):
    """`camera` takes frames from any thread, as that of the check-in page does. `door_wanted`: this desk has
    joined others, and stands at no door yet."""

    door_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.this_desk = ThisDesk(bridge)
        self.outbox = Outbox(bridge)
        self.desks = DeskList(bridge)
        self.staff = StaffPart(bridge)
        self.erasures = Erasures(bridge)
        self.ticket_keys = TicketKeysPart(bridge)
        self.camera = self.this_desk.pairing.camera
        self.event_choice = EventChoice(bridge)
        self.tabs = tabs(tr("Parts of this page"))
        self._parts: tuple[tuple[QWidget, str], ...] = (
            (self.this_desk, tr("This desk")),
            (self.outbox, tr("Outbox")),
            (self.desks, tr("Desks")),
            (self.staff, tr("Staff")),
            (self.erasures, tr("Erasures")),
            (self.ticket_keys, tr("Ticket keys")),
        )
        for part, words in self._parts:
            self.tabs.addTab(scrolled(part, wide=True), words)
        self.event_choice.chosen.connect(self.staff.use_log)
        self.event_choice.chosen.connect(self.erasures.use_log)
        self.event_choice.chosen.connect(self.ticket_keys.use_log)
        self.tabs.currentChanged.connect(lambda _index: self._show_choice())
        self.this_desk.hub_began.connect(self._let_others_in)
        self.this_desk.door_wanted.connect(self.door_wanted)
        fill(self, self.event_choice, self.tabs, margin=PAGE_MARGIN)
        self._show_choice()
        bridge.line_changed.connect(self._line_changed)

    def show_this_desk(self) -> None:
        """Come here for the line's state."""
        self.tabs.setCurrentIndex(0)

    def take_scan(self, code: str, _seen_at: float) -> bool:
        """An invitation, scanned or seen; anything else is a ticket."""
        if not self.this_desk.take_scan(code):
            return False
        self.show_this_desk()
        return True

    def _let_others_in(self) -> None:
        """The first desk is here: what the second one needs is shown at once."""
        self.tabs.setCurrentIndex([part for part, _ in self._parts].index(self.desks))
        self.desks.invitation.name.put(tr("Desk {number}", number=2))
        self.desks.invitation.make()

    def _show_choice(self) -> None:
        """Staff, erasures and keys belong to an event; the rest to the desk."""
        part = self._parts[self.tabs.currentIndex()][0]
        self.event_choice.setVisible(part in (self.staff, self.erasures, self.ticket_keys))

    def _line_changed(self, state: LineState) -> None:
        many = state.waiting + state.refused
        words = tr("Outbox ({number})", number=many) if many else tr("Outbox")
        if self.tabs.tabText(1) != words:
            self.tabs.setTabText(1, words)
