"""Any evening at a till: sales, split payments, refunds, exchanges; every cent is where it must be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.readable import check
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till import checks, closing, paying
from eventdesk.domain.till.cart import Cart, CartLine, Exchange
from eventdesk.domain.till.figures import figures_from
from eventdesk.domain.till.folds import fold_payment, fold_sale, fold_shift
from eventdesk.domain.till.refunding import amount, give_back, left, left_to_reverse, related, repay
from eventdesk.domain.till.reversing import HeldTicket, Reversing, reverse
from eventdesk.domain.till.sales import Payment, ReversalWay, Sale, Shift, Way
from eventdesk.domain.till.selling import Issued, Making, makes, sell
from eventdesk.domain.till.setup import Tender, TillSetup
from tests.domain.till.hall import CATALOGUE, NET, NOON, SETUP, payment, priced

STEP = 5
FLOAT = 10_000


@dataclass
class Till:
    """A desk that does nothing but write facts, and folds them again."""

    setup: TillSetup
    facts: list[Fact] = field(default_factory=list)
    sales: list[str] = field(default_factory=list)
    number: int = 0

    def write(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            check(draft.kind, draft.subject, draft.payload)
            seq = len(self.facts) + 1
            stamp = Stamp(1, seq, "desk")
            self.facts.append(Fact(draft.id, "e", draft.kind, draft.subject, stamp, seq, draft.payload))

    def sale(self, id_: str) -> Sale:
        return fold_sale(id_, self.facts)

    def payments(self, *sales: str) -> list[Payment]:
        kinds = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_RETURNED)
        ids = [one.subject for one in self.facts if one.kind in kinds]
        found = [fold_payment(id_, self.facts) for id_ in dict.fromkeys(ids)]
        return [one for one in found if not sales or one.sale in sales]

    def family(self, sale: Sale) -> list[Payment]:
        """The payments of all sales that exchanges join, its own first."""
        return [one for id_ in related(sale, self.sale) for one in self.payments(id_)]

    def pay(self, sale: str, due: int, by_card: int) -> None:
        number = len(self.facts)
        cash = paying.cash_for(due - by_card, STEP)
        assert cash is not None
        told = [payment(f"k{number}", by_card, Tender.CARD, sale=sale, given=0)] if by_card else []
        if due > by_card:
            told.append(
                payment(f"c{number}", cash.amount, sale=sale, given=cash.given, rounding=cash.rounding)
            )
        self.write([paying.ended(one) for one in told])

    def sell(self, lines: Sequence[CartLine], percent: int, share: int, exchange: Exchange | None) -> str:
        credit = amount(give_back(self.sale(exchange.sale), exchange.lines)) if exchange else 0
        cart = Cart(f"s{len(self.sales)}", tuple(lines), percent=percent, exchange=exchange)
        cost = priced(cart, self.setup, credit=credit)
        if cost.due > 0:
            self.pay(cart.sale, cost.due, cost.due * share // 100)
        self.number += 1
        made = makes(cart, CATALOGUE).items()
        issued = {
            line: [Issued(f"{cart.sale}{line}{n}", f"{cart.sale}{line}{n}") for n in range(number)]
            for line, number in made
        }
        making = Making(self.number, "shift", "EUR", NOON, f"o{cart.sale}", "ABC", issued)
        self.write(sell(cart, cost, self.payments(cart.sale), making, CATALOGUE, self.setup))
        self.sales.append(cart.sale)
        if exchange:
            spent = min(cost.total, credit)
            way = ReversalWay.EXCHANGE
            self.reverse(exchange.sale, exchange.lines, None, way, spent, cart.sale)
        return cart.sale

    def reverse(
        self,
        id_: str,
        lines: Sequence[tuple[str, int]],
        tender: Tender | None,
        way: ReversalWay = ReversalWay.REFUND,
        credited: int = 0,
        exchanged_for: str = "",
    ) -> None:
        sale, number = self.sale(id_), len(self.facts)
        parts = give_back(sale, lines)
        owed = amount(parts) - credited
        back = [
            payment(f"b{number}-{n}", one.amount, one.tender, sale=id_, way=Way.OUT, given=0)
            for n, one in enumerate(repay(owed, self.family(sale), tender, STEP))
        ]
        plan = repay(owed, self.family(sale), tender, STEP)
        drafts = [
            paying.ended(changed(one, of=told.of, rounding=told.rounding))
            for one, told in zip(back, plan, strict=True)
        ]
        self.write(drafts)
        self.number += 1
        ids = {draft.subject for draft in drafts}
        gone = [one for one in self.payments(id_) if one.id in ids]
        canceled = {one.subject for one in self.facts if one.kind == Kind.TICKET_CHANGED}
        tickets = [ticket for line in sale.lines for ticket in line.tickets]
        held = {ticket: HeldTicket(ticket, canceled=ticket in canceled) for ticket in tickets}
        told = Reversing(self.number, "shift", NOON, way, "why", gone, credited, exchanged_for, held)
        self.write(reverse(sale, parts, told))

    def shift(self) -> Shift:
        return fold_shift("shift", self.facts)


def changed(one: Payment, **members: Any) -> Payment:
    return payment(one.id, one.amount, one.tender, sale=one.sale, way=one.way, given=0, **members)


def open_till(setup: TillSetup) -> Till:
    till = Till(setup)
    at = moment_text(NOON)
    members = {"number": 1, "drawer": "A", "at": at, "currency": "EUR", "float": FLOAT}
    till.write([Draft(Kind.SHIFT_OPENED, "shift", members)])
    return till


_lines = st.lists(
    st.tuples(st.sampled_from(["adult", "hat", "cup", "seat"]), st.integers(1, 4), st.booleans()),
    min_size=1,
    max_size=3,
).map(
    lambda rows: [
        CartLine(f"l{n}", product, quantity=quantity, comp=comp, reason="why")
        for n, (product, quantity, comp) in enumerate(rows)
    ]
)


def some_lines(till: Till, data: st.DataObject) -> tuple[str, list[tuple[str, int]]] | None:
    """A sale of which something is left, and what of it goes back."""
    open_ = [id_ for id_ in till.sales if any(one.quantity for one in left(till.sale(id_)).values())]
    if not open_:
        return None
    id_ = data.draw(st.sampled_from(open_))
    most = [one for one in left(till.sale(id_)).values() if one.quantity]
    chosen = data.draw(st.lists(st.sampled_from(most), min_size=1, unique_by=lambda one: one.line))
    return id_, [(one.line, data.draw(st.integers(1, one.quantity))) for one in chosen]


def verified(till: Till) -> list[str]:
    found = []
    for id_ in till.sales:
        sale = till.sale(id_)
        earlier = till.sale(sale.exchange_of) if sale.exchange_of else None
        totals = {
            one.exchanged_for: till.sale(one.exchanged_for).total
            for one in sale.reversals
            if one.exchanged_for
        }
        found += checks.check_sale(sale, till.payments(id_), checks.exchange_credit(sale, earlier))
        found += checks.check_reversals(sale, till.payments(id_), totals)
    numbered = (Kind.SALE_COMPLETED, Kind.SALE_REVERSED)
    found += checks.check_returned(till.payments())
    found += checks.check_numbers(
        "desk", [one.payload["number"] for one in till.facts if one.kind in numbered]
    )
    return [str(one) for one in found]


@settings(max_examples=30, deadline=None)
@given(st.booleans(), st.data())
def test_any_evening_adds_up(net: bool, data: st.DataObject) -> None:
    till = open_till(NET if net else SETUP)
    for _ in range(data.draw(st.integers(1, 6))):
        what = data.draw(st.sampled_from(["sell", "sell", "refund", "exchange"]))
        chosen = some_lines(till, data) if what != "sell" else None
        if what == "refund" and chosen is not None:
            till.reverse(*chosen, data.draw(st.sampled_from([None, Tender.CASH])))
            continue
        exchange = Exchange(chosen[0], tuple(chosen[1])) if chosen is not None else None
        percent = data.draw(st.sampled_from([0, 0, 333_333]))
        till.sell(data.draw(_lines), percent, data.draw(st.integers(0, 100)), exchange)
    assert verified(till) == []

    sales, payments = [till.sale(id_) for id_ in till.sales], till.payments()
    found = closing.figures(till.shift(), sales, payments)
    assert found.turnover == sum(one.taken - one.returned for one in found.tenders)
    assert found.turnover == sum(left_to_reverse(sale) for sale in sales)
    assert found.turnover == sum(tax.gross for tax in found.taxes) == sum(p.gross for p in found.products)
    for one in payments:
        backs = [back for back in payments if back.of == one.id]
        assert -sum(back.moved for back in backs) <= max(one.moved, 0)
    handed = sum(one.moved for one in payments if one.tender is Tender.CASH)
    assert found.expected_cash == FLOAT + handed
    assert handed % STEP == 0
    assert abs(found.rounding) <= STEP * len(payments)

    counted = {"at": moment_text(NOON), "amount": found.expected_cash}
    till.write([Draft(Kind.CASH_COUNTED, "shift", counted)])
    till.write([closing.close(till.shift(), found, till.facts, NOON)])
    stored = figures_from(till.facts[-1].payload["figures"])
    own = [one for one in till.facts if closing.belongs(one, till.shift()) or one.kind == Kind.SHIFT_CLOSED]
    assert checks.check_shift(till.shift(), stored, own, sales, payments) == []
    assert till.shift().difference == 0

    tickets = sum(one.kind == Kind.TICKET_ISSUED for one in till.facts)
    canceled = len({one.subject for one in till.facts if one.kind == Kind.TICKET_CHANGED})
    standing = sum(
        left(sale)[line.id].quantity
        for sale in sales
        for line in sale.lines
        if not line.fee and CATALOGUE.products[line.product].ticket
    )
    assert tickets - canceled == standing
