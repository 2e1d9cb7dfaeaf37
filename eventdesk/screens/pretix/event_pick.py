"""Which of pretix' events this desk carries."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.pretix.commands import BridgeEvent, ListPretixEvents
from eventdesk.desk.pretix.values import PretixEvent, PretixEventsListed
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.look import button, fill, heading, note, say, table_of
from eventdesk.screens.widgets.basics import boxed
from eventdesk.screens.widgets.flow import Flow
from eventdesk.screens.words import told

TABLE_PX = 170


class EventPick(QWidget):
    """`left`: nothing was changed."""

    left = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = self._chosen = ""
        self._build()
        bridge.pretix_events_listed.connect(self._listed)
        bridge.trouble_told.connect(self._troubled)

    def look(self, *, can_leave: bool) -> None:
        """Ask pretix which there are. `can_leave`: there is one already, which may stay."""
        self.leave_button.setVisible(can_leave)
        command = ListPretixEvents()
        self._asked = command.request
        say(self.told, tr("Asking pretix ..."))
        self._bridge.post(command)

    def choose(self) -> None:
        """Carry the event of the row that is marked."""
        event = self.model.item(self.table.currentIndex().row())
        if event is not None and not self._chosen:
            command = BridgeEvent(event.slug)
            self._chosen = command.request
            self.choose_button.setEnabled(False)
            self._bridge.post(command)

    def rest(self) -> None:
        """What was chosen is done."""
        self._chosen = ""
        self.choose_button.setEnabled(bool(self.model.items))

    def _build(self) -> None:
        self.model: WordTable[PretixEvent] = WordTable((tr("Event"), tr("Begins"), tr("Short form")), _cells)
        self.table = table_of(self.model, tr("Events in pretix"), (380, 180))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.activated.connect(lambda _index: self.choose())
        self.told = note()
        self.choose_button = button(tr("Carry this event"), self.choose, "primary", "check")
        self.look_button = button(
            tr("Look again"), lambda: self.look(can_leave=self._can_leave()), "", "search"
        )
        self.leave_button = button(tr("Leave it as it is"), self.left.emit)
        buttons = boxed(Flow(self.choose_button, self.look_button, self.leave_button))
        fill(self, heading(tr("Events in pretix")), self.table, buttons, self.told)
        self.choose_button.setEnabled(False)

    def _can_leave(self) -> bool:
        return not self.leave_button.isHidden()

    def _listed(self, listed: PretixEventsListed) -> None:
        if listed.request != self._asked:
            return
        self._asked = ""
        self.model.show_items(listed.events)
        self.table.selectRow(0)
        self.rest()
        nothing = tr("This device may see no event. Give it access to one in pretix, then look again.")
        say(self.told, "" if listed.events else nothing, "warn")
        if listed.events and self.isVisible():
            self.table.setFocus()

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request and trouble.request in (self._asked, self._chosen):
            self._asked = ""
            self.rest()
            say(self.told, told(trouble), "bad")


def _cells(event: PretixEvent) -> tuple[str, ...]:
    name = f"{event.name} ({tr('series')})" if event.series else event.name
    return name, f"{event.begins:%Y-%m-%d %H:%M}", event.slug
