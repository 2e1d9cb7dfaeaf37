"""The ladder's rungs: pictures made of the picture, each under one fast reader.

Their order is measured (docs/decisions/0040-reading.md): what reads most for its time comes first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from eventdesk.devices.codes.deblur import refocus, unshake
from eventdesk.devices.codes.engine import Binarizer
from eventdesk.devices.codes.scene import SQUARE, Scene, View, scaled
from eventdesk.devices.codes.values import Gray

Picture = Callable[[View], Gray]


@dataclass(frozen=True, slots=True)
class Rung:
    """One way of looking. `side`: the patches scaled to this many pixels; 0: the whole picture.
    `scale` (whole pictures only) enlarges or shrinks it first, up to `most_pixels` of the picture;
    `patches` is how many of them at most."""

    name: str
    picture: Picture
    side: int = 0
    scale: float = 1.0
    binarizer: Binarizer = Binarizer.LOCAL
    patches: int = 3
    most_pixels: int = 100_000_000

    def views(self, scene: Scene) -> Iterator[View]:
        if self.side:
            for box in scene.patches[: self.patches]:
                yield scene.patch(box, self.side)
        elif scene.whole.pixels.size > self.most_pixels:
            return
        elif self.scale == 1.0:
            yield scene.whole
        else:
            yield scaled(scene.whole.pixels, self.scale)


def as_it_is(view: View) -> Gray:
    return view.pixels


def threshold(view: View, block: int, below: float) -> Gray:
    """White where a pixel is not darker than its neighbourhood of `block` pixels less `below`."""
    how = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
    return cv2.adaptiveThreshold(view.pixels, 255, *how, block, below)  # type: ignore[return-value]


def brighten(view: View, gain: float) -> Gray:
    return cv2.convertScaleAbs(view.pixels, alpha=gain)  # type: ignore[return-value]


def thicken(view: View, size: int) -> Gray:
    """Erosion: dark modules grow by `size` - 1 pixels."""
    return cv2.erode(view.pixels, np.ones((size, size), np.uint8))  # type: ignore[return-value]


def thin(view: View, size: int) -> Gray:
    """Dilation: dark modules shrink by `size` - 1 pixels."""
    return cv2.dilate(view.pixels, np.ones((size, size), np.uint8))  # type: ignore[return-value]


def stretch(view: View) -> Gray:
    """Each neighbourhood (a sixth of the side) from its own black to its own white."""
    small = cv2.resize(view.pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    size = max(3, min(small.shape) // 6 | 1)
    area = np.ones((size, size), np.uint8)
    whole = view.pixels.shape[1], view.pixels.shape[0]
    black = cv2.resize(cv2.blur(cv2.erode(small, area), (size, size)), whole).astype(np.float32)
    white = cv2.resize(cv2.blur(cv2.dilate(small, area), (size, size)), whole).astype(np.float32)
    share = (view.pixels - black) / np.maximum(white - black, 8)
    pixels: Gray = np.clip(share * 255, 0, 255).astype(np.uint8)
    return pixels


def even_light(view: View, tiles: int) -> Gray:
    """Contrast levelled tile by tile, limited so that noise does not become a pattern."""
    return cv2.createCLAHE(4.0, (tiles, tiles)).apply(view.pixels)  # type: ignore[return-value]


def _threshold(block: int, below: float, side: int = 0, scale: float = 1.0) -> Rung:
    where = f"patch {side}" if side else "frame" if scale == 1.0 else f"frame x{scale}"
    return Rung(f"threshold {block} {where}", partial(threshold, block=block, below=below), side, scale)


def _cut(level: int) -> Rung:
    """Black under `level`, white from there: what survives a lamp's glare or a dim room."""
    return Rung(f"cut at {level}", partial(brighten, gain=127 / level), SQUARE, binarizer=Binarizer.FIXED)


def _refocus(radius: float, noise: float, binarizer: Binarizer) -> Rung:
    return Rung(
        f"refocus {radius} {noise} {binarizer}",
        partial(refocus, radius=radius, noise=noise),
        SQUARE,
        binarizer=binarizer,
        patches=1,
    )


def _unshake(length: float, degrees: float) -> Rung:
    return Rung(
        f"unshake {length} at {degrees}",
        partial(unshake, length=length, degrees=degrees, noise=0.01),
        SQUARE,
        patches=1,
    )


PLAIN = Rung("plain", as_it_is)

# Used where a code was seen beside others that were read: no whole picture is looked at again.
PATCH_LADDER = (
    _threshold(35, 5, side=256),
    _cut(96),
    _cut(127),
    _refocus(8, 0.01, Binarizer.GLOBAL),
    _cut(200),
    _refocus(5, 0.01, Binarizer.LOCAL),
    _refocus(7, 0.01, Binarizer.GLOBAL),
    _threshold(25, 3, side=256),
    _refocus(4, 0.003, Binarizer.GLOBAL),
    _refocus(3, 0.03, Binarizer.LOCAL),
    _threshold(25, 3, side=384),
)

LADDER = (
    *PATCH_LADDER,
    Rung("frame global histogram", as_it_is, binarizer=Binarizer.GLOBAL),
    Rung("frame x0.5", as_it_is, scale=0.5),
    _threshold(35, 4, scale=0.5),
    _cut(160),
    Rung("stretch", stretch, side=256, binarizer=Binarizer.FIXED),
    Rung("dilation", partial(thin, size=3), side=512),
    _refocus(9, 0.01, Binarizer.GLOBAL),
    _refocus(6, 0.003, Binarizer.GLOBAL),
    *(_unshake(10, degrees) for degrees in (0, 90, 45, 135, 22, 67, 112, 157)),
    _refocus(7, 0.003, Binarizer.LOCAL),
    Rung("erosion", partial(thicken, size=3), side=512),
    *(_unshake(14, degrees) for degrees in (0, 90, 30, 60, 120, 150)),
    _unshake(20, 0),
    _unshake(20, 90),
    _threshold(35, 5, side=384),
    _threshold(25, 3, side=512),
    _threshold(51, 7),
    Rung("even light", partial(even_light, tiles=8), side=512, patches=1),
    Rung("frame x2.0", as_it_is, scale=2.0, most_pixels=500_000),
)
