"""What a node asks about facts, answered for tickets."""

import timeit
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from eventdesk.domain.claims import claim_key, claimed_list
from eventdesk.domain.facts import Kind
from eventdesk.storage import log
from eventdesk.storage.meaning import TicketMeaning
from sync.chain import GENESIS, Record
from sync.meaning import Counter, Erasure, Meaning, Member, Use
from tests.domain.builders import DOOR
from tests.domain.test_readable import GOOD

AT = "2026-06-10T10:00:00Z"
MEANING: Meaning = TicketMeaning()
DESK = frozenset({"door"})


def record(
    kind: str, payload: Any = None, *, subject: str = "ticket", id_: str = "f", wall: int = 1, desk: str = "A"
) -> Record:
    raw = payload if isinstance(payload, bytes) else log.encode(payload or {})
    stamp = f"{wall:012x}-0000-{desk}"
    return Record(id_, "event", kind, subject, stamp, desk, wall, raw, b"", GENESIS, GENESIS, GENESIS)


def admitted(id_: str, wall: int, desk: str = "A", list_: str = "door", **members: Any) -> Record:
    payload = {"list": list_, "at": AT, **members}
    return record(Kind.ADMITTED, payload, id_=id_, wall=wall, desk=desk)


def left(id_: str, wall: int, list_: str = "door") -> Record:
    return record(Kind.LEFT, {"list": list_, "at": AT}, id_=id_, wall=wall)


def undone(id_: str, wall: int, admission: str) -> Record:
    return record(Kind.ADMISSION_UNDONE, {"admission": admission, "reason": "x"}, id_=id_, wall=wall)


@pytest.mark.parametrize(("kind", "payload"), GOOD)
def test_good_facts_are_readable_and_organizers_may_write_them(kind: Kind, payload: Any) -> None:
    one = record(kind, payload, subject="ab")
    assert MEANING.unreadable(one) == ""
    assert MEANING.may_write(one, {"organizer"})
    assert MEANING.may_write(one, {"hub"}) == (kind == Kind.ERASURE_CONFIRMED)


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff", b'"text"', b"[]", b"null", b"[" * 100_000])
@pytest.mark.parametrize("kind", Kind)
def test_what_cannot_be_read_is_said_in_words_and_means_nothing(kind: Kind, payload: bytes) -> None:
    one = record(kind, payload)
    assert MEANING.unreadable(one)
    assert MEANING.actors(one) == ()
    assert MEANING.holder("entry/door/ticket", [one]) is None


def test_a_guest_s_data_is_not_repeated_in_the_words() -> None:
    one = record(Kind.TICKET_CHANGED, {"name": {"given": "Ada"}})
    assert MEANING.unreadable(one) == "`name` must be a text"


def test_a_kind_of_a_newer_version_is_readable_and_needs_an_organizer() -> None:
    for payload in ({"anything": 1}, b"no JSON at all"):
        one = record("hologram_shown", payload)
        assert MEANING.unreadable(one) == ""
        assert not MEANING.may_write(one, {"door", "box_office", "supervisor"})
        assert MEANING.may_write(one, {"organizer"})


def test_rights_follow_from_the_payload() -> None:
    assert MEANING.may_write(admitted("f", 1), {"door"})
    assert not MEANING.may_write(admitted("f", 1, forced=True), {"door"})
    assert MEANING.may_write(admitted("f", 1, forced=True), {"door", "supervisor"})


def test_who_wrote_it() -> None:
    assert MEANING.actors(admitted("f", 1, by="eve")) == ("eve",)
    assert MEANING.actors(admitted("f", 1)) == ()


def test_staff_become_members() -> None:
    one = record(Kind.STAFF_DEFINED, {"name": "Eve", "roles": ["door", "supervisor"]}, subject="eve")
    assert MEANING.member(one) == Member("eve", frozenset({"door", "supervisor"}))
    gone = record(Kind.STAFF_DEFINED, {"name": "Eve", "roles": ["door"], "removed": True}, subject="eve")
    assert MEANING.member(gone) == Member("eve", frozenset())
    assert MEANING.member(admitted("f", 1)) is None


def test_quotas_become_counters() -> None:
    def counter(payload: dict[str, Any]) -> Counter | None:
        return MEANING.counter(record(Kind.QUOTA_DEFINED, payload, subject="q"))

    assert counter({"name": "Seats", "size": 200}) == Counter("q", 200)
    assert counter({"name": "Seats", "size": None}) == Counter("q", None)
    assert counter({"name": "Seats", "size": 200, "removed": True}) == Counter("q", 0)
    assert counter({"name": "Stalls"}) is None
    assert MEANING.uses(record(Kind.QUOTA_USED, {"number": 3}, subject="q")) == (Use("q", 3),)
    assert MEANING.uses(record(Kind.QUOTA_FREED, {"number": 2}, subject="q")) == (Use("q", -2),)
    assert MEANING.uses(admitted("f", 1)) == ()


def test_erasures() -> None:
    one = record(Kind.GUEST_ERASED, {"tickets": ["t1", "t2"]}, subject="order")
    assert MEANING.erasure(one) == Erasure(frozenset({"order", "t1", "t2"}))
    assert MEANING.erasure(record(Kind.GUESTS_PURGED)) == Erasure(frozenset())
    assert MEANING.erasure(admitted("f", 1)) is None


def test_redaction_leaves_nobody_s_members() -> None:
    one = record(Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "name": "Ada"})
    left_over = MEANING.redacted(one)
    assert left_over == log.encode({"order": "o", "secret": "s", "product": "p"})
    assert MEANING.redacted(one._replace(payload=left_over)) is None
    assert MEANING.redacted(admitted("f", 1)) is None
    assert MEANING.redacted(record(Kind.TICKET_CHANGED, b"Ada {")) == b"{}"
    assert MEANING.redacted(record(Kind.TICKET_CHANGED, b"{}")) is None
    assert MEANING.redacted(record(Kind.TICKET_CHANGED, b"")._replace(payload=b"")) is None


