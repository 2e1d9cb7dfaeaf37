"""Where a desk is to stand: event, list, gate."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from eventdesk.desk.commands import ShowCatalogue
from eventdesk.desk.listings import CatalogueShown
from eventdesk.desk.venue.values import DeskLine
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.look import bring_into_sight, button, fill
from eventdesk.screens.widgets.basics import boxed, row


class StandForm(QFrame):
    """`wanted` brings the ids of event, list and gate (none: empty)."""

    wanted = Signal(str, str, str)
    closed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._bridge = bridge
        self._asked = self._log = ""
        self._before = ("", "")
        self.event_choice = EventChoice(bridge)
        self.event_choice.combo.setMinimumWidth(120)
        self.list = ChoiceField(tr("Check-in list"), [])
        self.gate = ChoiceField(tr("Gate"), [("", tr("No gate"))])
        self.go_button = button(tr("Let it stand there"), self._go, "danger")
        self.no_button = button(tr("No, leave it"), self.closed.emit)
        self.event_choice.chosen.connect(self._use_event)
        bridge.catalogue_shown.connect(self._shown)
        fill(
            self,
            self.event_choice,
            self.list,
            self.gate,
            boxed(row(self.go_button, self.no_button, 1)),
            margin=12,
        )

    def begin(self, line: DeskLine) -> None:
        """With where it stands now: a report tells names."""
        if line.report is not None:
            self._before = (line.report.list, line.report.gate)
        self.show()
        self._ask()
        self.list.setFocus()
        bring_into_sight(self.go_button)

    def _use_event(self, log: str) -> None:
        self._log = log
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self.go_button.setEnabled(False)
        if self._log:
            command = ShowCatalogue(self._log)
            self._asked = command.request
            self._bridge.post(command)

    def _shown(self, shown: CatalogueShown) -> None:
        if shown.request != self._asked:
            return
        catalogue = shown.catalogue
        self.list.offer([(one.id, one.name) for one in catalogue.lists.values()])
        self.gate.offer([("", tr("No gate")), *((one.id, one.name) for one in catalogue.gates.values())])
        list_name, gate_name = self._before
        self.list.put({one.name: one.id for one in catalogue.lists.values()}.get(list_name))
        self.gate.put({one.name: one.id for one in catalogue.gates.values()}.get(gate_name, ""))
        self.go_button.setEnabled(bool(catalogue.lists))

    def _go(self) -> None:
        if self.list.check():
            self.wanted.emit(self._log, self.list.value(), self.gate.value())
