"""The paper receipts come on, and what is put on it."""

from dataclasses import dataclass
from enum import StrEnum

DOTS_PER_MM = 8
ROLL_80_DOTS, ROLL_58_DOTS = 576, 384


class Paper(StrEnum):
    """A roll of 80 or 58 mm, or sheets. A printer's head is narrower than its roll."""

    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    A4 = "a4"

    @property
    def dots(self) -> int:
        """What a receipt printer prints in a row. Raises ValueError for sheets, which have no dots."""
        if self is Paper.A4:
            raise ValueError("sheets are printed as PDF")
        return ROLL_80_DOTS if self is Paper.ROLL_80 else ROLL_58_DOTS


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture in black and white. `width` in dots, a multiple of eight; `rows` from the top, each of
    `width // 8` bytes, the leftmost dot in the highest bit, a set bit black. Raises ValueError where they
    don't fit each other."""

    width: int
    rows: bytes

    def __post_init__(self) -> None:
        if self.width <= 0 or self.width % 8 or len(self.rows) % self.pitch:
            raise ValueError(f"{len(self.rows)} bytes are no rows of {self.width} dots")

    @property
    def pitch(self) -> int:
        """Bytes a row."""
        return self.width // 8

    @property
    def height(self) -> int:
        """In dots."""
        return len(self.rows) // self.pitch


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF whose pages are `size` millimetres, width and height."""

    pdf: bytes
    size: tuple[float, float]
