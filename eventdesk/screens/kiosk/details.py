"""What is known of the guest, large and to be mended where the organizer allows it."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget

from eventdesk.desk.kiosk.commands import AmendGuest, GoOn
from eventdesk.desk.kiosk.values import KioskGuest, KioskState
from eventdesk.domain.kiosk.setup import Amend
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.entry import Entry
from eventdesk.screens.kiosk.key_rows import Kind
from eventdesk.screens.kiosk.page import KioskPage, sentence
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.widgets.basics import boxed, column
from eventdesk.screens.words import isolate

KINDS = {Amend.NAME: Kind.NAME, Amend.COMPANY: Kind.TEXT, Amend.EMAIL: Kind.EMAIL}


class DetailsPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.fields: dict[Amend, Entry] = {}
        self.shown = QWidget()
        self.change = BigButton(tr("Change something"), icon="pen", pressed=self._mend)
        self.go = BigButton(tr("All is right"), icon="check", kind="primary", pressed=self._go)
        self.change.setVisible(bool(state.amends))
        self.column = self.add_scrolled(self.shown, 1)
        self.add_actions(self.change, self.go)
        self._show()

    def title(self) -> str:
        return tr("Please change what is wrong") if self.fields else tr("Is this right?")

    def show_state(self, state: KioskState) -> None:
        """Told as wrong: what was typed stays to be mended. Told as kept: it is shown."""
        before = self.guest()
        super().show_state(state)
        if self.guest() != before:
            self.fields.clear()
            self._show()
            self.titled.emit()

    def _show(self) -> None:
        guest = self.guest()
        if guest is not None:
            self._replace([_line(name, _value(guest, what)) for what, name in _names(guest).items()])
        self.change.setVisible(bool(self.state.amends))
        self.go.show_words(tr("All is right"))

    def _mend(self) -> None:
        guest = self.guest()
        if guest is None:
            return
        self.fields = {
            what: Entry(name, KINDS[what], _value(guest, what))
            for what, name in _names(guest, everything=True).items()
            if what in self.state.amends
        }
        self._replace(list(self.fields.values()))
        lines = [field.line for field in self.fields.values()]
        for line, following in pairwise(lines):
            line.returnPressed.connect(following.setFocus)
        lines[-1].returnPressed.connect(self._go)
        self.change.hide()
        self.go.show_words(tr("Keep it so"))
        self.titled.emit()
        next(iter(self.fields.values())).line.setFocus()

    def _go(self) -> None:
        guest = self.guest()
        changed = {
            what: field.text()
            for what, field in self.fields.items()
            if guest is not None and field.text() != _value(guest, what)
        }
        if guest is not None and changed:
            members = {what.value: text for what, text in changed.items()}
            self.visit.ask(AmendGuest, ticket=guest.ticket, members=members)
        elif self.fields:  # nothing was changed after all
            self.fields.clear()
            self._show()
            self.titled.emit()
        else:
            self.visit.ask(GoOn)

    def _replace(self, parts: list[Entry] | list[QWidget]) -> None:
        old, self.shown = self.shown, boxed(column(*parts, spacing=14))
        self.column.replaceWidget(old, self.shown)
        old.hide()
        old.deleteLater()
        self.shown.show()


def _names(guest: KioskGuest, everything: bool = False) -> dict[Amend, str]:
    names = {Amend.NAME: tr("Name"), Amend.COMPANY: tr("Company"), Amend.EMAIL: tr("E-mail address")}
    return {what: name for what, name in names.items() if everything or _value(guest, what)}


def _value(guest: KioskGuest, what: Amend) -> str:
    return {Amend.NAME: guest.name, Amend.COMPANY: guest.company, Amend.EMAIL: guest.email}[what]


def _line(name: str, value: str) -> QWidget:
    return boxed(column(sentence(name, "muted"), sentence(isolate(value), "title"), spacing=0))
