"""A person without a mouse: every key goes to whatever has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

MOST_TABS = 120


def focus() -> QWidget:
    """What has the focus; a test fails where nothing has."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifiers)


def type_in(text: str) -> None:
    """In place of what stands there."""
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focus(), text)


def tab_to(name: str) -> None:
    """Press Tab until the control of that accessible name (or with that text) has the focus."""
    seen = []
    for _ in range(MOST_TABS):
        if name in (focus().accessibleName(), focus().property("text")):
            return
        seen.append(focus().accessibleName() or str(focus().property("text")))
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {name!r}, only to {seen[:20]}")
