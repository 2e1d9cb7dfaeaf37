"""The erasures of guests, and the desks that still owe their word that they have forgotten."""

from datetime import tzinfo

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Door, Recorded, Trouble
from eventdesk.desk.upstream.commands import ListErasures
from eventdesk.desk.upstream.values import ErasureRow, ErasuresListed
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.look import alone, button, fill, note, say, table_of
from eventdesk.screens.words import joined, number, told

KINDS = frozenset({Kind.GUEST_ERASED, Kind.GUESTS_PURGED, Kind.ERASURE_CONFIRMED})
TABLE_PX = 200


class Erasures(QWidget):
    """`use_log` says of which event. A guest is erased on the page of guests."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._zone: tzinfo | None = None
        self._log = self._listing = ""
        headers = (tr("Order"), tr("When"), tr("Desks that have not confirmed yet"))
        self.model: WordTable[ErasureRow] = WordTable(headers, self._cells)
        self.table = table_of(self.model, tr("Erasures"), (160, 160))
        self.table.setMinimumHeight(TABLE_PX)
        self.count = note()
        hint = note(
            tr("Guests are erased on the page Guests. Desks that are switched off do it when they are back.")
        )
        self.refresh_button = button(tr("Look again"), self.refresh, "", "network")
        fill(self, hint, self.count, self.table, alone(self.refresh_button))
        bridge.erasures_listed.connect(self._listed)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)
        bridge.door_chosen.connect(self._door_chosen)

    def use_log(self, log: str) -> None:
        self._log = log
        self.model.show_items(())
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        if self._log:
            command = ListErasures(self._log)
            self._listing = command.request
            self._bridge.post(command)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _listed(self, listed: ErasuresListed) -> None:
        if listed.request != self._listing or listed.log != self._log:
            return
        self.model.show_items(listed.erasures)
        owed = sum(bool(one.unconfirmed) for one in listed.erasures)
        if owed:
            say(self.count, tr("Not confirmed by every desk yet: {number}.", number=number(owed)), "warn")
        elif listed.erasures:
            say(self.count, tr("✓ Every desk has confirmed."), "good")
        else:
            say(self.count, tr("Nobody was erased."))

    def _recorded(self, recorded: Recorded) -> None:
        if recorded.log == self._log and not KINDS.isdisjoint(recorded.kinds) and self.isVisible():
            self.refresh()

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
        self.model.tick()

    def _troubled(self, trouble: Trouble) -> None:
        if self._listing and trouble.request == self._listing:
            say(self.count, told(trouble), "bad")

    def _cells(self, erasure: ErasureRow) -> tuple[str, ...]:
        owed = joined(*erasure.unconfirmed, by=", ")
        when = f"{erasure.at.astimezone(self._zone):%Y-%m-%d %H:%M}"
        return (erasure.order or tr("all guests"), when, owed or tr("✓ none"))
