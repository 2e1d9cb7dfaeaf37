"""Photos of guests, read and scaled beside the GUI thread: a slow disk must not hold up a verdict."""

import base64
import binascii
from pathlib import Path
from urllib.parse import unquote, urlparse

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

LARGEST_BYTES = 12_000_000
LARGEST_PX = 512


class Photos(QObject):
    """`load` a photo by path, `file://` address or `data:` address; `loaded` comes for the newest only."""

    loaded = Signal(QPixmap)
    _read = Signal(str, QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted = ""
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self._take)

    def load(self, address: str) -> None:
        self._wanted = address
        if address:
            self._pool.start(QRunnable.create(lambda: self._work(address)))

    def _work(self, address: str) -> None:
        self._read.emit(address, read(address))

    def _take(self, address: str, image: QImage) -> None:
        if address == self._wanted and not image.isNull():
            self.loaded.emit(QPixmap.fromImage(image))


def read(address: str) -> QImage:
    """The picture at most LARGEST_PX wide and high; a null image where there is none that can be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(_bytes(address)))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST_PX:
        bound = QSize(LARGEST_PX, LARGEST_PX)
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _bytes(address: str) -> bytes:
    if address.startswith("data:"):
        try:
            return base64.b64decode(address.partition(",")[2][: LARGEST_BYTES * 2], validate=True)
        except binascii.Error:
            return b""
    try:
        path = Path(unquote(urlparse(address).path) if address.startswith("file://") else address)
        if not path.is_file():  # a pipe or a terminal would never end
            return b""
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES)
    except (OSError, ValueError):
        return b""
