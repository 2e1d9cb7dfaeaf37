"""Receipts and slips drawn: as dots for a receipt printer, and as PDF for any other. Any thread may draw.

`badges.fonts.prepare()` must have run on the main thread before others draw.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QBuffer, QIODevice, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from eventdesk.badges import fonts
from eventdesk.badges.pages import pdf_writer
from eventdesk.badges.watermark import paint_watermark
from eventdesk.domain.paper import DOTS_PER_MM, Document, Paper, Raster
from eventdesk.domain.till.receipt import ReceiptContents
from eventdesk.domain.till.slips import Slip
from eventdesk.receipts.blocks import Sheet
from eventdesk.receipts.setting import Placed, place
from eventdesk.receipts.slips import slip_sheet
from eventdesk.receipts.wording import worded

DPI = 300
# Grays darker than this become black: letters keep their thin strokes.
THRESHOLD = 150
# Of sheets: the receipt's width and the margin above and below, in dots.
SHEET_WIDTH, SHEET_MARGIN = 130 * DOTS_PER_MM, 20 * DOTS_PER_MM
SHEET_SIZE = (210.0, 297.0)
ROLL_MARGIN = 4 * DOTS_PER_MM
STROKE = 2  # of the watermark's letters


@dataclass(frozen=True, slots=True)
class Drawing:
    """A receipt or a slip, drawn anew for each paper that is asked for."""

    sheet: Sheet

    def raster(self, paper: Paper) -> Raster:
        """Dots for the head of a receipt printer. Raises ValueError for sheets."""
        fonts.prepare()
        placed = place(self.sheet.blocks, paper.dots)
        height = max(1, round(_height(placed)))
        image = QImage(paper.dots, height, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            _paint(painter, placed, self.sheet.watermark, paper.dots)
        finally:
            painter.end()
        return Raster(paper.dots, np.packbits(_grays(image) < THRESHOLD, axis=1).tobytes())

    def pdf(self, paper: Paper) -> Document:
        """A page as long as the receipt for a roll, or as many sheets as it takes."""
        fonts.prepare()
        width = SHEET_WIDTH if paper is Paper.A4 else paper.dots
        placed = place(self.sheet.blocks, width)
        size = SHEET_SIZE if paper is Paper.A4 else _roll_size(paper, _height(placed))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = pdf_writer(buffer, QSizeF(*size), DPI)
        painter = QPainter(writer)
        try:
            left = (size[0] * DOTS_PER_MM - width) / 2
            top = SHEET_MARGIN if paper is Paper.A4 else ROLL_MARGIN
            for number, page in enumerate(_pages(placed, size[1] * DOTS_PER_MM - 2 * top)):
                if number:
                    writer.newPage()
                painter.resetTransform()
                painter.scale(DPI / 25.4 / DOTS_PER_MM, DPI / 25.4 / DOTS_PER_MM)
                painter.translate(left, top)
                _paint(painter, page, self.sheet.watermark, width)
        finally:
            painter.end()
        return Document(bytes(buffer.data().data()), size)


def receipt(contents: ReceiptContents, language: str = "en") -> Drawing:
    """A receipt in the language of whoever gets it."""
    return Drawing(worded(contents, language))


def slip(slip: Slip, language: str = "en") -> Drawing:
    """A report or a drop; `language` is that of its own texts."""
    return Drawing(slip_sheet(slip, language))


def _height(placed: list[Placed]) -> float:
    return sum(one.height for one in placed)


def _pages(placed: list[Placed], height: float) -> Iterator[list[Placed]]:
    """Blocks by the page, none of them cut; one that is higher than a page has one of its own."""
    page: list[Placed] = []
    for one in placed:
        if page and _height(page) + one.height > height + 1:
            yield page
            page = []
        page.append(one)
    yield page


def _paint(painter: QPainter, placed: list[Placed], watermark: str, width: int) -> None:
    painter.setPen(QColor("black"))
    y = 0.0
    for one in placed:
        one.paint(painter, y)
        y += one.height
    if watermark:
        paint_watermark(painter, watermark, QSizeF(width, y), STROKE)


def _grays(image: QImage) -> npt.NDArray[np.uint8]:
    data: npt.NDArray[np.uint8] = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.bytesPerLine())[:, : image.width()]


def _roll_size(paper: Paper, height: float) -> tuple[float, float]:
    return float(paper.removesuffix("mm")), (height + 2 * ROLL_MARGIN) / DOTS_PER_MM
