"""Who is inside, by list, gate and area, and how many people that are."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.catalogue import Gate
from eventdesk.domain.occupancy import Inside, Occupancy, inside_of, occupancy, person_of
from eventdesk.domain.tickets import Admission, Direction
from tests.domain.builders import NOON, TICKET

GATES = {"n": Gate("n", "North", "east wing"), "s": Gate("s", "South", "east wing"), "w": Gate("w", "West")}


def entry(number: int, list_: str = "door", gate: str = "", ticket: str = "t", **members: Any) -> Admission:
    plain = Admission(f"p{number}", ticket, list_, Direction.ENTRY, NOON, f"{number:04}", gate=gate)
    return replace(plain, **members)


def left(number: int, list_: str = "door", ticket: str = "t") -> Admission:
    return entry(number, list_, ticket=ticket, direction=Direction.EXIT)


def test_a_person_is_where_the_latest_entry_led_that_was_not_left() -> None:
    assert inside_of([entry(1, gate="n")]) == Inside(frozenset({"door"}), "n")
    assert inside_of([entry(1, gate="n"), left(2)]) == Inside()
    assert inside_of([entry(1, gate="n"), entry(2, "hall", "w")]) == Inside(frozenset({"door", "hall"}), "w")
    assert inside_of([entry(1, gate="n"), entry(2, "hall", "w"), left(3, "hall")]).gate == "n"
    assert not inside_of([])


def test_stamps_count_not_clocks() -> None:
    assert not inside_of([entry(1), replace(left(2), at=NOON.replace(hour=1))])


def test_a_ticket_and_its_add_ons_are_one_person() -> None:
    addon = replace(TICKET, id="addon", addon_to="ticket")
    assert person_of(TICKET) == person_of(addon) == "ticket"
    assert inside_of([entry(1), entry(2, "workshop", ticket="addon"), left(3)]).lists == {"workshop"}


def test_sums_by_list_gate_and_area() -> None:
    found = occupancy(
        {
            "a": [entry(1, gate="n")],
            "b": [entry(2, gate="s"), entry(3, "hall", "w")],
            "c": [entry(4, gate="s")],
            "d": [entry(5)],
            "e": [entry(6, gate="gone"), left(7)],
        },
        GATES,
    )
    assert found == Occupancy(
        4, {"door": 4, "hall": 1}, {"n": 1, "w": 1, "s": 1, "": 1}, {"east wing": 2, "": 2}
    )


_pass = st.tuples(
    st.sampled_from(Direction), st.sampled_from(["door", "hall"]), st.sampled_from(["", "n", "s", "w", "x"])
)
_people = st.dictionaries(st.sampled_from("abcdef"), st.lists(_pass, max_size=6), max_size=6)


@given(_people, st.randoms(use_true_random=False))
def test_gates_and_areas_sum_up_to_the_people_in_any_order_of_arrival(people: Any, random: Any) -> None:
    passes = {
        person: [
            entry(n, list_, gate, direction=direction) for n, (direction, list_, gate) in enumerate(drawn)
        ]
        for person, drawn in people.items()
    }
    found = occupancy(passes, GATES)
    assert sum(found.gates.values()) == sum(found.areas.values()) == found.people <= len(people)
    assert all(number <= found.people for number in found.lists.values())
    for one in passes.values():
        random.shuffle(one)
    assert occupancy(passes, GATES) == found
