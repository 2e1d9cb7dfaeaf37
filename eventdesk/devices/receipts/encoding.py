"""What is sent to an ESC/POS printer: pictures as GS v 0, which any script survives."""

import re
from collections.abc import Iterator

from eventdesk.domain.paper import Raster

# Printers hold a few kilobytes; a band is one command.
BAND_ROWS = 128
# ESC @ begins anew; GS a 0: the printer speaks when it is asked and at no other time.
BEGIN = b"\x1b@\x1da\x00"
# Feed the end of the receipt to the knife, and cut it but for a point.
CUT = b"\x1bd\x05\x1dV\x01"
# Its answer comes when all before it is on paper.
END = b"\x1dr\x01"
# The drawer on pin 2, for 100 ms.
KICK = b"\x1bp\x0022"
# The same at once (DLE DC4), whatever the printer is doing.
KICK_NOW = b"\x10\x14\x01\x00\x01"
# A printer that was cut off within a band takes what comes next for the rest of it.
_FILLING = bytes(BAND_ROWS * 80)
# DLE with one of these is a command even within a picture: one of them opens the drawer.
_COMMAND = re.compile(rb"\x10(?=[\x04\x05\x14])")


def bands(raster: Raster) -> Iterator[bytes]:
    """The picture from the top, in commands of at most BAND_ROWS rows each."""
    step = raster.pitch * BAND_ROWS
    for start in range(0, len(raster.rows), step):
        rows = harmless(raster.rows[start : start + step])
        height = len(rows) // raster.pitch
        yield b"\x1dv0\x00" + raster.pitch.to_bytes(2, "little") + height.to_bytes(2, "little") + rows


def harmless(rows: bytes) -> bytes:
    """The picture without what a printer would take for a command: there one white dot becomes black."""
    return _COMMAND.sub(b"\x11", rows)


def refill() -> bytes:
    """Ends whatever band a printer may wait for; without one it does nothing."""
    return _FILLING


def is_end(byte: int) -> bool:
    """Whether a byte answers END, by its fixed bits."""
    return byte & 0x90 == 0
