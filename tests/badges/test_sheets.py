"""Badges on sheets: each on its label, however the printer needs the page moved or turned."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from eventdesk.badges import calibration, layout, sheets
from eventdesk.badges.layout import Layout
from eventdesk.badges.place import Place
from eventdesk.badges.render import render_pdf
from eventdesk.badges.sheets import SHEETS, Sheet
from eventdesk.errors import BadInput
from tests.badges.guests import ANNA
from tests.rigs.printers import sheets as paper

# Dots a millimetre of what is looked at.
FINE = 10
DPI = 254


def filled(width: float, height: float, *, back: bool = False) -> Layout:
    """A badge that is black on its front, with a black left half on its back."""
    area = {"type": "box", "x": 0, "y": 0, "height": height, "fill": "#000000"}
    elements = [{**area, "width": width}]
    if back:
        elements.append({**area, "width": width / 2, "side": "back"})
    page = {"width": width, "height": height, "back": back}
    return layout.parse({"name": "Filled", "page": page, "elements": elements})


def ink(pdf: bytes, folder: Path) -> list[npt.NDArray[np.bool_]]:
    """Where each page is black, ten dots a millimetre."""
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    return [np.asarray(Image.open(page).convert("L")) < 128 for page in paper.draw(file, DPI)]


def extent(black: npt.NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the ink, millimetres."""
    rows, columns = np.nonzero(black.any(axis=1))[0], np.nonzero(black.any(axis=0))[0]
    return columns[0] / FINE, rows[0] / FINE, (columns[-1] + 1) / FINE, (rows[-1] + 1) / FINE


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_sheet_is_filled_row_by_row(name: str, tmp_path: Path) -> None:
    sheet = SHEETS[name].of(filled(min(SHEETS[name].width or 40, 40), min(SHEETS[name].height or 30, 30)))
    labels = sheet.columns * sheet.rows
    (page,) = ink(sheets.impose(filled(40, 30), [ANNA] * labels, sheet), tmp_path)
    corners = list(sheets.corners(sheet))
    assert len(corners) == labels
    for x, y in corners:
        left, top = x + (sheet.width - 40) / 2, y + (sheet.height - 30) / 2
        box = page[
            round(top * FINE) : round((top + 30) * FINE), round(left * FINE) : round((left + 40) * FINE)
        ]
        assert box[5:-5, 5:-5].all(), (x, y)
    assert page.mean() == pytest.approx(labels * 40 * 30 / (sheet.paper[0] * sheet.paper[1]), rel=0.02)


def test_badges_follow_each_other_as_one_reads(tmp_path: Path) -> None:
    guests = [replace(ANNA, code=f"GUEST-{number}") for number in range(12)]
    file = tmp_path / "sheet.pdf"
    sheet = SHEETS["a4-2x5"]
    file.write_bytes(sheets.impose(layout.shipped()["card"], guests, sheet))
    read = []
    for page in paper.draw(file, DPI):
        for x, y in sheets.corners(sheet):
            label = tmp_path / "label.png"
            area = (x * FINE, y * FINE, (x + sheet.width) * FINE, (y + sheet.height) * FINE)
            Image.open(page).crop(area).save(label)
            read += paper.codes_on(label)
    assert read == [guest.code for guest in guests]


def test_used_labels_are_skipped_once(tmp_path: Path) -> None:
    pages = ink(sheets.impose(filled(85, 54), [ANNA] * 11, SHEETS["a4-2x5"], skip=3), tmp_path)
    whole = 85 * 54 / (210 * 297)
    assert [page.mean() / whole for page in pages] == [pytest.approx(7, rel=0.02), pytest.approx(4, rel=0.02)]
    with pytest.raises(BadInput, match="10 labels can't be skipped"):
        sheets.impose(filled(85, 54), [ANNA], SHEETS["a4-2x5"], skip=10)


def test_the_other_side_lies_behind_its_front(tmp_path: Path) -> None:
    sheet = Sheet((200, 100), 2, 1, left=5, top=20, gap_x=10, width=60, height=40)
    front, back = ink(sheets.impose(filled(60, 40, back=True), [ANNA], sheet), tmp_path)
    assert extent(front) == pytest.approx((5, 20, 65, 60), abs=0.2)
    # Turned over its long edge, the label on the left lies on the right.
    assert extent(back) == pytest.approx((135, 20, 165, 60), abs=0.2)


