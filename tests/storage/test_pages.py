"""Figures, guests and passes as screens and exports read them."""

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.guests import AdmissionRow, Figures, GuestRow
from eventdesk.domain.tickets import Direction
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store
from tests.storage.made import LIST, LOG, entry, guests, leaving, order, ticket, undoing


def write(store: Store, *drafts: Draft) -> list[str]:
    with store.transaction() as tx:
        return [fact.id for fact in tx.append(LOG, drafts)]


def figures(store: Store, list_id: str = LIST) -> Figures:
    with store.reader() as reader:
        return reader.figures(LOG, list_id)


def test_inside_and_entered_follow_the_passes(event: Store) -> None:
    write(event, order("o1"), ticket("t1"), ticket("t2"))
    write(event, entry("t1"), entry("t2"))
    assert figures(event) == Figures(2, 2, 2)
    write(event, leaving("t1", "2026-06-10T11:00:00Z"))
    assert figures(event) == Figures(1, 2, 2)
    write(event, entry("t1", "2026-06-10T12:00:00Z"))
    assert figures(event) == Figures(2, 2, 2)


def test_test_orders_count_only_where_the_whole_event_is_in_test_mode(event: Store) -> None:
    write(event, *guests(2), order("o9", testmode=True))
    write(event, ticket("t9", "o9"), ticket("t8", "o9", addon_to="t9", product="dinner"))
    write(event, entry("t0", gate="north"), entry("t9", gate="north"), entry("t8"))
    assert (figures(event), figures(event, "dinner-door").expected) == (Figures(1, 1, 2), 0)
    with event.reader() as reader:
        occupancy = reader.occupancy(LOG)
        assert (occupancy.people, occupancy.lists, occupancy.gates) == (1, {LIST: 1}, {"north": 1})
        assert [one.ticket for one in reader.guests(LOG) if one.testmode] == ["t8", "t9"]
        assert [one.testmode for one in reader.search(LOG, "secret-t9", LIST).hits] == [True]
        assert reader.orders_by_code(LOG, ["O9"])["O9"].testmode
        assert reader.test_orders(LOG) == 1
    write(event, Draft(Kind.EVENT_DEFINED, LOG, {"testmode": True}))
    assert (figures(event), figures(event, "dinner-door").expected) == (Figures(3, 3, 4), 1)
    with event.reader() as reader:
        assert reader.occupancy(LOG).people == 2


def test_the_stamp_decides_who_is_inside_not_a_clock_that_was_wrong(event: Store) -> None:
    write(event, order("o1"), ticket("t1"))
    write(event, leaving("t1", "2026-06-10T12:00:00Z"), entry("t1", "2026-06-10T11:00:00.5Z"))
    assert figures(event) == Figures(1, 1, 1)


def test_an_undo_counts_nobody(event: Store) -> None:
    write(event, order("o1"), ticket("t1"))
    [first] = write(event, entry("t1"))
    write(event, undoing("t1", first))
    assert figures(event) == Figures(0, 0, 1)
    with event.reader() as reader:
        assert reader.admission(LOG, first) is None
        assert reader.recent(LOG, LIST) == []


def test_expected_are_those_who_may_come(event: Store) -> None:
    write(event, *guests(5))
    assert figures(event).expected == 5
    write(event, Draft(Kind.ORDER_CHANGED, "o0", {"status": "canceled"}))
    write(event, Draft(Kind.ORDER_CHANGED, "o1", {"status": "pending"}))
    write(event, Draft(Kind.TICKET_CHANGED, "t2", {"canceled": True}))
    assert figures(event).expected == 2
    write(event, Draft(Kind.ORDER_CHANGED, "o1", {"valid_if_pending": True}))
    assert figures(event).expected == 3
    write(event, Draft(Kind.TICKET_CHANGED, "t3", {"product": "dinner"}))
    assert (figures(event).expected, figures(event, "dinner-door").expected) == (3, 1)
    with event.reader() as reader:
        assert reader.guest_count(LOG) == 5


