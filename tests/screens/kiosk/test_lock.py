"""Keys, buttons and gestures that lead out, and those that don't."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.kiosk.setup import Find
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.lock import Lock, passes
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.making import state
from tests.screens.making import Desk

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
META = Qt.KeyboardModifier.MetaModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key

BLOCKED = [
    (Key.Key_F4, ALT, ""),
    (Key.Key_Tab, ALT, "\t"),
    (Key.Key_Tab, CTRL, ""),
    (Key.Key_Super_L, NONE, ""),
    (Key.Key_Meta, META, ""),
    (Key.Key_E, META, "e"),
    (Key.Key_Delete, CTRL | ALT, ""),
    (Key.Key_T, CTRL | ALT, "\x14"),
    (Key.Key_Q, CTRL, "\x11"),
    (Key.Key_W, CTRL, "\x17"),
    (Key.Key_N, CTRL, "\x0e"),
    (Key.Key_P, CTRL, "\x10"),
    (Key.Key_O, CTRL, "\x0f"),
    (Key.Key_C, CTRL, "\x03"),
    (Key.Key_V, CTRL, "\x16"),
    (Key.Key_Insert, SHIFT, ""),
    (Key.Key_Print, NONE, ""),
    (Key.Key_Menu, NONE, ""),
    (Key.Key_Escape, NONE, "\x1b"),
    (Key.Key_Help, NONE, ""),
    *[(Key(Key.Key_F1 + number), NONE, "") for number in range(24)],
]
FREE = [
    (Key.Key_A, NONE, "a"),
    (Key.Key_A, SHIFT, "A"),
    (Key.Key_Odiaeresis, NONE, "ö"),
    (Key.Key_At, CTRL | ALT, "@"),  # AltGr of Windows
    (Key.Key_Tab, NONE, "\t"),
    (Key.Key_Backtab, SHIFT, ""),
    (Key.Key_Return, NONE, "\r"),
    (Key.Key_J, CTRL, "\n"),  # a scanner's end of a code
    (Key.Key_Space, NONE, " "),
    (Key.Key_Backspace, NONE, "\b"),
    (Key.Key_Left, NONE, ""),
    (Key.Key_PageDown, NONE, ""),
]


@pytest.mark.parametrize(("key", "modifiers", "text"), BLOCKED)
def test_what_leads_out_is_kept_back(key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    assert not passes(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


@pytest.mark.parametrize(("key", "modifiers", "text"), FREE)
def test_what_types_and_walks_is_free(key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    assert passes(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


@pytest.fixture
def lock(kiosk: KioskWindow) -> Lock:
    return Lock(kiosk.windowHandle())


@pytest.fixture
def line(qtbot: QtBot, desk: Desk, kiosk: KioskWindow, lock: Lock) -> QLineEdit:
    desk.hooks.kiosk_changed(state(Page.FINDING))
    assert kiosk.frame is not None
    page = kiosk.frame.page
    assert isinstance(page, FindingPage)
    kiosk.activateWindow()
    qtbot.waitUntil(kiosk.isActiveWindow)
    page.open_form(Find.NAME)
    found = page.forms[Find.NAME].first.line
    qtbot.waitUntil(found.hasFocus)
    return found


def test_the_clipboard_passes_nothing_from_guest_to_guest(kiosk: KioskWindow, line: QLineEdit) -> None:
    QApplication.clipboard().setText("of the guest before")
    handle = kiosk.windowHandle()
    QTest.keyClick(handle, Key.Key_V, CTRL)
    QTest.keyClick(handle, Key.Key_Insert, SHIFT)
    QTest.keyClick(handle, Key.Key_A)
    assert line.text() == "a"
    QApplication.clipboard().clear()


def test_no_menu_and_nothing_is_dropped(kiosk: KioskWindow, line: QLineEdit) -> None:
    handle = kiosk.windowHandle()
    at = line.mapTo(kiosk, QPoint(20, 20))
    QTest.mouseClick(handle, Qt.MouseButton.RightButton, NONE, at)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, kiosk.mapToGlobal(at))
    QApplication.sendEvent(handle, menu)
    assert QApplication.activePopupWidget() is None
    data = QMimeData()
    data.setText("dropped")
    buttons = Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, NONE)
    QApplication.sendEvent(handle, drop)
    assert line.text() == ""


def test_five_taps_into_the_corner_call_the_pad(qtbot: QtBot, kiosk: KioskWindow) -> None:
    at = [0.0]
    lock = Lock(kiosk.windowHandle(), lambda: at[0])
    asked: list[bool] = []
    lock.staff_wanted.connect(lambda: asked.append(True))
    for place in (QPoint(30, 30), QPoint(400, 300)):
        for _ in range(4):
            QTest.mouseClick(kiosk.windowHandle(), Qt.MouseButton.LeftButton, NONE, place)
    assert not asked, "four, and elsewhere"
    for _ in range(5):
        at[0] += 2.0
        QTest.mouseClick(kiosk.windowHandle(), Qt.MouseButton.LeftButton, NONE, QPoint(30, 30))
    assert not asked, "too slow"
    at[0] += 10.0
    for _ in range(5):
        QTest.mouseClick(kiosk.windowHandle(), Qt.MouseButton.LeftButton, NONE, QPoint(30, 30))
    assert asked == [True]


def test_ctrl_shift_e_calls_the_pad_and_types_nothing(
    qtbot: QtBot, kiosk: KioskWindow, lock: Lock, line: QLineEdit
) -> None:
    with qtbot.waitSignal(lock.staff_wanted):
        QTest.keyClick(kiosk.windowHandle(), Key.Key_E, CTRL | SHIFT)
    assert line.text() == ""


def test_a_touch_is_heard(qtbot: QtBot, kiosk: KioskWindow, lock: Lock) -> None:
    with qtbot.waitSignal(lock.touched):
        QTest.mouseClick(kiosk.windowHandle(), Qt.MouseButton.LeftButton, NONE, QPoint(500, 500))
    with qtbot.waitSignal(lock.touched):
        QTest.keyClick(kiosk.windowHandle(), Key.Key_A)
    held_down = QKeyEvent(QEvent.Type.KeyPress, Key.Key_A, NONE, "a", True)
    with qtbot.assertNotEmitted(lock.touched):
        QApplication.sendEvent(kiosk.windowHandle(), held_down)