def test_a_badge_never_reaches_into_its_neighbour(tmp_path: Path) -> None:
    area = {"type": "box", "x": 30, "y": 0, "width": 900, "height": 500, "fill": "#000000"}
    wild = layout.parse({"name": "Wild", "page": {"width": 40, "height": 30}, "elements": [area]})
    (page,) = ink(sheets.impose(wild, [ANNA], Sheet((100, 100), 2, 2, width=40, height=30)), tmp_path)
    assert extent(page) == pytest.approx((30, 0, 40, 30), abs=0.2)


def test_a_roll_is_as_long_as_its_label(tmp_path: Path) -> None:
    pages = ink(sheets.impose(filled(62, 100), [ANNA, ANNA], SHEETS["roll-62"]), tmp_path)
    assert [page.shape for page in pages] == [pytest.approx((1000, 620), abs=5)] * 2


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), (10, 0, 30, 5)),
        (Place(3, 2), (13, 2, 33, 7)),
        (Place(-2, -1), (8, 0, 28, 4)),
        (Place(turn=90), (35, 10, 40, 30)),
        (Place(turn=180), (30, 35, 50, 40)),
        (Place(turn=270), (0, 30, 5, 50)),
        (Place(-3, 2, turn=90), (32, 12, 37, 32)),
    ],
)
def test_a_page_is_turned_and_then_moved(place: Place, expected: tuple[float, ...], tmp_path: Path) -> None:
    area = {"type": "box", "x": 10, "y": 0, "width": 20, "height": 5, "fill": "#000000"}
    made = layout.parse({"name": "Bar", "page": {"width": 60, "height": 40}, "elements": [area]})
    (page,) = ink(render_pdf(made, ANNA, place=place), tmp_path)
    width, height = place.page(60, 40)
    assert (page.shape[1] / FINE, page.shape[0] / FINE) == pytest.approx((width, height), abs=0.4)
    assert extent(page) == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize("given", [{"turn": 45}, {"dx": 51}, {"dy": -51}, {"dx": float("nan")}])
def test_a_place_that_can_not_be_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(BadInput) as told:
        Place(**given)  # type: ignore[arg-type]
    assert told.value.remedy


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"columns": 0}, "0 x 4 labels"),
        ({"rows": 61}, "2 x 61 labels"),
        ({"left": -1}, "below 0"),
        ({"width": 110}, "need 220 mm, and the paper is 210 mm wide"),
        ({"top": 40}, "and the paper is 297 mm high"),
    ],
)
def test_a_sheet_that_can_not_be_is_refused(given: dict[str, float], words: str) -> None:
    changed: dict[str, Any] = {"gap_x": 0, "left": 0, **given}
    with pytest.raises(BadInput, match=words):
        replace(SHEETS["a4-2x4"], **changed)


def test_a_layout_that_is_larger_than_its_label_is_told_with_both_sizes() -> None:
    with pytest.raises(BadInput) as told:
        sheets.impose(filled(86, 54), [ANNA], SHEETS["a4-3x7"])
    assert '"Filled" is 86 x 54 mm, a label of this sheet 63.5 x 38.1 mm' in told.value.message
    # A card's corner may lie half a millimetre out.
    assert sheets.impose(filled(86, 54), [ANNA], SHEETS["cr80"])


def test_the_trial_page_shows_every_label_where_it_is(tmp_path: Path) -> None:
    sheet = SHEETS["letter-2x4"]
    (page,) = ink(calibration.trial_page(sheet, Place(2, 1)), tmp_path)
    for x, y in sheets.corners(sheet):
        column, row = round((x + 2 + 20) * FINE), round((y + 1) * FINE)
        assert page[row - 3 : row + 4, column].any(), (x, y)
    last_x, last_y = sheet.at(1, 3)
    corner = (sheet.left + 2, sheet.top + 1, last_x + sheet.width + 2, last_y + sheet.height + 1)
    assert extent(page) == pytest.approx(corner, abs=0.3)
