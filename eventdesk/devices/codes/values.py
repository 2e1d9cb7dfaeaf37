"""What a reader found in a picture: codes read, codes seen but not read, and why not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
"""A picture of shape (height, width), 0 black to 255 white."""

Plane = npt.NDArray[np.float32]
"""Numbers of shape (height, width)."""

Image = npt.NDArray[Any]
"""A picture as it comes: (height, width) or (height, width, 3 as BGR or 4 as BGRA)."""

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left of the code as printed; pixels of the picture given."""


class Symbology(StrEnum):
    """The kinds of code that may be asked for. QR alone is the default: each further one costs time
    and widens what can be mistaken for a ticket."""

    QR = "QRCode"
    AZTEC = "Aztec"
    PDF417 = "PDF417"
    DATA_MATRIX = "DataMatrix"
    CODE_128 = "Code128"


QR_ONLY = frozenset({Symbology.QR})


class Cause(StrEnum):
    """Why a code was seen and not read."""

    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TOO_FAR = "too_far"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Code:
    """One code read.

    `text` is what the desk looks up: line ends are a newline and the ends are bare of spaces, as
    hand scanners and keyboards would type it. `raw` holds the bytes as they stand in the code.
    `reader` names the reader and the step that read it ("zxing-cpp plain").
    """

    text: str
    raw: bytes
    symbology: Symbology
    corners: Corners
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One code seen but not read. `modules` is its number of modules a side, 0 where unknown."""

    corners: Corners
    symbology: Symbology
    modules: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at one picture gave."""

    codes: tuple[Code, ...] = ()
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture holds. `cause` says why nothing was read and is None where something was, or
    where there is nothing to say. `ms` is the time it took, loading not counted."""

    codes: tuple[Code, ...] = ()
    seen: tuple[Seen, ...] = ()
    cause: Cause | None = None
    ms: float = 0.0

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(code.text for code in self.codes)


def canonical(text: str) -> str:
    """The text as the desk compares it. Half of a surrogate pair, which no database keeps, is escaped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
