"""docs/badge-layouts.md says what the program does."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from eventdesk.badges import layout
from eventdesk.badges.elements import (
    Barcode,
    Box,
    Code,
    Element,
    Ellipse,
    Line,
    Photo,
    Picture,
    Text,
)
from eventdesk.badges.sheets import SHEETS
from eventdesk.badges.template import FIELDS
from eventdesk.errors import BadInput

GUIDE = (Path(__file__).parents[2] / "docs" / "badge-layouts.md").read_text(encoding="utf-8")
COMMON = {field.name for field in msgspec.structs.fields(Element)}


def example() -> Any:
    return msgspec.json.decode(re.findall(r"```json\n(.*?)```", GUIDE, re.S)[0])


def test_the_example_is_a_layout() -> None:
    assert layout.parse(example()).name == "Crew"


@pytest.mark.parametrize("kind", [Text, Code, Barcode, Picture, Photo, Box, Ellipse, Line])
def test_every_member_of_an_element_is_told(kind: type[Element]) -> None:
    tag = msgspec.inspect.type_info(kind).tag  # type: ignore[attr-defined]
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{tag}`"))
    told = set(re.findall(r"`(\w+)`", row.removeprefix(f"| `{tag}`")))
    assert told == {field.name for field in msgspec.structs.fields(kind)} - COMMON


def test_every_field_is_told() -> None:
    paragraph = GUIDE[GUIDE.index("**Fields**") : GUIDE.index("`{company,product}`")]
    assert set(re.findall(r"`([\w.:]+[ \w]*)`", " ".join(paragraph.split()))) == {
        *FIELDS,
        "answer:question id",
    }


def test_the_members_that_all_elements_share_are_told() -> None:
    (head,) = re.findall(r"members beside (.*?) \|", GUIDE)
    assert set(re.findall(r"`(\w+)`", head)) == COMMON


def test_the_mistake_is_told_as_the_guide_says() -> None:
    wrong = example()
    wrong["elements"][1]["size"] = "12"
    with pytest.raises(BadInput) as told:
        layout.parse(wrong)
    words = " ".join(GUIDE[GUIDE.index('*Layout "Crew"') + 1 :].split()).rstrip("*.")
    assert told.value.message.startswith(words)


def test_every_sheet_is_told() -> None:
    paper = GUIDE[GUIDE.index("## Paper") : GUIDE.index("## Mistakes")]
    assert set(re.findall(r"`([\w-]+)`", paper)) == set(SHEETS)


def test_every_layout_that_ships_is_told() -> None:
    told = re.findall(r"^\| `([\w-]+)` \|", GUIDE[: GUIDE.index("```json")], re.M)
    assert set(told) == set(layout.shipped())
