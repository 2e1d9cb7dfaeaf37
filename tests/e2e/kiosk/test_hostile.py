"""A guest who means harm, before a whole kiosk: nothing leaks or opens, and the next guest is served."""

import logging
import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from eventdesk.desk.kiosk import commands
from eventdesk.desk.kiosk.values import Page
from tests.e2e.kiosk.hostile import MAX, Kiosk, held, leaked, on_disk
from tests.screens.kiosk.test_forgetting import texts

EICAR_LIKE = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "NOT-A-VIRUS-TEST-FILE!$H+H*"
ODD_CODES = (
    "A" * 100_000,
    "\x00\x01\x02\x1b[2J\x07",
    "'; DROP TABLE tickets; --",
    '{"admit": true, "ticket": "demo-' + MAX + '"}',
    "demo-" + MAX,
    "../../etc/passwd",
    "file:///etc/passwd",
    "https://example.org/?code=" + MAX,
    EICAR_LIKE,
    "\u202e" + MAX[::-1],
    MAX[:-1],
    "%s%s%n" * 50,
    "\ud800",
)


def mark() -> str:
    """Put together at run time, so that no constant of this file holds it."""
    return "".join(["Xeno", "phila ", "Grimm", "elshausen"])


KEYS = [
    *[Qt.Key(Qt.Key.Key_F1 + number) for number in range(35)], Qt.Key.Key_Escape, Qt.Key.Key_Tab,
    Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Menu, Qt.Key.Key_Print, Qt.Key.Key_Delete,
    Qt.Key.Key_Insert, Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_Backspace, Qt.Key.Key_SysReq,
    Qt.Key.Key_Super_L, Qt.Key.Key_Back, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_O, Qt.Key.Key_P,
    Qt.Key.Key_S, Qt.Key.Key_V, Qt.Key.Key_C, Qt.Key.Key_A, Qt.Key.Key_Z, Qt.Key.Key_L,
    Qt.Key.Key_LaunchMail, Qt.Key.Key_HomePage, Qt.Key.Key_PowerOff,
]  # fmt: skip
MODIFIERS = [
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
]  # fmt: skip
BUTTONS = [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton]


def storm(kiosk: Kiosk, chance: random.Random, deeds: int) -> None:
    """Keys, presses, drags, drops and context menus wherever they fall."""
    window = kiosk.window
    handle = window.windowHandle()
    for _ in range(deeds):
        at = QPoint(chance.randrange(window.width()), chance.randrange(window.height()))
        what = chance.randrange(6)
        if what < 3:
            key, held = chance.choice(KEYS), chance.choice(MODIFIERS)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(handle, QKeyEvent(kind, key, held))
        elif what == 3:
            QTest.mouseClick(handle, chance.choice(BUTTONS), Qt.KeyboardModifier.NoModifier, at)
        elif what == 4:
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
            QTest.mouseMove(handle, QPoint(at.y() % window.width(), at.x() % window.height()))
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        else:
            under = window.childAt(at) or window
            asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), at)
            QCoreApplication.sendEvent(under, asked)
            mime = QMimeData()
            mime.setUrls([QUrl("file:///etc/passwd")])
            dropped = QDropEvent(
                QPointF(at), Qt.DropAction.CopyAction, mime, BUTTONS[0], Qt.KeyboardModifier.NoModifier
            )
            QCoreApplication.sendEvent(handle, dropped)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_storm_of_keys_and_presses_opens_nothing(kiosk: Kiosk, opened: list[str], seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        storm(kiosk, chance, 60)
        QApplication.processEvents()
        assert leaked() == []
        foreign = [
            one
            for one in QApplication.topLevelWidgets()
            if one.isVisible() and one is not kiosk.window and one.window() is not kiosk.window
        ]
        assert not foreign, foreign
    assert opened == []
    assert kiosk.window.isVisible()
    kiosk.window.take_away()
    kiosk.next_guest_is_served()


def test_odd_codes_find_nobody_and_show_nothing(
    kiosk: Kiosk, opened: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for code in ODD_CODES:
            kiosk.desk.engine.post(commands.FindByCode(code, camera=True))
            kiosk.settled()
            assert kiosk.page in (Page.WELCOME, Page.FINDING), code[:40]
            assert leaked() == []
            kiosk.leave()
    assert MAX not in caplog.text
    assert opened == []
    kiosk.next_guest_is_served()


BAD_NAMES = (
    "N" * 100_000, "", "   ", "\u200b\u200b", "\u202eadA", "Ada\u2066x", "Ada\x00", "Ada\nBo", "\ud800", 7,
    ["Ada"], {"a": 1},
)  # fmt: skip


def test_names_that_can_not_be_kept_stay_on_the_page(kiosk: Kiosk) -> None:
    ticket = kiosk.enter()
    before = kiosk.window.visit.state.guests[0].name
    for name in BAD_NAMES:
        kiosk.ask(commands.AmendGuest, ticket=ticket, members={"name": name})
        assert kiosk.page is Page.DETAILS, repr(name)[:40]
        assert kiosk.window.visit.state.guests[0].name == before
    kiosk.ask(commands.AmendGuest, ticket=ticket, members={"secret": "mine", "product": "speaker"})
    assert kiosk.page is Page.DETAILS
    kiosk.next_guest_is_served()


def test_photos_that_are_bombs_are_refused_in_time(kiosk: Kiosk) -> None:
    huge = b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(9) + b"\xff\xd9"
    bombs = (
        b"\xff\xd8", b"GIF89a<script>alert(1)</script>", b"\x89PNG\r\n\x1a\n" + bytes(50), huge,
        b"\xff\xd8" + random.Random(3).randbytes(4000), b"%PDF-1.4\xff\xd8\xff", b"\xff\xd8" * 300_000,
    )  # fmt: skip
    ticket = kiosk.enter()
    kiosk.ask(commands.GoOn)
    kiosk.shows(Page.PHOTO)
    for bomb in bombs:
        began = time.monotonic()
        kiosk.ask(commands.TakePhoto, ticket=ticket, jpeg=bomb)
        assert kiosk.page is Page.PHOTO
        assert time.monotonic() - began < 20
    kiosk.next_guest_is_served()


def test_after_an_idle_return_nothing_of_the_guest_is_left(
    kiosk: Kiosk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In widgets, in memory, in the clipboard; nor on the disk or in the log, in plain text."""
    with caplog.at_level(logging.DEBUG):
        ticket = kiosk.enter()
        kiosk.ask(commands.AmendGuest, ticket=ticket, members={"name": mark()})
        kiosk.shows(Page.PHOTO)
        kiosk.window.visit.ask(commands.CallStaff)
        kiosk.settled()
        assert held(mark()), "the test sees what is there"
        kiosk.leave()
    kiosk.settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [text for text in texts() if mark() in text]
    assert not QGuiApplication.clipboard().text()
    assert mark() not in caplog.text
    caplog.clear()
    assert not held(mark())
    assert not on_disk(tmp_path, mark())
