"""Texts that have to be cut and codes that are too fine are named to those who draw a layout."""

from dataclasses import replace

from eventdesk.badges import layout, measuring
from tests.badges.guests import ANNA, SIXTY_LETTERS

CARD = layout.shipped()["card"]


def test_what_fits_is_not_named() -> None:
    assert measuring.overflow(CARD, ANNA) == []
    assert measuring.overflow(CARD, replace(ANNA, name=SIXTY_LETTERS)) == []


def test_a_text_that_is_cut_is_named_by_its_id() -> None:
    assert measuring.overflow(CARD, replace(ANNA, name="x " * 300, company="y " * 300)) == ["name", "company"]


def test_one_without_an_id_is_named_by_its_number() -> None:
    small = {"type": "text", "x": 0, "y": 0, "width": 8, "height": 4, "size": 12, "content": "{name}"}
    ring = {"type": "ellipse", "x": 0, "y": 0, "width": 8, "height": 4}
    made = layout.parse({"name": "S", "page": {"width": 40, "height": 40}, "elements": [ring, small]})
    assert measuring.overflow(made, ANNA) == ["element 2"]


def test_what_is_not_drawn_is_not_named() -> None:
    small = {"type": "text", "id": "it", "x": 0, "y": 0, "width": 8, "height": 4, "size": 12}
    hidden = {**small, "content": "{name}", "when": {"==": [{"var": "product"}, "VIP"]}}
    made = layout.parse({"name": "S", "page": {"width": 40, "height": 40}, "elements": [hidden]})
    assert measuring.overflow(made, ANNA) == []
    assert measuring.overflow(made, replace(ANNA, product="VIP")) == ["it"]


def test_a_code_that_printers_can_not_draw_is_named() -> None:
    wide = {"type": "barcode", "id": "wide", "x": 0, "y": 0, "width": 80, "height": 10, "content": "{order}"}
    narrow = {**wide, "id": "narrow", "width": 20}
    square = {"type": "qr", "id": "square", "x": 0, "y": 0, "width": 8, "height": 8}
    made = layout.parse(
        {"name": "S", "page": {"width": 90, "height": 40}, "elements": [wide, narrow, square]}
    )
    assert measuring.too_fine(made, ANNA) == ["narrow", "square"]
    for one in layout.shipped().values():
        assert measuring.too_fine(one, ANNA) == [], one.name
