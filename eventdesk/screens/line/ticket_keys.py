"""The keys that sign an event's tickets: whose they are, since when; a new one, and the end of one."""

from datetime import tzinfo

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Door, Recorded, Trouble
from eventdesk.desk.upstream.commands import ListTicketKeys, RemoveTicketKey, RotateTicketKey
from eventdesk.desk.upstream.values import TicketKeyRow, TicketKeysListed
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.manage.look import button, fill, note, say, table_of
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, number, told

TABLE_PX = 190


class TicketKeysPart(QWidget):
    """`use_log` says of which event."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._zone: tzinfo | None = None
        self._log = self._listing = self._doing = self._done = ""
        self._may_rotate = self._may_remove = False
        headers = (tr("Desk"), tr("Since"), tr("State"), tr("Key"))
        self.model: WordTable[TicketKeyRow] = WordTable(headers, self._cells)
        self.table = table_of(self.model, tr("Ticket keys"), (220, 160, 240))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.count, self.told = note(), note()
        self.told.hide()
        self.rotate_button = button(tr("New key ..."), self._ask_rotate, "", "add")
        self.remove_button = button(tr("Remove ..."), self._ask_remove, "danger", "close")
        self.confirm = Confirm()
        hint = note(
            tr("Tickets sold here are signed, so that a door knows them that has never heard of them.")
        )
        buttons = boxed(row(self.rotate_button, self.remove_button, 1))
        fill(self, hint, self.count, self.table, buttons, self.confirm, self.told)
        self._show_chosen()
        bridge.ticket_keys_listed.connect(self._listed)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)
        bridge.door_chosen.connect(self._door_chosen)

    def use_log(self, log: str) -> None:
        self._log = log
        self._may_rotate = self._may_remove = False
        self.model.show_items(())
        self.confirm.close_it()
        say(self.told, "")
        self._show_chosen()
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        if self._log:
            command = ListTicketKeys(self._log)
            self._listing = command.request
            self._bridge.post(command)

    def chosen(self) -> TicketKeyRow | None:
        return self.model.item(self.table.currentIndex().row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _ask_rotate(self) -> None:
        words = tr(
            "This desk signs with a new key from now on. Tickets of the old one stay good until that is "
            "removed. Doors that are cut off know the new key only when they are back."
        )
        log = self._log
        self.confirm.ask(words, tr("Make a new key"), lambda _word: self._post(RotateTicketKey(log)))

    def _ask_remove(self) -> None:
        key, log = self.chosen(), self._log
        if key is None:
            return
        words = tr(
            "Remove a key of {desk}? Its tickets are then good only where their sale is known: a door "
            "that is cut off refuses them. This can't be taken back.",
            desk=isolate(key.desk),
        )
        post = RemoveTicketKey(log, key.key)
        self.confirm.ask(words, tr("Remove the key"), lambda _word: self._post(post))

    def _post(self, command: RotateTicketKey | RemoveTicketKey) -> None:
        self._doing = command.request
        done_rotate, done_remove = tr("✓ This desk has a new key."), tr("✓ The key was removed.")
        self._done = done_rotate if isinstance(command, RotateTicketKey) else done_remove
        say(self.told, "")
        self._bridge.post(command)

    def _show_chosen(self) -> None:
        key = self.chosen()
        self.rotate_button.setEnabled(bool(self._log) and self._may_rotate)
        self.remove_button.setEnabled(self._may_remove and key is not None and not key.removed)

    def _listed(self, listed: TicketKeysListed) -> None:
        if listed.request not in (self._listing, self._doing) or listed.log != self._log:
            return
        if listed.request == self._doing:
            say(self.told, self._done, "good")
        chosen = self.chosen()
        self._may_rotate, self._may_remove = listed.may_rotate, listed.may_remove
        self.model.show_items(listed.keys)
        at = next((row for row, one in enumerate(listed.keys) if chosen and one.key == chosen.key), 0)
        self.table.selectRow(at)
        valid = sum(not one.removed for one in listed.keys)
        some = tr("Keys in use: {number}", number=number(valid))
        say(self.count, some if listed.keys else tr("No ticket was signed yet."))
        self._show_chosen()

    def _recorded(self, recorded: Recorded) -> None:
        if recorded.log != self._log or Kind.TICKET_KEY_DEFINED not in recorded.kinds:
            return
        is_answered = bool(self._doing) and recorded.request == self._doing
        if self.isVisible() and not is_answered:
            self.refresh()

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
        self.model.tick()

    def _troubled(self, trouble: Trouble) -> None:
        if self._listing and trouble.request == self._listing:
            say(self.count, told(trouble), "warn")
        elif self._doing and trouble.request == self._doing:
            say(self.told, told(trouble), "bad")

    def _cells(self, key: TicketKeyRow) -> tuple[str, ...]:
        return (key.desk, f"{key.since.astimezone(self._zone):%Y-%m-%d %H:%M}", _state(key), key.key)


def _state(key: TicketKeyRow) -> str:
    if key.removed:
        return tr("✕ removed")
    return tr("✓ this desk signs with it") if key.is_own else tr("✓ its tickets are good")
