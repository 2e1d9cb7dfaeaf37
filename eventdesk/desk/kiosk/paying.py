"""What is owed for the guests of a visit, asked for between the pages and the badge."""

from collections.abc import Callable

from eventdesk.desk.commands import Command
from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.commands import PayAtKiosk
from eventdesk.desk.kiosk.news import PaidNews
from eventdesk.desk.kiosk.ports import KioskTill, Paid
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.domain.tickets import OrderStatus
from eventdesk.domain.venue import Reason


class Paying:
    """Lives on the engine's lane. `till` None: nothing can be paid here, and unpaid guests go to the box
    office."""

    def __init__(self, scene: Scene, post: Callable[[Command], None], go_on: Callable[[Visit], None]) -> None:
        self._scene = scene
        self._post = post
        self._go_on = go_on
        self.till: KioskTill | None = None

    def may_pay(self, party: Party) -> bool:
        """Whether this guest owes something that can be paid here."""
        if self.till is None or not self._scene.setup.pays or not _is_unpaid(party):
            return False
        return self.till.owed(self._scene.log, party.ticket.order.id) is not None

    def begin(self, visit: Visit) -> bool:
        """Show what is owed; False where nothing is."""
        owing = next((one for one in _open(visit) if self.may_pay(one)), None)
        if owing is None or self.till is None:
            return False
        visit.owed = self.till.owed(self._scene.log, owing.ticket.order.id)
        visit.turn(Page.PAYING)
        return True

    def pay(self, visit: Visit, _command: PayAtKiosk) -> None:
        if visit.page is not Page.PAYING or visit.owed is None or self.till is None:
            return
        visit.turn(Page.PAID_WAIT)
        id_ = visit.id
        self.till.pay(self._scene.log, visit.owed, lambda paid: self._post(PaidNews(id_, paid)))

    def paid(self, news: PaidNews) -> None:
        """How the card terminal's question has ended. Whoever went away meanwhile has paid all the same: the
        sale is written by the till."""
        visit = self._scene.visit
        if visit is None or visit.id != news.visit or visit.page is not Page.PAID_WAIT:
            return
        visit.owed = None
        if news.paid is Paid.YES:
            self._look_again(visit)
            self._go_on(visit)
        elif news.paid is Paid.NO:
            if self.begin(visit):
                visit.say(phrases.NOT_PAID)
            else:
                self._go_on(visit)
        else:
            for party in filter(_is_unpaid, _open(visit)):
                self._scene.send_to_staff(party, Reason.PAYMENT_UNSURE, phrases.PAYMENT_UNSURE)
            self._go_on(visit)

    def _look_again(self, visit: Visit) -> None:
        with self._scene.store.reader() as reader:
            for party in visit.parties:
                party.ticket = reader.ticket(self._scene.log, party.ticket.id) or party.ticket


def _open(visit: Visit) -> list[Party]:
    return [one for one in visit.parties if one.here and one.fate is Fate.OPEN]


def _is_unpaid(party: Party) -> bool:
    order = party.ticket.order
    return order.status is OrderStatus.PENDING and not order.valid_if_pending
