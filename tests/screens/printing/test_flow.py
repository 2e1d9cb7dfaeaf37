"""Buttons that go on in the next line where the window is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventdesk.screens.widgets.flow import Flow


def holder(qtbot: QtBot, width: int, right_to_left: bool = False) -> tuple[QWidget, list[QWidget]]:
    made, parts = QWidget(), [QWidget() for _ in range(4)]
    for part in parts:
        part.setFixedSize(100, 30)
    parts[3].hide()
    if right_to_left:
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.setLayout(Flow(*parts, spacing=10))
    qtbot.addWidget(made)
    made.resize(width, 200)
    made.show()
    return made, parts


def test_what_has_no_room_goes_to_the_next_line(qtbot: QtBot) -> None:
    made, parts = holder(qtbot, 220)
    assert made.isVisible()
    assert [(one.x(), one.y()) for one in parts[:3]] == [(0, 0), (110, 0), (0, 40)]


def test_the_height_follows_the_width(qtbot: QtBot) -> None:
    made, _ = holder(qtbot, 400)
    flow = made.layout()
    assert flow is not None
    assert [flow.heightForWidth(width) for width in (320, 319, 210, 100)] == [30, 70, 70, 110]
    assert (flow.sizeHint().width(), flow.minimumSize().width(), flow.count()) == (320, 100, 4)


def test_it_begins_at_the_right_where_people_read_from_there(qtbot: QtBot) -> None:
    made, parts = holder(qtbot, 220, right_to_left=True)
    assert made.isVisible()
    assert [one.x() for one in parts[:3]] == [120, 10, 120]
