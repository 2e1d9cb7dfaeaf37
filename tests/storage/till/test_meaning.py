"""What a node asks about the till's facts: who may write them, what they count, who has a seat."""

from itertools import permutations
from typing import Any

import pytest

from eventdesk.domain.facts import Kind
from eventdesk.storage.meaning import TicketMeaning
from sync.chain import Record
from sync.meaning import Counter, Erasure, Meaning, Use
from tests.storage.test_meaning import record

MEANING: Meaning = TicketMeaning()
SEAT = "hall/stalls/1/2"


def test_who_approved_counts_beside_who_did_it() -> None:
    comp = record("sale_completed", {"lines": [{"comp": True}], "by": "ann", "approved": "eve"})
    assert MEANING.actors(comp) == ("ann", "eve")
    assert not MEANING.may_write(comp, {"box_office"})
    assert MEANING.may_write(comp, {"box_office", "supervisor"})
    assert MEANING.actors(record("cash_moved", {"approved": "eve"})) == ("eve",)
    staff = record(Kind.STAFF_DEFINED, {"roles": [], "by": "ann", "approved": "eve"})
    assert MEANING.actors(staff) == ()


@pytest.mark.parametrize(
    ("payload", "size"),
    [
        ({"percent": 1, "uses": 5}, 5),
        ({"amount": 1, "budget": 900}, 900),
        ({"price": 0}, None),
        ({"price": 0, "uses": None}, None),
        ({"percent": 1, "uses": 5, "removed": True}, 0),
    ],
)
def test_discounts_are_counters_of_their_limits(payload: dict[str, Any], size: int | None) -> None:
    one = record(Kind.DISCOUNT_DEFINED, {"name": "Early", **payload}, subject="early")
    assert MEANING.counter(one) == Counter("early", size)


def test_gift_cards_are_counters_of_their_money() -> None:
    members = {"code": "G", "amount": 5000, "currency": "EUR", "sale": "s"}
    assert MEANING.counter(record(Kind.GIFT_CARD_ISSUED, members, subject="g")) == Counter("g", 5000)


@pytest.mark.parametrize(
    ("kind", "payload", "number"),
    [
        (Kind.DISCOUNT_USED, {"number": 2, "sale": "s"}, 2),
        (Kind.DISCOUNT_RETURNED, {"number": 2, "sale": "s"}, -2),
        (Kind.GIFT_CARD_CHARGED, {"amount": 700, "payment": "p"}, 700),
        (Kind.GIFT_CARD_CREDITED, {"amount": 700, "payment": "p"}, -700),
    ],
)
def test_uses_of_discounts_and_gift_cards(kind: Kind, payload: dict[str, Any], number: int) -> None:
    assert MEANING.uses(record(kind, payload, subject="c")) == (Use("c", number),)


def taken(id_: str, wall: int, ticket: str) -> Record:
    return record(Kind.SEAT_TAKEN, {"ticket": ticket}, subject=SEAT, id_=id_, wall=wall)


def freed(id_: str, wall: int, ticket: str) -> Record:
    return record(Kind.SEAT_FREED, {"ticket": ticket}, subject=SEAT, id_=id_, wall=wall)


@pytest.mark.parametrize(
    ("records", "holder"),
    [
        ([], None),
        ([taken("a", 1, "t1")], "a"),
        ([taken("a", 1, "t1"), taken("b", 2, "t2")], "a"),
        ([taken("a", 1, "t1"), freed("b", 2, "t1")], None),
        ([taken("a", 1, "t1"), freed("b", 2, "t2")], "a"),
        ([freed("b", 1, "t1"), taken("a", 2, "t1")], "a"),
        ([taken("a", 1, "t1"), taken("b", 2, "t2"), freed("c", 3, "t1")], "b"),
        ([taken("a", 1, "t1"), freed("b", 2, "t1"), taken("c", 3, "t2")], "c"),
    ],
)
def test_who_has_a_seat_in_whatever_order_the_facts_came(records: list[Record], holder: str | None) -> None:
    for arrived in permutations(records):
        found = MEANING.holder(f"seat/{SEAT}", arrived)
        assert (found.id if found else None) == holder
        assert MEANING.holder("seat/hall/stalls/1/3", arrived) is None


def test_nothing_holds_a_refund() -> None:
    one = record(Kind.SALE_REVERSED, {"reason": "x"}, subject="s1")
    assert MEANING.holder("refund/s1", [one]) is None


def test_an_erasure_names_sales_too() -> None:
    one = record(Kind.GUEST_ERASED, {"tickets": ["t1"], "sales": ["s1"]}, subject="o1")
    assert MEANING.erasure(one) == Erasure(frozenset({"o1", "t1", "s1"}))
