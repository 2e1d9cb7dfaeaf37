"""The rules' variables and functions, evaluated at noon in Berlin on a Wednesday."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.domain.jsonlogic import RULE_FAULTS
from eventdesk.domain.rules import DoorKnowledge
from eventdesk.domain.tickets import Ticket
from tests.domain.builders import CATALOGUE, DOOR, NOON, SCAN, TICKET, at, left, passed

TODAY_TWICE = replace(
    TICKET,
    variation="red",
    admissions=(
        passed(at(23, 30, day=8)),
        left(at(23, 45, day=8)),
        passed(at(0, 10)),
        passed(at(11, 30)),
        passed(at(11, 45), list="other"),
    ),
)


def value(rule: Any, ticket: Ticket = TODAY_TWICE, **scan: Any) -> Any:
    known = DoorKnowledge(ticket, DOOR, replace(SCAN, **scan), CATALOGUE)
    return known.logic().apply(rule, known)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("now", NOON),
        ("now_isoweekday", 3),
        ("product", "adult"),
        ("variation", "red"),
        ("gate", None),
        ("entries_number", 3),
        ("entries_today", 2),
        ("entries_days", 2),
        ("entry_status", "present"),
        ("minutes_since_last_entry", 30),
        ("minutes_since_first_entry", 36 * 60 + 30),
        ("no such variable", None),
    ],
)
def test_variables(name: str, expected: object) -> None:
    assert value({"var": name}) == expected


def test_without_any_entry() -> None:
    assert value({"var": "minutes_since_last_entry"}, TICKET) == -1
    assert value({"var": "entry_status"}, TICKET) == "absent"
    assert (
        value({"var": "entry_status"}, replace(TICKET, admissions=(passed(at(11)), left(at(11, 5)))))
        == "absent"
    )


def test_days_are_those_of_the_event_s_zone() -> None:
    # 00:30 in Berlin is still the day before in UTC.
    assert value({"var": "now_isoweekday"}, at=at(0, 30, day=11)) == 4
    assert value({"var": "entries_today"}, at=at(0, 30, day=11)) == 0


def custom(text: str) -> dict[str, Any]:
    return {"buildTime": ["custom", text]}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"entries_since": [custom("2026-06-10T00:10:00+02:00")]}, 2),
        ({"entries_before": [custom("2026-06-10T00:10:00+02:00")]}, 1),
        ({"entries_days_since": [custom("2026-06-08T00:00:00+02:00")]}, 2),
        ({"entries_days_before": [{"buildTime": ["customtime", "11:00"]}]}, 2),
        ({"isAfter": [{"var": "now"}, {"buildTime": ["customtime", "11:59:59"]}]}, True),
        ({"isBefore": [{"var": "now"}, {"buildTime": ["customtime", "12:00"]}]}, False),
        ({"isBefore": [{"var": "now"}, {"buildTime": ["customtime", "12:00"]}, 1]}, True),
        ({"isAfter": [{"var": "now"}, {"buildTime": ["date_from"]}]}, True),
        ({"isAfter": [{"var": "now"}, {"buildTime": ["date_admission"]}]}, True),
        ({"isBefore": [{"var": "now"}, {"buildTime": ["date_to"]}]}, True),
        ({"inList": [{"var": "product"}, {"objectList": [{"lookup": ["product", "adult", "Adult"]}]}]}, True),
        ({"inList": [{"var": "gate"}, {"objectList": [{"lookup": ["gate", "north", "North"]}]}]}, False),
    ],
)
def test_functions(rule: Any, expected: object) -> None:
    assert value(rule) == expected


def test_times_are_those_of_the_ticket_s_session() -> None:
    tomorrow = replace(TICKET, session="day2")
    assert value({"isAfter": [{"var": "now"}, {"buildTime": ["date_from"]}]}, tomorrow) is False
    # A session without an end ends, for the rules, when it begins.
    assert value({"buildTime": ["date_to"]}, tomorrow) == CATALOGUE.sessions["day2"].begins


def test_doors_open_at_admission_where_there_is_one() -> None:
    catalogue = replace(CATALOGUE, event=replace(CATALOGUE.event, admission=at(10)))
    known = DoorKnowledge(TICKET, DOOR, SCAN, catalogue)
    assert known.build_time("date_admission") == at(10)
    assert known.build_time("date_from") == at(11)


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"no such operator": [1]},
        {"isBefore": [{"var": "now"}, 3]},
        {"isBefore": [{"var": "now"}, custom("2026-06-10T12:00")]},
        {"or": [True, {"<": ["text", None]}]},
        {"buildTime": ["custom", "soon"]},
        {"/": [1, 0]},
        {"%": ["%999999999d", 1]},
    ],
)
def test_ill_typed_rules_raise_a_known_fault(rule: Any) -> None:
    with pytest.raises(RULE_FAULTS):
        value(rule)
