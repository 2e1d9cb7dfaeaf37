"""Test orders of an event that is not in test mode itself: they are few, and no figure counts them."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.storage.projections.presence import ENTRY, Pass, Place, places
from eventdesk.storage.reading import catalogue

Execute = Callable[..., Any]

_TICKETS = """
    FROM orders o INDEXED BY orders_testmode
    CROSS JOIN tickets t INDEXED BY tickets_order ON t.log = o.log AND t.order_id = o.id
"""
# The columns of `figures.SELECT_TALLY`.
SELECT_TICKETS = (
    "SELECT t.product, coalesce(t.session, ''), o.status, o.requires_approval, o.valid_if_pending, 1"
    + _TICKETS
    + "WHERE o.log = ? AND o.testmode = 1 AND t.canceled = 0"
)
SELECT_PASSES = (
    "SELECT coalesce(nullif(t.addon_to, ''), t.id), "
    "a.stamp, a.id, a.ticket, a.list, a.direction, a.gate, a.desk"
    + _TICKETS
    + "CROSS JOIN admissions a ON a.log = t.log AND a.ticket = t.id "
    "WHERE o.log = ? AND o.testmode = 1 ORDER BY a.stamp, a.id"
)
SELECT_ANY = "SELECT 1 FROM orders INDEXED BY orders_testmode WHERE log = ? AND testmode = 1 LIMIT 1"
SELECT_COUNT = "SELECT count(*) FROM orders INDEXED BY orders_testmode WHERE log = ? AND testmode = 1"


def is_left_out(execute: Execute, log: str) -> bool:
    """Whether there are any that must not count."""
    if execute(SELECT_ANY, (log,)).fetchone() is None:
        return False
    members = catalogue.defined(execute, log, Kind.EVENT_DEFINED, log)
    return not (members and members.get("testmode"))


def count(execute: Execute, log: str) -> int:
    """How many test orders there are."""
    return int(execute(SELECT_COUNT, (log,)).fetchone()[0])


def passed(execute: Execute, log: str, list_id: str) -> tuple[int, int]:
    """How many of their tickets are inside by the list, and how many have entered."""
    directions: defaultdict[str, list[str]] = defaultdict(list)
    for _, *columns in execute(SELECT_PASSES, (log,)).fetchall():
        if (one := Pass._make(columns)).list == list_id:
            directions[one.ticket].append(one.direction)
    found = directions.values()
    return sum(one[-1] == ENTRY for one in found), sum(ENTRY in one for one in found)


def people(execute: Execute, log: str) -> Counter[Place]:
    """How many people with test tickets are where."""
    passes: defaultdict[str, list[Pass]] = defaultdict(list)
    for person, *columns in execute(SELECT_PASSES, (log,)).fetchall():
        passes[person].append(Pass._make(columns))
    return Counter(place for one in passes.values() for place in places(one))
