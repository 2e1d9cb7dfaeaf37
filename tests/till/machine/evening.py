"""An evening at the tills under a bad star: whatever happens, no cent is lost or doubled, and all agree."""

from collections import Counter
from typing import Any

from hypothesis.stateful import invariant

from eventdesk.desk.till.commands import (
    AskPayment,
    CloseShift,
    CountCash,
    OpenShift,
    ReturnPayment,
    ReverseSale,
    ShowShift,
    TakeCart,
)
from eventdesk.domain.till.sales import ReversalWay
from eventdesk.storage.verification import verify
from tests.till.machine.fair import LOG
from tests.till.machine.turns import Turns
from tests.till.machine.world import FLOAT


class Evening(Turns):
    """Turns of an evening, and what must hold at every moment and in the end."""

    @invariant()
    def the_x_report_is_what_happened(self) -> None:
        if not self.is_set_up:
            return
        for at, desk in enumerate(self.world.desks):
            if at in self.wrote and desk.name in self.ledger.open:
                desk.do(ShowShift())
                self._check_figures(desk.told["shift_shown"][-1].figures, desk.name)
        self.wrote.clear()

    def _check_figures(self, figures: Any, desk: str) -> None:
        ledger, shift = self.ledger, self.ledger.open[desk]
        assert figures.expected_cash == ledger.drawer[desk]
        sums = ledger.sums(shift)
        assert (figures.sales, figures.sold, figures.reversed_) == (
            sums["sales"],
            sums["sold"],
            sums["reversed"],
        )
        assert {one.rate: one.tax for one in figures.taxes if one.tax} == sums["taxes"]
        products = Counter[str]()
        for one in figures.products:
            products[one.product] += one.quantity
        assert {id_: number for id_, number in products.items() if number} == sums["products"]
        told = Counter({one.tender.value: one.moved for one in figures.tenders if one.moved})
        moved: Counter[str] = Counter()
        for one in ledger.payments.values():
            if one["shift"] == shift:
                moved[one["tender"]] += one["moved"]
        assert told == Counter({tender: sum_ for tender, sum_ in moved.items() if sum_})

    # The end of the evening

    def teardown(self) -> None:
        if not self.is_set_up:
            return
        try:
            self.clear_up()
            self.check_all()
        finally:
            self.world.close()

    def clear_up(self) -> None:
        """The lines are there again; everyone asks about what is open, gives back what is no sale, and
        closes."""
        self.world.skews[:] = [0.0] * len(self.world.desks)
        self.world.now_s += 7200
        self.world.heal()
        for at, desk in enumerate(self.world.desks):
            if desk.name not in self.ledger.open:
                self.act(at, OpenShift("main", FLOAT))
            for _ in range(3):
                self.terminal(at, [])
                self._find_all(at)
                self._give_back_carts(at)
            self.world.exchange_all()
            self._close(at)
        self.world.heal()

    def _find_all(self, at: int) -> None:
        for one in self._open(at):
            self.act(at, AskPayment(one.id))
            self.terminal(at, [])
        assert not self._open(at), "its fate could be found"

    def _give_back_carts(self, at: int) -> None:
        desk = self.desk(at)
        with desk.store.reader() as reader:
            kept = reader.carts(LOG)
        for one in kept:
            if one.state == "returning":
                assert one.cart.exchange is not None
                self.act(at, ReverseSale(one.cart.exchange.sale, ReversalWay.REFUND, "ill"))
                self.terminal(at, [])
            elif one.state == "parked":
                self.act(at, TakeCart(one.sale))
            for payment, left in self.ledger.standing(one.sale).items():
                if left and one.state != "returning":
                    self.act(at, ReturnPayment(payment))
                    self.terminal(at, [])

    def _close(self, at: int) -> None:
        desk = self.desk(at)
        self.act(at, CountCash(self.ledger.drawer[desk.name]))
        self.act(at, CloseShift())
        assert desk.name not in self.ledger.open, desk.refused

    def check_all(self) -> None:
        ledger = self.ledger
        assert all(one["state"] != "started" for one in ledger.payments.values())
        for id_, one in ledger.payments.items():
            if one["tender"] == "card" and not one.get("of"):
                assert self.world.maker.paid(id_) == (one["state"] == "taken")
        self._check_returned()
        money = sum(_signed(one) for one in ledger.payments.values())
        sold = sum(one["total"] for one in ledger.sales.values())
        back = sum(one["amount"] for one in ledger.reversals)
        assert money == sold - back, "money in is not what was sold, less what was given back"
        for desk in self.world.desks:
            assert verify(desk.store) == []
        self._check_desks()

    def _check_returned(self) -> None:
        """What guests have on their cards again is what the tills say."""
        told: Counter[str] = Counter()
        for one in self.ledger.payments.values():
            if one["tender"] == "card" and one.get("of") and one["state"] == "returned":
                told[one["of"]] += one["amount"]
        there = {key: one.returned for key, one in self.world.maker.charged.items() if one.returned}
        assert there == dict(told)

    def _check_desks(self) -> None:
        first, *others = [self._view(at) for at in range(len(self.world.desks))]
        for view in others:
            assert view == first
        ledger = self.ledger
        assert first["tickets"] == {id_: not one["good"] for id_, one in ledger.tickets.items()}
        assert first["quotas"] == {id_: used for id_, used in ledger.uses.items() if used}
        assert first["cards"] == {one["code"]: one["left"] for one in ledger.cards.values()}
        assert {one.id for one in first["sales"]} == set(ledger.sales)
        for plan in first["seats"]:
            assert ledger.seats[plan], "a seat is taken that was never sold"

    def _view(self, at: int) -> dict[str, Any]:
        """All that a desk knows, in an order that does not depend on how it came."""
        with self.world.desks[at].store.reader() as reader:
            tickets = {id_: reader.ticket(LOG, id_) for id_ in self.ledger.tickets}
            cards = {one["code"]: reader.gift_card(LOG, one["code"]) for one in self.ledger.cards.values()}
            return {
                "tickets": {id_: one.canceled for id_, one in tickets.items() if one},
                "quotas": {one.quota.id: one.used for one in reader.quotas(LOG) if one.used},
                "cards": {code: one.left.number for code, one in cards.items() if one},
                "sales": sorted((reader.sale(LOG, id_) for id_ in self.ledger.sales), key=lambda one: one.id),
                "payments": [reader.payment(LOG, id_) for id_ in sorted(self.ledger.payments)],
                "shifts": [reader.shift(LOG, id_) for id_ in sorted(self.ledger.shifts)],
                "figures": [reader.shift_figures(LOG, id_) for id_ in sorted(self.ledger.shifts)],
                "seats": sorted(reader.seats_taken(LOG, "hall")),
            }


def _signed(one: dict[str, Any]) -> int:
    return {"taken": 1, "returned": -1}.get(one["state"], 0) * int(one["amount"])
