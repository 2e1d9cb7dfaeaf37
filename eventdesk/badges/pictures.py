"""Pictures that stand in a layout or on a guest's card: PNG or JPEG in base64."""

import base64
import binascii
from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImage, QImageReader

# More than any badge printer can show; keeps a small file from becoming a huge picture.
LARGEST = 6_000


@lru_cache(maxsize=16)
def decode(data: str) -> QImage:
    """The picture, or a null one where `data` is none that can be shown."""
    try:
        raw = base64.b64decode(data.partition(",")[2] if data.startswith("data:") else data, validate=True)
    except (binascii.Error, ValueError):
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(raw))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in (b"png", b"jpeg") or _too_large(reader.size()):
        return QImage()
    return reader.read()


def _too_large(size: QSize) -> bool:
    return max(size.width(), size.height()) > LARGEST
