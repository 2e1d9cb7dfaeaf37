"""What must hold in a fleet at the end, when all have heard of all."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from eventdesk.domain.facts import Kind
from eventdesk.domain.personal import without_personal
from eventdesk.domain.tickets import Direction, in_stamp_order
from eventdesk.storage.verification import verify
from sync import wire
from sync.carrying import from_wire
from sync.chain import Record
from tests.replication.fleet.doors import FleetDesk
from tests.replication.fleet.stations import Station
from tests.replication.fleet.world import World
from tests.storage.made import LIST, LOG

if TYPE_CHECKING:
    from tests.replication.fleet.deeds import Deeds, Granted


def check(world: World, tickets: Iterable[str]) -> None:
    """All desks see the same, nodes have what desks have, and no admission was lost or invented."""
    first, *others = world.desks
    seen = view(first, tickets)
    for desk in others:
        assert view(desk, tickets) == seen
    for desk in world.desks:
        assert verify(desk.store) == []
    for station in world.stations:
        assert station.run(station.logs.heads(LOG)).heads == first.heads()
        # A redacted one may have been withheld before, and let in later, which numbers it anew.
        numbered = [record.id for record in held_by_node(station) if record.redacted == wire.State.WHOLE]
        assert len(numbered) == len(set(numbered)), "a fact was numbered twice"
    with first.store.reader() as reader:
        there = {fact.id: one for one in tickets for fact in reader.facts(LOG, one, Kind.ADMITTED)}
    assert there == {id_: ticket for desk in world.desks for id_, ticket in desk.admitted.items()}


def view(desk: FleetDesk, tickets: Iterable[str]) -> dict[str, Any]:
    with desk.store.reader() as reader:
        return {
            "tickets": [reader.ticket(LOG, ticket) for ticket in tickets],
            "figures": reader.figures(LOG, LIST),
            "presence": reader.occupancy(LOG),
            "conflicts": sorted(one.id for one in reader.conflicts(LOG, settled=False)),
            "quotas": reader.quotas(LOG),
            "heads": desk.heads(),
        }


def check_use(world: World, sold: Mapping[str, int]) -> None:
    """Desks and nodes count every use once."""
    with world.desks[0].store.reader() as reader:
        quotas = reader.quotas(LOG)
    assert {one.quota.id: one.used for one in quotas if one.used} == +Counter(sold)
    by_desk = {(one.quota.id, desk): used for one in quotas for desk, used in one.by_desk.items()}
    for station in world.stations:
        assert station.uses(LOG) == by_desk, station.name


def check_conflicts(fleet: "Deeds") -> None:
    """Two confirmed entries never conflict where there was one upstream for both."""
    with fleet.world.desks[0].store.reader() as reader:
        found = reader.conflicts(LOG, settled=False)
    for one in found:
        both = fleet.granted.get(one.first.id), fleet.granted.get(one.second.id)
        first, second = both
        if first and second and not fleet.restored and one.ticket not in fleet.reopened:
            assert not had_one_upstream(first, second), (one, both)


def had_one_upstream(first: "Granted", second: "Granted") -> bool:
    return first.station == second.station or not (first.by_hub_alone or second.by_hub_alone)


def has_left(world: World, ticket: str, granted: "Granted") -> bool:
    """As the log has it, once all is heard: a desk that was ahead of the others may have stamped an exit
    after an entry that came later."""
    passes = in_stamp_order({one.id: one for desk in world.desks for one in desk.passes(ticket)}.values())
    later = itertools.dropwhile(lambda one: one.id != granted.fact, passes)
    return any(one.direction is not Direction.ENTRY for one in later)


def check_forgotten(world: World, subjects: Iterable[str]) -> None:
    """Nobody holds personal data of these any more, however late it came."""
    whose = set(subjects)
    places: list[FleetDesk | Station] = [*world.desks, *world.stations]
    for place in places:
        records = held_by_desk(place) if isinstance(place, FleetDesk) else held_by_node(place)
        for record in records:
            if record.subject in whose and record.redacted != wire.State.WITHHELD:
                left = without_personal(Kind(record.kind), msgspec.json.decode(record.payload))
                assert left is None, (place.name, record)


def held_by_desk(desk: FleetDesk) -> list[Record]:
    with desk.store.reader() as reader:
        return [record for one in reader.heads(LOG) for record in reader.unsent(LOG, one, 0, 10_000)]


def held_by_node(station: Station) -> list[Record]:
    """As they are numbered."""
    found: list[Record] = []
    cursor, more = 0, True
    while more:
        epoch = station.run(station.logs.identity()).epoch
        pulled = station.run(station.logs.pull(station.principal("auditor"), wire.Pull(epoch, {LOG: cursor})))
        page = pulled.pages.get(LOG)
        if page is None:
            break
        found += [from_wire(LOG, fact) for fact in page.facts]
        cursor, more = page.cursor, page.more
    return found
