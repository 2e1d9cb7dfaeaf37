"""What may happen at tills, one thing at a time: the rules that longer turns of an evening are made of."""

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from eventdesk.desk.till.commands import (
    CloseShift,
    CountCash,
    MoveCash,
    OpenDrawer,
    OpenShift,
    ReverseSale,
    StartExchange,
)
from eventdesk.domain.till.sales import Movement, ReversalWay
from eventdesk.domain.till.setup import Tender
from tests.replication.fleet.fated import Fate
from tests.till.machine.cards import Happens
from tests.till.machine.floor import ANY, BACK_BY, CRASHES, DESKS, FATES, HAPPENS
from tests.till.machine.paying import Paying
from tests.till.machine.world import FLOAT


class Deeds(Paying):
    # Giving back

    @rule(at=DESKS, which=ANY, line=ANY, many=st.integers(0, 2), by=BACK_BY, happens=HAPPENS, crash=CRASHES)
    def refund(
        self,
        at: int,
        which: int,
        line: int = 0,
        many: int = 0,
        by: Tender | None = None,
        happens: list[Happens] | None = None,
        crash: int | None = None,
    ) -> None:
        """Whole where `many` is 0."""
        if sale := self._sale(which):
            self.act(
                at,
                ReverseSale(sale, ReversalWay.REFUND, "ill", self._lines(sale, line, many), by),
                crash=crash,
            )
            self.terminal(at, happens or [])

    @rule(at=DESKS, which=ANY, line=ANY, many=st.integers(0, 2))
    def exchange(self, at: int, which: int, line: int = 0, many: int = 0) -> None:
        if sale := self._sale(which):
            self.act(at, StartExchange(sale, self._lines(sale, line, many)))

    def _sale(self, which: int) -> str:
        known = list(self.ledger.sales)
        return known[which % len(known)] if known else ""

    def _lines(self, sale: str, line: int, many: int) -> list[tuple[str, int]]:
        ids = list(self.ledger.sales[sale]["lines"])
        return [(ids[line % len(ids)], many)] if many else []

    # Shifts

    @rule(at=DESKS, way=st.sampled_from(Movement), amount=st.sampled_from([500, 5000, 50_000]), crash=CRASHES)
    def move(self, at: int, way: Movement, amount: int, crash: int | None = None) -> None:
        self.act(at, MoveCash(way, amount, "change"), crash=crash)

    @rule(at=DESKS)
    def no_sale(self, at: int) -> None:
        self.act(at, OpenDrawer("a guest asks for change"))

    @rule(at=DESKS, over=st.sampled_from([0, 0, 0, -100, 250]), hand_over=st.booleans(), crash=CRASHES)
    def close(self, at: int, over: int = 0, hand_over: bool = False, crash: int | None = None) -> None:
        desk = self.desk(at)
        lies = max(0, self.ledger.drawer[desk.name] + over)
        self.act(at, CountCash(lies))
        self.act(at, CloseShift(hand_over), crash=crash)
        if desk.name not in self.ledger.open:
            self.act(at, OpenShift("main", FLOAT))

    # What the world does

    @rule(at=DESKS)
    def crash(self, at: int) -> None:
        self.desk(at).crash()
        self.seen(at % len(self.world.desks))

    @rule(seconds=st.sampled_from([0.001, 1.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.world.now_s += seconds

    @rule(at=DESKS, seconds=st.sampled_from([-3600.0, -60.0, 0.0, 1200.0]))
    def set_clock(self, at: int, seconds: float) -> None:
        self.world.skews[at % len(self.world.desks)] = seconds

    @precondition(lambda self: not self.world.is_alone)
    @rule(at=DESKS, fates=FATES)
    def talk(self, at: int, fates: list[Fate] | None = None) -> None:
        desk = self.desk(at)
        desk.line.fates = list(fates or [])
        desk.exchange()
        desk.line.fates.clear()

    @precondition(lambda self: not self.world.is_alone)
    @rule(at=DESKS)
    def cut_or_mend(self, at: int) -> None:
        self.desk(at).line.cut = not self.desk(at).line.cut

    @precondition(lambda self: not self.world.is_alone)
    @rule()
    def all_talk(self) -> None:
        self.world.exchange_all()
