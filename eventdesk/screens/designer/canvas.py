"""The badge, drawn by the renderer itself, with what is chosen of it; moved and shaped by the mouse."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.domain.badges import BadgeContents
from eventdesk.i18n import tr
from eventdesk.screens.designer import edits, placing
from eventdesk.screens.designer.checking import Checked, Checker
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.drawing import Drawn, draw
from eventdesk.screens.designer.element_words import said
from eventdesk.screens.designer.geometry import Point
from eventdesk.screens.designer.hand import Hand
from eventdesk.screens.designer.handles import TURN, Handle
from eventdesk.screens.designer.overlay import Marks, paint_marks
from eventdesk.screens.designer.view import MARGIN, ZOOM_STEP, View

NUDGE_MM, FAR_NUDGE_MM = 0.5, 5.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
Keys = Qt.KeyboardModifier


class Canvas(QWidget):
    """`checked` is told with what is wrong after each change; `drawn` with what the renderer had to cut.

    `opened` wants the chosen element's text to be edited; `pointed` tells where the mouse is (mm).
    """

    checked = Signal(object)
    drawn = Signal(object)
    opened = Signal()
    pointed = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, design: Design, view: View, contents: BadgeContents) -> None:
        super().__init__()
        self.design, self.view = design, view
        self._contents = contents
        self._checker = Checker()
        self._checked: Checked | None = None
        self._drawn: Drawn | None = None
        self._hand = Hand(design, view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Badge"))
        design.changed.connect(self._redraw)
        design.previewed.connect(self._redraw)
        design.chosen_changed.connect(self._tell_chosen)
        view.changed.connect(self._redraw)
        self._resize()

    # What is shown

    def show_contents(self, contents: BadgeContents) -> None:
        """Whose badge it is."""
        self._contents = contents
        self._redraw()

    def check(self) -> Checked:
        if self._checked is None:
            self._checked = self._checker.check(self.design.shown)
            self.checked.emit(self._checked)
        return self._checked

    def draw(self) -> Drawn:
        """The page as the renderer draws it now."""
        if self._drawn is None:
            ratio = self.devicePixelRatioF()
            self._drawn = draw(self.check(), self._contents, self.view.side, self.view.zoom, ratio)
            self.drawn.emit(self._drawn)
        return self._drawn

    def sizeHint(self) -> QSize:
        page = edits.page_of(self.design.shown)
        zoom = self.view.zoom
        return QSize(round(page.width * zoom) + 2 * MARGIN, round(page.height * zoom) + 2 * MARGIN)

    def _resize(self) -> None:
        if self.size() != self.sizeHint():
            self.setFixedSize(self.sizeHint())

    def _redraw(self) -> None:
        self._checked = self._drawn = None
        self.view.set_page(edits.page_of(self.design.shown))
        self._resize()
        self.check()
        self.update()

    def _tell_chosen(self) -> None:
        words = [said(one) for one in self.design.chosen_elements()]
        self.setAccessibleDescription(", ".join(words) or tr("Nothing is chosen."))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawn = self.draw()
        painter.drawImage(self.view.px((0, 0)), drawn.image)
        paint_marks(painter, self.view, self.palette(), self._marks(drawn))

    def _marks(self, drawn: Drawn) -> Marks:
        checked, shown = self.check(), self.design.shown
        seen = self._hand.seen()
        return Marks(
            page=edits.page_of(shown),
            elements={place: one for place, one in enumerate(edits.elements_of(shown)) if place in seen},
            chosen=self.design.chosen & seen,
            faults=(checked.faults.keys() | drawn.failed.keys()) & seen,
            cut=drawn.cut & seen,
            missing=seen - drawn.painted,
            guides=self._hand.guides,
            band=self._hand.band,
            focus=self.hasFocus(),
            moving=self._hand.is_moving,
        )

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self._hand.is_down:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._hand.press(event.position(), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self.view.mm(event.position())
        self.pointed.emit(point)
        if self._hand.is_down:
            self._hand.move(event.position(), event.modifiers())
            self.update()
        else:
            self._show_cursor(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._hand.release(event.position(), event.modifiers())
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hand.element_at(self.view.mm(event.position()))
        if hit is not None:
            self._hand.let_go()
            self.design.choose({hit})
            self.opened.emit()

    def _show_cursor(self, point: Point) -> None:
        handle = self._hand.handle_at(point)
        shape = Qt.CursorShape.ArrowCursor
        if handle is not None:
            shape = _cursor(handle)
        elif self._hand.element_at(point) is not None:
            shape = Qt.CursorShape.SizeAllCursor
        self.setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Keys.ControlModifier:
            up = event.angleDelta().y() > 0
            self.view.set_zoom(self.view.zoom * (ZOOM_STEP if up else 1 / ZOOM_STEP))
            event.accept()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            hit = self._hand.element_at(self.view.mm(QPointF(event.pos())))
            if hit is not None and hit not in self.design.chosen:
                self.design.choose({hit})
        self.menu_wanted.emit(event.globalPos())

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS and self.design.chosen:
            self._nudge(key, modifiers, event.isAutoRepeat())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and not modifiers:
            self._step(1 if key is Qt.Key.Key_PageDown else -1)
        elif key is Qt.Key.Key_Escape and self._hand.is_down:
            self._hand.give_up()
        elif key is Qt.Key.Key_Escape and self.design.chosen:
            self.design.choose(frozenset())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.design.chosen:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _nudge(self, key: Qt.Key, modifiers: Keys, again: bool) -> None:
        """Held down, an arrow is one step of undo; with Ctrl it makes wider and higher."""
        if not again:
            self.design.pause()
        by = FAR_NUDGE_MM if modifiers & Keys.ShiftModifier else NUDGE_MM
        dx, dy = _ARROWS[key][0] * by, _ARROWS[key][1] * by
        chosen = self.design.chosen
        if modifiers & Keys.ControlModifier:
            self.design.apply(lambda data: placing.grown(data, chosen, dx, dy), tr("Resize"), merge="size")
        else:
            self.design.apply(lambda data: placing.moved(data, chosen, dx, dy), tr("Move"), merge="nudge")
        self._tell_chosen()

    def _step(self, by: int) -> None:
        """The next element of this side."""
        seen = sorted(self._hand.seen())
        if not seen:
            return
        chosen = sorted(self.design.chosen & set(seen))
        at = seen.index(chosen[0]) + by if chosen else (0 if by > 0 else -1)
        self.design.choose({seen[at % len(seen)]})

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def page_rect(self) -> QRectF:
        """Where the page lies on the canvas, pixels."""
        page = edits.page_of(self.design.shown)
        return QRectF(self.view.px((0, 0)), self.view.px((page.width, page.height)))


def _cursor(handle: Handle) -> Qt.CursorShape:
    if handle.kind == TURN:
        return Qt.CursorShape.PointingHandCursor
    if handle.kind != "size":
        return Qt.CursorShape.CrossCursor
    if not handle.down:
        return Qt.CursorShape.SizeHorCursor
    if not handle.across:
        return Qt.CursorShape.SizeVerCursor
    same = handle.across == handle.down
    return Qt.CursorShape.SizeFDiagCursor if same else Qt.CursorShape.SizeBDiagCursor
