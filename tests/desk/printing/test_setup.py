"""What is set for printers: read whatever stands there, and wrong things are told by name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.printing.routing import Standing, choose, neighbour
from eventdesk.domain.printing.setup import PrinterSetup, Route, setup_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
SETTINGS = st.dictionaries(st.sampled_from(["dx", "dy", "turn", "dpi", "warn", "media", "sheet"]), JSON)


def test_good_settings_are_read_whole() -> None:
    members = {"dx": 1.5, "dy": -2, "turn": 180, "dpi": 203, "warn": 5, "media": [62, 100], "sheet": "a4-2x5"}
    routes = [{"products": ["vip"], "queues": ["a", "b"]}, {"queues": ["c"]}]
    setup = setup_of({"a": members}, routes, "last")
    assert setup.faults == []
    assert setup.of("a") == PrinterSetup(1.5, -2.0, 180, 203, 5, (62.0, 100.0), "a4-2x5")
    assert setup.of("other") == PrinterSetup()
    assert setup.queues_for("vip") == ("a", "b")
    assert setup.queues_for("any") == ("c",)
    assert setup.queues == ("a", "b", "c", "last")


def test_the_printer_of_the_desk_is_the_last_route() -> None:
    setup = setup_of({}, [{"products": ["vip"], "queues": ["a"]}], "last")
    assert setup.routes[-1] == Route(("last",))
    assert setup.queues_for("any") == ("last",)
    assert setup_of({}, [], "").queues_for("any") == ()


@pytest.mark.parametrize(
    ("printers", "routes", "said"),
    [
        ([], [], "What is set for the printers"),
        ({"a": 5}, [], "What is set for a can't be read"),
        ({"a": {"dx": "wide"}}, [], 'a: "wide" can\'t be its dx'),
        ({"a": {"dx": 51}}, [], 'a: "51" can\'t be its dx'),
        ({"a": {"turn": 45}}, [], 'a: "45" can\'t be its turn'),
        ({"a": {"media": [62]}}, [], "its media"),
        ({"a": {"warn": True}}, [], "its warn"),
        ({}, "x", "The routes of badges"),
        ({}, [{"queues": ["a"]}, {"products": []}], "Route 2 of badges names no printers"),
    ],
)
def test_what_is_wrong_is_named_and_takes_away_no_more_than_itself(
    printers: Any, routes: Any, said: str
) -> None:
    setup = setup_of(printers, routes, "last")
    (fault,) = setup.faults
    assert said in str(fault)
    assert setup.queues_for("") in (("last",), ("a",))


@given(JSON | st.dictionaries(st.text(max_size=3), SETTINGS), JSON, JSON)
def test_nothing_that_may_stand_in_a_setting_raises(printers: Any, routes: Any, printer: Any) -> None:
    setup = setup_of(printers, routes, printer)
    for queue in setup.queues:
        setup.of(queue)
    for words in setup.faults:
        assert str(words)


def test_the_ready_one_with_the_fewest_before_it_is_chosen() -> None:
    full, few, broken = Standing("full", before=3), Standing("few", before=1), Standing("broken", ready=False)
    assert choose([full, few, broken]) == "few"
    assert choose([full, broken]) == "full"
    assert choose([Standing("gone", known=False, ready=False), broken]) == "broken"
    assert choose([Standing("first"), Standing("second")]) == "first"
    assert choose([Standing("busy", free=False), full]) == "full"
    assert choose([]) == ""
    assert neighbour([full, few, broken], "few") == "full"
    assert neighbour([few, broken], "few") == ""
