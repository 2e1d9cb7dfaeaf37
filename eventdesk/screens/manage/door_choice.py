"""The choice of the door to stand at: event, list, gate and what is done with a scan."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import ChooseDoor, ShowCatalogue
from eventdesk.desk.hooks import Door, Recorded, Trouble
from eventdesk.desk.listings import CatalogueShown
from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.verdicts import Mode
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.look import alone, button, fill, note, say
from eventdesk.screens.words import told


class DoorChoice(QWidget):
    """`use_log` says of which event; `chosen` tells that the desk stands at the door."""

    chosen = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = self._asked = ""
        self.list = ChoiceField(tr("Check-in list"), [])
        self.gate = ChoiceField(tr("Gate"), [(None, tr("No gate"))])
        self.mode = ChoiceField(tr("What a scan does"), modes())
        self.go_button = button(tr("Stand at this door"), self.choose, "primary", "entry")
        self.told = note()
        self.told.hide()
        fill(self, self.list, self.gate, self.mode, alone(self.go_button), self.told, spacing=14)
        bridge.catalogue_shown.connect(self._shown)
        bridge.door_chosen.connect(self._stands)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)
        self.use_log("")

    def use_log(self, log: str) -> None:
        self._log = log
        self.go_button.setEnabled(False)
        if log:
            self._bridge.post(ShowCatalogue(log))

    def choose(self) -> None:
        """Stand at the door chosen."""
        if self.list.check():
            command = ChooseDoor(self._log, self.list.value(), self.gate.value(), self.mode.value())
            self._asked = command.request
            self._bridge.post(command)

    def _shown(self, shown: CatalogueShown) -> None:
        if shown.catalogue.event.id == self._log:
            self._offer(shown.catalogue)

    def _offer(self, catalogue: Catalogue) -> None:
        lists = [(one.id, one.name) for one in catalogue.lists.values()]
        self.list.offer(lists)
        if self.list.combo.currentIndex() < 0 and lists:
            self.list.put(_widest(catalogue).id)
        gates = [(gate.id, gate.name) for gate in catalogue.gates.values()]
        self.gate.offer([(None, tr("No gate")), *gates])
        if self.gate.combo.currentIndex() < 0:
            self.gate.put(None)
        self.gate.setVisible(bool(gates))
        self.go_button.setEnabled(bool(lists))
        say(self.told, "" if lists else tr("This event has no check-in list yet: add one."), "warn")

    def _stands(self, door: Door) -> None:
        if door.catalogue.event.id == self._log:
            self._offer(door.catalogue)
            self.list.put(door.list.id)
            self.gate.put(door.gate)
            self.mode.put(door.mode)
        if self._asked:
            self._asked = ""
            say(self.told, tr("✓ This desk stands at {list}.", list=door.list.name), "good")
            self.chosen.emit()

    def _recorded(self, recorded: Recorded) -> None:
        changed = {"list_defined", "gate_defined"} & set(recorded.kinds)
        if recorded.log == self._log and changed:
            self._bridge.post(ShowCatalogue(self._log))

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._asked:
            self._asked = ""
            say(self.told, told(trouble), "bad")


def modes() -> list[tuple[Mode, str]]:
    return [
        (Mode.ENTRY, tr("Let in")),
        (Mode.EXIT, tr("Let out")),
        (Mode.INFO, tr("Only show")),
        (Mode.PRINT, tr("Only print the badge")),
    ]


def _widest(catalogue: Catalogue) -> CheckInList:
    """The list that most guests pass: what a tired person means who does not look."""
    return max(catalogue.lists.values(), key=lambda one: (one.all_products, len(one.products)))
