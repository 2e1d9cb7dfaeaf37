"""One picture under study: its patches and their scaled copies, each made once and only when asked for."""

from dataclasses import replace
from functools import cached_property

import cv2
import numpy as np

from eventdesk.devices.codes.locate import Box, around, busy_patches
from eventdesk.devices.codes.values import Corners, Found, Gray, Plane, Seen

SQUARE = 384
"""Longest side in pixels of a view that can be deblurred."""


class View:
    """A part of the picture at a scale of its own. `offset` is its top left corner in the picture."""

    def __init__(self, pixels: Gray, scale: float = 1.0, offset: tuple[int, int] = (0, 0)) -> None:
        self.pixels = pixels
        self.scale = scale
        self.offset = offset

    @cached_property
    def mean(self) -> float:
        return float(self.pixels.mean())

    @cached_property
    def spectrum(self) -> Plane:
        """The Fourier transform, less the mean, that every deblurring of this view starts from."""
        below, right = SQUARE - self.pixels.shape[0], SQUARE - self.pixels.shape[1]
        square = cv2.copyMakeBorder(self.pixels, 0, below, 0, right, cv2.BORDER_REPLICATE)
        return cv2.dft(square.astype(np.float32) - np.float32(self.mean))  # type: ignore[return-value]

    def in_picture(self, found: Found) -> Found:
        """What was found here, with its corners in pixels of the whole picture."""
        return Found(
            tuple(replace(code, corners=self._corners(code.corners)) for code in found.codes),
            tuple(replace(seen, corners=self._corners(seen.corners)) for seen in found.seen),
        )

    def _corners(self, corners: Corners) -> Corners:
        x0, y0 = self.offset
        a, b, c, d = ((x / self.scale + x0, y / self.scale + y0) for x, y in corners)
        return a, b, c, d


class Scene:
    """A picture with the places worth a closer look: where a reader saw a code, then busy patches."""

    def __init__(self, picture: Gray, seen: tuple[Seen, ...] = (), search: bool = True) -> None:
        """`search` false: only what was seen is looked at again, no busy patches."""
        self.whole = View(picture)
        self._seen = seen
        self._search = search
        self._views: dict[tuple[Box, int], View] = {}

    @cached_property
    def patches(self) -> tuple[Box, ...]:
        picture = self.whole.pixels
        candidates = [around(seen.corners, picture.shape) for seen in self._seen]
        if self._search:
            candidates += busy_patches(picture)
        boxes: list[Box] = []
        for box in candidates:
            if min(box.x1 - box.x0, box.y1 - box.y0) >= 16 and all(box.overlap(b) <= 0.6 for b in boxes):
                boxes.append(box)
        return tuple(boxes[:4])

    def patch(self, box: Box, side: int) -> View:
        """The patch scaled so that its longer side is `side` pixels."""
        if (box, side) not in self._views:
            cut = self.whole.pixels[box.y0 : box.y1, box.x0 : box.x1]
            self._views[box, side] = scaled(cut, side / max(cut.shape), (box.x0, box.y0))
        return self._views[box, side]


def scaled(picture: Gray, scale: float, offset: tuple[int, int] = (0, 0)) -> View:
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    pixels: Gray = cv2.resize(picture, size, interpolation=how)  # type: ignore[assignment]
    return View(pixels, scale, offset)
