from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.simple_rules import SimpleRules, logic_of, simple_from

counts = st.none() | st.integers(0, 10_000)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
ids = st.lists(st.text("abcdef0123456789", min_size=1), max_size=3, unique=True).map(tuple)


@given(st.builds(SimpleRules, moments, moments, counts, counts, counts, ids, ids))
def test_what_the_form_says_is_read_back(rules: SimpleRules) -> None:
    assert simple_from(logic_of(rules, {})) == rules


def test_nothing_asked_is_no_logic() -> None:
    assert logic_of(SimpleRules(), {}) is None


def test_names_stand_beside_the_ids() -> None:
    logic = logic_of(SimpleRules(gates=("g1",)), {"g1": "North"})
    assert logic == {
        "and": [{"inList": [{"var": "gate"}, {"objectList": [{"lookup": ["gate", "g1", "North"]}]}]}]
    }


def test_a_single_term_needs_no_and() -> None:
    assert simple_from({"<": [{"var": "entries_number"}, 3]}) == SimpleRules(max_entries=3)


@pytest.mark.parametrize(
    "logic",
    [
        {"and": [False, True]},
        {"and": 1},
        {"==": [{"var": "entry_status"}, "absent"]},
        {"<": [{"var": "entries_number"}, "x"]},
        {"<": [{"var": "entries_number"}, True]},
        {"isAfter": [{"var": "now"}, {"buildTime": ["date_admission"]}]},
        {"isAfter": [{"var": "now"}, {"buildTime": ["custom", "2026-06-10T10:00:00Z"]}, 10]},
        {"inList": [{"var": "variation"}, {"objectList": [{"lookup": ["variation", "x", "x"]}]}]},
        {"inList": [{"var": "product"}, {"objectList": [{"lookup": ["gate", "x", "x"]}]}]},
        {"and": [{"<": [{"var": "entries_number"}, 3]}, {"<": [{"var": "entries_number"}, 4]}]},
        {
            "or": [
                {"<=": [{"var": "minutes_since_last_entry"}, 5]},
                {">": [{"var": "minutes_since_last_entry"}, 9]},
            ]
        },
    ],
)
def test_other_logic_is_left_to_the_json_field(logic: dict[str, Any]) -> None:
    assert simple_from(logic) is None
