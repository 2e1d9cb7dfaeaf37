"""A fleet under a bad star: desks, a hub and a centre on lines that lose, repeat, delay and cut, with
crashes, wrong clocks and restored backups. However it goes, nothing is invented, doubled or lost, and all
agree."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import NamedTuple, TypeVar

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import Direction
from tests.replication.fleet import agreement
from tests.replication.fleet.doors import FleetDesk
from tests.replication.fleet.fated import Fate
from tests.replication.fleet.world import NUMBER, World
from tests.storage.made import order, setup, ticket

T = TypeVar("T")

ORDERS = {"o0": ("t0", "t1"), "o1": ("t2",)}
TICKETS = tuple(ticket for tickets in ORDERS.values() for ticket in tickets)
SIZES = {"seats": 100, "meals": 6}  # a share for each desk; less than one desk asks for

DESKS = st.integers(0, NUMBER - 1)
TWO_DESKS = st.lists(DESKS, min_size=2, max_size=2, unique=True)
THREE_DESKS = st.lists(DESKS, min_size=3, max_size=3)
ONE_OF_TICKETS = st.sampled_from(TICKETS)
FATES = st.lists(st.sampled_from(Fate), max_size=4)
SILENCES = st.sampled_from([1.0, 60.0, 3600.0])
HUB = st.booleans()


class Granted(NamedTuple):
    """Who gave their word for an entry, and how far it reached."""

    desk: int
    station: str
    by_hub_alone: bool
    fact: str


class Fleet(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.restored = False
        self.sold: Counter[str] = Counter()
        self.granted: dict[str, Granted] = {}  # by fact, of all entries that a desk called confirmed
        self.inside: dict[str, Granted] = {}  # by ticket, until the guest is known to have left
        self.reopened: set[str] = set()  # tickets of which an exit was undone
        self.erased: set[str] = set()  # orders
        self._names = count()

    @initialize()
    def set_up(self) -> None:
        quotas = [Draft(Kind.QUOTA_DEFINED, id_, {"name": id_, "size": size}) for id_, size in SIZES.items()]
        guests = [order(id_, name="Buyer", email="buyer@example.org") for id_ in ORDERS]
        guests += [ticket(one, id_) for id_, tickets in ORDERS.items() for one in tickets]
        self.world.desks[0].write(*setup(), *quotas, *guests)
        self.world.exchange_all()

    # What people do

    @rule(number=DESKS, ticket=ONE_OF_TICKETS, fates=FATES)
    def enter(self, number: int, ticket: str, fates: list[Fate]) -> None:
        given = self._with(number, fates, lambda desk: desk.scan(ticket, Mode.ENTRY))
        if given is not None and given.admission and given.confirmed:
            self._confirmed(number, ticket, given.admission, by_hub_alone=given.by_hub_alone)

    def _confirmed(self, number: int, ticket: str, fact: str, *, by_hub_alone: bool) -> None:
        """No two desks that reach one upstream are both granted one claim."""
        line, before = self.world.desks[number].line, self.inside.get(ticket)
        now = Granted(number, line.station.name, by_hub_alone, fact)
        if before is not None and before.desk != number and not self.restored:
            twice = agreement.had_one_upstream(before, now) and not agreement.has_left(
                self.world, ticket, before
            )
            assert not twice, f"{ticket} was granted twice: {before}, {now}"
        self.inside[ticket] = self.granted[fact] = now

    @rule(number=DESKS, ticket=ONE_OF_TICKETS)
    def leave(self, number: int, ticket: str) -> None:
        given = self._with(number, [], lambda desk: desk.scan(ticket, Mode.EXIT))
        if given is not None and given.admission:
            self.inside.pop(ticket, None)

    @rule(ticket=ONE_OF_TICKETS, order=st.permutations(range(NUMBER)), fates=FATES)
    def rush(self, ticket: str, order: list[int], fates: list[Fate]) -> None:
        """One ticket at every door."""
        for number in order:
            self.enter(number, ticket, fates)

    @rule(ticket=ONE_OF_TICKETS, desks=THREE_DESKS, fates=FATES)
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

    @rule(ticket=ONE_OF_TICKETS, desks=THREE_DESKS, seconds=SILENCES, tells=st.booleans())
    def long_silence(self, ticket: str, desks: list[int], seconds: float, tells: bool) -> None:
        """Somebody is let in, and comes to other doors, which have not heard of it, much later."""
        self.enter(desks[0], ticket, [])
        if tells:
            self.exchange(desks[0], [])
        self.wait(seconds)
        for number in desks[1:]:
            self.enter(number, ticket, [])

    @rule(ticket=ONE_OF_TICKETS, desks=TWO_DESKS, third=DESKS)
    def meanwhile(self, ticket: str, desks: list[int], third: int) -> None:
        """In and out by a door that nobody hears, in by another; the first is heard at last."""
        alone, other = desks
        self.exchange(alone, [])
        self.world.desks[alone].line.cut = True
        self.enter(alone, ticket, [])
        self.leave(alone, ticket)
        self.wait(1.0)
        self.enter(other, ticket, [])
        self.exchange(other, [])
        self.world.desks[alone].line.cut = False
        self.exchange(alone, [Fate.WELL, Fate.LOST])
        if self.world.desks[third].line.station is not self.world.desks[other].line.station:
            self.move(third)
        self.enter(third, ticket, [])

    @rule(number=DESKS, ticket=ONE_OF_TICKETS)
    def work_alone(self, number: int, ticket: str) -> None:
        """The line is cut, and tried in vain; whether it comes back is another's affair."""
        line = self.world.desks[number].line
        line.cut = True
        self.enter(number, ticket, [])
        self.rename(number, ticket)
        self.exchange(number, [])

    @rule(number=DESKS)
    def undo(self, number: int) -> None:
        if self.world.desks[number].undo_last():
            self.inside.clear()
            self.reopened.update(TICKETS)

    @rule(ticket=ONE_OF_TICKETS, desks=THREE_DESKS, moves=st.booleans())
    def undo_elsewhere(self, ticket: str, desks: list[int], moves: bool) -> None:
        """An entry is undone at another desk, and the undo may travel before the entry."""
        first, second, third = desks
        self.enter(first, ticket, [])
        self.exchange(first, [])
        self.exchange(second, [])
        if passes := self.world.desks[second].passes(ticket):
            self._undo_pass(second, ticket, passes[-1].id)
            if passes[-1].direction is not Direction.ENTRY:
                self.reopened.add(ticket)
        if moves:
            self.move(second)
        self.exchange(second, [])
        self.exchange(third, [])

    def _undo_pass(self, number: int, ticket: str, fact: str) -> None:
        undone = {"admission": fact, "reason": "mistake"}
        self.world.desks[number].write(Draft(Kind.ADMISSION_UNDONE, ticket, undone))
        self.inside.pop(ticket, None)

    @rule(number=DESKS, counter=st.sampled_from(sorted(SIZES)), many=st.integers(1, 8))
    def sell(self, number: int, counter: str, many: int) -> None:
        self.sold[counter] += sum(self.world.desks[number].sell(counter) for _ in range(many))

    @rule(counter=st.sampled_from(sorted(SIZES)), order=st.permutations(range(NUMBER)))
    def sell_out(self, counter: str, order: list[int]) -> None:
        for number in order:
            self.sell(number, counter, 8)
            self.exchange(number, [])
            self.sell(number, counter, 8)

    @rule(number=DESKS, ticket=ONE_OF_TICKETS)
    def rename(self, number: int, ticket: str) -> None:
        name = {"name": f"Name {next(self._names)}"}
        self.world.desks[number].write(Draft(Kind.TICKET_CHANGED, ticket, name))

    @rule(number=DESKS, id_=st.sampled_from(sorted(ORDERS)), late=DESKS, fates=FATES)
    def erase(self, number: int, id_: str, late: int, fates: list[Fate]) -> None:
        """A guest is forgotten; where nobody knows of it yet, more is written down about them."""
        erasure = Draft(Kind.GUEST_ERASED, id_, {"tickets": list(ORDERS[id_])})
        self.world.desks[number].write(erasure)
        self.erased.add(id_)
        self.rename(late, ORDERS[id_][0])
        self.exchange(late, [])
        self.exchange(number, fates)

    # What the world does

    @rule(number=DESKS, fates=FATES)
    def exchange(self, number: int, fates: list[Fate]) -> None:
        self._with(number, fates, lambda desk: desk.exchange())

    @rule(fates=FATES)
    def relay(self, fates: list[Fate]) -> None:
        self.world.up.fates = list(fates)
        self.world.relay()
        self.world.up.fates.clear()

    @rule(number=DESKS, hub=HUB, up=st.booleans())
    def cut_or_mend(self, number: int, hub: bool, up: bool) -> None:
        world = self.world
        line = world.up if up else (world.to_hub if hub else world.to_centre)[number]
        line.cut = not line.cut

    @rule()
    def mend(self) -> None:
        for line in self.world.lines():
            line.cut = False

    @rule(number=DESKS)
    def late_ones_arrive(self, number: int) -> None:
        for line in (self.world.up, self.world.to_hub[number], self.world.to_centre[number]):
            line.deliver_late()

    @rule(number=DESKS)
    def move(self, number: int) -> None:
        self.world.move(number)

    @rule(number=DESKS)
    def crash(self, number: int) -> None:
        self.world.desks[number].crash()

    @rule(number=DESKS, steps=st.integers(1, 4))
    def crash_in_the_middle(self, number: int, steps: int) -> None:
        self.world.desks[number].exchange_and_crash(steps)

    @rule(desks=THREE_DESKS, ticket=ONE_OF_TICKETS, fates=FATES)
    def crash_at_the_door(self, desks: list[int], ticket: str, fates: list[Fate]) -> None:
        """Granted, and never used: the guest comes again, here or elsewhere."""
        self._with(desks[0], fates[:1], lambda desk: desk.claim_and_crash(ticket))
        self.exchange(desks[0], fates)
        self.enter(desks[0], ticket, [])
        self.late_ones_arrive(desks[0])
        for number in desks[1:]:
            self.enter(number, ticket, [])

    @rule(hub=HUB)
    def restart(self, hub: bool) -> None:
        if hub:
            self.world.crash_hub()
        else:
            self.world.centre.restart()

    @rule(hub=HUB)
    def back_up(self, hub: bool) -> None:
        (self.world.hub if hub else self.world.centre).back_up()

    @precondition(lambda self: any(one.has_backup for one in self.world.stations))
    @rule(hub=HUB, desks=THREE_DESKS)
    def restore(self, hub: bool, desks: list[int]) -> None:
        """A node goes back to its last backup; others write on meanwhile."""
        station = self.world.hub if hub else self.world.centre
        if self.world.restore(station):
            self.restored = True
            for number in desks:
                self.rename(number, TICKETS[0])
                self.exchange(number, [])

    @rule(hub=HUB, desks=THREE_DESKS, again=DESKS)
    def go_back(self, hub: bool, desks: list[int], again: int) -> None:
        """A backup, facts that all hear of, and the backup is all that is left of the node."""
        self.back_up(hub)
        for number in desks:
            self.rename(number, TICKETS[-1])
            self.exchange(number, [])
        self.restore(hub, [again])

    @rule(number=DESKS, seconds=st.sampled_from([-3600.0, -1200.0, 0.0, 1200.0]))
    def set_clock(self, number: int, seconds: float) -> None:
        self.world.skews[number] = seconds

    @rule(seconds=st.sampled_from([0.001, 1.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.world.now_s += seconds

    @rule(number=DESKS, fates=FATES)
    def give_back(self, number: int, fates: list[Fate]) -> None:
        self._with(number, fates, lambda desk: desk.give_back_share())

    # What must hold

    @invariant()
    def no_quota_is_passed(self) -> None:
        if not self.restored:
            assert all(self.sold[id_] <= size for id_, size in SIZES.items()), self.sold

    def teardown(self) -> None:
        try:
            self.world.heal()
            agreement.check(self.world, TICKETS)
            agreement.check_conflicts(self)
            agreement.check_use(self.world, self.sold)
            erased = {one for id_ in self.erased for one in (id_, *ORDERS[id_])}
            agreement.check_forgotten(self.world, erased)
        finally:
            self.world.close()

    def _with(self, number: int, fates: list[Fate], work: Callable[[FleetDesk], T]) -> T:
        desk = self.world.desks[number]
        desk.line.fates = list(fates)
        line = desk.line
        try:
            return work(desk)
        finally:
            line.fates.clear()
