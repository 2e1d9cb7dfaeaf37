"""Photos of guests: read whole, made small and written anew, so that nothing but the picture is kept."""

from typing import Final

from eventdesk.errors import BadInput

MOST_BYTES: Final = 200_000
# What is sent in may be larger than what is kept: a camera's own picture.
MOST_SENT: Final = 8_000_000
MOST_PIXELS: Final = 40_000_000
SIDE: Final = 800
LEAST_SIDE: Final = 32
_QUALITIES: Final = (88, 75, 60, 40)
_SIZED: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def tidied(jpeg: bytes) -> bytes:
    """The photo as a JPEG of at most 200 KB and 800 pixels a side, upright, without what the camera wrote
    beside it (place, time, device). Raises BadInput for what is no JPEG, or too large to be read."""
    # Here and not above, so that a desk without a kiosk never loads it.
    import cv2
    import numpy as np

    width, height = _size(jpeg)
    if not (width >= LEAST_SIDE and height >= LEAST_SIDE and width * height <= MOST_PIXELS):
        raise _bad(f"it has {width} x {height} pixels")
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise _bad("it is damaged")
    scale = SIDE / max(image.shape[:2])
    if scale < 1:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for quality in _QUALITIES:
        written, found = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if written and len(found) <= MOST_BYTES:
            return found.tobytes()
    raise _bad("it can't be made small enough")


def _size(jpeg: bytes) -> tuple[int, int]:
    """Width and height as the file says, before any of it is unpacked."""
    if len(jpeg) > MOST_SENT:
        raise _bad(f"it has {len(jpeg)} bytes")
    if jpeg[:2] != b"\xff\xd8":
        raise _bad("it is no JPEG")
    at = 2
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        if marker in _SIZED:
            return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])
        at += 2 + max(length, 2)
    raise _bad("it is damaged")


def _bad(why: str) -> BadInput:
    return BadInput(f"This photo can't be used: {why}.", "Take another one.")