@pytest.mark.parametrize(
    ("records", "entry", "once"),
    [
        ([], None, None),
        ([admitted("a", 1)], "a", "a"),
        ([admitted("a", 1, list_="hall")], None, None),
        ([admitted("a", 1), left("b", 2)], None, "a"),
        ([admitted("a", 1), left("b", 2), admitted("c", 3)], "c", "a"),
        ([admitted("a", 1), admitted("c", 3, "B")], "a", "a"),
        ([admitted("a", 1), undone("u", 2, "a")], None, None),
        ([admitted("a", 1), admitted("c", 3), undone("u", 4, "a")], "c", "c"),
        ([admitted("a", 1), left("b", 2), undone("u", 3, "b")], "a", "a"),
        ([admitted("a", 1, forced=True)], "a", "a"),
        ([admitted("a", 2), left("b", 1)], "a", "a"),
    ],
)
def test_who_holds_a_claim_in_whatever_order_the_facts_came(
    records: list[Record], entry: str | None, once: str | None
) -> None:
    for arrived in permutations(records):
        for prefix, expected in (("entry", entry), ("once", once)):
            found = MEANING.holder(f"{prefix}/door/ticket", arrived)
            assert (found.id if found else None) == expected
    assert MEANING.holder("entry/door/another", records) is None
    assert MEANING.holder("something else", records) is None


def test_claim_keys() -> None:
    assert claim_key(DOOR, "t") == "entry/door/t"
    assert claim_key(replace(DOOR, allow_entry_after_exit=False), "t") == "once/door/t"
    assert claim_key(replace(DOOR, allow_multiple_entries=True), "t") is None
    for list_id in ("a/b", "/", "entry/x", "ü"):
        key = claim_key(replace(DOOR, id=list_id), "t/1")
        assert key is not None
        assert claimed_list(key, "t/1") == list_id
    assert claimed_list("entry//t", "t") is None


def test_withheld_facts_hold_nothing() -> None:
    assert MEANING.holder("entry/door/ticket", [admitted("a", 1)._replace(redacted=2, payload=b"")]) is None


def test_a_core_looks_at_more_than_twenty_thousand_admissions_a_second() -> None:
    facts = [admitted(f"f{n}", n, gate="north", nonce=f"{n:032}") for n in range(1, 1000)]

    def look() -> None:
        for one in facts:
            MEANING.unreadable(one)
            MEANING.may_write(one, DESK)
            MEANING.actors(one)
            MEANING.member(one)
            MEANING.counter(one)
            MEANING.uses(one)
            MEANING.erasure(one)

    best = min(timeit.repeat(look, number=1, repeat=5)) / len(facts)
    assert best < 50e-6, f"{best * 1e6:.1f} µs a fact"
