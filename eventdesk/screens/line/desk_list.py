"""The desks of the event as the upstream knows them; one that is lost or stolen is shut out here."""

from datetime import datetime, timedelta

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import ListDesks, RevokeDesk
from eventdesk.desk.upstream.values import DeskRow, DesksListed
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.line.invitation import InvitationForm
from eventdesk.screens.line.role_words import role_names
from eventdesk.screens.line.table import WordTable
from eventdesk.screens.line.words import CLOCK_TOLD_MS, span, utc_now
from eventdesk.screens.manage.look import button, card, fill, note, say, table_of
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, number, told

TABLE_PX = 190


class DeskList(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._listing = self._doing = self._out = ""
        headers = (tr("Desk"), tr("State"), tr("Last seen"), tr("May be used for"), tr("Clock"))
        self.model: WordTable[DeskRow] = WordTable(headers, _cells)
        self.table = table_of(self.model, tr("Desks"), (180, 100, 150, 140))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.count, self.told = note(), note()
        self.told.hide()
        self.refresh_button = button(tr("Look again"), self.refresh, "", "network")
        self.revoke_button = button(tr("Shut it out ..."), self._ask_revoke, "danger", "close")
        self.confirm = Confirm()
        self.invitation = InvitationForm(bridge)
        buttons = boxed(row(self.refresh_button, self.revoke_button, 1))
        self._above = QWidget()
        fill(self._above, self.count, self.table, buttons, self.confirm, self.told)
        fill(self, self._above, card(self.invitation))
        self.invitation.showing.connect(lambda on: self._above.setVisible(not on))
        self._show_chosen()
        bridge.desks_listed.connect(self._listed)
        bridge.trouble_told.connect(self._troubled)

    def refresh(self) -> None:
        command = ListDesks()
        self._listing = command.request
        say(self.count, tr("Asking for the desks ..."))
        self._bridge.post(command)

    def chosen(self) -> DeskRow | None:
        return self.model.item(self.table.currentIndex().row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _ask_revoke(self) -> None:
        desk = self.chosen()
        if desk is None:
            return
        words = tr(
            "Shut {name} out? It gets nothing more, forgets its guests at its next contact, and can only "
            "come back with a new code. What it still holds is kept for a look.",
            name=isolate(desk.name),
        )
        yes, label = tr("Shut it out"), tr("Reason, such as lost or stolen")
        self.confirm.ask(words, yes, lambda reason: self._revoke(desk, reason), label)

    def _revoke(self, desk: DeskRow, reason: str) -> None:
        command = RevokeDesk(desk.desk, reason)
        self._doing, self._out = command.request, desk.name
        say(self.told, tr("One moment ..."))
        self.table.setFocus()  # its button goes grey
        self._bridge.post(command)

    def _show_chosen(self) -> None:
        desk = self.chosen()
        self.revoke_button.setEnabled(desk is not None and not desk.revoked and not desk.is_this)

    def _listed(self, listed: DesksListed) -> None:
        if listed.request not in (self._listing, self._doing):
            return
        if self._doing and listed.request == self._doing:
            self._doing = ""
            say(self.told, tr("✓ {name} is shut out.", name=isolate(self._out)), "good")
        chosen = self.chosen()
        self.model.show_items(listed.desks)
        at = next((row for row, one in enumerate(listed.desks) if chosen and one.desk == chosen.desk), 0)
        self.table.selectRow(at)
        say(self.count, tr("Desks: {number}", number=number(len(listed.desks))))
        self._show_chosen()

    def _troubled(self, trouble: Trouble) -> None:
        if self._listing and trouble.request == self._listing:
            say(self.count, told(trouble), "warn")
        elif self._doing and trouble.request == self._doing:
            say(self.told, told(trouble), "bad")


def _cells(desk: DeskRow) -> tuple[str, ...]:
    name = tr("{name} (this desk)", name=desk.name) if desk.is_this else desk.name
    return (name, _state(desk), _seen(desk.seen_at), role_names(desk.roles), _clock(desk.clock_error_ms))


def _state(desk: DeskRow) -> str:
    return tr("✕ shut out") if desk.revoked else tr("✓ works")


def _seen(moment: datetime | None) -> str:
    return tr("{span} ago", span=span(max(utc_now() - moment, timedelta()))) if moment else tr("never")


def _clock(error_ms: int) -> str:
    length = span(timedelta(milliseconds=abs(error_ms)))
    if abs(error_ms) < CLOCK_TOLD_MS:
        return tr("right")
    return tr("{span} fast", span=length) if error_ms > 0 else tr("{span} slow", span=length)
