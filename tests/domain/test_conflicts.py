"""Conflicts follow from the facts alone: the same at every desk, ended by an undo or by a person's word."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.conflicts import Conflict, conflicts_of, conflicts_of_ticket
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import standing
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.tickets import Admission, Direction
from tests.domain.builders import DOOR, NOON

NO_WAY_BACK = replace(DOOR, allow_entry_after_exit=False)
AS_OFTEN_AS_WISHED = replace(DOOR, allow_multiple_entries=True)


def entry(number: int, desk: str = "A", **members: Any) -> Admission:
    plain = Admission(f"p{number}", "ticket", "door", Direction.ENTRY, NOON, f"{number:04}", desk)
    return replace(plain, **members)


def left(number: int, desk: str = "A") -> Admission:
    return entry(number, desk, direction=Direction.EXIT)


def pairs(found: tuple[Conflict, ...]) -> list[tuple[str, str]]:
    return [(one.first.id, one.second.id) for one in found]


def settled(conflict: str, word: str, wall: int, by: str = "eve") -> Fact:
    payload = {"conflict": conflict, "word": word, "by": by}
    return Fact(f"s{wall}", "event", Kind.CONFLICT_SETTLED, "ticket", Stamp(wall, 0, "C"), 1, payload)


@pytest.mark.parametrize(
    ("passes", "check_in_list", "expected"),
    [
        ([entry(1), entry(2, "B")], DOOR, [("p1", "p2")]),
        ([entry(1), entry(2, "B")], None, [("p1", "p2")]),
        ([entry(1), entry(2, "B")], NO_WAY_BACK, [("p1", "p2")]),
        ([entry(1), entry(2, "B")], AS_OFTEN_AS_WISHED, []),
        ([entry(1), entry(2)], DOOR, []),
        ([entry(1), left(2), entry(3, "B")], DOOR, []),
        ([entry(1), left(2), entry(3, "B")], None, []),
        ([entry(1), left(2), entry(3, "B")], NO_WAY_BACK, [("p1", "p3")]),
        ([entry(1), left(2), entry(3)], NO_WAY_BACK, []),
        ([entry(1), entry(2, "B"), left(3)], DOOR, [("p1", "p2")]),
        ([entry(1, forced=True), entry(2, "B")], DOOR, []),
        ([entry(1), entry(2, "B", forced=True)], DOOR, []),
        ([entry(1), entry(2, forced=True), entry(3, "B")], DOOR, [("p1", "p3")]),
        ([entry(1), entry(2, "B"), entry(3, "C")], DOOR, [("p1", "p2"), ("p2", "p3")]),
        ([left(1), entry(2, "B")], DOOR, []),
        ([], DOOR, []),
    ],
)
def test_which_passes_are_in_conflict(
    passes: list[Admission], check_in_list: CheckInList | None, expected: list[tuple[str, str]]
) -> None:
    assert pairs(conflicts_of(passes, check_in_list)) == expected


def test_the_stamp_counts_not_the_clock() -> None:
    clock_behind = replace(left(2), at=NOON.replace(hour=1))
    assert conflicts_of([entry(1), clock_behind, entry(3, "B")], DOOR) == ()


def test_the_id_is_the_documented_digest_whichever_pass_came_first() -> None:
    expected = sha256(b"door\np1\np2\n").hexdigest()[:32]
    (one,) = conflicts_of([entry(1), entry(2, "B")], DOOR)
    (other,) = conflicts_of([entry(1, order="9"), entry(2, "B", order="8")], DOOR)
    assert one.id == other.id == expected
    assert (other.first.id, other.second.id) == ("p2", "p1")


def test_lists_are_judged_one_by_one() -> None:
    passes = [entry(1), entry(2, "B", list="hall"), entry(3, "C", list="hall")]
    lists = {"door": DOOR, "hall": replace(DOOR, id="hall")}
    assert pairs(conflicts_of_ticket(passes, lists)) == [("p2", "p3")]
    assert conflicts_of_ticket(passes, {"hall": AS_OFTEN_AS_WISHED}) == ()


def test_the_latest_word_counts_and_a_word_on_another_conflict_does_not() -> None:
    passes = [entry(1), entry(2, "B")]
    (one,) = conflicts_of(passes, DOOR)
    words = [settled(one.id, "twins", 9, "ada"), settled(one.id, "same person", 5), settled("x", "no", 99)]
    (found,) = conflicts_of(passes, DOOR, words)
    assert (found.word, found.settled_by) == ("twins", "ada")


histories = st.lists(
    st.tuples(
        st.sampled_from(["admitted", "admitted", "left", "undo"]),
        st.integers(1, 6),
        st.sampled_from("ABC"),
        st.booleans(),
        st.integers(0, 8),
    ),
    max_size=9,
)


def facts_of(history: list[tuple[str, int, str, bool, int]]) -> list[Fact]:
    facts = []
    for number, (what, wall, desk, forced, named) in enumerate(history):
        kind: Kind = Kind.ADMISSION_UNDONE
        payload: dict[str, Any] = {"admission": f"f{named}", "reason": "mistake"}
        if what != "undo":
            kind = Kind(what)
            payload = {"list": "door", "at": "2026-06-10T10:00:00Z", "forced": forced and number % 3 == 0}
        facts.append(Fact(f"f{number}", "event", kind, "ticket", Stamp(wall, 0, desk), number, payload))
    return facts


lists = st.sampled_from([DOOR, NO_WAY_BACK, AS_OFTEN_AS_WISHED, None])


@given(histories, lists, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(history: Any, check_in_list: Any, random: Any) -> None:
    facts = facts_of(history)
    found = conflicts_of(standing(facts), check_in_list)
    words = [settled(one.id, f"word {n}", n + 1) for n, one in enumerate(found)] * 2
    told = conflicts_of(standing(facts), check_in_list, words)
    assert all(one.word for one in told)
    random.shuffle(facts)
    random.shuffle(words)
    assert conflicts_of(reversed(standing(facts)), check_in_list, words) == told


@given(histories, lists)
def test_undoing_either_pass_ends_its_conflicts_and_leaves_the_words_on_others(
    history: Any, check_in_list: Any
) -> None:
    facts = facts_of(history)
    for conflict in conflicts_of(standing(facts), check_in_list):
        words = [settled(conflict.id, "looked into", 1)]
        for gone in (conflict.first.id, conflict.second.id):
            undone = Fact(
                "u", "event", Kind.ADMISSION_UNDONE, "ticket", Stamp(9, 0, "A"), 99, {"admission": gone}
            )
            after = conflicts_of(standing([*facts, undone]), check_in_list, words)
            assert all(gone not in (one.first.id, one.second.id) for one in after)
            assert not any(one.word for one in after)


@given(histories, histories, lists)
def test_a_word_stays_while_the_conflict_stands(before: Any, later: Any, check_in_list: Any) -> None:
    facts = facts_of(before)
    words = [settled(one.id, "settled", 1) for one in conflicts_of(standing(facts), check_in_list)]
    more = [replace(fact, id=f"later {fact.id}") for fact in facts_of(later)]
    known = {word.payload["conflict"] for word in words}
    for one in conflicts_of(standing([*facts, *more]), check_in_list, words):
        assert (one.word == "settled") == (one.id in known)


@given(histories)
def test_a_conflict_is_two_unforced_entries_of_different_desks(history: Any) -> None:
    for one in conflicts_of(standing(facts_of(history)), DOOR):
        assert one.first.desk != one.second.desk
        assert not any(half.forced for half in (one.first, one.second))
        assert (one.first.order, one.first.id) < (one.second.order, one.second.id)
