"""A fleet under a bad star: desks, a hub and a centre on lines that lose, repeat, delay and cut, with
crashes, wrong clocks and a restored backup. However it goes, nothing is invented, doubled or lost, and all
agree."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import hypothesis.strategies as st
from hypothesis import HealthCheck, event, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.client.exchange import pull_some, push_all
from sync.errors import SyncError
from sync.relay.bridge import HubStore
from sync.relay.knowledge import Knowledge
from tests.replication.fleet.doors import QUOTA, FleetDesk
from tests.replication.fleet.fated import Fate, FatedLine, calm
from tests.replication.fleet.hubs import LineBeyond, StationBridge
from tests.replication.fleet.stations import Station
from tests.storage.made import LIST, LOG, guests, setup

T = TypeVar("T")

TICKETS = [f"t{number}" for number in range(2)]
SEATS = 30
START_MS = 1_800_000_000_000
DESKS = st.integers(0, 3)
FATES = st.lists(st.sampled_from(Fate), max_size=4)


class Entered(NamedTuple):
    """The last entry that the upstream confirmed, until the guest is known to have left."""

    desk: int
    level: str


class Fleet(RuleBasedStateMachine):
    """Desks 0 and 1 stand at the hub, 2 and 3 at the centre; desk 0 set the event up."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = START_MS / 1000
        self.folder = Path(tempfile.mkdtemp())
        self.skews = [0.0, 0.0, 0.0, 0.0]
        self.centre = self._station("centre", "centre")
        self.hub = self._station("hub", "hub")
        self.up = self._line(self.centre, "hub", "hub")
        self.hub.beyond = LineBeyond(self.up)
        self.knowledge = Knowledge()
        self.desks = [self._desk(number) for number in range(4)]
        self.restored = False
        self.sold = 0
        self.entered: dict[str, Entered] = {}

    def _now_ms(self) -> int:
        return int(self.now_s * 1000)

    def _station(self, name: str, kind: str) -> Station:
        return Station(self.folder, name, kind, self._now_ms)

    def _line(self, station: Station, who: str, *roles: str, skew: int | None = None) -> FatedLine:
        by = station.principal(who, *roles)
        return FatedLine(station, by, lambda: 0 if skew is None else int(self.skews[skew] * 1000))

    def _desk(self, number: int) -> FleetDesk:
        station = self.hub if number < 2 else self.centre
        name = f"desk{number}"
        desk = FleetDesk(
            self.folder,
            name,
            self._line(station, name, skew=number),
            lambda: self.now_s + self.skews[number],
            lambda: self.now_s,
        )
        for one in (self.hub, self.centre):
            one.let_in(name, desk.membership.keys())
        return desk

    @initialize()
    def set_up(self) -> None:
        quota = Draft(Kind.QUOTA_DEFINED, QUOTA, {"name": "Seats", "size": SEATS})
        with self.desks[0].store.transaction() as tx:
            tx.append(LOG, [*setup(), quota, *guests(len(TICKETS))])
        self._all_exchange()

    # What people do

    @rule(number=DESKS, ticket=st.sampled_from(TICKETS), fates=FATES)
    def enter(self, number: int, ticket: str, fates: list[Fate]) -> None:
        given = self._with(number, fates, lambda desk: desk.scan(ticket, Mode.ENTRY))
        if given is not None and given.admission and given.confirmed:
            self._confirmed(number, ticket)

    def _confirmed(self, number: int, ticket: str) -> None:
        """No two desks that reach one upstream are both granted one claim."""
        desk, before = self.desks[number], self.entered.get(ticket)
        now = Entered(number, desk.line.level)
        if before is not None and before.desk != number and not self.restored:
            same_hub = before.desk < 2 and number < 2
            assert not same_hub, f"{ticket} was granted twice by the hub: {before}, {now}"
            both_centre = before.level == now.level == "centre"
            assert not both_centre, f"{ticket} was granted twice by the centre: {before}, {now}"
        self.entered[ticket] = now

    @rule(number=DESKS, ticket=st.sampled_from(TICKETS))
    def leave(self, number: int, ticket: str) -> None:
        given = self._with(number, [], lambda desk: desk.scan(ticket, Mode.EXIT))
        if given is not None and given.admission:
            self.entered.pop(ticket, None)

    @rule(ticket=st.sampled_from(TICKETS), order=st.permutations(range(4)), fates=FATES)
    def rush(self, ticket: str, order: list[int], fates: list[Fate]) -> None:
        """One ticket at every door."""
        for number in order:
            self.enter(number, ticket, fates)

    @rule(ticket=st.sampled_from(TICKETS), desks=st.lists(DESKS, min_size=3, max_size=3), fates=FATES)
    def come_and_go(self, ticket: str, desks: list[int], fates: list[Fate]) -> None:
        """In by one door, out by another, in by a third; the line works as it may."""
        first, second, third = desks
        self.enter(first, ticket, [])
        self.exchange(first, [])
        self.relay(fates)
        self.exchange(second, [])
        self.leave(second, ticket)
        self.exchange(second, fates)
        self.enter(third, ticket, [])

    @rule(number=DESKS)
    def undo(self, number: int) -> None:
        if self.desks[number].undo_last():
            self.entered.clear()

    @rule(number=DESKS, many=st.integers(1, 5))
    def sell(self, number: int, many: int) -> None:
        self.sold += sum(self.desks[number].sell() for _ in range(many))

    # What the world does

    @rule(number=DESKS, fates=FATES)
    def exchange(self, number: int, fates: list[Fate]) -> None:
        self._with(number, fates, lambda desk: desk.exchange())

    @rule(fates=FATES)
    def relay(self, fates: list[Fate]) -> None:
        self.up.fates = list(fates)
        self._relay()
        self.up.fates.clear()

    @rule(number=st.integers(0, 4))
    def cut_or_mend(self, number: int) -> None:
        line = self._lines()[number]
        line.cut = not line.cut

    @rule(number=st.integers(0, 4))
    def late_ones_arrive(self, number: int) -> None:
        self._lines()[number].deliver_late()

    @rule(number=DESKS)
    def crash(self, number: int) -> None:
        self.desks[number].crash()

    @rule(hub=st.booleans())
    def restart(self, hub: bool) -> None:
        (self.hub if hub else self.centre).restart()
        if hub:
            self.knowledge = Knowledge()

    @rule()
    def back_up(self) -> None:
        self.centre.back_up()

    @precondition(lambda self: not self.restored)
    @rule()
    def restore(self) -> None:
        """The centre goes back to its last backup."""
        self.restored = self.centre.restore()

    @rule(number=DESKS, seconds=st.sampled_from([-3600.0, -1200.0, 0.0, 1200.0]))
    def set_clock(self, number: int, seconds: float) -> None:
        self.skews[number] = seconds

    @rule(seconds=st.sampled_from([0.001, 1.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.now_s += seconds

    @rule(number=DESKS, fates=FATES)
    def give_back(self, number: int, fates: list[Fate]) -> None:
        self._with(number, fates, lambda desk: desk.give_back_share())

    # What must hold

    @invariant()
    def no_quota_is_passed(self) -> None:
        if not self.restored:
            assert self.sold <= SEATS

    def teardown(self) -> None:
        try:
            self._heal()
            self._check()
        finally:
            for desk in self.desks:
                desk.close()
            for station in (self.hub, self.centre):
                station.close()
            shutil.rmtree(self.folder)

    def _check(self) -> None:
        first, *others = self.desks
        self._conflicts_were_foreseen(first.store)
        assert all(self._view(desk) == self._view(first) for desk in others)
        for desk in self.desks:
            assert verify(desk.store) == []
        self._nothing_is_lost_or_invented(first.store)
        for station in (self.hub, self.centre):
            assert station.run(station.logs.heads(LOG)).heads == first.heads()

    def _conflicts_were_foreseen(self, store: Store) -> None:
        """Two confirmed entries never conflict where there was one upstream for both."""
        with store.reader() as reader:
            found = reader.conflicts(LOG, settled=False)
        for one in found:
            event("a conflict")
            split = {one.first.desk, one.second.desk} & {"desk0", "desk1"}
            if not self.restored and len(split) != 1:
                assert not (one.first.confirmed and one.second.confirmed), one

    def _nothing_is_lost_or_invented(self, store: Store) -> None:
        with store.reader() as reader:
            there = {
                fact.id: ticket for ticket in TICKETS for fact in reader.facts(LOG, ticket, Kind.ADMITTED)
            }
            used = sum(one.used for one in reader.quotas(LOG))
        shown = {id_: ticket for desk in self.desks for id_, ticket in desk.admitted.items()}
        assert there == shown
        assert used == self.sold

    def _view(self, desk: FleetDesk) -> dict[str, Any]:
        with desk.store.reader() as reader:
            return {
                "tickets": [reader.ticket(LOG, ticket) for ticket in TICKETS],
                "figures": reader.figures(LOG, LIST),
                "presence": reader.occupancy(LOG),
                "conflicts": sorted(one.id for one in reader.conflicts(LOG, settled=False)),
                "quotas": reader.quotas(LOG),
                "heads": desk.heads(),
            }

    # Doing

    def _lines(self) -> list[FatedLine]:
        return [*(desk.line for desk in self.desks), self.up]

    def _with(self, number: int, fates: list[Fate], work: Callable[[FleetDesk], T]) -> T:
        desk = self.desks[number]
        desk.line.fates = list(fates)
        try:
            return work(desk)
        finally:
            desk.line.fates.clear()

    def _relay(self) -> bool:
        store = HubStore(self.hub.logs, StationBridge(self.hub), self.knowledge)
        try:
            took = pull_some(store, self.up, logs=(LOG,))
            while took.more:
                took = pull_some(store, self.up, logs=(LOG,))
            if took.renewed:
                self.knowledge.forget()
            if self.knowledge.of(LOG) is None:
                self.knowledge.asked(LOG, self.up.heads(LOG))
            push_all(store, self.up, LOG, since=self.knowledge.of(LOG), hub=True)
        except SyncError:
            return False
        return True

    def _heal(self) -> None:
        calm(iter(self._lines()))
        for _ in range(3):
            self._all_exchange()

    def _all_exchange(self) -> None:
        for _ in range(2):
            for desk in self.desks:
                desk.exchange()
            self._relay()


TestFleet: Any = Fleet.TestCase
TestFleet.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
