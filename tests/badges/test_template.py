"""The texts of a layout and what is filled in."""

from dataclasses import replace

import pytest

from eventdesk.badges.template import check, fill
from tests.badges.guests import ANNA, ARABIC


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{name}", "Anna Müller"),
        ("{product}, {variation}", "Conference pass, Two days"),
        ("{addons}", "Workshop, Dinner"),
        ("Seat {seat}", "Seat 12-4"),
        ("No fields", "No fields"),
        ("{{braces}} {order}", "{braces} A7B3C"),
        ("{name.first}|{name.last}", "Anna|Müller"),
        ("{name.initials}", "AM"),
        ("{name|upper}", "ANNA MÜLLER"),
        ("{company|lower}", "müller & söhne maschinenbau gmbh"),
        ("{ name.first | upper }", "ANNA"),
        ("{session,product}", "Conference pass"),
        ("{session,gate,order|lower}", "a7b3c"),
        ("{answer:12}", "vegan"),
        ("{answer:shirt size|upper}", "M"),
        ("{answer:none,answer:12}", "vegan"),
        ("{name}\n{company}", "Anna Müller\nMüller & Söhne Maschinenbau GmbH"),
    ],
)
def test_fields_are_filled_in(template: str, text: str) -> None:
    check(template)
    assert fill(template, replace(ANNA, answers={"12": "vegan", "shirt size": "m"})) == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ANNA-MARIA MÜLLER", "Anna-Maria Müller"),
        ("o'neil", "O'neil"),
        ("ßmann", "ßmann"),
        ("éva ÖZ", "Éva Öz"),
        (ARABIC, ARABIC),
    ],
)
def test_title_is_a_capital_for_each_word(text: str, title: str) -> None:
    assert fill("{name|title}", replace(ANNA, name=text)) == title


def test_the_age_is_a_field() -> None:
    assert fill("{age} years", replace(ANNA, begins="2026-06-10", born="2010-06-10")) == "16 years"
    assert fill("{age} years", ANNA) == ""


def test_a_template_whose_fields_are_all_empty_is_left_out() -> None:
    nobody = replace(ANNA, seat="", variation="", addons=())
    assert fill("Seat {seat}", nobody) == ""
    assert fill("{addons}", nobody) == ""
    assert fill("{variation}, seat {seat}", replace(nobody, seat="3")) == ", seat 3"


def test_a_guest_can_not_inject_a_field() -> None:
    assert fill("{name}", replace(ANNA, name="{code}")) == "{code}"


WRONG = ["{nmae}", "{name", "name}", "{}", "{0}", "{name.__class__}", "{name!r}", "{name:>9}", "{photo}"]
WRONG += [
    "{born}",
    "{name|}",
    "{name|loud}",
    "{name,}",
    "{,name}",
    "{answer:}",
    "{answers}",
    "{{name}",
    "{name.middle}",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_can_not_be_filled_in_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        check(wrong)
