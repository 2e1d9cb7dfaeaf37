"""What the mouse does to a layout while it is down: chooses, drags, resizes, turns, draws a band."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from eventdesk.screens.designer import edits, gestures
from eventdesk.screens.designer.design import Data, Design
from eventdesk.screens.designer.geometry import Point, Rect, bounds_of, is_hit
from eventdesk.screens.designer.handles import TURN, Handle, handle_at
from eventdesk.screens.designer.snapping import NOTHING, Guides, Pulls, pulls
from eventdesk.screens.designer.view import View

SLACK_PX = 4.0
SNAP_PX = 6.0
Keys = Qt.KeyboardModifier


class Hand:
    """`guides` and `band` are to be shown; `at` in pixels of the canvas."""

    def __init__(self, design: Design, view: View) -> None:
        self._design, self._view = design, view
        self._gesture: gestures.Gesture | None = None
        self._begins: gestures.Gesture | None = None
        self._pressed: QPointF | None = None
        self._keeps: frozenset[int] = frozenset()
        self.band: Rect | None = None
        self.guides = Guides()

    @property
    def is_down(self) -> bool:
        return self._pressed is not None

    @property
    def is_moving(self) -> bool:
        """Something is dragged, not only pressed."""
        return self._gesture is not None

    def press(self, at: QPointF, keys: Keys) -> None:
        self._design.pause()
        self._pressed = at
        point = self._view.mm(at)
        more = bool(keys & (Keys.ShiftModifier | Keys.ControlModifier))
        handle = self.handle_at(point)
        if handle is not None and not more:
            self._begins = self._hold(handle, point)
        else:
            self._choose(point, more=more)

    def move(self, at: QPointF, keys: Keys) -> None:
        """With the button down."""
        assert self._pressed is not None
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance() / 2
        if self._begins is not None and self._gesture is None and far:
            self._gesture = self._begins
        if self._gesture is not None:
            self._design.preview(self._made(self._gesture, self._view.mm(at), keys))
        elif self.band is not None:
            self._stretch(self._pressed, self._view.mm(at))

    def release(self, at: QPointF, keys: Keys) -> None:
        """What was dragged is one step."""
        gesture = self._gesture
        data = self._made(gesture, self._view.mm(at), keys) if gesture is not None else None
        self.let_go()
        if gesture is not None and data is not None:
            self._design.become(data, gesture.words)

    def let_go(self) -> None:
        self._gesture = self._begins = self._pressed = self.band = None
        self.guides = Guides()

    def give_up(self) -> None:
        """As if nothing had been dragged."""
        self.let_go()
        self._design.preview(None)

    def element_at(self, point: Point) -> int | None:
        """The uppermost one; of one that is only a frame, its whole rectangle counts."""
        elements = self._design.elements
        slack = SLACK_PX / self._view.zoom
        hits = [place for place in sorted(self.seen()) if is_hit(elements[place], point, slack)]
        return hits[-1] if hits else None

    def handle_at(self, point: Point) -> Handle | None:
        chosen = self._design.chosen & self.seen()
        if len(chosen) != 1:
            return None
        return handle_at(self._design.elements[min(chosen)], point, 1 / self._view.zoom)

    def seen(self) -> frozenset[int]:
        """The places of the elements of the side at hand."""
        sides = [str(one.get("side", "front")) for one in edits.elements_of(self._design.shown)]
        return frozenset(place for place, side in enumerate(sides) if self._view.shows(side))

    def _choose(self, point: Point, *, more: bool) -> None:
        chosen = self._design.chosen
        hit = self.element_at(point)
        if hit is None:
            self._keeps = chosen if more else frozenset()
            self._design.choose(self._keeps)
            self.band = Rect(*point, 0, 0)
            return
        if more:
            self._design.choose(chosen ^ {hit})
        elif hit not in chosen:
            self._design.choose({hit})
        if self._design.chosen:
            near = self._pulls(self._design.chosen)
            self._begins = gestures.Move(self._design.data, point, near, self._design.chosen)

    def _made(self, gesture: gestures.Gesture, point: Point, keys: Keys) -> Data:
        free = bool(keys & Keys.AltModifier) or not self._view.aids.snaps
        data = gesture.at(point, free=free, keep=bool(keys & Keys.ShiftModifier))
        self.guides = gesture.guides
        return data

    def _stretch(self, pressed: QPointF, point: Point) -> None:
        start = self._view.mm(pressed)
        left, top = min(start[0], point[0]), min(start[1], point[1])
        band = self.band = Rect(left, top, abs(start[0] - point[0]), abs(start[1] - point[1]))
        elements = self._design.elements
        met = {place for place in self.seen() if bounds_of(elements[place]).meets(band)}
        self._design.choose(self._keeps | met)

    def _hold(self, handle: Handle, point: Point) -> gestures.Gesture:
        place = min(self._design.chosen)
        data, near = self._design.data, self._pulls(self._design.chosen)
        if handle.kind == TURN:
            return gestures.Turn(data, point, near, place)
        if handle.kind == "size":
            return gestures.Resize(data, point, near, place, handle)
        return gestures.LineEnd(data, point, near, place, handle.kind)

    def _pulls(self, moving: frozenset[int]) -> Pulls:
        aids = self._view.aids
        if not aids.snaps:
            return NOTHING
        elements = self._design.elements
        others = [bounds_of(elements[place]) for place in self.seen() - moving]
        return pulls(edits.page_of(self._design.data), others, aids.grid, SNAP_PX / self._view.zoom)
