from typing import Any

import pytest

from eventdesk.domain.rule_check import rule_mistake
from eventdesk.domain.simple_rules import SimpleRules, logic_of


@pytest.mark.parametrize(
    "rule",
    [
        {"and": [False, True]},
        {"==": [{"var": "entry_status"}, "absent"]},
        {"isAfter": [{"var": "now"}, {"buildTime": ["date_admission"]}, 10]},
        {"<": [{"entries_since": [{"buildTime": ["customtime", "06:00:00"]}]}, 1]},
        {"in": [{"var": ["now_isoweekday"]}, [6, 7]]},
    ],
)
def test_what_a_door_can_work_out_is_taken(rule: dict[str, Any]) -> None:
    assert rule_mistake(rule) is None


def test_all_that_the_builder_says_is_taken() -> None:
    rules = SimpleRules(max_entries=3, max_a_day=1, minutes_between=10, products=("p",), gates=("g",))
    assert rule_mistake(logic_of(rules, {}) or {}) is None


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"<": [{"var": "entries"}, 3]}, "There is no variable entries."),
        ({"smaller": [1, 2]}, "unknown operator 'smaller'"),
        ({"isAfter": [{"var": "now"}, {"buildTime": ["custom", "soon"]}]}, "A door could not work this out"),
        ({}, "A door could not work this out"),
    ],
)
def test_what_it_cannot_is_named(rule: dict[str, Any], said: str) -> None:
    assert said in str(rule_mistake(rule))
