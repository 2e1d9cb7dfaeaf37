"""What is owed at a kiosk, and tickets on the spot, with the till itself: once, whatever happens."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import (
    BeginVisit,
    BuyAtKiosk,
    CloseKiosk,
    EndVisit,
    PayAtKiosk,
    ShowProducts,
)
from eventdesk.desk.kiosk.news import AskPayments
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.settings import KIOSK_PAYMENTS
from eventdesk.desk.till.commands import RefreshTill, ReverseSale
from eventdesk.devices.terminals.port import Fate
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import OrderStatus
from eventdesk.domain.till.sales import PaymentState, ReversalWay
from eventdesk.domain.venue import Reason
from tests.desk.conftest import Clock
from tests.desk.kiosk.paying_desk import PayingDesk

OLE, ORDER, DUE = "hl-ole-1HP2X6", "demo-HL007", 14900
TICKET = f"demo-{OLE}"
BOX_OFFICE = "This ticket is not paid yet: please go to the box office."
Make = Callable[[], PayingDesk]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Kiosks on one database, one after the other: a restart."""
    key, made = secrets.token_bytes(48), list[PayingDesk]()

    def new() -> PayingDesk:
        desk = PayingDesk(tmp_path, key, Clock())
        made.append(desk)
        desk.start()
        return desk

    yield new
    for desk in made:
        desk.stop()


@pytest.fixture
def desk(make: Make) -> PayingDesk:
    desk = make()
    desk.becomes_kiosk()
    return desk


def status(desk: PayingDesk) -> OrderStatus:
    return desk.reads(lambda reader: reader.order_tickets(LOG, ORDER))[0].order.status


def asks(desk: PayingDesk) -> None:
    """The guest of the unpaid order stands before the card terminal."""
    state = desk.scan(OLE, Page.PAYING)
    assert (state.due, state.currency and state.currency.code) == (DUE, "EUR")
    desk.step(PayAtKiosk(visit=desk.visit), Page.PAID_WAIT)
    desk.asked(len(desk.terminal.charges) or 1)


def nothing_is_left(desk: PayingDesk) -> None:
    desk.until(lambda: not desk.preferences.get(KIOSK_PAYMENTS) or None, "looked after")
    assert desk.carts() == 0


def test_who_owes_pays_by_card_and_goes_in(desk: PayingDesk) -> None:
    tickets = desk.reads(lambda reader: len(reader.guests(LOG)))
    asks(desk)
    desk.answers()
    desk.wait(Page.DONE)
    assert (desk.passes(TICKET), status(desk), desk.taken()) == (1, OrderStatus.PAID, [DUE])
    (sale,) = desk.sales()
    assert (sale.order, sale.total, sale.lines[0].tickets) == (ORDER, DUE, (TICKET,))
    assert sale.lines[0].owed
    assert desk.reads(lambda reader: len(reader.guests(LOG))) == tickets, "no ticket is made"
    assert desk.reads(lambda reader: reader.sales_of_ticket(LOG, TICKET)) == [sale]
    nothing_is_left(desk)
    desk.checks()


def test_a_card_that_is_declined_may_be_tried_again(desk: PayingDesk) -> None:
    asks(desk)
    desk.answers(Fate.DECLINED)
    assert "It was not paid." in str(desk.wait(Page.PAYING).words)
    assert desk.carts() == 0
    desk.step(PayAtKiosk(visit=desk.visit), Page.PAID_WAIT)
    desk.asked(2)
    desk.answers()
    desk.wait(Page.DONE)
    first, second = desk.terminal.charges
    assert first.key != second.key
    assert sorted(one.state for one in desk.payments()) == [PaymentState.FAILED, PaymentState.TAKEN]
    nothing_is_left(desk)
    desk.checks()


def unsure(desk: PayingDesk) -> None:
    asks(desk)
    desk.answers(Fate.UNKNOWN)
    desk.wait(Page.SORRY)
    desk.called(Reason.PAYMENT_UNSURE, TICKET)
    desk.step(EndVisit(visit=desk.visit), Page.WELCOME)


