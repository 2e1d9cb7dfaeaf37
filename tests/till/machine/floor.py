"""The floor of the fair: desks, what their screens show, and the auditor who reads along."""

import json
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from eventdesk.desk.commands import Command
from eventdesk.domain.till.setup import Tender
from tests.replication.fleet.fated import Fate
from tests.till.machine import fair
from tests.till.machine.arithmetic import cost
from tests.till.machine.cards import Happens
from tests.till.machine.desk import TillDesk
from tests.till.machine.fair import LOG
from tests.till.machine.ledger import Ledger
from tests.till.machine.world import World

DESKS = st.integers(0, 2)
ANY = st.integers(0, 20)
PRODUCTS = st.sampled_from(sorted(set(fair.PRODUCTS) - {"meal"}))
TENDERS = st.sampled_from(
    [Tender.CASH, Tender.CARD, Tender.CASH, Tender.CARD, Tender.GIFT_CARD, Tender.INVOICE]
)
PARTS = st.sampled_from([0, 0, 0, 1, 2])  # thirds of what is due; 0: all of it
BACK_BY = st.sampled_from([None, None, None, Tender.CASH, Tender.CARD])
HAPPENS = st.lists(st.sampled_from(Happens), max_size=2)
CRASHES = st.sampled_from([None, None, None, 1, 2])  # after so many commits
FATES = st.lists(st.sampled_from(Fate), max_size=4)


class Floor(RuleBasedStateMachine):
    """`wrote`: desks that wrote something since the last X report."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World
        self.is_set_up = False

    @initialize(number=st.integers(1, 3))
    def set_up(self, number: int) -> None:
        self.ledger = Ledger()
        self.world = World(number)
        self._read = dict.fromkeys(range(number), 0)
        self.screens: dict[int, Any] = {}
        self.wrote: set[int] = set()
        self.is_set_up = True
        for at in range(number):
            self.seen(at)

    def desk(self, at: int) -> TillDesk:
        return self.world.desks[at % len(self.world.desks)]

    def act(self, at: int, *commands: Command, crash: int | None = None) -> bool:
        at %= len(self.world.desks)
        desk = self.world.desks[at]
        desk.crash_after = crash
        went = desk.do(*commands)
        self.seen(at)
        return went

    def seen(self, at: int) -> None:
        """The auditor reads what the desk wrote; the person looks at the screen."""
        desk = self.world.desks[at]
        with desk.store.reader() as reader:
            records = reader.unsent(LOG, desk.name, self._read[at], 10_000)
        for record in records:
            self._read[at] = record.seq
            self.ledger.read(desk.name, record.kind, record.subject, json.loads(record.payload))
        if records:
            self.wrote.add(at)
            self.ledger.check()
        assert not self.world.maker.faults, self.world.maker.faults
        if "cart_changed" in desk.told:
            self.screens[at] = desk.told["cart_changed"][-1]
            self._check_screen(self.screens[at])
        self._check_hands(desk.told)

    def _check_screen(self, told: Any) -> None:
        paid = sum(self.ledger.standing(told.cart.sale).values())
        assert told.priced.total == cost(told.cart, dict(told.priced.used))
        assert told.due == told.priced.due - paid

    def _check_hands(self, told: Any) -> None:
        """What the person is told to hand over is what the auditor has read."""
        payments = self.ledger.payments
        for made in told.get("sale_made", ()):
            assert made.change == sum(payments[id_].get("change", 0) for id_ in made.sale.payments)
        for back in told.get("sale_reversed", ()):
            cash = [payments[id_] for id_ in back.reversal.payments if payments[id_]["tender"] == "cash"]
            assert back.cash == -sum(one["moved"] for one in cash)

    def screen(self, at: int) -> Any:
        return self.screens[at % len(self.world.desks)]
