"""Which door the desk stands at: check-in list and gate of the event."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout

from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.hooks import Door
from eventdesk.i18n import tr
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.widgets.basics import Button


class DoorSheet(Sheet):
    """`wanted` gives the command that moves the desk."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._door: Door | None = None
        self.set_title(tr("Where does this desk stand?"))
        self._lists, self._gates = QComboBox(), QComboBox()
        self._lists.setAccessibleName(tr("Check-in list"))
        self._gates.setAccessibleName(tr("Gate"))
        form = QFormLayout()
        form.addRow(tr("Check-in list"), self._lists)
        form.addRow(tr("Gate"), self._gates)
        self.body.addLayout(form)
        self.body.addStretch()
        self.buttons.addWidget(Button(tr("Stand here"), "check", "primary", self.submit), 1)
        self.add_close()

    def offer(self, door: Door) -> None:
        self._door = door
        self._lists.clear()
        for one in door.catalogue.lists.values():
            self._lists.addItem(one.name, one.id)
        self._lists.setCurrentIndex(self._lists.findData(door.list.id))
        self._gates.clear()
        self._gates.addItem(tr("No gate"), None)
        for gate in door.catalogue.gates.values():
            self._gates.addItem(gate.name, gate.id)
        if door.gate:
            self._gates.setCurrentIndex(self._gates.findData(door.gate))
        self._lists.setFocus()

    def submit(self) -> None:
        if self._door:
            event = self._door.catalogue.event.id
            chosen = self._lists.currentData(), self._gates.currentData()
            self.wanted.emit(ChooseDoor(event, *chosen, self._door.mode))
