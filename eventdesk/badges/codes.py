"""QR codes as vector paths."""

from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from eventdesk.errors import BadInput

# ISO/IEC 18004 asks for four modules of white on every side.
QUIET_ZONE = 4


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a code with error correction M, the quiet zone included."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise BadInput(
            f"A text of {len(text)} letters is too long for a QR code.", "Shorten the layout's QR content."
        ) from error
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def path(text: str) -> tuple[QPainterPath, int]:
    """The dark modules as one path in which a module is 1 wide, and the whole code's width in modules.

    Neighbours in a row are joined, so that no hair line shows between them.
    """
    rows = modules(text)
    drawn = QPainterPath()
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate((*row, False)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                drawn.addRect(QRectF(start, y, x - start, 1))
                start = None
    return drawn, len(rows)
