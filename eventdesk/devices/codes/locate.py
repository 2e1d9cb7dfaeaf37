"""Where in a picture a code may be: patches rich in edges of both directions.

A blurred, glared or dim code shows no finder pattern to a reader, but it still is the busiest patch
of most scenes. Looking costs about a millisecond at 1280x720, and every further look at a patch
costs a fraction of one at the whole picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from eventdesk.devices.codes.values import Corners, Gray, Seen

_LOOK_AT = 640  # longest side of the picture that is looked at
_CELL = 8  # pixels of it a cell
_SHARES = (0.5, 0.25)  # of the busiest cell's edges: what counts as busy
_PAD = 1.5  # cells of quiet zone around a patch


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole pixels: x0 <= x < x1, y0 <= y < y1."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def area(self) -> int:
        return max(0, self.x1 - self.x0) * max(0, self.y1 - self.y0)

    def overlap(self, other: "Box") -> float:
        """Intersection over union: 0 apart, 1 the same."""
        common = Box(
            max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1)
        ).area
        return common / max(1, self.area + other.area - common)


def around(corners: Corners, shape: tuple[int, ...], margin: float = 0.3) -> Box:
    """The box of a code with `margin` (a share of its longer side) around it, within the picture."""
    points = np.asarray(corners, dtype=float)
    low, high = points.min(axis=0), points.max(axis=0)
    pad = float((high - low).max()) * margin
    x0, y0 = np.maximum(low - pad, 0).astype(int)
    x1, y1 = np.minimum(high + pad + 1, (shape[1], shape[0])).astype(int)
    return Box(int(x0), int(y0), int(x1), int(y1))


def distinct(seen: Iterable[Seen], shape: tuple[int, ...]) -> tuple[Seen, ...]:
    """Each place once: most rungs of the ladder see the same code."""
    places: list[tuple[Box, Seen]] = []
    for one in seen:
        box = around(one.corners, shape)
        if all(box.overlap(other) <= 0.3 for other, _ in places):
            places.append((box, one))
    return tuple(one for _, one in places)


def busy_patches(picture: Gray, most: int = 2) -> tuple[Box, ...]:
    """At most `most` patches that may hold a code, the likeliest first."""
    energy = _edges_both_ways(picture)
    if energy is None or float(energy.max()) < 1.0:
        return ()
    scale = picture.shape[1] / energy.shape[1], picture.shape[0] / energy.shape[0]
    ranked = sorted(_components(energy), key=lambda found: -found[0])
    chosen: list[Box] = []
    for _, cells in ranked:
        box = _in_pixels(cells, scale, picture.shape)
        if all(box.overlap(other) <= 0.6 for other in chosen):
            chosen.append(box)
        if len(chosen) == most:
            break
    return tuple(chosen)


def _edges_both_ways(picture: Gray) -> np.ndarray | None:
    """Edge strength a cell, the weaker of the two directions: lines and bars count for little."""
    shrink = max(1, round(max(picture.shape) / _LOOK_AT))
    small = picture
    if shrink > 1:
        size = picture.shape[1] // shrink, picture.shape[0] // shrink
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    if min(small.shape) < 4 * _CELL:
        return None
    cells = small.shape[1] // _CELL, small.shape[0] // _CELL
    across = cv2.absdiff(small[:-2, 2:], small[:-2, :-2])
    down = cv2.absdiff(small[2:, :-2], small[:-2, :-2])
    both = np.minimum(
        cv2.resize(across, cells, interpolation=cv2.INTER_AREA),
        cv2.resize(down, cells, interpolation=cv2.INTER_AREA),
    )
    return cv2.blur(both.astype(np.float32), (3, 3))


def _components(energy: np.ndarray) -> list[tuple[float, Box]]:
    """Busy regions in cells, each with a score: large, strong and square is likely."""
    found = []
    for share in _SHARES:
        mask = (energy > float(energy.max()) * share).astype(np.uint8)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
        for index in range(1, count):
            x, y, width, height, area = (int(value) for value in stats[index])
            if width < 3 or height < 3:
                continue
            strength = float(energy[labels == index].mean())
            score = area * strength * min(width, height) / max(width, height)
            found.append((score, Box(x, y, x + width, y + height)))
    return found


def _in_pixels(cells: Box, scale: tuple[float, float], shape: tuple[int, ...]) -> Box:
    across, down = scale
    return Box(
        int(max(0.0, (cells.x0 - _PAD) * across)),
        int(max(0.0, (cells.y0 - _PAD) * down)),
        int(min(float(shape[1]), (cells.x1 + _PAD) * across)),
        int(min(float(shape[0]), (cells.y1 + _PAD) * down)),
    )
