"""A fleet under a bad star: desks, a hub and a centre on lines that lose, repeat, delay and cut, with
crashes, wrong clocks and restored backups. However it goes, nothing is invented, doubled or lost, and all
agree."""

import hypothesis.strategies as st
from hypothesis.stateful import invariant, precondition, rule

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import Direction
from tests.replication.fleet import agreement
from tests.replication.fleet.deeds import (
    DESKS,
    FATES,
    HUB,
    ONE_OF_TICKETS,
    ORDERS,
    SIZES,
    THREE_DESKS,
    TICKETS,
    TWO_DESKS,
    Deeds,
)
from tests.replication.fleet.fated import Fate
from tests.replication.fleet.world import NUMBER

SILENCES = st.sampled_from([1.0, 60.0, 3600.0])


class Fleet(Deeds):
    """Turns of events that things go wrong in, of single deeds; and what must hold after all."""

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

    @rule(counter=st.sampled_from(sorted(SIZES)), order=st.permutations(range(NUMBER)))
    def sell_out(self, counter: str, order: list[int]) -> None:
        for number in order:
            self.sell(number, counter, 8)
            self.exchange(number, [])
            self.sell(number, counter, 8)

    @rule(number=DESKS, id_=st.sampled_from(sorted(ORDERS)), late=DESKS, fates=FATES)
    def erase(self, number: int, id_: str, late: int, fates: list[Fate]) -> None:
        """A guest is forgotten; where nobody knows of it yet, more is written down about them."""
        erasure = Draft(Kind.GUEST_ERASED, id_, {"tickets": list(ORDERS[id_])})
        self.world.desks[number].write(erasure)
        self.erased.add(id_)
        self.rename(late, ORDERS[id_][0])
        self.exchange(late, [])
        self.exchange(number, fates)

    @rule(desks=THREE_DESKS, ticket=ONE_OF_TICKETS, fates=FATES)
    def crash_at_the_door(self, desks: list[int], ticket: str, fates: list[Fate]) -> None:
        """Granted, and never used: the guest comes again, here or elsewhere."""
        self._with(desks[0], fates[:1], lambda desk: desk.claim_and_crash(ticket))
        self.exchange(desks[0], fates)
        self.enter(desks[0], ticket, [])
        self.late_ones_arrive(desks[0])
        for number in desks[1:]:
            self.enter(number, ticket, [])

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
