"""All open calls for help, and the guests who wait for it."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from eventdesk.desk.commands import Command, ShowCatalogue, ShowTicket
from eventdesk.desk.hooks import Door, Trouble
from eventdesk.desk.listings import CatalogueShown, TicketShown
from eventdesk.desk.venue.commands import GiveHelp, ListHelp
from eventdesk.desk.venue.values import HelpChanged
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.venue import HelpCall
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.words import span, utc_now
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.guest_card import GuestCard
from eventdesk.screens.manage.look import button, card, fill, note, say, scrolled, table_of
from eventdesk.screens.venue import words
from eventdesk.screens.venue.rows import KeyedTable
from eventdesk.screens.widgets.basics import boxed, label, row
from eventdesk.screens.words import clock, isolate, joined, number, told

NARROW_PX = 860
TABLE_PX, CARD_PX = 190, 330
TICK_MS = 20_000


class CallsPart(QWidget):
    """`counted` tells how many are open; `check_in_wanted` brings a guest who is to be checked in here."""

    counted = Signal(int)
    check_in_wanted = Signal(object)

    def __init__(self, bridge: Bridge, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._bridge, self._now = bridge, now
        self._log = self._asked = ""
        self._zone: tzinfo | None = None
        self._tickets: dict[str, Ticket] = {}
        self._requests: dict[str, str] = {}
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        bridge.help_changed.connect(self._changed)
        bridge.ticket_shown.connect(self._ticket_shown)
        bridge.catalogue_shown.connect(self._catalogue_shown)
        bridge.door_chosen.connect(self._door_chosen)
        bridge.trouble_told.connect(self._troubled)

    def _build(self) -> None:
        self.count = note()
        headers = (tr("Since"), tr("Desk"), tr("Why"), tr("Guest"))
        self.rows: KeyedTable[HelpCall] = KeyedTable(headers, self._cells, lambda one: one.id)
        self.table = table_of(self.rows, tr("Open calls for help"), (110, 160, 240))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.why, self.since = label("", "heading", wrap=True), note()
        self.word = LineField(tr("What was done"))
        self.word.line.returnPressed.connect(self.settle)
        self.going_button = button(tr("I'm going"), self.go, "primary", "hand")
        self.settle_button = button(tr("It is done"), self.settle, "", "check")
        self.check_in_button = button(tr("Check this guest in here"), self._check_in, "", "entry")
        self.guest = GuestCard()
        self.guest.asked.connect(self._guest_asked)
        self.told = note()
        self.told.hide()
        inside = QWidget()
        buttons = boxed(row(self.going_button, self.settle_button, 1))
        fill(inside, self.why, self.since, buttons, self.word, self.told, self.check_in_button, self.guest, 1)
        self._holder = card(scrolled(inside, wide=True), margin=10)
        self._holder.hide()
        self._both = QHBoxLayout()
        self._both.addWidget(self.table, 5)
        self._both.addWidget(self._holder, 4)
        fill(self, self.count).addLayout(self._both, 1)

    def chosen(self) -> HelpCall | None:
        return self.rows.item(self.table.currentIndex().row())

    def go(self) -> None:
        """Seen at every desk: nobody else needs to. The call stays until it is done."""
        self._give(str(self.word.value()), going=True)

    def settle(self) -> None:
        self._give(str(self.word.value()))

    def _give(self, word: str, *, going: bool = False) -> None:
        call = self.chosen()
        if call is not None:
            command = GiveHelp(call.id, word, going)
            self._asked = command.request
            say(self.told, tr("One moment ..."))
            self.table.setFocus()
            self._bridge.post(command)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._bridge.post(ListHelp())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._holder.setMinimumHeight(CARD_PX if narrow else 0)

    def _changed(self, changed: HelpChanged) -> None:
        before = self.chosen()
        if changed.log != self._log:
            self._log = changed.log
            self._tickets.clear()
            self._bridge.post(ShowCatalogue(self._log))
        open_ = [one for one in changed.calls if one.ended is None and not one.admitted]
        self.rows.show_items(open_)
        self.counted.emit(len(open_))
        guests = sum(bool(one.ticket) for one in open_)
        if open_:
            told_ = tr("Open calls: {number}.", number=number(len(open_)))
            waiting = tr("Guests to be helped: {number}.", number=number(guests)) if guests else ""
            say(self.count, joined(told_, waiting, by=" "), "warn")
        else:
            say(self.count, tr("Nobody calls."))
        for one in open_:
            if one.ticket and one.ticket not in self._tickets:
                self._ask_ticket(one.ticket)
        if before is not None and self.rows.row_of(before.id) < 0:
            say(self.told, "")
        self._show_chosen()

    def _ask_ticket(self, ticket: str) -> None:
        if ticket in self._requests.values():
            return
        command = ShowTicket(self._log, ticket)
        self._requests[command.request] = ticket
        self._bridge.post(command)

    def _ticket_shown(self, shown: TicketShown) -> None:
        if self._requests.pop(shown.request, None) is None or shown.ticket is None:
            return
        self._tickets[shown.ticket.id] = shown.ticket
        self._tick()
        self._show_chosen()

    def _catalogue_shown(self, shown: CatalogueShown) -> None:
        if shown.catalogue.event.id == self._log:
            self.guest.use_catalogue(shown.catalogue)

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone

    def _tick(self) -> None:
        """Time went on, or a name is known."""
        self.rows.show_items(list(self.rows.items))

    def _show_chosen(self) -> None:
        call = self.chosen()
        self._holder.setVisible(call is not None)
        if call is None:
            return
        self.why.setText(joined(call.place, words.reason(call.reason)))
        since = tr("since {time} ({span})", time=clock(call.at, self._zone), span=span(self._now() - call.at))
        say(self.since, joined(since, call.words, words.going(call, self._now())))
        self.going_button.setEnabled(call.going is None)
        ticket = self._tickets.get(call.ticket)
        self.check_in_button.setVisible(ticket is not None)
        if ticket is None or ticket.id != self.guest.ticket:
            self.guest.show_ticket(ticket)

    def _check_in(self) -> None:
        call = self.chosen()
        ticket = self._tickets.get(call.ticket) if call else None
        if ticket is not None:
            self.check_in_wanted.emit(ticket)

    def _guest_asked(self, command: Command) -> None:
        self._asked = command.request
        self._bridge.post(command)

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            say(self.told, told(trouble), "bad")

    def _cells(self, call: HelpCall) -> tuple[str, ...]:
        ticket = self._tickets.get(call.ticket)
        name = (ticket.name or ticket.order.name or tr("No name")) if ticket else ""
        return (
            joined(clock(call.at, self._zone), span(self._now() - call.at)),
            isolate(call.place),
            joined(words.reason(call.reason), call.words, words.going(call, self._now())),
            isolate(name),
        )
