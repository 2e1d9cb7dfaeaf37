"""Readiness as a file: a table (CSV) or one page of paper (PDF)."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

from eventdesk.desk.venue.values import DeskLine, Venue
from eventdesk.i18n import tr
from eventdesk.screens.venue import words
from eventdesk.screens.words import ISOLATES

DPI = 300
MARGIN_MM = 12
LARGEST_PT, SMALLEST_PT = 10.0, 5.0
# Of the page's width: desk, what is wrong, what to do.
COLUMNS = (0.2, 0.4, 0.4)


def rows(lines: Sequence[DeskLine]) -> list[tuple[str, str, str]]:
    """Desk, what is wrong, what to do."""
    found = [(words.place(one), words.findings(one), words.remedies(one)) for one in lines]
    return [(desk.translate(ISOLATES), wrong, remedy) for desk, wrong, remedy in found]


def headers() -> tuple[str, str, str]:
    return tr("Desk"), tr("What is wrong"), tr("What to do")


def write_csv(path: Path, lines: Sequence[DeskLine]) -> None:
    """Raises OSError. No cell is one that a spreadsheet program would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers())
        writer.writerows([_harmless(cell) for cell in row] for row in rows(lines))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def write_pdf(path: Path, venue: Venue, title: str, at: datetime) -> None:
    """One page of A4, whatever the number of desks. Raises OSError."""
    path.touch()  # QPdfWriter does not tell why it can't
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("EventDesk")
    painter = QPainter(writer)
    try:
        page = QRectF(0, 0, writer.width(), writer.height())
        _draw(painter, page, rows(venue.lines), f"{title}\n{at:%Y-%m-%d %H:%M}")
    finally:
        painter.end()


def _draw(painter: QPainter, page: QRectF, cells: Sequence[tuple[str, ...]], title: str) -> None:
    font = QFont()
    font.setPointSizeF(LARGEST_PT * 1.4)
    painter.setFont(font)
    head = painter.boundingRect(page, Qt.TextFlag.TextWordWrap, title)
    painter.drawText(head, Qt.TextFlag.TextWordWrap, title)
    room = page.adjusted(0, head.height() * 1.2, 0, 0)
    font = _fitting(painter, room, [headers(), *cells])
    top = room.top()
    for place, row in enumerate([headers(), *cells]):
        font.setBold(place == 0)
        painter.setFont(font)
        high = _height(painter, room.width(), row)
        left = room.left()
        for share, text in zip(COLUMNS, row, strict=True):
            box = QRectF(left, top, share * room.width() * 0.97, high)
            painter.drawText(box, Qt.TextFlag.TextWordWrap, text)
            left += share * room.width()
        top += high
        painter.setPen(QColor("#999999"))
        painter.drawLine(round(room.left()), round(top), round(room.right()), round(top))
        painter.setPen(QColor("#000000"))


def _fitting(painter: QPainter, room: QRectF, cells: Sequence[tuple[str, ...]]) -> QFont:
    """The largest letters with which all rows have room."""
    font = QFont()
    size = LARGEST_PT
    while True:
        font.setPointSizeF(size)
        painter.setFont(font)
        high = sum(_height(painter, room.width(), row) for row in cells)
        if high <= room.height() or size <= SMALLEST_PT:
            return font
        size -= 0.5


def _height(painter: QPainter, width: float, row: tuple[str, ...]) -> float:
    line = QFontMetricsF(painter.font(), painter.device()).height()
    flags = Qt.TextFlag.TextWordWrap
    boxes = [
        painter.boundingRect(QRectF(0, 0, share * width * 0.97, 1e6), flags, text).height()
        for share, text in zip(COLUMNS, row, strict=True)
    ]
    return max(line, *boxes) + 0.35 * line
