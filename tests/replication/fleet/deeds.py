"""What may happen in a fleet, one thing at a time: the rules that longer turns of events are made of."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import NamedTuple, TypeVar

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
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
HUB = st.booleans()


class Granted(NamedTuple):
    """Who gave their word for an entry, and how far it reached."""

    desk: int
    station: str
    by_hub_alone: bool
    fact: str


class Deeds(RuleBasedStateMachine):
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

    @rule(number=DESKS)
    def undo(self, number: int) -> None:
        if self.world.desks[number].undo_last():
            self.inside.clear()
            self.reopened.update(TICKETS)

    @rule(number=DESKS, counter=st.sampled_from(sorted(SIZES)), many=st.integers(1, 8))
    def sell(self, number: int, counter: str, many: int) -> None:
        self.sold[counter] += sum(self.world.desks[number].sell(counter) for _ in range(many))

    @rule(number=DESKS, ticket=ONE_OF_TICKETS)
    def rename(self, number: int, ticket: str) -> None:
        name = {"name": f"Name {next(self._names)}"}
        self.world.desks[number].write(Draft(Kind.TICKET_CHANGED, ticket, name))

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

    @rule(hub=HUB)
    def restart(self, hub: bool) -> None:
        if hub:
            self.world.crash_hub()
        else:
            self.world.centre.restart()

    @rule(hub=HUB)
    def back_up(self, hub: bool) -> None:
        (self.world.hub if hub else self.world.centre).back_up()

    @rule(number=DESKS, seconds=st.sampled_from([-3600.0, -1200.0, 0.0, 1200.0]))
    def set_clock(self, number: int, seconds: float) -> None:
        self.world.skews[number] = seconds

    @rule(seconds=st.sampled_from([0.001, 1.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.world.now_s += seconds

    @rule(number=DESKS, fates=FATES)
    def give_back(self, number: int, fates: list[Fate]) -> None:
        self._with(number, fates, lambda desk: desk.give_back_share())

    def _with(self, number: int, fates: list[Fate], work: Callable[[FleetDesk], T]) -> T:
        desk = self.world.desks[number]
        desk.line.fates = list(fates)
        line = desk.line
        try:
            return work(desk)
        finally:
            line.fates.clear()
