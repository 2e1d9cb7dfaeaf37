"""Pictures on badges: PNG or JPEG, the logos of layouts in base64, the photos of guests by address."""

import base64
import binascii
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlparse

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

LARGEST_BYTES = 12_000_000
# A hand's breadth at 300 dots an inch; a larger picture is made smaller as it is read.
LARGEST_PX = 1_200
FORMATS = (b"png", b"jpeg")


@lru_cache(maxsize=16)
def logo(data: str) -> QImage:
    """The picture in base64 (or a `data:` address), or a null one where it is none that can be shown."""
    return _read(_decoded(data.partition(",")[2] if data.startswith("data:") else data))


def photo(address: str) -> QImage:
    """The picture at a path, a `file://` or a `data:` address, or a null one."""
    if address.startswith("data:"):
        return _read(_decoded(address.partition(",")[2]))
    try:
        path = Path(unquote(urlparse(address).path) if address.startswith("file://") else address)
        if not path.is_file():  # a pipe or a terminal would never end
            return QImage()
        with path.open("rb") as file:
            return _read(file.read(LARGEST_BYTES))
    except (OSError, ValueError):
        return QImage()


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _read(raw: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(raw))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in FORMATS:
        return QImage()
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST_PX:
        bound = QSize(LARGEST_PX, LARGEST_PX)
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
