"""The badge under the mouse and the keys, on the real widget."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from eventdesk.badges import layout as layouts
from eventdesk.badges.render import render_image
from eventdesk.screens.designer.editor import Editor
from eventdesk.screens.designer.view import Aids
from tests.screens.designer.conftest import (
    CODE,
    NAME,
    NO_KEYS,
    RULE,
    STRIP,
    at,
    click,
    drag,
    element,
    key,
    move,
    undo_all,
)

Key, Keys = Qt.Key, Qt.KeyboardModifier
ALT, SHIFT, CTRL = Keys.AltModifier, Keys.ShiftModifier, Keys.ControlModifier


def place_of(editor: Editor, place: int) -> tuple[float, float]:
    one = element(editor, place)
    return one["x"], one["y"]


def test_what_is_drawn_is_what_the_renderer_draws(editor: Editor) -> None:
    editor.view.set_zoom(200 / 25.4)
    data, contents = editor.design.data, editor.preview.contents
    drawn = editor.canvas.draw().image
    assert drawn == render_image(layouts.parse(data), contents, 200)
    editor.design.apply(lambda data: {**data, "elements": data["elements"][:2]}, "fewer")
    assert editor.canvas.draw().image != drawn


def test_a_click_chooses_and_an_empty_place_chooses_nothing(editor: Editor) -> None:
    click(editor, (30, 25))
    assert editor.design.chosen == {NAME}
    click(editor, (80, 40), SHIFT)
    assert editor.design.chosen == {NAME, CODE}
    click(editor, (30, 25), CTRL)
    assert editor.design.chosen == {CODE}
    click(editor, (60, 15))
    assert editor.design.chosen == frozenset()


def test_a_drag_moves_in_one_step(editor: Editor) -> None:
    first = editor.design.data
    drag(editor, (30, 25), (37, 29), ALT)
    x, y = place_of(editor, NAME)
    assert x == pytest.approx(17, abs=0.2)
    assert y == pytest.approx(24, abs=0.2)
    assert editor.design.stack.count() == 1
    undo_all(editor)
    assert editor.design.data == first


def test_a_drag_snaps_to_other_elements_and_shows_why(editor: Editor) -> None:
    """The name's left edge goes to that of the code, which is 0.4 mm further."""
    editor.view.set_aids(Aids(grid=0.5))
    canvas = editor.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(editor, (30, 25)))
    move(editor, (85, 27))
    move(editor, (89.6, 27.2))
    assert 70.0 in canvas._hand.guides.down
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(editor, (89.6, 27.2)))
    assert place_of(editor, NAME)[0] == 70


def test_a_drag_snaps_to_the_grid_where_nothing_else_is_near(editor: Editor) -> None:
    editor.view.set_aids(Aids(grid=4))
    drag(editor, (30, 25), (43.3, 27.4))
    assert place_of(editor, NAME) == (24, 24)


def test_nothing_is_dragged_off_the_page(editor: Editor) -> None:
    drag(editor, (30, 25), (-200, -200), ALT)
    assert place_of(editor, NAME) == (-39, -9), "a millimetre of it stays, to take hold of"
    layouts.parse(editor.design.data)
    editor.design.choose(frozenset())
    drag(editor, (0.5, 0.5), (500, 500), ALT)
    assert place_of(editor, NAME) == (99, 59)
    layouts.parse(editor.design.data)


def test_a_turned_strip_lies_along_the_edge(editor: Editor) -> None:
    """Turned about its middle, it is written with a place left of the page."""
    from eventdesk.screens.designer import edits

    editor.design.apply(lambda data: edits.put(data, {NAME}, "rotation", 90), "turn")
    editor.design.choose({NAME})
    editor.actions_of.align("left")
    assert place_of(editor, NAME)[0] == -15
    layouts.parse(editor.design.data)
    assert NAME in editor.canvas.draw().painted


def test_several_are_dragged_together(editor: Editor) -> None:
    editor.design.choose({NAME, CODE, RULE})
    drag(editor, (30, 25), (33, 25), ALT)
    assert place_of(editor, CODE)[0] - place_of(editor, NAME)[0] == pytest.approx(60)
    assert element(editor, RULE)["to_x"] - element(editor, RULE)["x"] == pytest.approx(50)


def test_shift_keeps_a_drag_level(editor: Editor) -> None:
    editor.design.choose({NAME})
    canvas = editor.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(editor, (30, 25)))
    move(editor, (45, 28), SHIFT | ALT)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, SHIFT | ALT, at(editor, (45, 28)))
    assert place_of(editor, NAME)[1] == 20
    assert place_of(editor, NAME)[0] == pytest.approx(25, abs=0.2)


def test_escape_takes_a_drag_back(editor: Editor) -> None:
    first = editor.design.data
    QTest.mousePress(editor.canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(editor, (30, 25)))
    move(editor, (60, 40))
    assert editor.design.shown != first
    key(editor, Key.Key_Escape)
    QTest.mouseRelease(editor.canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(editor, (60, 40)))
    assert editor.design.shown == first
    assert not editor.design.stack.count()


def test_a_handle_resizes_and_the_other_corner_stays(editor: Editor) -> None:
    click(editor, (30, 25))
    drag(editor, (50, 30), (60, 35), ALT)
    one = element(editor, NAME)
    assert (one["x"], one["y"]) == (10, 20)
    assert one["width"] == pytest.approx(50, abs=0.2)
    assert one["height"] == pytest.approx(15, abs=0.2)


