"""True occupancy: who is inside, by list, gate and area, and how many people that are in all.

A person is a ticket with its add-ons: whoever is in a workshop by an add-on is the one who entered the
house by the ticket. A function of standing passes, right again after each merge.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eventdesk.domain.catalogue import Gate
from eventdesk.domain.tickets import Admission, Direction, Ticket, in_stamp_order


@dataclass(frozen=True, slots=True)
class Inside:
    """Where one person is: the lists whose last pass was an entry, and the gate of the latest of these
    entries (empty where it was at no gate, or where the person is not inside)."""

    lists: frozenset[str] = frozenset()
    gate: str = ""

    def __bool__(self) -> bool:
        return bool(self.lists)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """People inside. `gates` has the key "" for those who came by no gate, so that its sum is `people`;
    `areas` has "" for gates without an area."""

    people: int = 0
    lists: Mapping[str, int] = field(default_factory=dict)
    gates: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)


def person_of(ticket: Ticket) -> str:
    """The id of the ticket that stands for the person."""
    return ticket.addon_to or ticket.id


def inside_of(passes: Iterable[Admission]) -> Inside:
    """Where a person is, from the standing passes of their ticket and its add-ons on every list."""
    last: dict[tuple[str, str], Admission] = {}
    for one in in_stamp_order(passes):
        last[one.ticket, one.list] = one
    entries = [one for one in last.values() if one.direction is Direction.ENTRY]
    if not entries:
        return Inside()
    return Inside(frozenset(one.list for one in entries), in_stamp_order(entries)[-1].gate)


def occupancy(passes_of: Mapping[str, Iterable[Admission]], gates: Mapping[str, Gate]) -> Occupancy:
    """`passes_of`: the standing passes by person (`person_of`)."""
    inside = [where for passes in passes_of.values() if (where := inside_of(passes))]
    by_gate = Counter(where.gate for where in inside)
    areas: Counter[str] = Counter()
    for gate, number in by_gate.items():
        areas[gates[gate].area if gate in gates else ""] += number
    lists = Counter(list_id for where in inside for list_id in where.lists)
    return Occupancy(len(inside), dict(lists), dict(by_gate), dict(areas))
