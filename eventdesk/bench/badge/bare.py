"""The shipped card drawn by hand: fixed sizes, no layout read, nothing fitted, no script but what the
font has."""

import io
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from eventdesk import paths
from eventdesk.badges import codes
from eventdesk.badges.pages import pdf_writer
from eventdesk.domain.badges import BadgeContents

WIDTH, HEIGHT = 86.0, 54.0
# x, y, width, height in millimetres, points, bold, what stands there.
TEXTS = (
    (4, 3, 56, 6, 10, False, "{event}"),
    (4, 12, 52, 22, 18, True, "{name}"),
    (4, 35, 52, 8, 10, False, "{company}"),
    (4, 44, 40, 7, 12, True, "{product}"),
    (45, 44, 37, 7, 10, False, "Seat {seat}"),
)
RULE = (4.0, 10.0, 82.0)
CODE = (57.0, 13.0, 27.0)
FACES = {False: "NotoSans-Regular", True: "NotoSans-Bold"}


def _words(badge: BadgeContents, template: str) -> str:
    return template.format(
        event=badge.event, name=badge.name, company=badge.company, product=badge.product, seat=badge.seat
    )


def bare_qt(badges: Sequence[BadgeContents]) -> bytes:
    """A PDF of a page each, by QPainter at 300 dots an inch."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = pdf_writer(buffer, QSizeF(WIDTH, HEIGHT), 300)
    painter = QPainter(writer)
    dots = 300 / 25.4
    faces = {(size, bold): _qt_font(size, bold) for *_, size, bold, _ in TEXTS}
    for number, badge in enumerate(badges):
        if number:
            writer.newPage()
        painter.setPen(QPen(Qt.GlobalColor.gray, 0.3 * dots))
        painter.drawLine(QPointF(RULE[0], RULE[1]) * dots, QPointF(RULE[2], RULE[1]) * dots)
        painter.setPen(Qt.GlobalColor.black)
        for x, y, width, height, size, bold, template in TEXTS:
            painter.setFont(faces[size, bold])
            place = QRectF(x * dots, y * dots, width * dots, height * dots)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _words(badge, template))
        path, modules, _ = codes.path(badge.code)
        painter.save()
        painter.translate(CODE[0] * dots, CODE[1] * dots)
        painter.scale(CODE[2] * dots / modules, CODE[2] * dots / modules)
        painter.fillPath(path, Qt.GlobalColor.black)
        painter.restore()
    painter.end()
    return bytes(buffer.data().data())


def _qt_font(size: int, bold: bool) -> QFont:
    face = QFont("Noto Sans", size)
    face.setBold(bold)
    return face


def bare_reportlab(badges: Sequence[BadgeContents]) -> bytes:
    """A PDF of a page each, by reportlab's canvas."""
    for face in FACES.values():
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, paths.resources() / "fonts" / f"{face}.ttf"))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(WIDTH * mm, HEIGHT * mm))
    for badge in badges:
        canvas.setStrokeColor(HexColor("#888888"))
        canvas.setLineWidth(0.3 * mm)
        canvas.line(RULE[0] * mm, (HEIGHT - RULE[1]) * mm, RULE[2] * mm, (HEIGHT - RULE[1]) * mm)
        for x, y, _, height, size, bold, template in TEXTS:
            canvas.setFont(FACES[bold], size)
            canvas.drawString(x * mm, (HEIGHT - y - height / 2) * mm - size / 3, _words(badge, template))
        _draw_code(canvas, badge.code)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw_code(canvas: Canvas, code: str) -> None:
    rows = codes.modules(code)
    module = CODE[2] * mm / len(rows)
    path = canvas.beginPath()
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                path.rect(
                    CODE[0] * mm + x * module, (HEIGHT - CODE[1]) * mm - (y + 1) * module, module, module
                )
    canvas.drawPath(path, stroke=0, fill=1)
