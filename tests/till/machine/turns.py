"""Turns of an evening in which things go wrong, made of single deeds."""

import hypothesis.strategies as st
from hypothesis.stateful import rule

from eventdesk.desk.till.commands import TakeCart
from eventdesk.domain.till.setup import Tender
from tests.till.machine.cards import Happens
from tests.till.machine.deeds import Deeds
from tests.till.machine.fair import LOG
from tests.till.machine.floor import ANY, BACK_BY, CRASHES, DESKS, HAPPENS, PRODUCTS, TENDERS

UNSURE = st.lists(
    st.sampled_from([Happens.UNHEARD, Happens.LOST, Happens.CRASH_AFTER, Happens.WELL]), max_size=2
)


class Turns(Deeds):
    @rule(at=DESKS, product=PRODUCTS, tenders=st.lists(TENDERS, min_size=2, max_size=3), happens=HAPPENS)
    def split(self, at: int, product: str, tenders: list[Tender], happens: list[Happens]) -> None:
        """A third each by these, the rest in cash."""
        self.begin(at)
        self.add(at, product, 2, 0)
        for tender in tenders:
            self.pay(at, tender, part=1, happens=happens)
        self.pay(at, Tender.CASH)

    @rule(
        at=DESKS,
        other=DESKS,
        product=PRODUCTS,
        tender=TENDERS,
        line=ANY,
        by=BACK_BY,
        unsure=UNSURE,
        crash=CRASHES,
        talks=st.booleans(),
    )
    def bring_back(
        self,
        at: int,
        other: int,
        product: str,
        tender: Tender,
        line: int,
        by: Tender | None,
        unsure: list[Happens],
        crash: int | None,
        talks: bool,
    ) -> None:
        """One of it, then all of it, at one desk and another."""
        self.sell(at, product, tender)
        if talks and not self.world.is_alone:
            self.world.exchange_all()
        last = len(self.ledger.sales) - 1
        self.refund(at, last, line, 1, by, unsure, crash)
        self.refund(other, last, line, 1, None, unsure)
        self.refund(at, last)

    @rule(
        at=DESKS,
        product=PRODUCTS,
        wanted=PRODUCTS,
        tender=TENDERS,
        many=st.integers(0, 2),
        unsure=UNSURE,
        crash=CRASHES,
    )
    def change_of_mind(
        self,
        at: int,
        product: str,
        wanted: str,
        tender: Tender,
        many: int,
        unsure: list[Happens],
        crash: int | None,
    ) -> None:
        """What was sold is given back for something else, up or down."""
        self.sell(at, product, tender)
        self.begin(at)
        self.exchange(at, len(self.ledger.sales) - 1, 0, many)
        self.add(at, wanted, 1, 3)
        if self.screen(at).due > 0:
            self.pay(at, tender, happens=unsure, crash=crash)
        else:
            self.finish_free(at, crash, unsure)

    @rule(at=DESKS, wanted=PRODUCTS, unsure=UNSURE, by=BACK_BY)
    def changed_while_it_goes_back(
        self, at: int, wanted: str, unsure: list[Happens], by: Tender | None
    ) -> None:
        """Money is on its way back to a card, its fate unknown, when somebody exchanges the same sale."""
        self.sell(at, "entry", Tender.CARD)
        last = len(self.ledger.sales) - 1
        self.refund(at, last, 0, 1, by, [Happens.UNHEARD])
        self.exchange(at, last, 0, 1)
        self.add(at, wanted, 1, 2)
        if self.screen(at).due > 0:
            self.pay(at, Tender.CASH)
        else:
            self.finish_free(at, happens=unsure)
        self.ask(at, 0, unsure)

    @rule(
        at=DESKS,
        product=st.sampled_from(["chair", "concert", "entry"]),
        tender=TENDERS,
        part=st.integers(0, 2),
        later=st.booleans(),
    )
    def the_last_one_twice(self, at: int, product: str, tender: Tender, part: int, later: bool) -> None:
        """A cart that is paid in part, or is being paid, waits; another takes the last place meanwhile."""
        self.begin(at)
        self.add(at, product, 3, 1)
        first = self.screen(at).cart.sale
        self.pay(at, tender, part=part, later=later)
        self.park(at)
        self.sell(at, product, Tender.CASH, 1)
        self.sell(at, product, Tender.CASH, 1)
        self.terminal(at, [])
        with self.desk(at).store.reader() as reader:
            is_there = any(one.sale == first for one in reader.carts(LOG))
        if is_there:
            self.act(at, TakeCart(first))
            self.pay(at, Tender.CASH)

    @rule(at=DESKS, other=DESKS, tender=TENDERS)
    def cut_off(self, at: int, other: int, tender: Tender) -> None:
        """Each sells alone, and gives back what the other has sold."""
        for one in (at, other):
            self.desk(one).line.cut = True
            self.sell(one, "concert", tender)
            self.sell(one, "chair", tender)
        for one in (at, other):
            for which in range(len(self.ledger.sales)):
                self.refund(one, which)

    @rule(at=DESKS, tender=TENDERS, unsure=UNSURE)
    def gift(self, at: int, tender: Tender, unsure: list[Happens]) -> None:
        """A gift card is sold, pays for something, and is given back."""
        self.sell(at, "card", tender, happens=unsure)
        if not self.world.is_alone:
            self.world.exchange_all()
        self.sell(at, "coffee", Tender.GIFT_CARD)
        if not self.world.is_alone:  # the desk's share of the card comes with the next exchange
            self.world.exchange_all()
            self.pay(at, Tender.GIFT_CARD)
        for which in range(len(self.ledger.sales) - 2, len(self.ledger.sales)):
            self.refund(at, which)
