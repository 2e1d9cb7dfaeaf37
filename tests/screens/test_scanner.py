"""Hand scanners and people on one keyboard: codes are taken, typing arrives whole and in order."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.screens.scanner import Scanner
from tests.screens.making import app

CODE = "K3Q7ZP9XW2M4N6B8V5C1L0J7H3G9F2D4S6A8T0Y1"


class Form(QWidget):
    """A window with a field, a text and a default-like button."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.text, self.button = QLineEdit(), QPlainTextEdit(), QPushButton("Go")
        self.presses = 0
        self.button.clicked.connect(self._count)
        column = QVBoxLayout(self)
        for part in (self.line, self.text, self.button):
            column.addWidget(part)

    def _count(self) -> None:
        self.presses += 1


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def codes(form: Form, qtbot: QtBot) -> Iterator[list[str]]:
    scanner = Scanner(app())
    found: list[str] = []
    scanner.scanned.connect(lambda code, _at: found.append(code))
    yield found
    scanner.stop()


def click(form: Form, key: str | Qt.Key) -> None:
    """A key pressed and released at the window, as the system sends it."""
    code = key if isinstance(key, Qt.Key) else ord(key)
    QTest.keyClick(form.windowHandle(), code)


def burst(form: Form, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """As a scanner types: as fast as the keys go."""
    for char in text:
        click(form, char)
    if end:
        click(form, end)


def test_a_code_is_taken_and_no_field_gets_it(qtbot: QtBot, form: Form, codes: list[str]) -> None:
    for target in (form.line, form.text, form.button):
        target.setFocus()
        burst(form, CODE)
        qtbot.waitUntil(lambda: len(codes) > 0)
        assert codes == [CODE]
        codes.clear()
    qtbot.wait(120)
    assert form.line.text() == form.text.toPlainText() == ""
    assert form.presses == 0, "the scanner's Enter must not press a button"


def test_typing_arrives_whole_and_in_order(qtbot: QtBot, form: Form, codes: list[str]) -> None:
    form.line.setFocus()
    for char in "Grace Hopper, 1906":
        click(form, char)
        qtbot.wait(60)
    qtbot.wait(100)
    assert form.line.text() == "Grace Hopper, 1906"
    assert codes == []


def test_fast_rolls_and_corrections_stay_in_order(qtbot: QtBot, form: Form, codes: list[str]) -> None:
    form.line.setFocus()
    click(form, "a")
    click(form, "d")
    click(form, Qt.Key.Key_Backspace)
    click(form, "b")
    click(form, Qt.Key.Key_Left)
    click(form, "c")
    qtbot.waitUntil(lambda: form.line.text() == "acb")
    assert codes == []


def test_enter_and_space_of_a_person_press_a_button(qtbot: QtBot, form: Form, codes: list[str]) -> None:
    form.button.setFocus()
    click(form, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: form.presses == 1)


def test_tab_after_a_letter_moves_on_after_it(qtbot: QtBot, form: Form, codes: list[str]) -> None:
    form.line.setFocus()
    click(form, "x")
    click(form, Qt.Key.Key_Tab)
    assert form.line.text() == "x"
    assert form.text.hasFocus()


def test_a_scan_amid_typing_takes_nothing_away(qtbot: QtBot, form: Form, codes: list[str]) -> None:
    form.line.setFocus()
    click(form, "A")
    qtbot.wait(120)
    burst(form, CODE)
    qtbot.waitUntil(lambda: codes == [CODE])
    qtbot.wait(120)
    click(form, "b")
    qtbot.waitUntil(lambda: form.line.text() == "Ab")


def test_keys_that_waited_for_a_busy_screen_are_judged_by_their_own_time(
    qtbot: QtBot, form: Form, codes: list[str]
) -> None:
    """A person typed while the screen stood still: all keys come at once, their times apart."""
    form.line.setFocus()
    window = form.windowHandle()
    for place, char in enumerate("Ada Lovelace"):
        key_at(window, char, 1_000 + place * 150)
    key_at(window, "\r", 1_000 + 12 * 150)
    qtbot.wait(150)
    assert codes == []
    assert form.line.text() == "Ada Lovelace"


def key_at(window: QWindow, char: str, stamp_ms: int) -> None:
    """A key that the system stamped at `stamp_ms`, handled now."""
    key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(stamp_ms)
        QCoreApplication.sendEvent(window, event)
