"""Random rules, of every variable and operator that pretix' rule editor can make."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.bridges.pretix.differential.times import around, text

NUMBERS = ("<", "<=", ">", ">=", "==", "!=")
COUNTED = ("now_isoweekday", "entries_number", "entries_today", "entries_days")
MINUTES = ("minutes_since_last_entry", "minutes_since_first_entry")
OF_A_MOMENT = ("entries_since", "entries_before", "entries_days_since", "entries_days_before")
_CLOCKS = ("00:00:00", "02:00:00", "02:30:00", "12:00:00", "23:59:00", "01:59:59")


def times(base: datetime, zone: str) -> st.SearchStrategy[Any]:
    local = base.astimezone(ZoneInfo(zone))
    custom = around.map(lambda span: {"buildTime": ["custom", text(base + span)]})
    with_offset = around.map(lambda span: {"buildTime": ["custom", (local + span).isoformat()]})
    clocks = st.sampled_from(_CLOCKS) | around.map(lambda span: (local + span).strftime("%H:%M:%S"))
    named = st.sampled_from(("date_from", "date_to", "date_admission")).map(
        lambda kind: {"buildTime": [kind]}
    )
    return st.one_of(
        named, custom, with_offset, clocks.map(lambda clock: {"buildTime": ["customtime", clock]})
    )


def leaves(base: datetime, zone: str, items: list[int]) -> st.SearchStrategy[Any]:
    """`items`: how many variations each has."""
    at = times(base, zone)
    numbers = st.sampled_from(NUMBERS)
    return st.one_of(
        st.builds(_compared, numbers, st.sampled_from(COUNTED), st.sampled_from((-1, 0, 1, 2, 3, 5, 7))),
        st.builds(
            _compared, numbers, st.sampled_from(MINUTES), st.sampled_from((-1, 0, 1, 29, 30, 60, 120, 1440))
        ),
        st.builds(
            lambda operator, name, when, limit: {operator: [{name: [when]}, limit]},
            numbers,
            st.sampled_from(OF_A_MOMENT),
            at,
            st.integers(0, 3),
        ),
        st.builds(
            lambda operator, when, tolerance: {operator: [{"var": "now"}, when, *tolerance]},
            st.sampled_from(("isBefore", "isAfter")),
            at,
            st.sampled_from(([], [0], [None], [1], [30], [60], [90])),
        ),
        st.sampled_from(("present", "absent")).map(lambda status: {"==": [{"var": "entry_status"}, status]}),
        _listed("product", st.sampled_from(range(len(items)))),
        _listed("gate", st.sampled_from(("north", "south"))),
        *_variations(items),
    )


def rules(base: datetime, zone: str, items: list[int]) -> st.SearchStrategy[Any]:
    def grown(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.builds(
            lambda operator, inner: {operator: inner},
            st.sampled_from(("and", "or")),
            st.lists(parts, min_size=1, max_size=3),
        )

    found = st.recursive(leaves(base, zone, items), grown, max_leaves=5)
    return st.one_of(st.none(), found, found, st.sampled_from(({"and": []}, {"or": [{"and": []}]})) | found)


def _compared(operator: str, name: str, limit: int) -> Any:
    return {operator: [{"var": name}, limit]}


def _listed(kind: str, which: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(which, min_size=0, max_size=2).map(
        lambda found: {
            "inList": [{"var": kind}, {"objectList": [{"lookup": [kind, one, "its name"]} for one in found]}]
        }
    )


def _variations(items: list[int]) -> list[st.SearchStrategy[Any]]:
    known = [[item, place] for item, number in enumerate(items) for place in range(number)]
    return [_listed("variation", st.sampled_from(known))] if known else []
