"""A guest who means harm, before a whole kiosk: nothing leaks or opens, and the next guest is served."""

import gc
import logging
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import config, i18n
from eventdesk.app.desk import Desk, compose
from eventdesk.desk import settings
from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.demo import LIST, LOG, demo_codes, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.desk.kiosk import commands
from eventdesk.desk.kiosk.values import Page
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.facts import Draft, Kind
from eventdesk.screens import theme
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk.lock import Lock
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.test_forgetting import texts
from tests.screens.making import app

PATIENCE_MS = 60_000
MAX = "hl-max-4FK8D1"
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


class Kiosk:
    def __init__(self, desk: Desk, window: KioskWindow, qtbot: QtBot) -> None:
        self.desk, self.window, self._qtbot = desk, window, qtbot

    @property
    def page(self) -> Page:
        return self.window.visit.state.page

    def shows(self, *pages: Page) -> None:
        self._qtbot.waitUntil(lambda: self.page in pages, timeout=PATIENCE_MS)

    def ask(self, kind: type[commands.OfVisit], **members: Any) -> None:
        self.window.visit.ask(kind, **members)
        self.settled()

    def settled(self) -> None:
        """All that was posted is served, and shown."""
        served: list[object] = []
        self.desk.hooks.door_chosen.connect(served.append)
        self.desk.engine.post(ChooseDoor(LOG, LIST, "north"))
        self._qtbot.waitUntil(lambda: bool(served), timeout=PATIENCE_MS)
        QApplication.processEvents()

    def leave(self) -> None:
        """As by the idle clock, at once."""
        if self.page not in (Page.WELCOME, Page.CLOSED):
            self.window.visit.end(idle=True)
        self.shows(Page.WELCOME)

    def next_guest_is_served(self) -> None:
        self.leave()
        self.window.visit.code(MAX)
        self.shows(Page.DETAILS)
        self.leave()


@pytest.fixture
def kiosk(qtbot: QtBot, tmp_path: Path) -> Iterator[Kiosk]:
    rack = Rack(None, FolderPrinters(tmp_path / "badges"), ("", ""))
    desk = compose(config.load(tmp_path / "desk"), bytes(47) + b"\x01", printers=rack)
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, f"demo-{MAX}", {"company": "Quiet & Co"})])
    desk.preferences.put(settings.CAMERA_SOURCE, "")
    window = KioskWindow(app(), Bridge(desk.hooks, desk.engine.post), "en")
    qtbot.addWidget(window, before_close_func=KioskWindow.close_for_good)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    lock = Lock(window.windowHandle())
    desk.start()
    desk.engine.post(ChooseDoor(LOG, LIST, "north"))
    desk.engine.post(commands.OpenKiosk())
    made = Kiosk(desk, window, qtbot)
    try:
        made.shows(Page.WELCOME)
        lock.staff_wanted.connect(window.open_staff)
        yield made
    finally:
        desk.stop()
        window.close_for_good()
        i18n.load("en")
        theme.apply(app(), theme.Look())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened: must stay empty."""
    found: list[str] = []

    def note(what: str) -> Callable[..., None]:
        return lambda *_args, **_words: found.append(what)

    for kind, name in (
        (QDesktopServices, "openUrl"), (QFileDialog, "exec"), (QFileDialog, "getOpenFileName"),
        (QFileDialog, "getSaveFileName"), (QDialog, "exec"), (QDialog, "open"), (QMenu, "exec"),
        (QMenu, "popup"),
    ):  # fmt: skip
        monkeypatch.setattr(kind, name, note(f"{kind.__name__}.{name}"))
    return found


def others() -> set[str]:
    """Names of all guests but the one whose ticket is at hand."""
    return {name for name, code in demo_codes().items() if code != MAX and " " in name}


def leaked() -> list[str]:
    said = list(texts())
    return [name for name in others() if any(name in text for text in said)]


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


def enter(kiosk: Kiosk) -> str:
    kiosk.window.visit.code(MAX)
    kiosk.shows(Page.DETAILS)
    return kiosk.window.visit.state.guests[0].ticket


BAD_NAMES = (
    "N" * 100_000, "", "   ", "\u200b\u200b", "\u202eadA", "Ada\u2066x", "Ada\x00", "Ada\nBo", "\ud800", 7,
    ["Ada"], {"a": 1},
)  # fmt: skip


def test_names_that_can_not_be_kept_stay_on_the_page(kiosk: Kiosk) -> None:
    ticket = enter(kiosk)
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
    ticket = enter(kiosk)
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
        ticket = enter(kiosk)
        kiosk.ask(commands.AmendGuest, ticket=ticket, members={"name": mark()})
        kiosk.shows(Page.PHOTO)
        kiosk.window.visit.ask(commands.CallStaff)
        kiosk.settled()
        assert _held(mark()), "the test sees what is there"
        kiosk.leave()
    kiosk.settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [text for text in texts() if mark() in text]
    assert not QGuiApplication.clipboard().text()
    assert mark() not in caplog.text
    caplog.clear()
    assert not _held(mark())
    assert not _on_disk(tmp_path, mark())


def _held(name: str) -> list[str]:
    """Values of the kiosk, the desk and the screens that still hold the name, by what Python can reach."""
    gc.collect()
    found = []
    for one in gc.get_objects():
        module = str(getattr(type(one), "__module__", ""))
        inside: Any = ()
        if isinstance(one, dict):
            inside = list(one.values())
        elif isinstance(one, list | tuple):
            inside = one
        elif module.startswith("eventdesk") and not isinstance(one, QWidget):
            slots = [slot for kind in type(one).__mro__ for slot in getattr(kind, "__slots__", ())]
            inside = [getattr(one, slot, None) for slot in slots]
        if any(type(text) is str and name in text for text in inside):
            found.append(f"{type(one)}: {str(one)[:200]}")
    return found


def _on_disk(folder: Path, name: str) -> list[Path]:
    words = [name.encode(), name.encode("utf-16-le"), name.split()[1].encode()]
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files
    return [one for one in files if any(word in one.read_bytes() for word in words)]
