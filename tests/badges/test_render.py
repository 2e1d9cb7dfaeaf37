"""Badges as PDF and pictures: the code can be read, the page has its size, any thread may render."""

import base64
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from eventdesk.badges import codes, layout
from eventdesk.badges.fitting import UNITS_PER_INCH
from eventdesk.badges.layout import Layout
from eventdesk.badges.painting import paint_element
from eventdesk.badges.render import render_image, render_many, render_pdf, render_png
from eventdesk.errors import BadInput
from tests.badges.guests import ANNA, ARABIC, EMOJI, SIXTY_LETTERS
from tests.rigs.printers import sheets

SHIPPED = sorted(layout.shipped())


def one_element(**element: object) -> Layout:
    """A page of 40 x 20 mm with one element that fills it."""
    given = {"x": 0, "y": 0, "width": 40, "height": 20, "id": "it", **element}
    return layout.parse({"name": "One", "page": {"width": 40, "height": 20}, "elements": [given]})


def texts(file: Path) -> str:
    """What Poppler finds written in a PDF."""
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return said.stdout


def picture(width: int, height: int, left: str, right: str) -> str:
    """A PNG in base64, its halves in two colours."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(left))
    for x in range(width // 2, width):
        for y in range(height):
            image.setPixelColor(x, y, QColor(right))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return base64.b64encode(bytes(buffer.data().data())).decode()


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("code", ["ABCDEFGHJKLMNPQ23456789", "x" * 156, "https://example.org/?a=1&b=%C3%BC"])
def test_the_code_on_the_paper_is_read_by_zbar(tmp_path: Path, name: str, code: str) -> None:
    badge = layout.shipped()[name]
    file = tmp_path / "badge.pdf"
    file.write_bytes(render_pdf(badge, replace(ANNA, code=code)))
    assert sheets.codes(file) == [code]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_has_the_layouts_size(tmp_path: Path, name: str) -> None:
    badge = layout.shipped()[name]
    file = tmp_path / "badge.pdf"
    file.write_bytes(render_pdf(badge, ANNA))
    # A PDF's page is whole points, 0.35 mm, in Qt's hands.
    assert sheets.page_size(file) == pytest.approx((badge.page.width, badge.page.height), abs=0.36)
    image = render_image(badge, ANNA, dpi=254)
    assert (image.width(), image.height()) == (badge.page.width * 10, badge.page.height * 10)


def test_many_badges_are_one_file_of_a_page_each(tmp_path: Path) -> None:
    guests = [replace(ANNA, code=f"GUEST-{number}") for number in range(5)]
    file = tmp_path / "badges.pdf"
    file.write_bytes(render_many(layout.shipped()["card"], guests))
    assert sheets.codes(file) == [f"GUEST-{number}" for number in range(5)]


def test_a_badge_with_a_back_has_a_page_for_each_side(tmp_path: Path) -> None:
    guests = [replace(ANNA, code=f"GUEST-{number}") for number in range(2)]
    file = tmp_path / "badges.pdf"
    file.write_bytes(render_many(layout.shipped()["badge-4x6"], guests))
    assert [sheets.codes_on(page) for page in sheets.draw(file)] == [[], ["GUEST-0"], [], ["GUEST-1"]]


def test_one_element_is_painted_as_in_its_layout() -> None:
    card = layout.shipped()["card"]
    whole = render_image(card, ANNA, 254)
    image = QImage(whole.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(254 / UNITS_PER_INCH, 254 / UNITS_PER_INCH)
    code = next(element for element in card.elements if element.id == "code")
    paint_element(painter, code, ANNA, card)
    painter.end()
    place = QRect(570, 130, 270, 270)
    assert image.copy(place) == whole.copy(place)
    assert image.pixelColor(50, 250) == QColor("white")


def test_a_code_has_four_modules_of_white_round_it() -> None:
    rows = codes.modules("ABC")
    edge = codes.QUIET_ZONE
    assert not any(any(row) for row in rows[:edge] + rows[-edge:])
    assert not any(any(row[:edge]) or any(row[-edge:]) for row in rows)
    assert rows[edge][edge]


def test_a_code_that_is_too_long_is_told() -> None:
    with pytest.raises(BadInput, match="too long for a QR code"):
        render_pdf(one_element(type="qr"), replace(ANNA, code="x" * 3000))


needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")


@needs_pdftotext
def test_texts_are_in_the_pdf_as_texts(tmp_path: Path) -> None:
    file = tmp_path / "badge.pdf"
    file.write_bytes(render_pdf(layout.shipped()["card"], ANNA))
    assert "Anna Müller" in texts(file)
    assert "COPY" not in texts(file)


@needs_pdftotext
def test_a_copy_says_so(tmp_path: Path) -> None:
    for name in SHIPPED:
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(render_pdf(layout.shipped()[name], replace(ANNA, copy=2)))
        said = subprocess.run(
            ["pdftotext", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert "COPY 2" in said


def test_a_photo_fills_its_place_and_keeps_its_shape() -> None:
    photo = picture(100, 100, "#ff0000", "#0000ff")
    image = render_image(
        one_element(type="photo"), replace(ANNA, photo=f"data:image/png;base64,{photo}"), 254
    )
    assert image.pixelColor(5, 5).name() == image.pixelColor(5, 195).name() == "#ff0000"
    assert image.pixelColor(395, 195).name() == "#0000ff"


def test_a_photo_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a photo.png"
    file.write_bytes(base64.b64decode(picture(3000, 1500, "#ff0000", "#0000ff")))
    for address in (str(file), file.as_uri()):
        image = render_image(one_element(type="photo"), replace(ANNA, photo=address), 254)
        assert image.pixelColor(20, 100).name() == "#ff0000"


@pytest.mark.parametrize("photo", ["", "nonsense!", "data:image/png;base64,AAAA", "data:,", "/", "\0"])
def test_a_photo_that_can_not_be_shown_leaves_its_place_empty(photo: str) -> None:
    image = render_image(one_element(type="photo"), replace(ANNA, photo=photo), 100)
    assert image.pixelColor(10, 10) == QColor("white")


def test_a_logo_is_shown_whole() -> None:
    image = render_image(one_element(type="image", data=picture(100, 100, "#ff0000", "#0000ff")), ANNA, 254)
    assert image.pixelColor(50, 100) == QColor("white")
    assert image.pixelColor(110, 100).name() == "#ff0000"
    assert image.pixelColor(290, 100).name() == "#0000ff"


def test_a_logo_that_is_none_is_told_by_name() -> None:
    with pytest.raises(BadInput, match=r'Layout "One", element 1 \("it"\), member "data"'):
        render_pdf(one_element(type="image", data="nonsense!"), ANNA)


def test_boxes_and_lines_are_where_they_should_be() -> None:
    drawn = render_image(one_element(type="box", fill="#00ff00", stroke="#000000", thickness=2), ANNA, 254)
    assert drawn.pixelColor(200, 100).name() == "#00ff00"
    assert drawn.pixelColor(200, 3).name() == "#000000"
    data = {"type": "line", "x": 0, "y": 10, "to_x": 40, "to_y": 10, "thickness": 1, "color": "#0000ff"}
    line = layout.parse({"name": "L", "page": {"width": 40, "height": 20}, "elements": [data]})
    drawn = render_image(line, ANNA, 254)
    assert [drawn.pixelColor(200, y).name() for y in (90, 100, 110)] == ["#ffffff", "#0000ff", "#ffffff"]


def test_a_turned_element_turns_about_its_centre() -> None:
    upright = one_element(type="image", data=picture(100, 50, "#ff0000", "#0000ff"))
    turned = one_element(type="image", data=picture(100, 50, "#ff0000", "#0000ff"), rotation=180)
    one, other = render_image(upright, ANNA, 254), render_image(turned, ANNA, 254)
    assert one.pixelColor(20, 100).name() == other.pixelColor(380, 100).name() == "#ff0000"


def test_any_thread_may_render_while_others_do(tmp_path: Path) -> None:
    card = layout.shipped()["card"]
    expected = {name: render_png(card, replace(ANNA, name=name)) for name in (ARABIC, EMOJI, SIXTY_LETTERS)}
    wrong: list[str] = []

    def render(name: str) -> None:
        for _ in range(5):
            render_pdf(card, replace(ANNA, name=name))
            if render_png(card, replace(ANNA, name=name)) != expected[name]:
                wrong.append(name)

    threads = [threading.Thread(target=render, args=(name,)) for name in (*expected, *expected)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_command_without_a_screen_renders_too(tmp_path: Path) -> None:
    program = """
import pathlib, sys
from eventdesk.badges import fonts, layout, render
from eventdesk.domain.badges import BadgeContents
fonts.prepare()
contents = BadgeContents(ticket="t", name="Anna", code="FROM-A-COMMAND")
pathlib.Path(sys.argv[1]).write_bytes(render.render_pdf(layout.shipped()["card"], contents))
"""
    file = tmp_path / "badge.pdf"
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], env=bare, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sheets.codes(file) == ["FROM-A-COMMAND"]
