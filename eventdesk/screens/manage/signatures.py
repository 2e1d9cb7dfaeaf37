"""What a guest has signed: the text as it was shown, who signed and when, and the drawn line."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.desk.kiosk.values import Signature
from eventdesk.i18n import tr
from eventdesk.screens.manage.look import fill, heading, note
from eventdesk.screens.widgets.basics import Label
from eventdesk.screens.words import isolate

WIDE, HIGH = 1000, 400
LINE_HEIGHT = 90
_STEP = re.compile(r"([ML])?\s*(-?\d+(?:\.\d+)?)[ ,]+(-?\d+(?:\.\d+)?)")


class Signatures(QWidget):
    """Hidden where there are none. Texts are shown as they are: nothing in them is a link or a mark."""

    def __init__(self) -> None:
        super().__init__()
        self._column = fill(self, heading(tr("Signed at a kiosk")), spacing=6)
        self._parts: list[QWidget] = []
        self.hide()

    def show_signatures(self, signatures: Sequence[Signature], zone: ZoneInfo | None) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [part for one in reversed(signatures) for part in _parts(one, zone)]
        for part in self._parts:
            self._column.addWidget(part)
        self.setVisible(bool(signatures))


class DrawnLine(QWidget):
    """An SVG path of lines within 0 0 1000 400."""

    def __init__(self, path: str, name: str) -> None:
        super().__init__()
        self._path = painter_path(path)
        self.setAccessibleName(name)
        self.setFixedSize(QSize(LINE_HEIGHT * WIDE // HIGH, LINE_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / WIDE, self.height() / HIGH)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(QPen(ink, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(self._path)


def painter_path(path: str) -> QPainterPath:
    """The lines of the path; other strokes than lines are left out."""
    found = QPainterPath()
    for step, x, y in _STEP.findall(path):
        point = QPointF(float(x), float(y))
        if step == "M" or not found.elementCount():
            found.moveTo(point)
        else:
            found.lineTo(point)
    return found


def _parts(one: Signature, zone: ZoneInfo | None) -> list[QWidget]:
    when = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"
    head = tr("{document}: {name}, {when}", document=one.name, name=isolate(one.signed_by) or "-", when=when)
    text = Label(one.text)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown: list[QWidget] = [note(head, ""), text]
    if one.path:
        shown.append(DrawnLine(one.path, tr("Drawn signature of {name}", name=isolate(one.signed_by) or "-")))
    return shown