def test_a_list_for_one_session_expects_its_guests_alone(event: Store) -> None:
    write(event, Draft(Kind.LIST_DEFINED, "day-door", {"name": "Day 1", "session": "day1"}))
    write(event, order("o1"), ticket("t1", session="day1"), ticket("t2"))
    assert figures(event, "day-door").expected == 1


def test_figures_of_an_unknown_list_are_noughts(event: Store) -> None:
    assert figures(event, "nowhere") == Figures()


def test_guests_come_page_by_page_each_once(event: Store) -> None:
    write(event, *guests(25))
    write(event, ticket("t99", "o1", variation="vip", session="day1", seat="A1", notes="late"))
    pages: list[GuestRow] = []
    with event.reader() as reader:
        while page := reader.guests(LOG, pages[-1].ticket if pages else None, limit=10):
            pages += page
    assert sorted(row.ticket for row in pages) == sorted([f"t{n}" for n in range(25)] + ["t99"])
    last = pages[-1]
    assert (last.product, last.variation, last.session, last.seat) == ("Entry", "VIP", "Day 1", "A1")


def test_passes_of_all_lists_come_in_the_order_they_were_written(event: Store) -> None:
    write(event, *guests(3))
    ids = []
    for number in range(3):
        ids += write(event, entry(f"t{number}", gate="north"))
        ids += write(
            event, Draft(Kind.LEFT, f"t{number}", {"list": "dinner-door", "at": "2026-06-10T10:00:00Z"})
        )
    rows: list[AdmissionRow] = []
    with event.reader() as reader:
        while page := reader.admissions(LOG, rows[-1].order if rows else None, limit=2):
            rows += page
    assert [row.admission for row in rows] == ids
    assert (rows[0].list, rows[0].gate, rows[0].name) == ("Main door", "North", "Guest Number0")
    assert rows[1].direction is Direction.EXIT


def test_recent_passes_come_newest_first(event: Store) -> None:
    write(event, *guests(3))
    ids = write(event, entry("t0"), entry("t1"), entry("t2"))
    with event.reader() as reader:
        assert [row.admission for row in reader.recent(LOG, LIST, limit=2)] == ids[:0:-1]


def test_the_catalogue_leaves_out_what_was_removed(event: Store) -> None:
    write(event, Draft(Kind.PRODUCT_DEFINED, "dinner", {"removed": True}))
    with event.reader() as reader:
        catalogue = reader.catalogue(LOG)
        assert [one.id for one in reader.events()] == [LOG]
    assert list(catalogue.products) == ["entry"]
    assert catalogue.products["entry"].variations[0].name == "VIP"
    assert catalogue.gates["north"].name == "North"


def test_an_event_that_is_not_there_is_told(store: Store) -> None:
    with store.reader() as reader, pytest.raises(BadInput, match="no event"):
        reader.catalogue("nowhere")


def test_badges_printed_anywhere_are_counted(event: Store) -> None:
    write(event, order("o1"), ticket("t1"))
    printed = {"job": "j1", "printer": "p", "copy": 0}
    write(
        event,
        Draft(Kind.BADGE_PRINTED, "t1", printed),
        Draft(Kind.BADGE_PRINTED, "t1", {**printed, "copy": 1}),
    )
    with event.reader() as reader:
        assert reader.badges_printed(LOG, "t1") == 2


def test_search_finds_new_and_changed_guests_and_forgets_old_names(event: Store) -> None:
    write(event, *guests(3), entry("t1"))
    with event.reader() as reader:
        hit = reader.search(LOG, "number1", LIST).hits[0]
    assert (hit.ticket, hit.order_code, hit.product, hit.used, hit.inside) == (
        "t1",
        "O1",
        "Entry",
        True,
        True,
    )
    write(event, Draft(Kind.TICKET_CHANGED, "t1", {"name": "Zoë Ångström"}))
    write(event, Draft(Kind.ORDER_CHANGED, "o2", {"company": "Initech"}))
    with event.reader() as reader:
        assert [one.ticket for one in reader.search(LOG, "zoe angstrom").hits] == ["t1"]
        assert [one.ticket for one in reader.search(LOG, "initech").hits] == ["t2"]
        assert "t1" not in [one.ticket for one in reader.search(LOG, "number1").hits]
