"""The program's own line icons, drawn in any colour. Names are those of `resources/icons/NAME.svg`."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from eventdesk import paths


@lru_cache(maxsize=64)
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()


def pixmap(name: str, size: int, colour: QColor) -> QPixmap:
    """The icon as a square of `size` logical pixels, its lines in `colour`."""
    source = _source(name).replace(b"#000000", colour.name().encode())
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, size: int = 22, colour: QColor | None = None) -> QIcon:
    """The icon in the text colour of the present palette (or in `colour`), also for disabled."""
    palette = QGuiApplication.palette()
    made = QIcon(pixmap(name, size, colour or palette.color(QPalette.ColorRole.WindowText)))
    grey = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    made.addPixmap(pixmap(name, size, grey), QIcon.Mode.Disabled)
    return made
