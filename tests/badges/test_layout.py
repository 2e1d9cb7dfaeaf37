"""Layouts as JSON: what is accepted, and how a mistake is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from eventdesk.badges import layout
from eventdesk.badges.elements import Area, Code, Photo, Text
from eventdesk.errors import BadInput

NAME = {
    "type": "text",
    "id": "name",
    "x": 1,
    "y": 1,
    "width": 80,
    "height": 20,
    "content": "{name}",
    "size": 20,
}


def with_element(**changed: Any) -> dict[str, Any]:
    element = {key: value for key, value in {**NAME, **changed}.items() if value is not None}
    return {"name": "Mine", "page": {"width": 86, "height": 54}, "elements": [element]}


def test_each_layout_that_ships_has_a_name_and_a_code_to_scan() -> None:
    shipped = layout.shipped()
    named = {"a6-folded", "badge-4x3", "badge-4x6", "card", "card-minors", "label62", "ticket-a4"}
    assert set(shipped) == named
    assert layout.DEFAULT in shipped
    for one in shipped.values():
        contents = [element.content for element in one.elements if isinstance(element, Text)]
        assert any(isinstance(element, Code) for element in one.elements)
        assert {"{name}", "{name.first,name}"} & set(contents)
        assert any(element.copy_mark for element in one.elements)
    assert any(isinstance(element, Photo) for element in shipped["a6-folded"].elements)


def test_the_shipped_layouts_stay_on_their_pages() -> None:
    for one in layout.shipped().values():
        for element in one.elements:
            if isinstance(element, Area) and element.rotation % 180 == 0:
                assert element.x + element.width <= one.page.width, (one.name, element.id)
                assert element.y + element.height <= one.page.height, (one.name, element.id)


def test_what_is_turned_may_begin_beside_the_page_and_reach_onto_it() -> None:
    for changed in ({"x": -20, "rotation": 90}, {"x": -1}, {"y": -3, "x": -3}, {"x": 85, "rotation": 45}):
        layout.parse(with_element(**changed))


def test_what_is_absent_takes_its_default() -> None:
    (element,) = layout.parse(with_element()).elements
    assert isinstance(element, Text)
    assert (element.min_size, element.align, element.color, element.bold) == (6, "start", "#000000", False)


@pytest.mark.parametrize(
    ("changed", "member"),
    [
        ({"size": "big"}, "size"),
        ({"size": 0}, "size"),
        ({"size": None}, "size"),
        ({"sizze": 12}, "sizze"),
        ({"width": -1}, "width"),
        ({"width": float("nan")}, "width"),
        ({"height": float("inf")}, "height"),
        ({"x": 86}, "x"),
        ({"x": -1001}, "x"),
        ({"x": -500}, "x"),
        ({"y": -500, "rotation": 90}, "y"),
        ({"y": 60}, "y"),
        ({"min_size": 30}, "min_size"),
        ({"color": "red"}, "color"),
        ({"align": "middle"}, "align"),
        ({"content": "{nmae}"}, "content"),
        ({"content": None}, "content"),
        ({"rotation": 361}, "rotation"),
        ({"bold": "yes"}, "bold"),
        ({"side": "left"}, "side"),
        ({"side": "back"}, "side"),
        ({"side": "both"}, "side"),
        ({"when": "always"}, "when"),
        ({"content": "{name|loud}"}, "content"),
        ({"font": 7}, "font"),
        ({"type": "txt"}, "type"),
        ({"type": None}, "type"),
    ],
)
def test_a_mistake_names_the_layout_the_element_and_the_member(changed: dict[str, Any], member: str) -> None:
    with pytest.raises(BadInput) as told:
        layout.parse(with_element(**changed))
    assert 'Layout "Mine", element 1 ("name")' in told.value.message
    assert f'member "{member}"' in told.value.message
    assert told.value.remedy


AREA = {"content": None, "size": None}


@pytest.mark.parametrize(
    ("changed", "member"),
    [
        ({"type": "barcode", "size": None, "kind": "ean13"}, "kind"),
        ({"type": "barcode", "size": None, "content": "{nmae}"}, "content"),
        ({"type": "box", **AREA, "fills": {"VIP": "gold"}}, "fills"),
        ({"type": "box", **AREA, "fills": ["VIP"]}, "fills"),
        ({"type": "ellipse", **AREA, "radius": 3}, "radius"),
        ({"type": "ellipse", **AREA, "stroke": "#12"}, "stroke"),
        ({"type": "image", **AREA, "data": ""}, "data"),
        ({"type": "line", **AREA, "width": None, "height": None, "to_x": 5}, "to_y"),
    ],
)
def test_every_kind_of_element_names_its_mistakes(changed: dict[str, Any], member: str) -> None:
    with pytest.raises(BadInput) as told:
        layout.parse(with_element(**changed))
    assert told.value.message.startswith(f'Layout "Mine", element 1 ("name"), member "{member}')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "not a JSON object"),
        ({}, '"name"'),
        ({"name": "Mine"}, 'Layout "Mine", page'),
        ({"name": "Mine", "page": {"width": 86}}, 'page, member "height"'),
        ({"name": "Mine", "page": {"width": 86, "height": 0}}, 'page, member "height"'),
        ({"name": "Mine", "page": {"width": 86, "height": 54}}, '"elements"'),
        ({"name": "Mine", "page": {"width": 86, "height": 54}, "elements": "none"}, '"elements"'),
        ({"name": "Mine", "page": {"width": 86, "height": 54}, "elements": [7]}, "element 1"),
        ({"name": "Mine", "page": {"width": 86, "height": 54, "back": 1}}, 'page, member "back"'),
        ({**with_element(), "colour": 1}, '"colour"'),
        ({**with_element(), "elements": [NAME] * 201}, "200 are the most"),
    ],
)
def test_a_layout_that_is_none_is_told(data: Any, words: str) -> None:
    with pytest.raises(BadInput) as told:
        layout.parse(data)
    assert words in told.value.message


@pytest.mark.parametrize("text", ["", "{", '{"name": "Mine"', "\x00"])
def test_a_file_that_is_no_json_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text)
    with pytest.raises(BadInput, match=r"mine\.json"):
        layout.load(file)


def test_a_layout_survives_the_log(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(with_element(bold=True)), encoding="utf-8")
    assert layout.load(file) == layout.parse(with_element(bold=True))
