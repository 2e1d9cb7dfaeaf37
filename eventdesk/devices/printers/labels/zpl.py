"""Labels in ZPL II (Zebra's public programming guide): a picture in a field of graphics, and nothing else."""

import base64
import zlib
from binascii import crc_hqx
from collections.abc import Sequence

from PIL import ImageChops
from PIL.Image import Image


def label(page: Image) -> bytes:
    """One label. What else may be set in the printer (turned, mirrored, moved) is set back for it."""
    width, height = page.size
    pitch = (width + 7) // 8
    # Pillow's white is 1, Zebra's black is.
    rows = ImageChops.invert(page.convert("L")).convert("1").tobytes()
    size = pitch * height
    begin = f"^XA^PON^PMN^LRN^LH0,0^LT0^LS0^PW{width}^LL{height}^FO0,0^GFA,{size},{size},{pitch},"
    return begin.encode() + packed(rows) + b"^FS^PQ1^XZ\r\n"


def labels(pages: Sequence[Image]) -> bytes:
    return b"".join(map(label, pages))


def packed(rows: bytes) -> bytes:
    """As Zebra's Z64: deflated, in base64, with a checksum of the base64 (CRC-16, CCITT, from 0)."""
    text = base64.b64encode(zlib.compress(rows, 9))
    return b":Z64:" + text + b":%04x" % crc_hqx(text, 0)
