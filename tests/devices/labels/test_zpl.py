"""What a Zebra is sent, drawn by a Zebra that other people wrote and compared with the PDF."""

from pathlib import Path

import pytest
from PIL import Image

from eventdesk.badges.place import Place
from eventdesk.devices.printers.labels import pictures, zpl
from eventdesk.devices.printers.labels.conditions import Condition
from eventdesk.devices.printers.labels.zebra import Zebra
from eventdesk.devices.printers.queues import QueueRefused
from eventdesk.domain.printing.setup import PrinterSetup
from tests.devices.labels.badges import CODE, badge
from tests.rigs.labels import likeness
from tests.rigs.labels.renderers import draw_zpl

pytestmark = pytest.mark.usefixtures("qapp")
# More than what programs differ by, far less than any mistake makes.
ALIKE = 0.02
DIFFERENT = 0.15


def sent(pdf: bytes, media: tuple[float, float], dpi: float, size: tuple[float, float]) -> bytes:
    language = Zebra(PrinterSetup())
    condition = Condition(media=media, dpi=dpi)
    return language.encode(language.draw(pdf, size, condition), condition)


@pytest.mark.parametrize(("dots", "dpi"), [(8, 203.2), (12, 304.8)])
def test_a_label_is_the_pdf_dot_by_dot(tmp_path: Path, dots: int, dpi: float) -> None:
    pdf = badge(62, 100)
    printed = draw_zpl(sent(pdf, (62, 100), dpi, (62, 100)), 62, 100, dots, tmp_path)
    assert printed.size == (62 * dots, 100 * dots)
    drawn = likeness.poppler(pdf, printed.size, tmp_path)
    assert likeness.apart(printed, drawn) < ALIKE
    assert likeness.code(printed, tmp_path) == [CODE]


def test_the_comparison_sees_a_millimetre_a_mirror_and_a_negative(tmp_path: Path) -> None:
    drawn = likeness.poppler(badge(62, 100), (496, 800), tmp_path)
    moved = Image.new("L", drawn.size, 255)
    moved.paste(drawn, (8, 0))
    for wrong in (
        moved,
        drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        drawn.transpose(Image.Transpose.ROTATE_180),
        drawn.point(lambda value: 255 - value),
    ):
        assert likeness.apart(drawn, wrong) > DIFFERENT


def test_a_badge_that_lies_across_is_turned_onto_the_label(tmp_path: Path) -> None:
    pdf = badge(100, 62)
    printed = draw_zpl(sent(pdf, (62, 100), 203.2, (100, 62)), 62, 100, 8, tmp_path)
    upright = printed.transpose(Image.Transpose.ROTATE_270)
    assert likeness.apart(upright, likeness.poppler(pdf, (800, 496), tmp_path)) < ALIKE
    assert likeness.code(printed, tmp_path) == [CODE]


def test_a_badge_of_another_size_is_refused_in_words() -> None:
    with pytest.raises(QueueRefused, match=r"holds 62 × 100 mm, this badge is 86 × 54 mm"):
        sent(badge(86, 54), (62, 100), 203.2, (86, 54))


def test_without_known_labels_the_badge_is_sent_at_its_size() -> None:
    language = Zebra(PrinterSetup())
    (page,) = language.draw(badge(86, 54), (86, 54), Condition(media=None, dpi=203.2))
    assert page.size == pytest.approx((688, 432), abs=1)


def test_each_page_is_a_label_of_its_own() -> None:
    assert sent(badge(62, 100, pages=2), (62, 100), 203.2, (62, 100)).count(b"^XZ") == 2


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(QueueRefused, match="can't be drawn"):
        pictures.pages(b"%PDF-1.4 nothing", 203.2)


def test_a_width_that_is_no_whole_number_of_bytes(tmp_path: Path) -> None:
    page = Image.new("1", (43, 16), 1)
    page.paste(0, (40, 0, 43, 16))
    printed = draw_zpl(zpl.label(page), 43 / 8, 2, 8, tmp_path)
    black = [x for x in range(43) if printed.getpixel((x, 8)) == 0]
    assert black == [40, 41, 42]


def test_a_badge_is_moved_and_turned_as_the_printer_needs_it(tmp_path: Path) -> None:
    here = likeness.poppler(badge(62, 100), (496, 800), tmp_path)
    there = badge(62, 100, place=Place(dx=2, dy=-1, turn=180))
    printed = draw_zpl(sent(there, (62, 100), 203.2, (62, 100)), 62, 100, 8, tmp_path)
    expected = Image.new("L", here.size, 255)
    expected.paste(here.transpose(Image.Transpose.ROTATE_180), (16, -8))
    assert likeness.apart(printed, expected) < ALIKE
