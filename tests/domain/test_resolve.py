"""Which ticket a code means, where it may mean several."""

from dataclasses import replace
from typing import Any

from eventdesk.domain.resolve import Candidate, Doorway, candidates, choose
from eventdesk.domain.tickets import Ticket, Via
from tests.domain.builders import CATALOGUE, DOOR, NOON, TICKET, at, held_up

HERE = Doorway(held_up(), DOOR, CATALOGUE)


def ticket(id_: str, **members: Any) -> Ticket:
    return replace(TICKET, id=id_, **members)


def chosen(*tickets: Ticket) -> str | None:
    found = choose([Candidate(one, HERE) for one in tickets], NOON)
    return found.ticket.id if found else None


def test_the_one_valid_at_the_instant_is_taken() -> None:
    ending, beginning = ticket("ending", valid_until=NOON), ticket("beginning", valid_from=NOON)
    assert chosen(ending, beginning) == "beginning"


def test_of_none_valid_now_the_next_one_is_taken() -> None:
    soon, later = ticket("soon", valid_from=at(13)), ticket("later", valid_from=at(14))
    over = ticket("over", valid_until=at(11))
    assert chosen(over, later, soon) == "soon"


def test_of_none_to_come_the_last_one_is_taken() -> None:
    long_over, over = ticket("long over", valid_until=at(9)), ticket("over", valid_until=at(11))
    assert chosen(long_over, over) == "over"


def test_of_none_that_belongs_the_first_is_taken() -> None:
    elsewhere = replace(DOOR, all_products=False)
    doorway = Doorway(held_up(), elsewhere, CATALOGUE)
    found = choose([Candidate(ticket("first"), doorway), Candidate(ticket("second"), doorway)], NOON)
    assert found is not None
    assert found.ticket.id == "first"


def test_two_that_both_may_pass_stay_ambiguous() -> None:
    assert chosen(ticket("one"), ticket("other")) is None


def test_a_ticket_s_own_code_counts_before_a_medium_s() -> None:
    medium = Doorway(held_up(ticket("worn"), via=Via.MEDIUM), DOOR, CATALOGUE)
    revoked = Doorway(held_up(ticket("old"), via=Via.REVOKED), DOOR, CATALOGUE)
    assert [one.ticket.id for one in candidates([revoked, medium, HERE], force=True)] == ["ticket"]
    assert [one.ticket.id for one in candidates([revoked, medium], force=True)] == ["worn"]
    assert [one.ticket.id for one in candidates([revoked], force=True)] == ["old"]
    assert candidates([revoked], force=False) == []
