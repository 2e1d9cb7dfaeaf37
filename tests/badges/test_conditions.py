"""When an element is drawn."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.badges import conditions, layout
from eventdesk.badges.render import render_image
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import BadInput
from tests.badges.guests import ANNA

MINOR = replace(ANNA, begins="2026-06-10", born="2008-06-11", answers={"meal": "vegan"}, gate="North")


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        (None, True),
        ({"==": [{"var": "product"}, "Conference pass"]}, True),
        ({"==": [{"var": "product"}, "VIP"]}, False),
        ({"in": [{"var": "variation"}, ["One day", "Two days"]]}, True),
        ({"in": ["Dinner", {"var": "addons"}]}, True),
        ({"in": ["Lunch", {"var": "addons"}]}, False),
        ({"<": [{"var": "age"}, 18]}, True),
        ({">=": [{"var": "age"}, 18]}, False),
        ({"==": [{"var": "answers.meal"}, "vegan"]}, True),
        ({"==": [{"var": "answers.shirt"}, "L"]}, False),
        ({"!": {"var": "photo"}}, True),
        ({"!": {"var": "company"}}, False),
        ({"and": [{"==": [{"var": "gate"}, "North"]}, {"==": [{"var": "first"}, "Anna"]}]}, True),
        ({">": [{"var": "copy"}, 0]}, False),
        ({"some": [{"var": "addons"}, {"==": [{"var": ""}, "Dinner"]}]}, True),
    ],
)
def test_a_condition_is_over_what_stands_on_the_badge(rule: Any, met: bool) -> None:
    conditions.check(rule)
    assert conditions.holds(rule, MINOR) is met


@pytest.mark.parametrize(
    "rule",
    [
        {"<": [{"var": "age"}, 18]},
        {">=": [{"var": "age"}, 18]},
        {"+": [{"var": "name"}, 1]},
        {"/": [1, 0]},
        {"%": [{"var": "name"}, 3]},
    ],
)
def test_what_can_not_be_worked_out_is_false(rule: Any) -> None:
    conditions.check(rule)
    assert conditions.holds(rule, ANNA) is False


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"eq": [1, 2]}, 'unknown operator "eq"'),
        ({}, 'unknown operator ""'),
        ({"__remark": 1}, 'unknown operator ""'),
        ({"==": [{"var": "prodct"}, "VIP"]}, 'no field "prodct"'),
        ({"and": [{"or": [{"wrong": 1}]}]}, 'unknown operator "wrong"'),
    ],
)
def test_a_condition_that_means_nothing_is_refused_with_its_element(rule: Any, words: str) -> None:
    with pytest.raises(BadInput) as told:
        layout.parse(page(when=rule))
    assert told.value.message.startswith('Layout "When", element 1 ("edge"), member "when": ')
    assert words in told.value.message


def test_a_condition_may_not_be_nested_without_end() -> None:
    rule: Any = True
    for _ in range(conditions.MOST_DEPTH + 1):
        rule = {"!": rule}
    with pytest.raises(BadInput, match="nested deeper"):
        layout.parse(page(when=rule))


@pytest.mark.parametrize("rule", [[], "yes", 1, True])
def test_a_condition_is_an_object(rule: Any) -> None:
    with pytest.raises(BadInput, match='element 1 \\("edge"\\), member "when"'):
        layout.parse(page(when=rule))


def page(**members: Any) -> dict[str, Any]:
    edge = {
        "type": "box",
        "id": "edge",
        "x": 0,
        "y": 0,
        "width": 40,
        "height": 20,
        "fill": "#0050ff",
        **members,
    }
    return {"name": "When", "page": {"width": 40, "height": 20, "back": True}, "elements": [edge]}


def colour(data: dict[str, Any], guest: BadgeContents, side: Any = "front") -> str:
    return render_image(layout.parse(data), guest, 50, side).pixelColor(20, 10).name()


def test_minors_have_a_blue_badge() -> None:
    data = page(when={"<": [{"var": "age"}, 18]})
    assert colour(data, MINOR) == "#0050ff"
    assert colour(data, replace(MINOR, born="2008-06-10")) == "#ffffff"
    assert colour(data, ANNA) == "#ffffff"


@pytest.mark.parametrize(
    ("side", "seen"), [("front", ["front"]), ("back", ["back"]), ("both", ["front", "back"])]
)
def test_an_element_stands_on_its_side(side: str, seen: list[str]) -> None:
    data = page(side=side)
    assert [one for one in ("front", "back") if colour(data, ANNA, one) == "#0050ff"] == seen


def test_the_variations_colour_goes_before_the_products() -> None:
    fills = {"Conference pass": "#ff0000", "Two days": "#00ff00"}
    assert colour(page(fills=fills), ANNA) == "#00ff00"
    assert colour(page(fills=fills), replace(ANNA, variation="One day")) == "#ff0000"
    assert colour(page(fills=fills), replace(ANNA, variation="", product="Day")) == "#0050ff"
    assert colour(page(fills=fills, fill=None), replace(ANNA, variation="", product="Day")) == "#ffffff"
