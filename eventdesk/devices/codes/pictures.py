"""Picture files of any usual kind as arrays: one a page or frame of the file."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence, UnidentifiedImageError

from eventdesk.devices.codes.values import Gray, Image
from eventdesk.errors import BadInput

MOST_PIXELS = 150_000_000
"""A larger picture is refused: a small file can claim any size, and decoding it would take the memory."""
MOST_PAGES = 1000

# Modes with more than 8 bits a pixel, which Pillow clips instead of stretching.
_DEEP = {"I", "F", "I;16", "I;16B", "I;16L", "I;16N"}


def load(file: Path) -> Iterator[Image]:
    """The pages of a picture file, upright, gray (height, width); deep ones as they are.

    Raises BadInput, naming the file, where it is no picture, is damaged or is too large.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of odd metadata and of sizes that are checked here.
            warnings.simplefilter("ignore")
            with Pillow.open(file) as picture:
                _refuse_giants(picture, file)
                for index, page in enumerate(ImageSequence.Iterator(picture)):
                    if index >= MOST_PAGES:
                        break
                    yield _as_array(page)
    except UnidentifiedImageError as error:
        raise BadInput(
            f"{file} is neither a picture nor a film.", "Give a PNG, JPEG, WebP or film."
        ) from error
    except Pillow.DecompressionBombError as error:
        raise _too_large(file) from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, MemoryError) as error:
        raise BadInput(f"{file} can't be read: {error}.", "Save the picture again.") from error


def _refuse_giants(picture: Pillow.Image, file: Path) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large(file)


def _too_large(file: Path) -> BadInput:
    return BadInput(f"{file} has more than {MOST_PIXELS // 1_000_000} million pixels.", "Make it smaller.")


def _as_array(page: Pillow.Image) -> Image:
    page = ImageOps.exif_transpose(page)
    if page.mode in _DEEP:
        return np.asarray(page)
    if page.has_transparency_data:
        return _on_white(page)
    return np.asarray(page if page.mode == "L" else _plain(page).convert("L"))


def _plain(page: Pillow.Image) -> Pillow.Image:
    """CMYK, palettes and the like go to gray by way of RGB."""
    return page if page.mode in {"RGB", "1"} else page.convert("RGB")


def _on_white(page: Pillow.Image) -> Gray:
    """What is transparent shows the white paper that most viewers put under it."""
    layer = page.convert("RGBA")
    paper = Pillow.new("RGBA", layer.size, "white")
    return np.asarray(Pillow.alpha_composite(paper, layer).convert("L"))
