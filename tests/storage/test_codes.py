"""From a code to its ticket."""

from typing import Any

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import Via
from eventdesk.storage.store import Store
from tests.storage.made import LOG, entry, order, setup, ticket


@pytest.fixture
def door(event: Store) -> Store:
    with event.transaction() as tx:
        tx.append(LOG, [order("o1"), ticket("t1"), ticket("t2")])
    return event


def write(store: Store, *drafts: Draft) -> None:
    with store.transaction() as tx:
        tx.append(LOG, drafts)


def via(store: Store, code: str) -> tuple[Via, str]:
    with store.reader() as reader:
        presented = reader.presented(LOG, code)
    return presented.via, presented.ticket.id if presented.ticket else ""


def test_a_secret_a_ticket_id_and_nothing(door: Store) -> None:
    assert via(door, "secret-t1") == (Via.SECRET, "t1")
    assert via(door, "t1") == (Via.TICKET_ID, "t1")
    assert via(door, "secret-t3") == (Via.NOTHING, "")
    assert via(door, "") == (Via.NOTHING, "")


def test_a_code_of_another_event_means_nothing(door: Store) -> None:
    with door.transaction() as tx:
        tx.append("other", setup("other"))
    with door.reader() as reader:
        assert reader.presented("other", "secret-t1").via is Via.NOTHING


def test_a_new_secret_replaces_the_old_one(door: Store) -> None:
    write(door, Draft(Kind.TICKET_CHANGED, "t1", {"secret": "new"}))
    assert via(door, "new") == (Via.SECRET, "t1")
    assert via(door, "secret-t1") == (Via.NOTHING, "")


def test_a_revoked_secret_says_so_until_it_is_issued_again(door: Store) -> None:
    write(door, Draft(Kind.SECRET_REVOKED, "t1", {"secret": "secret-t1"}))
    assert via(door, "secret-t1") == (Via.REVOKED, "t1")
    write(door, Draft(Kind.TICKET_CHANGED, "t1", {"secret": "new"}))
    assert via(door, "secret-t1") == (Via.REVOKED, "t1")
    write(door, Draft(Kind.TICKET_CHANGED, "t1", {"secret": "secret-t1"}))
    assert via(door, "secret-t1") == (Via.SECRET, "t1")


def test_a_secret_revoked_from_one_ticket_and_given_to_another_is_the_others(door: Store) -> None:
    write(
        door,
        Draft(Kind.SECRET_REVOKED, "t1", {"secret": "secret-t1"}),
        Draft(Kind.TICKET_CHANGED, "t2", {"secret": "secret-t1"}),
    )
    assert via(door, "secret-t1") == (Via.SECRET, "t2")


def test_a_medium_leads_to_its_tickets(door: Store) -> None:
    band = {"type": "barcode", "identifier": "W1", "tickets": ["t2", "t1"], "active": True}
    write(door, Draft(Kind.MEDIUM_LINKED, "band", band))
    with door.reader() as reader:
        presented = reader.presented(LOG, "W1")
    assert presented.via is Via.MEDIUM
    assert presented.medium_active
    assert presented.ticket is not None
    assert [presented.ticket.id, *(one.id for one in presented.others)] == ["t2", "t1"]


def test_a_blocked_medium_is_found_and_told_inactive(door: Store) -> None:
    band = {"type": "barcode", "identifier": "W1", "tickets": ["t1"], "active": True}
    write(door, Draft(Kind.MEDIUM_LINKED, "band", band), Draft(Kind.MEDIUM_LINKED, "band", {"active": False}))
    with door.reader() as reader:
        presented = reader.presented(LOG, "W1")
    assert (presented.via, presented.medium_active) == (Via.MEDIUM, False)


def test_a_main_ticket_bears_its_addons_and_an_addon_its_parent(door: Store) -> None:
    write(
        door,
        ticket("a2", addon_to="t1", product="dinner"),
        ticket("a1", addon_to="t1", product="dinner"),
        entry("a1"),
    )
    with door.reader() as reader:
        main, addon = reader.presented(LOG, "secret-t1"), reader.presented(LOG, "secret-a1")
    assert main.ticket is not None
    assert [one.id for one in main.ticket.addons] == ["a1", "a2"]
    assert [len(one.admissions) for one in main.ticket.addons] == [1, 0]
    assert addon.ticket is not None
    assert addon.ticket.id == "a1"
    assert addon.parent is not None
    assert addon.parent.id == "t1"


def test_a_ticket_shows_every_member(door: Store) -> None:
    members: dict[str, Any] = {
        "variation": "vip",
        "session": "day1",
        "email": "a@example.org",
        "company": "ACME",
        "notes": "wheelchair",
        "photo": "p.jpg",
        "seat": "A1",
        "blocked": True,
        "valid_from": "2026-06-10T10:00:00.25+02:00",
        "valid_until": "2026-06-11T08:00:00Z",
        "checkin_text": "Bring ID",
        "attention": True,
        "answers": {"q1": "yes"},
    }
    write(
        door, ticket("t9", **members), Draft(Kind.QUESTION_ANSWERED, "t9", {"question": "q2", "answer": "no"})
    )
    with door.reader() as reader:
        found = reader.ticket(LOG, "t9")
    assert found is not None
    shown = {name: getattr(found, name) for name in members if not name.startswith("valid")}
    assert shown == {**{k: v for k, v in members.items() if k in shown}, "answers": {"q1": "yes", "q2": "no"}}
    assert found.valid_from is not None
    assert found.valid_from.isoformat() == "2026-06-10T08:00:00.250000+00:00"
    assert found.order.code == "O1"
    assert not found.canceled
