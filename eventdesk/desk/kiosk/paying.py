"""What is owed for the guests of a visit, asked for between the pages and the badge."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.commands import PayAtKiosk
from eventdesk.desk.kiosk.news import AskPayments, LatePaid, PaidNews, TooLongToPay
from eventdesk.desk.kiosk.ports import Alarms, KioskTill, Outcome, Owed, Paid
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page, Works
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.domain.tickets import OrderStatus
from eventdesk.domain.venue import Reason

# What a guest with a card in the hand needs; then the terminal is free for the next one.
GUEST_S: Final = 100.0
# Until payments in doubt are asked about again.
AGAIN_S: Final = 60.0


class Paying:
    """Lives on the engine's lane. `till` None: nothing can be paid here, and unpaid guests go to the box
    office."""

    def __init__(
        self,
        scene: Scene,
        post: Callable[[Command], None],
        alarms: Alarms,
        go_on: Callable[[Visit], None],
        keep: Callable[[Visit], None],
        bought: Callable[[Party], None],
    ) -> None:
        """`go_on` goes to what comes next; `keep` is told of a visit whose guests must not be lost any
        more, `bought` of a guest who has a ticket now."""
        self._scene = scene
        self._post = post
        self._alarms = alarms
        self._go_on = go_on
        self._keep = keep
        self._bought = bought
        self._till: KioskTill | None = None

    @property
    def till(self) -> KioskTill | None:
        """None as well while the card terminal does not work."""
        return self._till if Works.TERMINAL in self._scene.working.works else None

    def use(self, till: KioskTill) -> None:
        self._till = till
        till.tell_late(lambda outcome: self._post(LatePaid(outcome)))

    def may_pay(self, party: Party) -> bool:
        """Whether this guest owes something that can be paid here."""
        return self._owed(party) is not None

    def _owed(self, party: Party) -> Owed | None:
        if self.till is None:
            return None
        if party.wanted is not None:
            return self.till.price(self._scene.log, replace(party.wanted, answers=party.answers))
        if not self._scene.setup.pays or not _is_unpaid(party):
            return None
        return self.till.owed(self._scene.log, party.ticket.order.id)

    def begin(self, visit: Visit) -> bool:
        """Show what is owed; False where nothing is."""
        visit.owed = next((owed for one in _open(visit) if (owed := self._owed(one))), None)
        if visit.owed is not None:
            visit.turn(Page.PAYING)
        elif any(one.wanted for one in _open(visit)):  # sold out meanwhile, or the terminal is gone
            visit.turn(Page.SORRY, phrases.NO_SALE, phrases.remedy(phrases.NO_SALE))
        else:
            return False
        return True

    def pay(self, visit: Visit, _command: PayAtKiosk) -> None:
        if visit.page is not Page.PAYING or visit.owed is None:
            return
        if self.till is None:
            self._not_paid(visit)
            return
        visit.turn(Page.PAID_WAIT)
        id_ = visit.id
        self._alarms.set(id_, GUEST_S, lambda: self._post(TooLongToPay(id_)))
        self.till.pay(self._scene.log, visit.owed, lambda outcome: self._post(PaidNews(id_, outcome)))

    def left(self, visit: Visit) -> None:
        """The guest goes while the terminal asks: it need not wait any longer."""
        self._alarms.drop(visit.id)
        if visit.page is Page.PAID_WAIT and self._till is not None:
            self._till.cancel()

    def too_long(self, news: TooLongToPay) -> None:
        visit = self._scene.visit
        if visit is not None and visit.id == news.visit and self._till is not None:
            self._till.cancel()

    def paid(self, news: PaidNews) -> None:
        """How the card terminal's question has ended."""
        visit = self._scene.visit
        if visit is None or visit.id != news.visit or visit.page is not Page.PAID_WAIT:
            self.late(LatePaid(news.outcome))
            return
        self._alarms.drop(visit.id)
        if news.outcome.paid is Paid.YES:
            self._has_paid(visit, news.outcome)
        elif news.outcome.paid is Paid.NO:
            self._not_paid(visit)
        else:
            for party in filter(_owes, _open(visit)):
                self._scene.send_to_staff(party, Reason.PAYMENT_UNSURE, phrases.PAYMENT_UNSURE)
            self._ask_later()
            visit.owed = None
            self._go_on(visit)

    def late(self, news: LatePaid) -> None:
        """Nobody stands here for it any more: whoever paid, or may have, is called for."""
        outcome = news.outcome
        if outcome.paid is Paid.YES:
            for ticket in outcome.tickets:
                if not self._is_in(ticket):
                    self._scene.calls.guest(Reason.NOT_ADMITTED, ticket, str(phrases.PAID_AFTER_ALL))
            self._noted(outcome)
        elif outcome.paid is Paid.UNSURE:
            for ticket in outcome.tickets or ("",):
                self._scene.calls.guest(Reason.PAYMENT_UNSURE, ticket, str(phrases.PAYMENT_UNSURE))
            self._ask_later()

    def ask_again(self, _news: AskPayments) -> None:
        """What became of payments in doubt. Nothing is ever charged anew."""
        if self._till is not None and self._till.ask_again():
            self._ask_later()

    def _ask_later(self) -> None:
        self._alarms.set("payments", AGAIN_S, lambda: self._post(AskPayments()))

    def _has_paid(self, visit: Visit, outcome: Outcome) -> None:
        visit.owed = None
        self._look_again(visit, outcome)
        self._keep(visit)
        self._noted(outcome)
        self._go_on(visit)

    def _not_paid(self, visit: Visit) -> None:
        if self.begin(visit):
            if visit.page is Page.PAYING:
                visit.say(phrases.NOT_PAID)
        else:
            self._go_on(visit)

    def _noted(self, outcome: Outcome) -> None:
        if self._till is not None:
            self._till.noted(outcome.sale)

    def _is_in(self, ticket: str) -> bool:
        with self._scene.store.reader() as reader:
            return bool(reader.passes(self._scene.log, ticket))

    def _look_again(self, visit: Visit, outcome: Outcome) -> None:
        """The tickets as they are now; what was bought is a ticket like any other."""
        with self._scene.store.reader() as reader:
            for party in visit.parties:
                if party.wanted and outcome.tickets:
                    party.ticket = reader.ticket(self._scene.log, outcome.tickets[0]) or party.ticket
                    party.wanted, party.answers = None, {}
                    self._bought(party)
                party.ticket = reader.ticket(self._scene.log, party.ticket.id) or party.ticket


def _open(visit: Visit) -> list[Party]:
    return [one for one in visit.parties if one.here and one.fate is Fate.OPEN]


def _owes(party: Party) -> bool:
    return party.wanted is not None or _is_unpaid(party)


def _is_unpaid(party: Party) -> bool:
    order = party.ticket.order
    return order.status is OrderStatus.PENDING and not order.valid_if_pending
