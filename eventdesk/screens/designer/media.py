"""Pictures and fonts from files, made fit to travel in a layout."""

import base64
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QFontDatabase, QImage, QImageReader

from eventdesk.badges import typefaces
from eventdesk.errors import BadInput, of_system
from eventdesk.i18n import tr

# A hand's breadth at 300 dots an inch; the renderer reads no finer ones.
MOST_PX = 1_200
# A picture as it is, where it is no larger; else it is written anew.
SMALL_BYTES = 300_000
LARGEST_FILE = 60_000_000
LARGEST_BYTES = 2_000_000
FORMATS = (b"png", b"jpeg")


def read_picture(path: Path) -> tuple[str, tuple[int, int]]:
    """A PNG or JPEG as base64, made smaller where it is large, and its size in pixels. Raises BadInput."""
    raw = _bytes(path, LARGEST_FILE)
    buffer = QBuffer()
    buffer.setData(raw)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data())
    if kind not in FORMATS:
        raise BadInput(
            tr("{file} is neither a PNG nor a JPEG.", file=path.name), tr("Choose another picture.")
        )
    size = reader.size()
    # A picture of a billion pixels is a small file and a full memory: it is read in the size that is kept.
    large = max(size.width(), size.height()) > MOST_PX
    if large:
        reader.setScaledSize(size.scaled(QSize(MOST_PX, MOST_PX), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise BadInput(
            tr("{file} can't be read: {reason}", file=path.name, reason=reader.errorString()),
            tr("Choose another picture."),
        )
    kept = raw if not large and len(raw) <= SMALL_BYTES else _small(image)
    return base64.b64encode(kept).decode(), (image.width(), image.height())


def _small(image: QImage) -> bytes:
    """As PNG where that is small or needed for what shines through; else as JPEG."""
    png = _written(image, "PNG")
    if len(png) <= SMALL_BYTES or image.hasAlphaChannel():
        while len(png) > LARGEST_BYTES:
            image = image.scaled(image.size() * 0.8, mode=Qt.TransformationMode.SmoothTransformation)
            png = _written(image, "PNG")
        return png
    return min(_written(image, "JPEG", 88), png, key=len)


def _written(image: QImage, kind: str, quality: int = -1) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def read_font(path: Path) -> tuple[str, str]:
    """The family of a TTF or OTF, and its base64. Raises BadInput."""
    raw = _bytes(path, LARGEST_FILE)
    data = base64.b64encode(raw).decode()
    try:
        typefaces.check(data)
    except ValueError as error:
        raise BadInput(f"{path.name}: {tr(str(error))}.", tr("Choose another font.")) from error
    return _family(raw) or path.stem, data


def _family(raw: bytes) -> str:
    """As the font calls itself."""
    number = QFontDatabase.addApplicationFontFromData(raw)
    if number < 0:
        return ""
    families = QFontDatabase.applicationFontFamilies(number)
    QFontDatabase.removeApplicationFont(number)
    return families[0] if families else ""


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        told = of_system(error)
        raise BadInput(told.message, told.remedy) from error
    if len(raw) > most:
        raise BadInput(
            tr("{file} is larger than {most} MB.", file=path.name, most=most // 1_000_000),
            tr("Choose a smaller file."),
        )
    return raw
