"""State is the fold of facts by stamp; the order of arrival and repeats do not matter."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import TicketState, fold_order, fold_ticket, merged
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.tickets import OrderStatus
from tests.domain.builders import ORDER


def fact(kind: Kind, wall: int, id_: str = "", desk: str = "desk1", **payload: Any) -> Fact:
    return Fact(id_ or f"{kind} {wall} {desk}", "event", kind, "t", Stamp(wall, 0, desk), 1, payload)


ISSUED = fact(Kind.TICKET_ISSUED, 1, order="o", secret="s1", product="a", name="Ada", answers={"q1": "x"})
ENTERED = fact(Kind.ADMITTED, 5, "e1", list="door", at="2026-06-10T10:00:00Z")


def test_the_later_stamp_wins_for_each_member() -> None:
    changed = fact(Kind.TICKET_CHANGED, 3, name="Bea", seat="A1")
    changed_before = fact(Kind.TICKET_CHANGED, 2, name="Cem", blocked=True)
    members = fold_ticket([changed, changed_before, ISSUED]).members
    assert (members["name"], members["seat"], members["blocked"]) == ("Bea", "A1", True)


def test_a_tie_of_stamps_is_broken_by_the_desk() -> None:
    one = fact(Kind.TICKET_CHANGED, 3, desk="desk1", name="One")
    two = fact(Kind.TICKET_CHANGED, 3, desk="desk2", name="Two")
    assert fold_ticket([two, ISSUED, one]).members["name"] == "Two"


def test_null_clears_a_member() -> None:
    cleared = fact(Kind.TICKET_CHANGED, 2, valid_until=None)
    issued = fact(
        Kind.TICKET_ISSUED, 1, order="o", secret="s", product="a", valid_until="2026-06-10T10:00:00Z"
    )
    assert fold_ticket([issued, cleared]).ticket("t", ORDER).valid_until is None


def test_answers_are_kept_question_by_question() -> None:
    answered = fact(Kind.QUESTION_ANSWERED, 2, question="q2", answer="y")
    imported_again = fact(Kind.TICKET_CHANGED, 3, answers={"q1": "z"})
    taken_away = fact(Kind.QUESTION_ANSWERED, 4, question="q1", answer="")
    assert fold_ticket([ISSUED, answered, imported_again]).members["answers"] == {"q1": "z", "q2": "y"}
    assert fold_ticket([ISSUED, answered, taken_away]).members["answers"] == {"q2": "y"}


def test_a_code_is_revoked_until_it_is_issued_again() -> None:
    revoked = fact(Kind.SECRET_REVOKED, 2, secret="s1")
    replaced = fact(Kind.TICKET_CHANGED, 3, secret="s2")
    back = fact(Kind.TICKET_CHANGED, 4, secret="s1")
    assert fold_ticket([ISSUED, revoked, replaced]).revoked == {"s1"}
    assert fold_ticket([ISSUED, revoked, replaced, back]).revoked == frozenset()


def test_an_undo_annuls_its_pass_even_where_it_arrives_first() -> None:
    undone = fact(Kind.ADMISSION_UNDONE, 4, admission="e1", reason="wrong guest")
    assert fold_ticket([undone, ISSUED, ENTERED]).admissions == ()
    assert len(fold_ticket([ISSUED, ENTERED]).admissions) == 1


def test_passes_stand_in_stamp_order_even_where_a_clock_was_wrong() -> None:
    clock_behind = fact(Kind.LEFT, 9, "x1", list="door", at="2026-06-10T09:00:00Z")
    assert [a.id for a in fold_ticket([clock_behind, ISSUED, ENTERED]).admissions] == ["e1", "x1"]


def test_facts_that_came_before_the_ticket_wait_for_it() -> None:
    state = fold_ticket([ENTERED])
    assert not state.issued
    assert len(state.admissions) == 1


def test_an_order_and_a_list_are_merged_the_same_way() -> None:
    placed = fact(Kind.ORDER_PLACED, 1, code="ABC", status="pending")
    paid = fact(Kind.ORDER_CHANGED, 2, status="paid")
    assert fold_order("o", [paid, placed]).status is OrderStatus.PAID
    assert merged([paid, placed]) == {"code": "ABC", "status": "paid"}


members = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Ada", "Bea"]),
        "secret": st.sampled_from(["s1", "s2", "s3"]),
        "blocked": st.booleans(),
        "answers": st.dictionaries(st.sampled_from(["q1", "q2"]), st.sampled_from(["", "x", "y"])),
    },
)
scans = st.fixed_dictionaries(
    {"list": st.just("door"), "at": st.integers(10, 20).map(lambda hour: f"2026-06-10T{hour}:00:00Z")}
)
kinds: st.SearchStrategy[tuple[Kind, dict[str, Any]]] = st.one_of(
    st.tuples(st.just(Kind.TICKET_ISSUED), members),
    st.tuples(st.just(Kind.TICKET_CHANGED), members),
    st.tuples(st.just(Kind.SECRET_REVOKED), st.fixed_dictionaries({"secret": st.sampled_from(["s1", "s2"])})),
    st.tuples(st.just(Kind.ADMITTED), scans),
    st.tuples(st.just(Kind.LEFT), scans),
    st.tuples(
        st.just(Kind.ADMISSION_UNDONE),
        st.fixed_dictionaries({"admission": st.integers(0, 9).map(str), "reason": st.just("")}),
    ),
    st.tuples(
        st.just(Kind.QUESTION_ANSWERED),
        st.fixed_dictionaries(
            {"question": st.sampled_from(["q1", "q2"]), "answer": st.sampled_from(["", "z"])}
        ),
    ),
)
histories = st.lists(st.tuples(kinds, st.integers(1, 4), st.sampled_from(["desk1", "desk2"])), max_size=10)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_repeats_do_not_matter(
    history: list[tuple[tuple[Kind, dict[str, Any]], int, str]], random: Any
) -> None:
    facts = [
        fact(kind, wall, str(number), desk, **payload)
        for number, ((kind, payload), wall, desk) in enumerate(history)
    ]
    expected: TicketState = fold_ticket(facts)
    arrived = facts + random.sample(facts, len(facts) // 2)
    random.shuffle(arrived)
    assert fold_ticket(arrived) == expected