def test_nobody_is_charged_anew_while_it_is_not_known(desk: PayingDesk) -> None:
    unsure(desk)
    assert str(desk.scan(OLE, Page.SORRY).words) == BOX_OFFICE
    desk.asked(1)
    assert status(desk) is OrderStatus.PENDING


def test_what_is_found_out_later_is_told_and_the_guest_goes_in(desk: PayingDesk) -> None:
    unsure(desk)
    desk.answers()
    desk.post(AskPayments())
    desk.called(Reason.NOT_ADMITTED, TICKET)
    assert (status(desk), desk.taken(), len(desk.sales())) == (OrderStatus.PAID, [DUE], 1)
    desk.scan(OLE, Page.DONE)
    desk.asked(1)
    nothing_is_left(desk)
    desk.checks()


def test_what_was_not_charged_after_all_may_be_paid(desk: PayingDesk) -> None:
    unsure(desk)
    desk.answers(Fate.CANCELED)
    desk.post(AskPayments())
    nothing_is_left(desk)
    asks(desk)
    desk.asked(2)
    desk.answers()
    desk.wait(Page.DONE)
    assert desk.taken() == [DUE]
    desk.checks()


def test_who_walks_away_is_not_charged(desk: PayingDesk) -> None:
    asks(desk)
    desk.step(EndVisit(visit=desk.visit, idle=True), Page.WELCOME)
    nothing_is_left(desk)
    assert (status(desk), desk.sales(), desk.calls()) == (OrderStatus.PENDING, [], [])
    desk.checks()


def test_who_walks_away_too_late_has_paid_and_is_called_for(desk: PayingDesk) -> None:
    desk.terminal.too_late = True
    asks(desk)
    desk.step(EndVisit(visit=desk.visit, idle=True), Page.WELCOME)
    call = desk.called(Reason.NOT_ADMITTED, TICKET)
    assert "paid by card" in call.words
    assert (status(desk), desk.taken()) == (OrderStatus.PAID, [DUE])
    nothing_is_left(desk)
    desk.checks()


def test_down_while_the_terminal_asks(desk: PayingDesk, make: Make) -> None:
    """The next process asks what became of it; the guest is gone, and is called for."""
    asks(desk)
    desk.stop()
    again = make()
    again.terminal.asked.append(("charge", desk.terminal.charges[0]))
    again.answers()
    again.called(Reason.NOT_ADMITTED, TICKET)
    assert (status(again), again.taken(), len(again.sales())) == (OrderStatus.PAID, [DUE], 1)
    assert [what for what, _ in again.terminal.asked] == ["charge", "find"]
    again.scan(OLE, Page.DONE)
    nothing_is_left(again)
    again.checks()


@pytest.mark.parametrize("setup", [{"shift": False}, {"pays": False}])
def test_without_a_shift_unpaid_guests_go_to_the_box_office(make: Make, setup: dict[str, bool]) -> None:
    desk = make()
    desk.becomes_kiosk(**setup)
    assert str(desk.scan(OLE, Page.SORRY).words) == BOX_OFFICE
    desk.called(Reason.NOT_ADMITTED, TICKET)


@pytest.mark.parametrize(
    "changed",
    [
        Draft(Kind.ORDER_CHANGED, ORDER, {"source": "pretix"}),
        Draft(Kind.PRODUCT_DEFINED, "pass", {"free_price": True}),
        Draft(Kind.ORDER_CHANGED, ORDER, {"requires_approval": True}),
    ],
)
def test_where_it_is_not_certain_what_is_owed_a_person_looks(desk: PayingDesk, changed: Draft) -> None:
    ticket = desk.reads(lambda reader: reader.ticket(LOG, TICKET))
    assert ticket is not None
    subject = ticket.product if changed.kind is Kind.PRODUCT_DEFINED else changed.subject
    desk.write(Draft(changed.kind, subject, changed.payload))
    desk.post(RefreshTill())
    desk.scan(OLE, Page.SORRY)
    assert desk.terminal.charges == []


