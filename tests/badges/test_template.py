"""The texts of a layout and what is filled in."""

from dataclasses import replace

import pytest

from eventdesk.badges.template import check, fill
from tests.badges.guests import ANNA


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{name}", "Anna Müller"),
        ("{product}, {variation}", "Conference pass, Two days"),
        ("{addons}", "Workshop, Dinner"),
        ("Seat {seat}", "Seat 12-4"),
        ("No fields", "No fields"),
        ("{{braces}} {order}", "{braces} A7B3C"),
        ("{name}\n{company}", "Anna Müller\nMüller & Söhne Maschinenbau GmbH"),
    ],
)
def test_fields_are_filled_in(template: str, text: str) -> None:
    check(template)
    assert fill(template, ANNA) == text


def test_a_template_whose_fields_are_all_empty_is_left_out() -> None:
    nobody = replace(ANNA, seat="", variation="", addons=())
    assert fill("Seat {seat}", nobody) == ""
    assert fill("{addons}", nobody) == ""
    assert fill("{variation}, seat {seat}", replace(nobody, seat="3")) == ", seat 3"


def test_a_guest_can_not_inject_a_field() -> None:
    assert fill("{name}", replace(ANNA, name="{code}")) == "{code}"


WRONG = ["{nmae}", "{name", "name}", "{}", "{0}", "{name.__class__}", "{name!r}", "{name:>9}", "{photo}"]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_can_not_be_filled_in_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        check(wrong)
