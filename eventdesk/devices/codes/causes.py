"""Why a code can't be read: judged by the light, the sharpness and the size of the patch it stands in."""

from collections.abc import Sequence

import cv2
import numpy as np

from eventdesk.devices.codes.likeness import ticket_like
from eventdesk.devices.codes.locate import around
from eventdesk.devices.codes.values import Cause, Gray, Seen

_DARK = 70  # a patch whose lightest parts stay under this is dark paper in dark light
_BRIGHT = 185  # lamp light on paper
_GLARE_SHARE = 0.04  # of a code lost in glare: about what the common correction level M repairs
_SMALLEST_MODULE = 2.2  # pixels; below, a camera's own blur joins neighbouring modules
_SHARP = 0.62  # share of the contrast that the steepest edges cross in two pixels
_USUAL_MODULES = 33  # a side of version 4, where the reader can't tell the version


def why(picture: Gray, seen: Sequence[Seen]) -> Cause | None:
    """The likeliest cause; None where nothing like a code was seen and the light is right."""
    if seen:
        largest = max(seen, key=_side)
        box = around(largest.corners, picture.shape, margin=0.0)
        patch = picture[box.y0 : box.y1, box.x0 : box.x1]
        return _of_a_code(patch, _side(largest) / (largest.modules or _USUAL_MODULES))
    alike = ticket_like(picture)
    if alike is None:
        return _by_the_light(picture)
    cause = _of_a_code(alike, max(alike.shape) / _USUAL_MODULES)
    # Sharp and bright, and no reader saw a finder pattern: light lies on one of the three.
    if cause is Cause.DAMAGED and float(np.percentile(alike, 95)) >= _BRIGHT:
        return Cause.TOO_BRIGHT
    return cause


def _of_a_code(patch: Gray, module: float) -> Cause:
    """`module` is the size of one in pixels."""
    if min(patch.shape) < 8:
        return Cause.TOO_FAR
    dark, light = (float(value) for value in np.percentile(patch, (5, 95)))
    if light < _DARK:
        return Cause.TOO_DARK
    if _glared(patch) > _GLARE_SHARE:
        return Cause.TOO_BRIGHT
    if module < _SMALLEST_MODULE:
        return Cause.TOO_FAR
    return Cause.BLURRED if _sharpness(patch, light - dark) < _SHARP else Cause.DAMAGED


def _by_the_light(picture: Gray) -> Cause | None:
    low, high = np.percentile(picture[::4, ::4], (2, 98))
    if high < 45:
        return Cause.TOO_DARK
    if low > 240:
        return Cause.TOO_BRIGHT
    return None


def _side(seen: Seen) -> float:
    """The longer of two neighbouring sides, in pixels."""
    a, b, _, d = (np.asarray(point) for point in seen.corners)
    return float(max(np.linalg.norm(b - a), np.linalg.norm(d - a)))


def _glared(patch: Gray) -> float:
    """Share of the patch in white blots too large to be modules (a sixth of the side and more).

    White is where the sensor gives all it has, which its gain may put below 255.
    """
    size = max(3, min(patch.shape) // 6)
    level = max(200.0, 0.97 * float(np.percentile(patch, 99.5)))
    white = (patch >= level).astype(np.uint8)
    blots = cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return float(np.mean(blots))


def _sharpness(patch: Gray, contrast: float) -> float:
    """How much of the contrast the steepest edges cross within two pixels, in the blurrier direction."""
    across = np.percentile(cv2.absdiff(patch[:, 2:], patch[:, :-2]), 97)
    down = np.percentile(cv2.absdiff(patch[2:], patch[:-2]), 97)
    return float(min(across, down)) / max(contrast, 1.0)