def test_shift_keeps_the_shape(editor: Editor) -> None:
    click(editor, (80, 40))
    canvas = editor.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(editor, (90, 50)))
    move(editor, (95, 51), SHIFT | ALT)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, SHIFT | ALT, at(editor, (95, 51)))
    one = element(editor, CODE)
    assert one["width"] == one["height"] == pytest.approx(25, abs=0.2)


def test_the_knob_turns(editor: Editor) -> None:
    click(editor, (30, 25))
    knob = 20 - 22 / editor.view.zoom
    drag(editor, (30, knob), (50, 25))
    assert element(editor, NAME)["rotation"] == 90
    undo_all(editor)
    assert "rotation" not in element(editor, NAME)


def test_a_turned_element_keeps_its_far_corner_while_it_is_resized(editor: Editor) -> None:
    from eventdesk.screens.designer import edits
    from eventdesk.screens.designer.geometry import corners_of

    editor.design.apply(lambda data: edits.put(data, {NAME}, "rotation", 30), "turn")
    before = corners_of(element(editor, NAME))
    click(editor, (30, 25))
    drag(editor, before[2], (before[2][0] + 6, before[2][1] + 6), ALT)
    after = corners_of(element(editor, NAME))
    assert after[0] == pytest.approx(before[0], abs=0.05)
    assert after[2] == pytest.approx((before[2][0] + 6, before[2][1] + 6), abs=0.3)


def test_the_end_of_a_line_is_dragged(editor: Editor) -> None:
    click(editor, (30, 50))
    drag(editor, (60, 50), (40, 30), ALT)
    one = element(editor, RULE)
    assert (one["x"], one["y"]) == (10, 50)
    assert (one["to_x"], one["to_y"]) == pytest.approx((40, 30), abs=0.2)


def test_a_band_chooses_what_it_meets(editor: Editor) -> None:
    drag(editor, (5, 15), (65, 55))
    assert editor.design.chosen == {NAME, RULE}


@pytest.mark.parametrize(
    ("which", "keys", "expected"),
    [
        (Key.Key_Right, NO_KEYS, (10.5, 20)),
        (Key.Key_Left, SHIFT, (5, 20)),
        (Key.Key_Down, SHIFT, (10, 25)),
        (Key.Key_Up, NO_KEYS, (10, 19.5)),
    ],
)
def test_arrows_move(editor: Editor, which: Qt.Key, keys: Any, expected: tuple[float, float]) -> None:
    editor.design.choose({NAME})
    key(editor, which, keys)
    assert place_of(editor, NAME) == expected
    assert editor.design.stack.count() == 1


def test_each_press_of_an_arrow_is_a_step_and_holding_it_is_one(editor: Editor) -> None:
    editor.design.choose({NAME})
    key(editor, Key.Key_Right)
    key(editor, Key.Key_Right)
    assert editor.design.stack.count() == 2
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    from tests.screens.making import app

    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, NO_KEYS, "", True)
        app().sendEvent(editor.canvas, held)
    assert editor.design.stack.count() == 2
    assert place_of(editor, NAME)[0] == 13.5


def test_control_and_arrows_make_wider(editor: Editor) -> None:
    editor.design.choose({NAME})
    key(editor, Key.Key_Right, CTRL)
    key(editor, Key.Key_Down, CTRL | SHIFT)
    assert (element(editor, NAME)["width"], element(editor, NAME)["height"]) == (40.5, 15)


def test_the_keyboard_alone_goes_round(editor: Editor) -> None:
    key(editor, Key.Key_PageDown)
    assert editor.design.chosen == {STRIP}
    key(editor, Key.Key_PageDown)
    assert editor.design.chosen == {NAME}
    key(editor, Key.Key_PageUp)
    key(editor, Key.Key_PageUp)
    assert editor.design.chosen == {RULE}
    key(editor, Key.Key_D, CTRL)
    assert len(editor.design.elements) == 5
    key(editor, Key.Key_Delete)
    key(editor, Key.Key_A, CTRL)
    assert editor.design.chosen == {0, 1, 2, 3}
    key(editor, Key.Key_Escape)
    assert editor.design.chosen == frozenset()


def test_copy_and_paste(editor: Editor) -> None:
    editor.design.choose({NAME})
    key(editor, Key.Key_C, CTRL)
    key(editor, Key.Key_V, CTRL)
    key(editor, Key.Key_V, CTRL)
    ids = [one["id"] for one in editor.design.elements]
    assert ids == ["strip", "name", "code", "rule", "name-2", "name-3"]
    assert element(editor, 4)["content"] == "{name}"
    key(editor, Key.Key_X, CTRL)
    assert len(editor.design.elements) == 5


def test_undo_and_redo_by_keys(editor: Editor) -> None:
    first = editor.design.data
    editor.design.choose({NAME})
    for _ in range(4):
        key(editor, Key.Key_Right)
    last = editor.design.data
    for _ in range(4):
        key(editor, Key.Key_Z, CTRL)
    assert editor.design.data == first
    assert not editor.design.dirty
    for _ in range(4):
        key(editor, Key.Key_Z, CTRL | SHIFT)
    assert editor.design.data == last


def test_a_reader_hears_what_is_chosen_and_where(editor: Editor) -> None:
    editor.design.choose({NAME})
    key(editor, Key.Key_Right)
    said = editor.canvas.accessibleDescription()
    assert "Text: {name}" in said
    assert "10.5 mm from the left" in said
