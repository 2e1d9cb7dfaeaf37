"""A group came by one code: who of them is here?"""

from eventdesk.desk.kiosk.commands import ChooseGuests
from eventdesk.desk.kiosk.values import KioskGuest, KioskState
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import LONGEST_NAME, KioskPage
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.words import joined, says, short


class ChoosingPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.guests = {guest.ticket: _guest_button(guest) for guest in state.guests}
        self.all = BigButton(tr("All are here"), icon="guests", pressed=self._mark_all)
        self.go = BigButton(tr("Go on"), icon="check", kind="primary", pressed=self._go)
        for button in self.guests.values():
            button.toggled.connect(self._count)
        self.add_scrolled(*self.guests.values(), 1)
        self.add_actions(self.all, self.go)
        self._count()

    def title(self) -> str:
        return tr("Who of you is here? Touch the names.")

    def chosen(self) -> tuple[str, ...]:
        return tuple(ticket for ticket, button in self.guests.items() if button.isChecked())

    def _mark_all(self) -> None:
        for button in self.guests.values():
            button.setChecked(button.isEnabled())

    def _count(self) -> None:
        self.go.setEnabled(bool(self.chosen()))

    def _go(self) -> None:
        self.visit.ask(ChooseGuests, tickets=self.chosen())


def _guest_button(guest: KioskGuest) -> BigButton:
    """One who can't be checked in is there to be seen, with the reason."""
    out = says(guest.out)
    note = joined(guest.company, guest.product) if not out else joined(guest.product, out)
    made = BigButton(short(guest.name, LONGEST_NAME) or tr("Without a name"), note)
    made.setCheckable(True)
    made.setChecked(guest.here and not out)
    made.setEnabled(not out)
    return made
