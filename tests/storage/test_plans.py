"""Every look-up of a scan goes straight to its rows: a plan that walks an event's guests fails here."""

import pytest

from eventdesk.storage import log
from eventdesk.storage.projections import admissions, many, orders, tickets
from eventdesk.storage.reading import catalogue, codes, figures, guests
from eventdesk.storage.reading import search as hits
from eventdesk.storage.reading import tickets as rows
from eventdesk.storage.store import Store

LOOKUPS = {
    "secret": (rows.BY_SECRET, "log=? AND secret=?"),
    "ticket id": (rows.BY_ID, "log=? AND id=?"),
    "order": (rows.BY_ORDER, "log=? AND order_id=?"),
    "add-ons": (rows.BY_MAIN, "log=? AND addon_to=?"),
    "passes": (rows.PASSES, "log=? AND ticket=?"),
    "revoked": (codes.REVOKED, "log=? AND secret=?"),
    "medium": (codes.MEDIUM, "log=? AND identifier=?"),
    "head": (log.SELECT_HEAD, "log=? AND desk=?"),
    "facts": (log.SELECT_OF_KIND, "log=? AND subject=? AND kind=?"),
    "fact": (log.SELECT_BY_ID, "id=?"),
    "passes on a list": (admissions.SELECT_PASSES, "log=? AND ticket=?"),
    "standing": (orders.SELECT_STANDING, "log=? AND id=?"),
    "tickets of an order": (orders.SELECT_TICKETS, "log=? AND order_id=?"),
    "sort": (tickets.SELECT_SORT, "log=? AND id=?"),
    "occupancy": (figures.SELECT_OCCUPANCY, "log=? AND list=?"),
    "tally": (figures.SELECT_TALLY, "log=?"),
    "definition": (catalogue.SELECT_ONE, "log=? AND kind=? AND id=?"),
    "page of guests": (guests.SELECT_GUESTS, "log=? AND id>?"),
    "page of passes": (guests.SELECT_AFTER, "log=? AND list=? AND stamp>?"),
    "lists": (guests.SELECT_LISTS, "log=? AND list>?"),
    "recent": (guests.SELECT_RECENT, "log=? AND list=?"),
    "hits": (hits.SELECT, "rowid=?"),
    "facts of many": (many.COUNT_FACTS, "log=? AND subject=? AND kind=?"),
    "waiting tickets": (many.SELECT_WAITING, "log=? AND order_id=?"),
}

# What a query makes for itself; the rest are tables that grow.
SMALL = {"json_each", "found", "lists", "CONSTANT"}


@pytest.mark.parametrize("name", LOOKUPS)
def test_a_look_up_uses_its_index(store: Store, name: str) -> None:
    query, wanted = LOOKUPS[name]
    with store.reader() as reader:
        values = ["[]"] * (1 if "?1" in query else query.count("?"))
        plan = reader._execute("EXPLAIN QUERY PLAN " + query, values).fetchall()
    steps = [row[3] for row in plan]
    assert any(wanted in step for step in steps), steps
    walked = [step for step in steps if step.startswith("SCAN") and step.split()[1] not in SMALL]
    assert not walked
