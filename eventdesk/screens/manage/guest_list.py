"""The table of guests with its search box and the card of the one chosen."""

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from eventdesk.desk.commands import Command, FindGuests, ListGuests, ShowCatalogue, ShowTicket
from eventdesk.desk.hooks import Found, Recorded, Trouble
from eventdesk.desk.listings import CatalogueShown, GuestsListed, TicketShown
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.guest_card import GuestCard
from eventdesk.screens.manage.guest_table import GuestTable, line_of_guest, line_of_hit, line_of_ticket
from eventdesk.screens.manage.look import card, fill, note, say, scrolled, table_of
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import number, told

CARD_WIDTH = 340
FOUND_AT_MOST = 100
# Between a change and reading the list again: an import tells of itself more than once.
SETTLE_MS = 300
# Facts that change which guests there are or how a line of the table reads.
LISTED = frozenset({Kind.TICKET_ISSUED, Kind.TICKET_CHANGED, Kind.ORDER_CHANGED, Kind.GUESTS_IMPORTED})


class GuestList(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = ""
        self._page = self._search = self._shown = self._change = ""
        self.model = GuestTable()
        self.card = GuestCard()
        self._build()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._connect()

    def use_log(self, log: str) -> None:
        """Show the guests of this event."""
        self._log = log
        self.card.show_ticket(None)
        self.card.use_catalogue(None)
        if log:
            self._bridge.post(ShowCatalogue(log))
        self.refresh()

    def refresh(self) -> None:
        """Read what is shown afresh."""
        if not self._log:
            self.model.clear()
            say(self.count, tr("There is no event yet."))
        elif self.search.text().strip():
            self._find(self.search.text())
        else:
            self.model.clear()
            self._ask_page(None)
        if self.card.ticket:
            self._ask_ticket(self.card.ticket)

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Name, e-mail, company, order or code"))
        self.search.setClearButtonEnabled(True)
        name_control(self.search, tr("Search guests"))
        self.count = note()
        self.table = table_of(self.model, tr("Guests"), (190, 150, 110, 110, 130))
        holder = card(scrolled(self.card), margin=12)
        holder.setFixedWidth(CARD_WIDTH)
        self._holder = holder
        holder.hide()
        both = QHBoxLayout()
        both.addWidget(self.table, 1)
        both.addWidget(holder)
        column = fill(self)
        top = row(self.search, self.count)
        top.setStretch(0, 3)
        top.setStretch(1, 1)
        column.addLayout(top)
        column.addLayout(both, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.model.wanted.connect(self._ask_page)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.card.asked.connect(self._asked)
        bridge = self._bridge
        bridge.guests_listed.connect(self._listed)
        bridge.guests_found.connect(self._found)
        bridge.ticket_shown.connect(self._ticket_shown)
        bridge.catalogue_shown.connect(self._catalogue_shown)
        bridge.facts_recorded.connect(self._recorded)
        bridge.job_changed.connect(self.card.show_job)
        bridge.signatures_listed.connect(self.card.show_signatures)
        bridge.trouble_told.connect(self._troubled)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._find(text)
        else:
            self.refresh()

    def _find(self, text: str) -> None:
        command = FindGuests(text, FOUND_AT_MOST, self._log)
        self._search, self._page = command.request, ""
        self._bridge.post(command)

    def _ask_page(self, after: str | None) -> None:
        command = ListGuests(self._log, after)
        self._page, self._search = command.request, ""
        self._bridge.post(command)

    def _ask_ticket(self, ticket: str) -> None:
        command = ShowTicket(self._log, ticket)
        self._shown = command.request
        self._bridge.post(command)

    def _row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.line(current.row())
        if line is not None:
            self._ask_ticket(line.ticket)

    def _asked(self, command: Command) -> None:
        self._change = command.request
        self._bridge.post(command)

    def _listed(self, listed: GuestsListed) -> None:
        if listed.request == self._page:
            self.model.append([line_of_guest(one) for one in listed.rows], listed.total)
            say(self.count, tr("Guests: {number}", number=number(listed.total)))

    def _found(self, found: Found) -> None:
        if found.request == self._search:
            self.model.show_found([line_of_hit(hit) for hit in found.hits])
            words = tr("{number} found", number=number(len(found.hits)))
            say(self.count, f"{words} · {tr('for')} “{found.corrected}”" if found.corrected else words)

    def _ticket_shown(self, shown: TicketShown) -> None:
        if shown.request != self._shown:
            return
        self._holder.setVisible(shown.ticket is not None)
        self.card.show_ticket(shown.ticket)
        if shown.ticket is not None:
            self.model.update(line_of_ticket(shown.ticket, self.card.product(shown.ticket)))

    def _catalogue_shown(self, shown: CatalogueShown) -> None:
        if shown.catalogue.event.id == self._log:
            self.card.use_catalogue(shown.catalogue)

    def _recorded(self, recorded: Recorded) -> None:
        if recorded.log != self._log or not self.isVisible():
            return
        if recorded.request != self._change and not LISTED.isdisjoint(recorded.kinds):
            self._settle.start()
        elif self.card.ticket:
            self._ask_ticket(self.card.ticket)

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._change:
            self.card.show_trouble(told(trouble))
