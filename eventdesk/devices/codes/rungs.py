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
    `scale` (whole pictures only) enlarges or shrinks it first; `patches` is how many at most."""

    name: str
    picture: Picture
    side: int = 0
    scale: float = 1.0
    binarizer: Binarizer = Binarizer.LOCAL
    patches: int = 3

    def views(self, scene: Scene) -> Iterator[View]:
        if self.side:
            for box in scene.patches[: self.patches]:
                yield scene.patch(box, self.side)
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


def blur(view: View, sigma: float) -> Gray:
    return cv2.GaussianBlur(view.pixels, (0, 0), sigma)  # type: ignore[return-value]


def unsharp(view: View, sigma: float, amount: float) -> Gray:
    soft = cv2.GaussianBlur(view.pixels, (0, 0), sigma)
    return cv2.addWeighted(view.pixels, 1 + amount, soft, -amount, 0)  # type: ignore[return-value]


def thicken(view: View, size: int) -> Gray:
    """Erosion: dark modules grow by `size` - 1 pixels."""
    return cv2.erode(view.pixels, np.ones((size, size), np.uint8))  # type: ignore[return-value]


def thin(view: View, size: int) -> Gray:
    """Dilation: dark modules shrink by `size` - 1 pixels."""
    return cv2.dilate(view.pixels, np.ones((size, size), np.uint8))  # type: ignore[return-value]


def even_light(view: View, tiles: int) -> Gray:
    """Contrast levelled tile by tile, limited so that noise does not become a pattern."""
    return cv2.createCLAHE(4.0, (tiles, tiles)).apply(view.pixels)  # type: ignore[return-value]


PLAIN = Rung("plain", as_it_is)

PATCH_RUNGS = (
    Rung("global histogram", as_it_is, side=384, binarizer=Binarizer.GLOBAL),
    Rung("threshold", partial(threshold, block=51, below=5), side=384),
    Rung("fixed threshold", as_it_is, side=384, binarizer=Binarizer.FIXED),
    Rung("global histogram, larger", as_it_is, side=512, binarizer=Binarizer.GLOBAL),
    Rung("slight blur", partial(blur, sigma=1), side=512),
    Rung("unsharp", partial(unsharp, sigma=4, amount=2), side=384),
    Rung("erosion", partial(thicken, size=3), side=512),
    Rung("dilation", partial(thin, size=3), side=512),
    Rung("even light", partial(even_light, tiles=8), side=768),
    Rung("wide threshold", partial(threshold, block=101, below=5), side=768),
)

FRAME_RUNGS = (
    Rung("frame global histogram", as_it_is, binarizer=Binarizer.GLOBAL),
    Rung("frame threshold", partial(threshold, block=51, below=7)),
    Rung("frame half size", as_it_is, scale=0.5),
    Rung("frame half size threshold", partial(threshold, block=35, below=4), scale=0.5),
    Rung("frame double size", as_it_is, scale=2.0),
)

_DISCS = ((8, 0.01), (4, 0.003), (6, 0.01), (5, 0.03), (7, 0.003), (10, 0.01))  # radius, noise
_STREAKS = ((8, 0), (14, 30), (20, 90), (14, 0), (14, 60), (14, 90), (14, 120), (14, 150))  # length, degrees

DEBLUR_RUNGS = (
    *(
        Rung(f"refocus {radius}", partial(refocus, radius=radius, noise=noise), side=SQUARE, patches=1)
        for radius, noise in _DISCS
    ),
    *(
        Rung(
            f"unshake {length} at {degrees}",
            partial(unshake, length=length, degrees=degrees, noise=0.01),
            side=SQUARE,
            patches=1,
        )
        for length, degrees in _STREAKS
    ),
)

LADDER = (*PATCH_RUNGS, *FRAME_RUNGS, *DEBLUR_RUNGS)
