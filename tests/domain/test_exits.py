"""Everyone is checked out at the list's hour."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from eventdesk.domain.exits import exits, next_exit_of_all
from eventdesk.domain.facts import Kind
from tests.domain.builders import DOOR, TICKET, at, left, passed

BERLIN = ZoneInfo("Europe/Berlin")


def test_only_who_is_still_inside_is_checked_out() -> None:
    inside = replace(TICKET, id="inside", admissions=(passed(at(10)), left(at(11)), passed(at(11, 30))))
    gone = replace(TICKET, id="gone", admissions=(passed(at(10)), left(at(11))))
    later = replace(TICKET, id="later", admissions=(passed(at(13)),))
    elsewhere = replace(TICKET, id="elsewhere", admissions=(passed(at(10), list="other"),))
    at_once = replace(TICKET, id="at once", admissions=(passed(at(11)), left(at(11))))
    just_now = replace(TICKET, id="just now", admissions=(passed(at(12)),))
    (fact,) = exits([inside, gone, later, elsewhere, at_once, just_now, TICKET], DOOR, at(12))
    assert (fact.kind, fact.subject) == (Kind.LEFT, "inside")
    assert fact.payload["at"] == "2026-06-10T10:00:00Z"


def test_who_has_entered_since_the_hour_stays_inside() -> None:
    again = replace(TICKET, admissions=(passed(at(10)), passed(at(13))))
    assert exits([again], DOOR, at(12)) == []


def test_an_exit_counts_even_where_its_clock_was_behind() -> None:
    gone = replace(TICKET, admissions=(passed(at(10), order="1"), left(at(9, 50), order="2")))
    assert exits([gone], DOOR, at(12)) == []


def test_the_next_time_is_the_same_hour_tomorrow() -> None:
    assert next_exit_of_all(at(3), BERLIN) == at(3, day=11)


def test_an_hour_that_the_clocks_skip_moves_on() -> None:
    # On 29 March 2026 the clocks in Berlin go from 02:00 to 03:00.
    due = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)
    assert next_exit_of_all(due, BERLIN).astimezone(BERLIN).isoformat() == "2026-03-29T03:30:00+02:00"
