"""The canvas with its rulers: scrolled, zoomed, fitted."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from eventdesk.screens.designer import edits
from eventdesk.screens.designer.canvas import Canvas
from eventdesk.screens.designer.geometry import Point, Rect, around, bounds_of
from eventdesk.screens.designer.view import MARGIN, ZOOM_STEP

RULER_PX = 24
# Pixels between two numbers, at least.
LEAST_NUMBER_PX = 46
STEPS_MM = (1, 2, 5, 10, 20, 50, 100, 200)


class Board(QScrollArea):
    """Fits the page into its room until a person zooms."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.canvas = canvas
        self._fits = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(QSize(200, 160))
        self.setViewportMargins(RULER_PX, RULER_PX, 0, 0)
        # Millimetres run from left to right, on every desk.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.top_ruler, self.side_ruler = Ruler(self, across=True), Ruler(self, across=False)
        self._corner = QWidget(self)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self._update_rulers())
        canvas.view.changed.connect(self._update_rulers)
        canvas.design.changed.connect(self._page_changed)
        canvas.design.previewed.connect(self._update_rulers)
        canvas.design.chosen_changed.connect(self._chosen_changed)
        canvas.pointed.connect(self._pointed)
        self._page = edits.page_of(canvas.design.data)

    def fit(self) -> None:
        """As large as the room lets it be; from now on with each change of the room."""
        self._fits = True
        page, room = edits.page_of(self.canvas.design.data), self.viewport().size()
        across = (room.width() - 2 * MARGIN) / page.width
        down = (room.height() - 2 * MARGIN) / page.height
        self.canvas.view.set_zoom(max(min(across, down), 0))

    def zoom(self, by: float) -> None:
        """Larger or smaller about the middle of what is seen."""
        self._fits = False
        middle = self.viewport().rect().center()
        seen = self.canvas.view.mm(self.canvas.mapFrom(self.viewport(), middle).toPointF())
        self.canvas.view.set_zoom(self.canvas.view.zoom * by)
        at = self.canvas.view.px(seen).toPoint()
        self.horizontalScrollBar().setValue(at.x() - middle.x())
        self.verticalScrollBar().setValue(at.y() - middle.y())

    def zoom_in(self) -> None:
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self.zoom(1 / ZOOM_STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        port = self.viewport().geometry()
        self.top_ruler.setGeometry(port.left(), 0, port.width(), RULER_PX)
        self.side_ruler.setGeometry(0, port.top(), RULER_PX, port.height())
        self._corner.setGeometry(0, 0, RULER_PX, RULER_PX)
        if self._fits:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fits:
            self.fit()

    def _page_changed(self) -> None:
        page = edits.page_of(self.canvas.design.data)
        if page != self._page:
            self._page = page
            self.fit()
        self._update_rulers()

    def _chosen_changed(self) -> None:
        self._update_rulers()

    def _pointed(self, point: Point) -> None:
        self.top_ruler.point(point[0])
        self.side_ruler.point(point[1])

    def _update_rulers(self) -> None:
        self.top_ruler.update()
        self.side_ruler.update()


class Ruler(QWidget):
    """Millimetres along one edge of the board, with what is chosen and where the mouse is."""

    def __init__(self, board: Board, *, across: bool) -> None:
        super().__init__(board)
        self._board, self._across = board, across
        self._at: float | None = None

    def point(self, at: float) -> None:
        """Where the mouse is, millimetres."""
        self._at = at
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        role = QPalette.ColorRole
        painter.fillRect(self.rect(), self.palette().color(role.AlternateBase))
        self._paint_chosen(painter)
        painter.setPen(QPen(self.palette().color(role.PlaceholderText), 1))
        font = painter.font()
        font.setPixelSize(10)
        painter.setFont(font)
        self._paint_marks(painter)
        if self._at is not None:
            painter.setPen(QPen(self.palette().color(role.Highlight), 1))
            self._line(painter, self._px(self._at), RULER_PX)

    def _paint_chosen(self, painter: QPainter) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        colour.setAlpha(70)
        low, high = (chosen.left, chosen.right) if self._across else (chosen.top, chosen.bottom)
        start, long = self._px(low), max(self._px(high) - self._px(low), 1)
        box = (start, 0, long, RULER_PX) if self._across else (0, start, RULER_PX, long)
        painter.fillRect(*box, colour)

    def _chosen(self) -> Rect | None:
        design = self._board.canvas.design
        elements = edits.elements_of(design.shown)
        return around(bounds_of(elements[place]) for place in design.chosen if place < len(elements))

    def _paint_marks(self, painter: QPainter) -> None:
        zoom = self._board.canvas.view.zoom
        step = next((one for one in STEPS_MM if one * zoom >= LEAST_NUMBER_PX), STEPS_MM[-1])
        small = step / 10 if step * zoom / 10 >= 4 else step / 5
        length = self.width() if self._across else self.height()
        first = int(self._mm(0) // step) * step
        while (at := self._px(first)) < length:
            self._line(painter, at, 9)
            for part in range(1, round(step / small)):
                self._line(painter, self._px(first + part * small), 4)
            self._number(painter, at, first)
            first += step

    def _number(self, painter: QPainter, at: int, value: float) -> None:
        text = f"{value:g}"
        if self._across:
            painter.drawText(at + 3, 11, text)
            return
        painter.save()
        painter.translate(11, at + 3)
        painter.rotate(90)
        painter.drawText(0, 4, text)
        painter.restore()

    def _line(self, painter: QPainter, at: int, long: int) -> None:
        if self._across:
            painter.drawLine(at, RULER_PX - long, at, RULER_PX)
        else:
            painter.drawLine(RULER_PX - long, at, RULER_PX, at)

    def _px(self, value: float) -> int:
        at = self._board.canvas.view.px((value, value)).toPoint()
        seen = self._board.canvas.mapTo(self._board.viewport(), at)
        return seen.x() if self._across else seen.y()

    def _mm(self, at: int) -> float:
        seen = self._board.canvas.mapFrom(self._board.viewport(), QPoint(at, at)).toPointF()
        point = self._board.canvas.view.mm(seen)
        return point[0] if self._across else point[1]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
