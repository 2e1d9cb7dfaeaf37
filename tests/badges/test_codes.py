"""Codes on badges, read by programs that did not write them."""

from dataclasses import replace
from pathlib import Path

import pytest

from eventdesk.badges import codes, layout
from eventdesk.badges.layout import Layout
from eventdesk.badges.render import render_pdf
from eventdesk.errors import BadInput
from tests.badges.guests import ANNA
from tests.rigs.codes import readers
from tests.rigs.printers import sheets

SECRET = "ABCDEFGHJKLMNPQ23456789"
SIGNED = "HC1:" + "6BFOXN*TS0BI$ZDYSHTRMM/87*4S8O5VP9ZQ" * 4
SIZES = {"code128": (80, 14), "datamatrix": (22, 22), "pdf417": (80, 34), "aztec": (26, 26)}


def with_code(kind: str, **members: object) -> Layout:
    """A page of 90 x 40 mm with a code in its middle."""
    width, height = SIZES.get(kind, (30, 30))
    area = {"x": (90 - width) / 2, "y": (40 - height) / 2, "width": width, "height": height}
    element = {"type": "barcode", "id": "it", "kind": kind, **area, **members}
    if kind == codes.QR:
        element = {"type": "qr", "id": "it", **area, **members}
    return layout.parse({"name": "Codes", "page": {"width": 90, "height": 40}, "elements": [element]})


def printed(made: Layout, code: str, folder: Path) -> Path:
    file = folder / "badge.pdf"
    file.write_bytes(render_pdf(made, replace(ANNA, code=code)))
    (page,) = sheets.draw(file, 300)
    return page


@pytest.mark.parametrize("code", [SECRET, "1042", "https://example.org/?a=1&b=%C3%BC"])
@pytest.mark.parametrize("kind", sorted(SIZES))
def test_every_kind_of_code_is_read_by_another_program(kind: str, code: str, tmp_path: Path) -> None:
    assert readers.read(kind, printed(with_code(kind), code, tmp_path)) == code


@pytest.mark.parametrize("kind", sorted(SIZES))
def test_a_code_that_stands_on_its_head_is_read_too(kind: str, tmp_path: Path) -> None:
    assert readers.read(kind, printed(with_code(kind, rotation=180), SECRET, tmp_path)) == SECRET


@pytest.mark.parametrize("kind", ["datamatrix", "pdf417", "aztec", codes.QR])
def test_a_signed_ticket_has_room_in_all_codes_of_two_dimensions(kind: str, tmp_path: Path) -> None:
    assert readers.read(kind, printed(with_code(kind), SIGNED, tmp_path)) == SIGNED


def test_white_is_kept_around_each_kind() -> None:
    for kind, made in codes.KINDS.items():
        rows = codes.modules("ABC", kind)
        beside, above = made.white
        assert not any(any(row[:beside]) or any(row[len(row) - beside :]) for row in rows)
        assert not any(any(row) for row in (*rows[:above], *rows[len(rows) - above :]))


def test_a_data_matrix_is_square() -> None:
    rows = codes.modules(SECRET, "datamatrix")
    assert len(rows) == len(rows[0])


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("code128", "山田", "letters that a Code 128 can't hold"),
        ("code128", "x" * 300, "A text of 300 letters is too long for a Code 128"),
        ("datamatrix", "x" * 4000, "too long for a Data Matrix"),
        ("pdf417", "x" * 4000, "too long for a PDF417"),
        ("aztec", "x" * 4000, "too long for an Aztec code"),
        (codes.QR, "x" * 3000, "too long for a QR code"),
    ],
)
def test_what_a_code_can_not_hold_is_told_with_its_element(kind: str, code: str, words: str) -> None:
    with pytest.raises(BadInput) as told:
        render_pdf(with_code(kind), replace(ANNA, code=code))
    assert told.value.message.startswith('Layout "Codes", element 1 ("it"), member "content": ')
    assert words in told.value.message
    assert told.value.remedy


@pytest.mark.parametrize("kind", [*SIZES, codes.QR])
def test_a_code_without_a_text_is_left_out(kind: str, tmp_path: Path) -> None:
    assert readers.read(kind, printed(with_code(kind), "", tmp_path)) == ""
