"""From a badge's PDF to dots, and whether they fit on what lies in the printer."""

from threading import Lock

import pypdfium2
from PIL import Image

from eventdesk.devices.printers.queues import PageSize, QueueRefused

MM_PER_INCH = 25.4
# Labels of one name differ by less than this, and those of two names by more.
TOLERANCE_MM = 1.0
# PDFium may be in one thread at a time.
_pdfium = Lock()


def pages(pdf: bytes, dpi: float) -> list[Image.Image]:
    """The pages in colour at their true size. Raises QueueRefused for what is no PDF."""
    try:
        with _pdfium, pypdfium2.PdfDocument(pdf) as document:
            return [_drawn(document, number, dpi) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise QueueRefused("The badge can't be drawn.", "Choose another layout.") from error


def dots(millimetres: float, dpi: float) -> int:
    return round(millimetres / MM_PER_INCH * dpi)


def black(image: Image.Image) -> Image.Image:
    """In black and white. Pure colours stay as they are, all between is made of dots."""
    return image.convert("L").convert("1")


def red(image: Image.Image) -> Image.Image:
    """Black where the picture is red, white elsewhere."""
    bands = image.convert("RGB").split()
    is_red = bands[0].point(lambda value: 255 if value >= 160 else 0)
    for other in bands[1:]:
        is_red = _both(is_red, other.point(lambda value: 255 if value <= 110 else 0))
    return is_red.point(lambda value: 255 - value).convert("1")


def turn(size: PageSize, media: PageSize) -> bool:
    """Whether a page of `size` lies on its side on the media (height 0: as long as it needs to be).

    Raises QueueRefused where it does not fit at all.
    """
    if _alike(size, media):
        return False
    if _alike((size[1], size[0]), media):
        return True
    raise QueueRefused(
        f"The printer holds {said(media)}, this badge is {said(size)}.",
        "Put in other labels, or choose another layout or printer.",
    )


def said(size: PageSize) -> str:
    """A size in words that need no translation."""
    return f"{size[0]:g} × {size[1]:g} mm" if size[1] else f"{size[0]:g} mm"


def _alike(size: PageSize, media: PageSize) -> bool:
    near = abs(size[0] - media[0]) <= TOLERANCE_MM
    return near and (not media[1] or abs(size[1] - media[1]) <= TOLERANCE_MM)


def _both(one: Image.Image, other: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.darker(one, other)


def _drawn(document: pypdfium2.PdfDocument, number: int, dpi: float) -> Image.Image:
    """Without smoothing of lines and letters: their greys would become specks."""
    page = document[number]
    bitmap = page.render(scale=dpi / 72, no_smoothtext=True, no_smoothpath=True)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return image
