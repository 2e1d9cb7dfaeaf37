"""A guest's picture: cut upright out of the camera's frame, and small enough to travel to every desk."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.checkin.camera_view import CameraView, Frame

MOST_BYTES = 200_000
HIGH, WIDE = 640, 480
QUALITIES = (88, 75, 60, 45, 30)


class Eye(CameraView):
    """The camera's picture: one for all pages, as the camera's thread holds it. A page takes it in, and it is
    taken back before the page goes."""

    def appear(self, mirrored: bool = True) -> "Eye":
        """For a new page, in the language of its guest."""
        self.mirrored = mirrored
        self.setAccessibleName(tr("Camera picture"))
        self.set_state(tr("No picture just now"))
        self.show()
        return self

    def forget(self) -> None:
        """Nobody stays to be seen."""
        with self._lock:
            self._frame = None
        self.show_outline(())

    def frame(self) -> Frame | None:
        """The newest frame; None where the camera is silent."""
        return self._newest()


class TakenView(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Your picture"))

    def picture(self) -> QImage | None:
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(90, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#05070A"))
        if self._picture is not None:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(QRectF(self.rect()).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._picture)


def portrait(frame: Frame) -> QImage:
    """The middle of the frame, three by four, at most 480 by 640."""
    high, wide = frame.shape[:2]
    cut = min(wide, high * 3 // 4)
    left = (wide - cut) // 2
    whole = QImage(frame.tobytes(), wide, high, 3 * wide, QImage.Format.Format_BGR888)
    upright = whole.copy(left, 0, cut, min(high, cut * 4 // 3))
    mode = Qt.TransformationMode.SmoothTransformation
    return upright.scaled(QSize(WIDE, HIGH), Qt.AspectRatioMode.KeepAspectRatio, mode)


def jpeg(picture: QImage) -> bytes:
    """At most 200 KB; finer where that is enough."""
    made = b""
    for quality in QUALITIES:
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
        made = bytes(held.data())
        if len(made) <= MOST_BYTES:
            break
    return made