def buys(desk: PayingDesk, name: str = "Zoë Ångström") -> None:
    visit = desk.step(BeginVisit(language="en"), Page.FINDING).visit
    state = desk.step(ShowProducts(visit=visit), Page.BUYING)
    offered = {one.id: one for one in state.products}
    assert list(offered) == ["pass"], "a workshop opens no door"
    (_, variation), price = next(iter(state.prices.items()))
    state = desk.step(BuyAtKiosk("pass", variation, name, visit=visit), Page.PAYING)
    assert state.due == price
    desk.step(PayAtKiosk(visit=visit), Page.PAID_WAIT)


def bought(desk: PayingDesk) -> str:
    (sale,) = desk.sales()
    (ticket,) = sale.lines[0].tickets
    return ticket


def test_a_ticket_on_the_spot(desk: PayingDesk) -> None:
    buys(desk)
    desk.answers()
    desk.wait(Page.DONE, Page.SORRY)
    ticket = desk.reads(lambda reader: reader.ticket(LOG, bought(desk)))
    assert ticket is not None
    assert (ticket.name, ticket.product) == ("Zoë Ångström", "pass")
    assert ticket.order.status is OrderStatus.PAID
    assert desk.passes(ticket.id) == 1
    nothing_is_left(desk)
    desk.checks()


def test_a_ticket_that_nobody_paid_is_none(desk: PayingDesk) -> None:
    before = desk.reads(lambda reader: len(reader.guests(LOG)))
    buys(desk)
    desk.answers(Fate.DECLINED)
    desk.wait(Page.PAYING)
    desk.step(EndVisit(visit=desk.visit), Page.WELCOME)
    assert desk.reads(lambda reader: len(reader.guests(LOG))) == before
    assert (desk.sales(), desk.calls()) == ([], [])
    nothing_is_left(desk)


def test_who_bought_and_went_away_is_called_for(desk: PayingDesk) -> None:
    desk.terminal.too_late = True
    buys(desk)
    desk.asked()
    desk.step(EndVisit(visit=desk.visit, idle=True), Page.WELCOME)
    desk.until(lambda: desk.sales() or None, "sold")
    desk.called(Reason.NOT_ADMITTED, bought(desk))
    nothing_is_left(desk)
    desk.checks()


def test_nothing_is_sold_without_a_shift(make: Make) -> None:
    desk = make()
    desk.becomes_kiosk(shift=False)
    visit = desk.step(BeginVisit(language="en"), Page.FINDING).visit
    assert desk.step(ShowProducts(visit=visit), Page.FINDING).words


def test_what_the_organizer_does_not_sell_here_is_not_sold(desk: PayingDesk) -> None:
    visit = desk.step(BeginVisit(language="en"), Page.FINDING).visit
    desk.step(ShowProducts(visit=visit), Page.BUYING)
    desk.step(BuyAtKiosk("speaker", None, "Eve", visit=visit), Page.BUYING)
    assert desk.terminal.charges == []


def test_what_was_paid_at_a_kiosk_can_be_given_back(desk: PayingDesk) -> None:
    """The ticket is canceled; no quota is freed that it never used."""
    quotas = desk.reads(lambda reader: [(one.quota.id, one.used) for one in reader.quotas(LOG)])
    asks(desk)
    desk.answers()
    desk.wait(Page.DONE)
    desk.post(CloseKiosk())
    (sale,) = desk.sales()
    desk.answers()
    desk.post(ReverseSale(sale.id, ReversalWay.REFUND, reason="ill"))
    desk.until(lambda: desk.sales()[0].reversals or None, "given back")
    ticket = desk.reads(lambda reader: reader.ticket(LOG, TICKET))
    assert ticket is not None
    assert ticket.canceled
    assert desk.reads(lambda reader: [(one.quota.id, one.used) for one in reader.quotas(LOG)]) == quotas
    desk.checks()
