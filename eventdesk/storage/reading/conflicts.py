"""Double admissions that a merge has shown, and who is inside in truth."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.facts import Kind
from eventdesk.domain.occupancy import Occupancy
from eventdesk.storage.log import decode
from eventdesk.storage.reading import catalogue, testmode, tickets

Execute = Callable[..., Any]

SELECT = """
    SELECT id, subject, list, first, second, word, settled_by FROM conflicts INDEXED BY conflicts_settled
    WHERE log = ? AND settled = ? AND kind = 'entry'
"""
COUNT = "SELECT count(*) FROM conflicts INDEXED BY conflicts_settled WHERE log = ? AND settled = 0"
SELECT_PRESENCE = "SELECT place, id, people FROM occupancy WHERE log = ? AND people <> 0"


def conflicts(execute: Execute, log: str, settled: bool) -> list[Conflict]:
    """Open ones, or settled ones, in the order of their second entries."""
    rows = execute(SELECT, (log, int(settled))).fetchall()
    return sorted((_conflict(execute, log, row) for row in rows), key=lambda one: one.second.order)


def conflict_count(execute: Execute, log: str) -> int:
    """How many wait for a person: double entries, and seats that were sold twice."""
    return int(execute(COUNT, (log,)).fetchone()[0])


def _conflict(execute: Execute, log: str, row: Sequence[Any]) -> Conflict:
    id_, ticket, list_id, first, second, word, by = row
    passes = {one.id: one for one in tickets.passes(execute, log, ticket)}
    return Conflict(id_, ticket, list_id, passes[first], passes[second], word, by)


def occupancy(execute: Execute, log: str) -> Occupancy:
    """Unique people inside, from sums that are kept, without those with test tickets."""
    tests = testmode.people(execute, log) if testmode.is_left_out(execute, log) else Counter()
    found = execute(SELECT_PRESENCE, (log,)).fetchall()
    rows = [(place, id_, left) for place, id_, people in found if (left := people - tests[place, id_])]
    lists = {id_: people for place, id_, people in rows if place == "list"}
    gates = {id_: people for place, id_, people in rows if place == "gate"}
    defined = execute(catalogue.SELECT_KIND, (log, Kind.GATE_DEFINED)).fetchall()
    area_of = {id_: decode(members).get("area") or "" for id_, members in defined}
    areas: Counter[str] = Counter()
    for gate, people in gates.items():
        areas[area_of.get(gate, "")] += people
    return Occupancy(sum(gates.values()), lists, gates, dict(areas))
