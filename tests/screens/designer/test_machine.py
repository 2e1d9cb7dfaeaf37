"""A person who tries everything: whatever is done, the layout can be kept, and every step goes back."""

import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtGui import QGuiApplication

from eventdesk.badges import layout as layouts
from eventdesk.errors import BadInput
from eventdesk.screens.designer import edits, gestures, placing
from eventdesk.screens.designer.actions import SIDES, Actions
from eventdesk.screens.designer.design import Design, State
from eventdesk.screens.designer.fresh import KINDS
from eventdesk.screens.designer.geometry import bounds_of
from eventdesk.screens.designer.handles import TURN, handles_of
from eventdesk.screens.designer.snapping import NOTHING, Pulls, pulls
from eventdesk.screens.designer.view import View

NUMBERS = st.floats(-400, 400, allow_nan=False)
POINTS = st.tuples(NUMBERS, NUMBERS)
SIZES = st.sampled_from(
    [(85.6, 54.0), (54.0, 85.6), (210.0, 297.0), (62.0, 100.0), (10.0, 10.0), (1000.0, 10.5)]
)
SETTINGS = st.sampled_from(
    [
        ("copy_mark", True),
        ("id", "A name"),
        ("id", None),
        ("when", {"==": [{"var": "product"}, "VIP"]}),
        ("when", None),
    ]
)


