"""The choice of an event at the head of a page."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from eventdesk.desk.commands import ListEvents
from eventdesk.desk.hooks import Door, Recorded
from eventdesk.desk.listings import EventsListed
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.widgets.basics import label, row


class EventChoice(QWidget):
    """Offers every event of the desk; stands at the door's event until a person chooses another.

    `chosen` tells the event's id; empty where the desk has none.
    """

    chosen = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._told: str | None = None
        self._door = ""
        self.combo = QComboBox()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.combo.setMinimumWidth(280)
        name_control(self.combo, tr("Event"))
        self.setLayout(row(label(tr("Event")), self.combo, 1))
        self.combo.activated.connect(lambda _index: self._tell())
        bridge.events_listed.connect(self._listed)
        bridge.door_chosen.connect(self._door_chosen)
        bridge.facts_recorded.connect(self._recorded)

    @property
    def log(self) -> str:
        return self.combo.currentData() or ""

    def choose(self, log: str) -> None:
        """Stand at this event, now or as soon as it is listed."""
        self._door = log
        self._stand_at(log)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.post(ListEvents())

    def _listed(self, listed: EventsListed) -> None:
        wanted = self.log or self._door
        self.combo.clear()
        for event in sorted(listed.events, key=lambda one: one.begins, reverse=True):
            day = event.begins.astimezone(event.zone).strftime("%Y-%m-%d")
            self.combo.addItem(f"{event.name} · {day}", event.id)
        self._stand_at(wanted)

    def _stand_at(self, log: str) -> None:
        index = self.combo.findData(log)
        if index >= 0:
            self.combo.setCurrentIndex(index)
        self._tell()

    def _tell(self) -> None:
        if self.log != self._told:
            self._told = self.log
            self.chosen.emit(self.log)

    def _door_chosen(self, door: Door) -> None:
        if door.catalogue.event.id != self._door:
            self.choose(door.catalogue.event.id)

    def _recorded(self, recorded: Recorded) -> None:
        if Kind.EVENT_DEFINED in recorded.kinds and self.isVisible():
            self._bridge.post(ListEvents())
