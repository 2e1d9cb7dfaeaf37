"""The best seats that are free: the front first, together, from the middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.till.seats import best, label, parts, place, seat_id, seats_of
from eventdesk.domain.till.setup import Row, SeatingPlan, Section
from tests.domain.till.hall import PLAN

ALL = list(seats_of(PLAN))


def short(seats: tuple[str, ...]) -> list[str]:
    return ["/".join(parts(seat)[2:]) for seat in seats]  # type: ignore[index]


def stalls(*names: str) -> set[str]:
    return {f"hall/s/{name}" for name in names}


@pytest.mark.parametrize(
    ("number", "taken", "found"),
    [
        (1, [], ["1/4"]),
        (2, [], ["1/4", "1/5"]),
        (3, [], ["1/3", "1/4", "1/5"]),
        (8, [], [f"1/{n}" for n in range(1, 9)]),
        (2, ["1/4"], ["1/5", "1/6"]),
        (3, ["1/4"], ["1/5", "1/6", "1/7"]),
        (3, ["1/4", "1/6"], ["1/1", "1/2", "1/3"]),
        (5, ["1/4"], ["2/2", "2/3", "2/4", "2/5", "2/6"]),
        (0, [], []),
        (-1, [], []),
    ],
)
def test_the_best_seats(number: int, taken: list[str], found: list[str]) -> None:
    assert short(best(PLAN, number, stalls(*taken))) == found


def test_more_than_a_row_are_dealt_over_few_rows() -> None:
    assert short(best(PLAN, 10, set())) == [f"1/{n}" for n in range(1, 9)] + ["2/1", "2/2"]
    assert best(PLAN, 28, set()) == ()
    assert len(best(PLAN, 27, set())) == 27
    assert short(best(PLAN, 2, set(), "b")) == ["1/1", "1/2"]
    assert best(PLAN, 4, set(), "b") == ()


def test_names_of_any_kind_make_ids_of_their_own() -> None:
    odd = SeatingPlan("p/1", "P", (Section("@", "Loge @", (Row("A/B", ("1%2F", "1/", "é 1")),)),))
    ids = list(seats_of(odd))
    assert [parts(seat) for seat in ids] == [
        ("p/1", "@", "A/B", "1%2F"),
        ("p/1", "@", "A/B", "1/"),
        ("p/1", "@", "A/B", "é 1"),
    ]
    assert parts(place(ids[0], "day@2")) == parts(ids[0])
    assert (label([odd], ids[1]), label([], ids[1]), label([PLAN], "somewhere")) == (
        "Loge @ A/B/1/",
        "@ A/B/1/",
        "somewhere",
    )
    assert place("hall/s/1/1") == "hall/s/1/1"


@given(st.lists(st.text(max_size=4), min_size=4, max_size=4), st.one_of(st.none(), st.text(min_size=1)))
def test_an_id_is_read_back(names: list[str], session: str | None) -> None:
    seat = seat_id(*names)
    assert parts(place(seat, session)) == tuple(names)


@given(st.integers(1, 30), st.sets(st.sampled_from(ALL)))
def test_free_seats_are_found_where_there_are_enough(number: int, taken: set[str]) -> None:
    found = best(PLAN, number, taken)
    assert len(found) == (number if len(ALL) - len(taken) >= number else 0)
    assert len(set(found)) == len(found)
    assert not set(found) & taken