class Person(RuleBasedStateMachine):
    @initialize(seed=st.sampled_from(sorted(layouts.shipped())))
    def open(self, seed: str) -> None:
        QGuiApplication.clipboard().clear()
        self.design = Design(layouts.to_data(layouts.shipped()[seed]))
        self.view = View()
        self.actions = Actions(self.design, self.view)
        self.first = json.dumps(self.design.data)
        self.known: list[Any] = [self.design.data]
        self.step = 0

    def done(self) -> None:
        """What was done is a step, or nothing at all."""
        if self.design.stack.index() != self.step or self.design.data != self.known[self.step]:
            assert self.design.stack.index() == self.step + 1, "one change, one step"
            del self.known[self.step + 1 :]
            self.known.append(self.design.data)
            self.step += 1

    def page_pulls(self) -> Pulls:
        others = [
            bounds_of(one)
            for place, one in enumerate(self.design.elements)
            if place not in self.design.chosen
        ]
        return pulls(edits.page_of(self.design.data), others, 1, 1.5)

    @rule(some=st.sets(st.integers(0, 20), max_size=4))
    def choose(self, some: set[int]) -> None:
        self.design.choose(some)

    @rule(kind=st.sampled_from([kind for kind in KINDS if kind != "image"]))
    def add(self, kind: str) -> None:
        self.actions.add(kind)
        self.done()

    @rule(start=POINTS, end=POINTS, keep=st.booleans(), free=st.booleans())
    def drag(self, start: Any, end: Any, *, keep: bool, free: bool) -> None:
        near = NOTHING if free else self.page_pulls()
        gesture = gestures.Move(self.design.data, start, near, self.design.chosen)
        self.let_go(gesture, end, keep=keep, free=free)

    def let_go(self, gesture: gestures.Gesture, end: Any, *, keep: bool, free: bool) -> None:
        half = (end[0] / 2, end[1] / 2)
        self.design.preview(gesture.at(half, free=free, keep=keep))
        layouts_or_told(self.design.shown)
        self.design.become(gesture.at(end, free=free, keep=keep), gesture.words)
        self.done()

    @precondition(lambda self: len(self.design.chosen) == 1)
    @rule(number=st.integers(0, 8), end=POINTS, keep=st.booleans(), free=st.booleans())
    def hold(self, number: int, end: Any, *, keep: bool, free: bool) -> None:
        place = min(self.design.chosen)
        handles = handles_of(self.design.elements[place], 0.2)
        handle = handles[number % len(handles)]
        data, near = self.design.data, self.page_pulls()
        gesture: gestures.Gesture
        if handle.kind == TURN:
            gesture = gestures.Turn(data, handle.at, near, place)
        elif handle.kind == "size":
            gesture = gestures.Resize(data, handle.at, near, place, handle)
        else:
            gesture = gestures.LineEnd(data, handle.at, near, place, handle.kind)
        self.let_go(gesture, end, keep=keep, free=free)

    @rule(dx=NUMBERS, dy=NUMBERS, grow=st.booleans())
    def nudge(self, dx: float, dy: float, *, grow: bool) -> None:
        chosen, change = self.design.chosen, placing.grown if grow else placing.moved
        self.design.apply(lambda data: change(data, chosen, dx, dy), "nudge")
        self.done()

    @rule(setting=SETTINGS)
    def set_member(self, setting: tuple[str, Any]) -> None:
        chosen = self.design.chosen
        self.design.apply(lambda data: edits.put(data, chosen, *setting), "set")
        self.done()

    @rule(size=SIZES)
    def resize_page(self, size: tuple[float, float]) -> None:
        self.design.apply(lambda data: placing.with_page(data, *size), "page")
        self.done()

    @rule(back=st.booleans())
    def other_side(self, *, back: bool) -> None:
        self.view.set_side("back" if back else "front")
        self.design.become(edits.with_back(self.design.data, back=back), "back", frozenset())
        self.done()

    @rule(what=st.sampled_from(["duplicate", "delete", "cut", "copy", "paste", "choose_all"]))
    def edit(self, what: str) -> None:
        getattr(self.actions, what)()
        self.done()

    @rule(side=st.sampled_from(SIDES))
    def align(self, side: str) -> None:
        self.actions.align(side)
        self.done()

    @rule(axis=st.sampled_from("xy"))
    def spread(self, axis: str) -> None:
        self.actions.spread(axis)
        self.done()

    @rule(way=st.sampled_from(["front", "back", "forward", "backward"]))
    def order(self, way: str) -> None:
        self.actions.order(way)
        self.done()

    @precondition(lambda self: self.step > 0)
    @rule()
    def undo(self) -> None:
        self.design.undo()
        self.step -= 1

    @precondition(lambda self: self.step < len(self.known) - 1)
    @rule()
    def redo(self) -> None:
        self.design.redo()
        self.step += 1

    @invariant()
    def it_stands_where_it_should(self) -> None:
        if hasattr(self, "design"):
            assert self.design.data == self.known[self.step]
            assert all(0 <= place < len(self.design.elements) for place in self.design.chosen)
            layouts_or_told(self.design.data)

    def teardown(self) -> None:
        if not hasattr(self, "design"):
            return
        while self.design.stack.canUndo():
            self.design.undo()
        assert json.dumps(self.design.data) == self.first
        while self.design.stack.canRedo():
            self.design.redo()
        assert self.design.data == self.known[-1]


def layouts_or_told(data: Any) -> None:
    """It can be kept; but for one without any element, or with too many, which says so."""
    if 0 < len(data["elements"]) <= layouts.MOST_ELEMENTS:
        again = layouts.to_data(layouts.parse(data))
        assert layouts.to_data(layouts.parse(again)) == again
    else:
        with pytest.raises(BadInput, match="elements"):
            layouts.parse(data)


Person.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestPerson = pytest.mark.usefixtures("qapp")(Person.TestCase)


class LongPerson(Person):
    pass


LongPerson.TestCase.settings = settings(max_examples=300, stateful_step_count=50, deadline=None)
TestLongPerson = pytest.mark.long(pytest.mark.usefixtures("qapp")(LongPerson.TestCase))


def test_letters_typed_into_one_field_are_one_step(qapp: object) -> None:
    design = Design({"name": "A", "elements": []})
    for name in ("B", "Bo", "Bob"):
        design.become({**design.data, "name": name}, "name", merge="name")
    design.pause()
    design.become({**design.data, "name": "Bobby"}, "name", merge="name")
    assert design.stack.count() == 2
    design.undo()
    assert design.data["name"] == "Bob"
    design.undo()
    assert design.data["name"] == "A"
    assert design.chosen == State({}).chosen
