"""What a Brother QL is sent, read by another program and compared with the PDF."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from eventdesk.devices.printers.labels import raster
from eventdesk.devices.printers.labels.brother import Brother
from eventdesk.devices.printers.labels.conditions import Condition
from eventdesk.devices.printers.queues import QueueRefused
from tests.devices.labels.badges import CODE, badge
from tests.rigs.labels import likeness
from tests.rigs.labels.renderers import draw_raster

pytestmark = pytest.mark.usefixtures("qapp")
ALIKE = 0.02
DOTS = 300 / 25.4


def sent(pdf: bytes, media: tuple[float, float], size: tuple[float, float]) -> bytes:
    language = Brother()
    condition = Condition(media=media)
    return language.encode(language.draw(pdf, size, condition), condition)


def on_paper(printed: Image.Image, media: tuple[int, int], length: float) -> Image.Image:
    """The label with its edges, which no dot reaches, from the 720 pins: the first is at the right."""
    width = round(media[0] * DOTS)
    # Brother's tables: the labels' right edges lie at these pins.
    beyond = {(62, 0): -6, (62, 100): -6, (29, 90): -12}[media]
    right = 720 - beyond
    above = raster.FEED if not media[1] else (round(length * DOTS) - printed.height) // 2
    paper = Image.new("L", (width, round(length * DOTS)), 255)
    paper.paste(printed.convert("L"), (width - right, above))
    return paper


@pytest.mark.parametrize(
    ("media", "size"),
    [((62, 100), (62, 100)), ((62, 0), (62, 80)), ((29, 90), (29, 90)), ((62, 0), (62, 140))],
)
def test_a_label_is_the_pdf_dot_by_dot(
    tmp_path: Path, media: tuple[int, int], size: tuple[float, float]
) -> None:
    pdf = badge(*size)
    (printed,) = draw_raster(sent(pdf, media, size), tmp_path)
    assert printed.width == 720
    paper = on_paper(printed, media, size[1])
    assert likeness.apart(paper, likeness.poppler(pdf, paper.size, tmp_path)) < ALIKE
    assert likeness.code(paper, tmp_path) == [CODE]


def test_a_badge_that_lies_across_is_turned_onto_the_label(tmp_path: Path) -> None:
    pdf = badge(100, 62)
    (printed,) = draw_raster(sent(pdf, (62, 100), (100, 62)), tmp_path)
    paper = on_paper(printed, (62, 100), 100).transpose(Image.Transpose.ROTATE_270)
    assert likeness.apart(paper, likeness.poppler(pdf, paper.size, tmp_path)) < ALIKE


def test_each_label_is_cut_off(tmp_path: Path) -> None:
    job = sent(badge(62, 100, pages=2), (62, 100), (62, 100))
    assert len(draw_raster(job, tmp_path)) == 2
    assert job.count(b"\x1biM\x40\x1biA\x01") == 2
    assert job.endswith(b"\x1a")


def test_a_roll_of_two_colours_gets_its_red(tmp_path: Path) -> None:
    page = Image.new("RGB", (732, 500), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 100, 200, 200), fill="#d01010")
    draw.rectangle((400, 100, 500, 200), fill="black")
    language = Brother(red=True)
    job = language.encode([raster.cropped(page, (62, 0))], Condition(media=(62, 0)))
    (printed,) = draw_raster(job, tmp_path)
    paper = Image.new("RGB", (732, 500), "white")
    paper.paste(printed, (732 - 726, raster.FEED))
    assert paper.getpixel((150, 150)) == (255, 0, 0)
    assert paper.getpixel((450, 150)) == (0, 0, 0)
    assert paper.getpixel((300, 150)) == (255, 255, 255)


def test_a_wide_printer_gets_rows_of_its_width() -> None:
    page = Image.new("1", (696, 4), 1)
    page.paste(0, (695, 0, 696, 4))
    job = raster.job([(page, None)], (62, 0), wide=True)
    row = job[job.index(b"g\x00\xa2") + 3 :][:162]
    burning = [pin for pin in range(1296) if row[pin // 8] >> (7 - pin % 8) & 1]
    assert burning == [12 + raster.WIDE_SHIFT]


def test_the_wrong_roll_is_refused_in_words() -> None:
    with pytest.raises(QueueRefused, match=r"holds 62 mm, this badge is 86 × 54 mm"):
        sent(badge(86, 54), (62, 0), (86, 54))
    with pytest.raises(QueueRefused, match=r"Labels of 61 × 99 mm are not known"):
        raster.area((61, 99))
