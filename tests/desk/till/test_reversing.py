"""What is given back: never more than was paid, by any route, and tickets with it."""

from collections.abc import Callable

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import (
    AddProduct,
    AskPayment,
    EnterCode,
    FinishFree,
    Pay,
    ReverseSale,
    StartExchange,
)
from eventdesk.desk.till.values import SaleMade
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.tickets import Via
from eventdesk.domain.till.sales import PaymentState, ReversalWay
from eventdesk.domain.till.setup import Tender
from tests.desk.till.conftest import TillDesk


def sold(desk: TillDesk, product: str, quantity: int = 1, tender: Tender = Tender.CASH) -> SaleMade:
    desk.do(AddProduct(product, quantity=quantity))
    desk.do(Pay(tender))
    if tender is Tender.CARD:
        desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    return desk.made()


def back(desk: TillDesk, sale: str, lines: tuple[tuple[str, int], ...] = (), **more: Tender) -> None:
    desk.do(ReverseSale(sale, ReversalWay.REFUND, "does not fit", lines, **more))


def test_a_sale_is_given_back_whole_and_its_tickets_end(desk: TillDesk) -> None:
    made = sold(desk, "workshop", 2)
    back(desk, made.sale.id)
    told = desk.heard.next(desk.hooks.sale_reversed)
    assert (told.cash, told.reversal.amount, told.reversal.number) == (7000, 7000, 2)
    with desk.store.reader() as reader:
        for id_ in made.tickets:
            ticket = reader.ticket(LOG, id_)
            assert ticket is not None
            assert ticket.canceled
            assert reader.presented(LOG, ticket.secret).via is not Via.SECRET
        (quota,) = [one for one in reader.quotas(LOG) if one.quota.id == "workshop-places"]
        assert quota.used == 0
    back(desk, made.sale.id)
    assert "Everything of this sale was given back" in desk.trouble().message


def test_parts_come_to_what_was_paid_and_no_more(desk: TillDesk) -> None:
    made = sold(desk, "coffee", 3)
    line = made.sale.lines[0].id
    amounts = []
    for _ in range(3):
        back(desk, made.sale.id, ((line, 1),))
        amounts.append(desk.heard.next(desk.hooks.sale_reversed).reversal.amount)
    assert sum(amounts) == made.sale.total
    back(desk, made.sale.id, ((line, 1),))
    assert desk.trouble().message


def test_a_card_gets_its_money_back_or_the_guest_gets_cash(desk: TillDesk) -> None:
    made = sold(desk, "coffee", tender=Tender.CARD)
    desk.terminal.answers.put(Answer(Fate.DECLINED, words="This card takes nothing back."))
    back(desk, made.sale.id)
    while (told := desk.payment().payment).state is not PaymentState.FAILED:
        assert told.way == "in" or told.state is PaymentState.STARTED
    with desk.store.reader() as reader:
        assert [one.reversals for one in [reader.sale(LOG, made.sale.id)] if one] == [()]
    back(desk, made.sale.id, tender=Tender.CASH)
    assert desk.heard.next(desk.hooks.sale_reversed).cash == 320


def test_a_return_whose_answer_was_lost_is_found_after_a_restart(desks: Callable[[], TillDesk]) -> None:
    desk = desks()
    desk.opened()
    made = sold(desk, "coffee", tender=Tender.CARD)
    back(desk, made.sale.id)
    while desk.payment().payment.way != "out":
        pass
    again = desks()
    found = again.payment().payment
    assert found.way == "out"
    again.terminal.answers.put(Answer(Fate.PAID))
    assert again.heard.next(again.hooks.sale_reversed).reversal.payments == (found.id,)
    again.do(AskPayment(found.id))
    assert "known" in again.trouble().message


def test_an_exchange_costs_the_difference(desk: TillDesk) -> None:
    made = sold(desk, "soup")
    desk.do(AddProduct("shirt", "m"))
    desk.do(StartExchange(made.sale.id, [(made.sale.lines[0].id, 1)]))
    desk.do(Pay(Tender.CASH))
    told = desk.heard.next(desk.hooks.sale_reversed)
    new = desk.made()
    assert (told.cash, told.reversal.amount, new.sale.total, new.sale.exchange_of) == (
        0,
        950,
        2500,
        made.sale.id,
    )
    with desk.store.reader() as reader:
        assert [one.amount for one in reader.payments_of(LOG, new.sale.id)] == [1550]


def test_an_exchange_for_less_gives_the_difference_back(desk: TillDesk) -> None:
    made = sold(desk, "soup")
    desk.do(AddProduct("coffee"))
    desk.do(StartExchange(made.sale.id, [(made.sale.lines[0].id, 1)]))
    desk.do(FinishFree())
    told = desk.heard.next(desk.hooks.sale_reversed)
    assert (told.cash, desk.made().sale.total) == (630, 320)


def test_a_gift_card_pays_and_gets_it_back(desk: TillDesk) -> None:
    desk.do(AddProduct("gift", price=2000))
    desk.do(Pay(Tender.CASH))
    card_sale = desk.made()
    with desk.store.reader() as reader:
        (card,) = reader.gift_cards_of(LOG, card_sale.sale.id)
    desk.do(AddProduct("soup"))
    desk.do(Pay(Tender.GIFT_CARD, code=card.code.lower()))
    made = desk.made()
    desk.do(EnterCode(card.code))
    assert desk.heard.next(desk.hooks.code_known).left == 1050
    back(desk, card_sale.sale.id)
    assert "was spent" in desk.trouble().message
    back(desk, made.sale.id)
    assert desk.heard.next(desk.hooks.sale_reversed).cash == 0
    desk.do(EnterCode(card.code))
    assert desk.heard.next(desk.hooks.code_known).left == 2000
    back(desk, card_sale.sale.id)
    assert desk.heard.next(desk.hooks.sale_reversed).cash == 2000
    desk.do(EnterCode(card.code))
    assert desk.heard.next(desk.hooks.code_known).left == 0
