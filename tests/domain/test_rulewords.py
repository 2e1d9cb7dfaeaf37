"""A refused rule is told by the nearest way through it, in local time, with what would help."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.domain.rules import DoorKnowledge
from eventdesk.domain.rulewords import explain
from eventdesk.domain.tickets import Ticket
from tests.domain.builders import CATALOGUE, DOOR, SCAN, TICKET, at, passed

ONCE = replace(TICKET, admissions=(passed(at(11, 30)),))


def before(clock: str) -> dict[str, Any]:
    return {"isBefore": [{"var": "now"}, {"buildTime": ["customtime", clock]}]}


def after(clock: str) -> dict[str, Any]:
    return {"isAfter": [{"var": "now"}, {"buildTime": ["customtime", clock]}]}


def only(kind: str, id_: str) -> dict[str, Any]:
    return {"inList": [{"var": kind}, {"objectList": [{"lookup": [kind, id_, id_]}]}]}


def limit(name: str, operator: str, number: object) -> dict[str, Any]:
    return {operator: [{"var": name}, number]}


def told(rules: dict[str, Any], ticket: Ticket = TICKET, **scan: Any) -> tuple[str, str]:
    known = DoorKnowledge(ticket, DOOR, replace(SCAN, **scan), CATALOGUE)
    assert not known.logic().apply(rules, known)
    explanation, remedy = explain(rules, known, CATALOGUE)
    return str(explanation), str(remedy)


@pytest.mark.parametrize(
    ("rules", "explanation"),
    [
        (before("11:00"), "Only admitted before 11:00."),
        (after("13:00"), "Only admitted after 13:00."),
        (only("product", "child"), "Not for this kind of ticket: Adult."),
        (only("gate", "north"), "Only admitted at North gate; this desk stands at no gate."),
        (limit("now_isoweekday", "==", 4), "Only admitted on a Thursday; today is a Wednesday."),
        (limit("now_isoweekday", "<", 3), "Not admitted on a Wednesday."),
        (limit("entries_number", "<", 1), "Entries: 1 of 1, the last at 11:30."),
        (limit("entries_today", "<=", 0), "Entries today: 1 of 1, the last at 11:30."),
        (limit("entries_days", ">", 1), "Days with an entry: 1; required: > 1."),
        (
            limit("minutes_since_last_entry", ">", 60),
            "Entered at 11:30, 30 minutes ago; 60 minutes must pass.",
        ),
        (
            limit("minutes_since_first_entry", "<", 15),
            "First entered at 11:30; re-entry is open for 15 minutes.",
        ),
        (limit("entry_status", "==", "absent"), "The guest is inside already, since 11:30."),
        (limit("entries_number", "<", "x"), "A rule compares entries_number with 'x', which is no number."),
        (
            {"<": [{"entries_since": [{"buildTime": ["customtime", "06:00"]}]}, 1]},
            "Entries since 06:00: 1 of 1, the last at 11:30.",
        ),
        ({">": [1, {"var": "entries_number"}]}, "Entries: 1 of 1, the last at 11:30."),
        ({"and": [False]}, "The rules of this list refuse the ticket."),
        ({"or": []}, "The rules of this list refuse the ticket."),
    ],
)
def test_each_comparison_has_its_words(rules: dict[str, Any], explanation: str) -> None:
    assert told(rules, ONCE)[0] == explanation


def test_a_time_of_another_day_has_its_date() -> None:
    rules = {"isAfter": [{"var": "now"}, {"buildTime": ["custom", "2026-06-12T09:00:00+02:00"]}]}
    assert told(rules) == (
        "Only admitted after 2026-06-12 09:00.",
        "Ask the guest to come back after 2026-06-12 09:00.",
    )


def test_a_tolerance_is_part_of_the_time() -> None:
    rules = {"isAfter": [{"var": "now"}, {"buildTime": ["customtime", "13:00"]}, 15]}
    assert told(rules)[0] == "Only admitted after 12:45."


def test_of_several_ways_the_nearest_to_the_guest_is_told() -> None:
    windows = {"or": [{"and": [only("product", "child"), after("10:00")]}, before("11:00")]}
    assert told(windows)[0] == "Only admitted before 11:00."
    hours = {"or": [{"and": [after("08:00"), before("10:00")]}, {"and": [after("12:30"), before("14:00")]}]}
    assert told(hours)[0] == "Only admitted after 12:30."


def test_all_that_fails_on_the_way_is_told() -> None:
    rules = {"and": [only("gate", "north"), after("13:00"), only("product", "adult")]}
    assert told(rules, gate="south") == (
        "Only admitted at North gate; this is South gate. Only admitted after 13:00.",
        "Send the guest to North gate.",
    )


def test_the_question_whether_there_was_an_entry_at_all_is_not_told() -> None:
    rules = {"or": [limit("minutes_since_last_entry", "<=", -1), limit("minutes_since_last_entry", ">", 60)]}
    assert told(rules, ONCE) == (
        "Entered at 11:30, 30 minutes ago; 60 minutes must pass.",
        "Ask the guest to come back after 12:30.",
    )


def test_a_count_is_told_rather_than_whether_there_was_an_entry() -> None:
    rules = {"or": [limit("minutes_since_last_entry", "<=", -1), limit("entries_number", "<", 1)]}
    assert told(rules, ONCE)[0] == "Entries: 1 of 1, the last at 11:30."


def test_sentences_within_sentences_are_translated() -> None:
    rules = limit("now_isoweekday", "==", 4)
    known = DoorKnowledge(TICKET, DOOR, SCAN, CATALOGUE)
    explanation, _remedy = explain(rules, known, CATALOGUE)
    german = {
        "Only admitted on a {day}; today is a {today}.": "Nur am {day}; heute ist {today}.",
        "Thursday": "Donnerstag",
        "Wednesday": "Mittwoch",
    }
    assert explanation.translated(german.__getitem__) == "Nur am Donnerstag; heute ist Mittwoch."
