"""An editor on the screen, and hands to use it with."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.badges import layout as layouts
from eventdesk.screens import theme
from eventdesk.screens.designer.editor import Editor
from eventdesk.screens.designer.geometry import Point
from tests.screens.making import app

LAYOUT: dict[str, Any] = {
    "name": "Crew",
    "page": {"width": 100, "height": 60},
    "elements": [
        {"type": "box", "id": "strip", "x": 0, "y": 0, "width": 100, "height": 8, "fill": "#1B4FD1"},
        {
            "type": "text",
            "id": "name",
            "x": 10,
            "y": 20,
            "width": 40,
            "height": 10,
            "content": "{name}",
            "size": 20,
        },
        {"type": "qr", "id": "code", "x": 70, "y": 30, "width": 20, "height": 20},
        {"type": "line", "id": "rule", "x": 10, "y": 50, "to_x": 60, "to_y": 50},
    ],
}
STRIP, NAME, CODE, RULE = range(4)
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def editor(qtbot: QtBot) -> Editor:
    i18n.load("en")
    theme.apply(app(), theme.Look())
    made = Editor(layouts.to_data(layouts.parse(LAYOUT)))
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.canvas.setFocus()
    return made


def at(editor: Editor, point: Point) -> QPoint:
    """Where on the canvas a place of the badge is."""
    return editor.view.px(point).toPoint()


def click(editor: Editor, point: Point, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    QTest.mouseClick(editor.canvas, Qt.MouseButton.LeftButton, keys, at(editor, point))


def drag(editor: Editor, start: Point, end: Point, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press, move in three steps, let go."""
    canvas, left = editor.canvas, Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, keys, at(editor, start))
    for step in (1, 2, 3):
        way = (start[0] + (end[0] - start[0]) * step / 3, start[1] + (end[1] - start[1]) * step / 3)
        move(editor, way, keys)
    QTest.mouseRelease(canvas, left, keys, at(editor, end))


def move(editor: Editor, point: Point, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """QTest's own moves carry no keys, and none is sent to where the mouse is already."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    place = QPointF(at(editor, point))
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, editor.canvas.mapToGlobal(place), Qt.MouseButton.NoButton, left, keys
    )
    app().sendEvent(editor.canvas, event)


def key(editor: Editor, which: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    QTest.keyClick(editor.canvas, which, keys)


def element(editor: Editor, place: int) -> dict[str, Any]:
    return editor.design.elements[place]


def undo_all(editor: Editor) -> None:
    while editor.design.stack.canUndo():
        editor.design.undo()
