"""Labels in Brother's raster commands for the QL series (its public reference; 300 dots an inch)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

from eventdesk.devices.printers.labels.pictures import said
from eventdesk.devices.printers.queues import PageSize, QueueRefused

DPI = 300.0
PINS, WIDE_PINS = 720, 1296
# The narrow tapes of a wide printer lie so many pins further in.
WIDE_SHIFT = 44
FEED = 35  # dots before and behind the picture on a tape: 3 mm
CLEAR = bytes(400) + b"\x1b@"
ASK = b"\x1biS"


@dataclass(frozen=True, slots=True)
class Area:
    """What can be printed of a medium, in dots: `length` 0 for a tape; `offset`: pins that are free at its
    right side."""

    width: int
    length: int
    offset: int


AREAS = {
    (12, 0): Area(106, 0, 29),
    (29, 0): Area(306, 0, 6),
    (38, 0): Area(413, 0, 12),
    (50, 0): Area(554, 0, 12),
    (54, 0): Area(590, 0, 0),
    (62, 0): Area(696, 0, 12),
    (102, 0): Area(1164, 0, 12),
    (17, 54): Area(165, 566, 0),
    (17, 87): Area(165, 956, 0),
    (29, 42): Area(306, 425, 6),
    (29, 90): Area(306, 991, 6),
    (38, 90): Area(413, 991, 12),
    (39, 48): Area(425, 495, 6),
    (52, 29): Area(578, 271, 0),
    (62, 29): Area(696, 271, 12),
    (62, 100): Area(696, 1109, 12),
    (102, 51): Area(1164, 526, 12),
    (102, 152): Area(1164, 1660, 12),
}


def area(media: PageSize) -> Area:
    """Raises QueueRefused for media that is not known."""
    found = AREAS.get((round(media[0]), round(media[1])))
    if found is None:
        raise QueueRefused(f"Labels of {said(media)} are not known.", "Put in labels of another size.")
    return found


def cropped(page: Image.Image, media: PageSize) -> Image.Image:
    """The part of a page that can be printed: what lies at the very edge is left out, nothing is shrunk."""
    there = area(media)
    length = there.length or page.height - 2 * FEED
    left, top = (page.width - there.width) // 2, (page.height - length) // 2
    if not there.length:
        top = FEED
    # Where a page is a dot too small, what is outside it must be white.
    whole = Image.new(page.mode, (there.width, length), "white")
    whole.paste(page, (-left, -top))
    return whole


def job(
    pages: Sequence[tuple[Image.Image, Image.Image | None]], media: PageSize, *, wide: bool = False
) -> bytes:
    """All labels of a job, each cut off. A page is its black picture, and its red one for a roll of two
    colours."""
    done = CLEAR + b"\x1bia\x01" + b"\x1bi!\x00"
    for number, (black, red) in enumerate(pages):
        last = number == len(pages) - 1
        done += _head(black.height, media, number, two_colours=red is not None)
        done += _rows(black, red, media, wide)
        done += b"\x1a" if last else b"\x0c"
    return done


def _head(height: int, media: PageSize, number: int, *, two_colours: bool) -> bytes:
    width, length = round(media[0]), round(media[1])
    # Which of the values hold: kind, width, length, quality; and that the printer mends itself.
    valid = 0x80 | 0x40 | 0x08 | 0x04 | 0x02
    kind = 0x0B if length else 0x0A
    told = bytes((valid, kind, width, length)) + height.to_bytes(4, "little") + bytes((number > 0, 0))
    margin = (0 if length else FEED).to_bytes(2, "little")
    return (
        b"\x1biz" + told + b"\x1biM\x40" + b"\x1biA\x01"
        + b"\x1biK" + bytes((0x08 | two_colours,)) + b"\x1bid" + margin
    )  # fmt: skip


def _rows(black: Image.Image, red: Image.Image | None, media: PageSize, wide: bool) -> bytes:
    blacks = _pins(black, media, wide)
    if red is None:
        return b"".join(b"g\x00" + bytes((len(row),)) + row for row in blacks)
    pairs = zip(blacks, _pins(red, media, wide), strict=True)
    return b"".join(
        b"w\x01" + bytes((len(one),)) + one + b"w\x02" + bytes((len(two),)) + two for one, two in pairs
    )


def _pins(page: Image.Image, media: PageSize, wide: bool) -> list[bytes]:
    """The rows as the pins take them, from the right to the left; a pin that is set burns."""
    pins = WIDE_PINS if wide else PINS
    offset = area(media).offset + (WIDE_SHIFT if wide else 0)
    burning = ImageChops.invert(page.convert("L")).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    canvas = Image.new("L", (pins, page.height), 0)
    canvas.paste(burning, (offset, 0))
    data, pitch = canvas.convert("1").tobytes(), pins // 8
    return [data[at : at + pitch] for at in range(0, len(data), pitch)]
