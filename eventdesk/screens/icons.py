"""The program's own line icons, drawn in any colour. Names are those of `resources/icons/NAME.svg`."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from eventdesk import paths


@lru_cache(maxsize=64)
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=1024)
def _drawn(name: str, pixels: int, colour: str) -> QImage:
    """Kept: a new look paints each button's icon many times over."""
    drawn = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    source = _source(name).replace(b"#000000", colour.encode())
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(drawn.rect()))
    painter.end()
    return drawn


def pixmap(name: str, size: int, colour: QColor) -> QPixmap:
    """The icon as a square of `size` logical pixels, its lines in `colour`."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = QPixmap.fromImage(_drawn(name, round(size * ratio), colour.name()))
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, size: int = 22, colour: QColor | None = None) -> QIcon:
    """The icon in the text colour of the present palette (or in `colour`), also for disabled."""
    palette = QGuiApplication.palette()
    made = QIcon(pixmap(name, size, colour or palette.color(QPalette.ColorRole.WindowText)))
    grey = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    made.addPixmap(pixmap(name, size, grey), QIcon.Mode.Disabled)
    return made
