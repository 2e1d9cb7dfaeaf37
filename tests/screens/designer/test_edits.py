"""Changes of a layout as functions of its data."""

from typing import Any

import pytest

from eventdesk.badges import layout as layouts
from eventdesk.screens.designer import edits, placing
from eventdesk.screens.designer.fresh import KINDS, empty, fresh
from eventdesk.screens.designer.geometry import Rect, bounds_of, is_hit
from eventdesk.screens.designer.snapping import pull_rect, pulls

PAGE = Rect(0, 0, 100, 60)


def box(x: float, y: float, width: float = 10, height: float = 10, **more: Any) -> dict[str, Any]:
    return {"type": "box", "x": x, "y": y, "width": width, "height": height, **more}


def layout(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"name": "A", "page": {"width": 100, "height": 60}, "elements": list(elements)}


def places(data: dict[str, Any]) -> list[tuple[float, float]]:
    return [(one["x"], one["y"]) for one in data["elements"]]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "image"])
@pytest.mark.parametrize("size", [(85.6, 54), (30, 10), (210, 297)])
def test_what_is_new_can_be_kept(kind: str, size: tuple[float, float]) -> None:
    page = Rect(0, 0, *size)
    data = {**empty("A", *size), "elements": [fresh(kind, page)]}
    assert layouts.to_data(layouts.parse(data))["elements"][0]["type"] == kind


@pytest.mark.parametrize("way", [(-2000, -2000), (2000, 2000)])
def test_a_large_element_that_is_turned_and_pushed_off_can_be_kept(way: tuple[float, float]) -> None:
    """Its corner lies farther out than the corners of its bounds."""
    data = placing.moved(layout(box(0, 0, 1000, 1000, rotation=45)), {0}, *way)
    assert layouts.to_data(layouts.parse(data))["elements"][0]["rotation"] == 45
    bounds = bounds_of(data["elements"][0])
    assert bounds.left < PAGE.right
    assert bounds.right > 0


@pytest.mark.parametrize("size", [(85.6, 54), (62, 100), (210, 297), (30, 20)])
def test_an_empty_layout_can_be_kept(size: tuple[float, float]) -> None:
    assert len(layouts.parse(empty("A", *size)).elements) == 3


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("left", [(10, 5), (10, 30)]),
        ("right", [(60, 5), (40, 30)]),
        ("centre", [(35, 5), (25, 30)]),
        ("top", [(10, 5), (40, 5)]),
        ("bottom", [(10, 40), (40, 30)]),
        ("middle", [(10, 22.5), (40, 17.5)]),
    ],
)
def test_two_are_aligned_to_what_they_span(side: str, expected: list[tuple[float, float]]) -> None:
    data = layout(box(10, 5), box(40, 30, 30, 20))
    assert places(placing.aligned(data, {0, 1}, side)) == expected


def test_one_alone_is_aligned_to_the_page() -> None:
    assert places(placing.aligned(layout(box(10, 5)), {0}, "centre")) == [(45, 5)]
    assert places(placing.aligned(layout(box(10, 5)), {0}, "bottom")) == [(10, 50)]


def test_a_turned_element_is_aligned_by_what_is_seen_of_it() -> None:
    data = placing.aligned(layout(box(30, 20, 20, 10, rotation=90)), {0}, "top")
    assert bounds_of(data["elements"][0]).top == pytest.approx(0)


def test_gaps_are_made_the_same() -> None:
    data = placing.distributed(layout(box(0, 0), box(12, 0, 20), box(90, 0)), {0, 1, 2}, "x")
    assert [x for x, _y in places(data)] == [0, 40, 90]
    assert placing.distributed(layout(box(0, 0), box(12, 0)), {0, 1}, "x") == layout(box(0, 0), box(12, 0))


@pytest.mark.parametrize(
    ("way", "order", "chosen"),
    [
        ("front", "bdac", {2, 3}),
        ("back", "acbd", {0, 1}),
        ("forward", "badc", {1, 3}),
        ("backward", "acbd", {0, 1}),
    ],
)
def test_the_order_of_what_is_painted(way: str, order: str, chosen: set[int]) -> None:
    data = layout(*(box(0, 0, id=letter) for letter in "abcd"))
    made, new = edits.ordered(data, {0, 2}, way)
    assert "".join(one["id"] for one in made["elements"]) == order
    assert set(new) == chosen


def test_copies_have_ids_of_their_own() -> None:
    made, chosen = placing.duplicated(layout(box(0, 0, id="a"), box(0, 0, id="a-2")), {0, 1})
    assert [one["id"] for one in made["elements"]] == ["a", "a-2", "a-3", "a-4"]
    assert chosen == {2, 3}


def test_a_smaller_page_takes_along_what_would_lie_off_it() -> None:
    line = {"type": "line", "id": "l", "x": 80, "y": 50, "to_x": 95, "to_y": 50}
    made = placing.with_page(layout(box(90, 55), line), 40, 30)
    layouts.parse(made)
    assert all(x <= 40 and y <= 30 for x, y in places(made))


def test_a_side_that_is_given_up_goes_with_what_stood_on_it() -> None:
    data = edits.with_back(layout(box(0, 0)), back=True)
    data = {**data, "elements": [*data["elements"], box(1, 1, side="back"), box(2, 2, side="both")]}
    layouts.parse(data)
    made = edits.with_back(data, back=False)
    layouts.parse(made)
    assert places(made) == [(0, 0), (2, 2)]


def test_a_font_that_is_taken_out_leaves_no_text_without_one() -> None:
    text = {**box(0, 0), "type": "text", "content": "a", "size": 9, "font": "Brand"}
    data = edits.with_font(layout(text), "Brand", "AAAA")
    assert data["fonts"] == {"Brand": "AAAA"}
    assert edits.with_font(data, "Brand", None) == layout({k: v for k, v in text.items() if k != "font"})


def test_nothing_pulls_from_far() -> None:
    near = pulls(PAGE, [Rect(20, 20, 10, 10)], 0, 1)
    assert pull_rect(Rect(20.8, 40, 5, 5), near).dx == pytest.approx(-0.8)
    assert pull_rect(Rect(21.2, 40, 5, 5), near).dx == 0
    assert pull_rect(Rect(27.2, 43, 5, 5), near).dx == pytest.approx(0.3)


def test_a_press_means_a_turned_element_where_it_is_seen() -> None:
    turned = box(30, 20, 40, 10, rotation=90)
    assert is_hit(turned, (50, 10), 0)
    assert not is_hit(turned, (32, 25), 0)


def test_a_line_on_the_very_edge_stays_there() -> None:
    line = {"type": "line", "x": 0, "y": 0, "to_x": 0, "to_y": 60}
    assert placing.onto_page(line, PAGE) == line
    assert placing.moved(layout(line), {0}, -5, 0) == layout(line)
    layouts.parse(layout(line))
