"""A guest who means harm, before a whole kiosk: nothing leaks or opens, and the next guest is served."""

import logging
import random
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from eventdesk.desk.commands import (
    Command,
    FindGuests,
    ListGuests,
    ListJobs,
    ListPasses,
    RunOperation,
    ShowTicket,
)
from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.design.commands import FindSamples
from eventdesk.desk.kiosk import commands
from eventdesk.desk.kiosk.commands import ListSignatures
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.till.commands import FindSales, ListAudit, ShowSale
from eventdesk.desk.upstream.values import StaffState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.staff import CARD
from eventdesk.screens.kiosk.photo import PhotoPage
from eventdesk.screens.kiosk.photo_view import TakenView, portrait
from eventdesk.screens.kiosk.sheets import StaffSheet
from tests.e2e.kiosk.hostile import MAX, Kiosk, held, leaked, on_disk, spoken
from tests.screens.kiosk.test_forgetting import texts
from tests.storage.made import order, setup, ticket

ADA = "hl-ada-7QX4M2"
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
            key, also = chance.choice(KEYS), chance.choice(MODIFIERS)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(handle, QKeyEvent(kind, key, also))
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
    """Before the camera and under the scanner; one that was revoked, and one of another event."""
    with kiosk.desk.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.SECRET_REVOKED, f"demo-{ADA}", {"secret": ADA})])
        tx.append("event-1", [*setup(), order("o1"), ticket("t1", name="Otto Elsewhere")])
    with caplog.at_level(logging.DEBUG):
        for number, code in enumerate((*ODD_CODES, "secret-t1", ADA)):
            kiosk.front._code(code, camera=bool(number % 2))
            kiosk.settled()
            assert kiosk.page in (Page.WELCOME, Page.FINDING, Page.SORRY), code[:40]
            assert (kiosk.page is Page.SORRY) == (code == ADA)
            assert leaked() == []
            assert not [text for text in texts() if "Otto" in text]
            kiosk.leave()
    assert MAX not in caplog.text
    assert opened == []
    kiosk.next_guest_is_served()


@pytest.mark.parametrize("card", ["ABC", "", "A" * 10_000, "\x00\ud800", "' OR 1=1 --"])
def test_a_staff_card_of_ones_own_opens_nothing(kiosk: Kiosk, card: str) -> None:
    """Nor a wrong PIN, whoever was logged on at this desk before."""
    told: list[str] = []
    kiosk.desk.hooks.trouble_told.connect(lambda trouble: told.append(trouble.message))
    left: list[bool] = []
    kiosk.window.left.connect(lambda: left.append(True))
    kiosk.enter()
    kiosk.front._code(CARD + card, camera=True)
    kiosk.until(lambda: bool(told))
    sheet = kiosk.window.sheet
    assert isinstance(sheet, StaffSheet)
    kiosk.desk.hooks.staff_changed(StaffState("s1", "Grace"))
    assert told == ["This staff card does not count here (any more)."]
    assert not left
    sheet.back.click()
    kiosk.next_guest_is_served()


def test_the_desk_behind_shows_no_page_of_the_staff(kiosk: Kiosk) -> None:
    """Whatever a key or a gesture might open: the engine has nothing for it."""
    told: list[str] = []
    kiosk.desk.hooks.trouble_told.connect(lambda trouble: told.append(trouble.message))
    asked: list[Command] = [
        FindGuests("ada", log=LOG), ListGuests(LOG), ShowTicket(LOG, f"demo-{ADA}"), ListPasses(LOG, LIST),
        ListSignatures(LOG, f"demo-{ADA}"), FindSamples(LOG), ListJobs(), FindSales(), ShowSale("s1"),
        ListAudit(), RunOperation("export", lambda *_: None, LOG),
    ]  # fmt: skip
    for one in asked:
        kiosk.desk.engine.post(one)
    kiosk.until(lambda: len(told) == len(asked))
    assert set(told) == {"This desk is a kiosk just now."}
    kiosk.next_guest_is_served()


@pytest.mark.parametrize(
    "name", ["N" * 100_000, "<img src=x onerror=alert(1)>" * 3000, "\u2069\u202e" * 40_000, "ﷺ" * 9_000]
)
def test_what_others_have_written_does_not_freeze_the_screen(kiosk: Kiosk, name: str) -> None:
    """A list of guests or a shop may hold what no kiosk would take; and its guest is served."""
    with kiosk.desk.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, f"demo-{MAX}", {"name": name, "company": name})])
    kiosk.enter()
    assert max(map(len, texts())) < 1000
    kiosk.window.grab()
    kiosk.ask(commands.GoOn)
    kiosk.shows(Page.PHOTO)
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
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In widgets, before a screen reader, in memory, in the clipboard; in plain text on the disk or in the
    log; and no picture."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with caplog.at_level(logging.DEBUG):
        found = kiosk.enter()
        before = kiosk.window.visit.state.guests[0].name.split()[0]
        assert [text for text in spoken(kiosk) if before in text]
        kiosk.ask(commands.AmendGuest, ticket=found, members={"name": mark()})
        kiosk.shows(Page.PHOTO)
        QGuiApplication.clipboard().setText(mark())
        kiosk.window.visit.ask(commands.CallStaff)
        kiosk.settled()
        assert held(mark()), "the test sees what is there"
        assert isinstance(kiosk.shown, PhotoPage)
        face = np.random.default_rng(7).integers(0, 255, (480, 640, 3), np.uint8)
        kiosk.shown.taken.show_picture(portrait(face))
        kiosk.shown.keep.click()
        kiosk.settled()
        kiosk.leave()
    kiosk.settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    words = [before, *mark().split()]
    assert not [text for text in (*texts(), *spoken(kiosk)) if any(word in text for word in words)]
    assert not QGuiApplication.clipboard().text()
    assert mark() not in caplog.text
    caplog.clear()
    assert not held(mark())
    assert not on_disk(tmp_path, mark())
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and b"\xff\xd8\xff" in one.read_bytes()]
    assert not list((tmp_path / "temp").iterdir())
    assert not [one for one in QApplication.allWidgets() if isinstance(one, TakenView) and one.picture()]
