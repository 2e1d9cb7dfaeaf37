"""Does a busy patch look like a code that no reader recognizes? A square of strong contrast, edges in
both directions alike, on plain paper of its own.

The bounds were set on made frames (docs/decisions/0040-reading.md): words at an empty scene would
teach people not to heed them.
"""

import numpy as np

from eventdesk.devices.codes.locate import busy_patches
from eventdesk.devices.codes.values import Gray

_LONGEST = 1.15  # longer side by shorter one
_CONTRAST = 55.0  # gray levels
_PAPER = 0.75  # how light the rim is, from the patch's dark (0) to its light (1)
_LIGHT_SHARE = 0.35, 0.72  # of the middle
_ONE_WAY = 0.2  # edges across against edges down: 0 alike, 1 in one direction only


def ticket_like(picture: Gray) -> Gray | None:
    """The middle of the busiest patch (without its paper's rim) if it looks like a code, else None."""
    for box in busy_patches(picture, most=1):
        patch = picture[box.y0 : box.y1, box.x0 : box.x1]
        if min(patch.shape) >= 24 and max(patch.shape) <= _LONGEST * min(patch.shape):
            middle = _inner(patch, 0.15)
            if _on_paper(patch) and _mixed(middle):
                return middle
    return None


def _inner(patch: Gray, rim: float) -> Gray:
    height, width = patch.shape
    y, x = int(height * rim), int(width * rim)
    return patch[y : height - y, x : width - x]


def _on_paper(patch: Gray) -> bool:
    """Is the rim as light as the lightest parts, and the contrast that of print?"""
    dark, light = (float(value) for value in np.percentile(patch, (5, 95)))
    width = max(2, int(min(patch.shape) * 0.06))
    rim = np.concatenate(
        [part.ravel() for part in (patch[:width], patch[-width:], patch[:, :width], patch[:, -width:])]
    )
    return light - dark >= _CONTRAST and float(np.median(rim)) - dark >= _PAPER * (light - dark)


def _mixed(middle: Gray) -> bool:
    """About as much dark as light, and edges in both directions alike."""
    low, high = (float(value) for value in np.percentile(middle, (5, 95)))
    share = float(np.mean(middle > (low + high) / 2))
    values = middle.astype(np.float32)
    across = float(np.abs(np.diff(values, axis=1)).mean())
    down = float(np.abs(np.diff(values, axis=0)).mean())
    alike = abs(across - down) <= _ONE_WAY * (across + down)
    return _LIGHT_SHARE[0] <= share <= _LIGHT_SHARE[1] and alike
