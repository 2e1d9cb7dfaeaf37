"""A picture in black and white, as receipt printers take it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raster:
    """`width` in dots, a multiple of eight; `rows` from the top, each of `width // 8` bytes, the leftmost
    dot in the highest bit, a set bit black. Raises ValueError where they don't fit each other."""

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
