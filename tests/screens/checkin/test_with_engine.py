"""The check-in page on the real engine over a real store: a door's evening by keys alone."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.commands import ChooseDoor, Source
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.domain.decision import Mode
from eventdesk.screens import theme
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.checkin.shown import Face
from eventdesk.storage.store import Store
from tests.screens.making import app

NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
ADA, ZOE, PETRA, ROSA = "hl-ada-7QX4M2", "hl-zoe-5LD7Y9", "hl-petra-7KJ4T3", "hl-rosa-2BN6V1"
Key = Qt.Key


class Door:
    """The page, and what a person at it does."""

    def __init__(self, qtbot: QtBot, page: CheckInPage, bridge: Bridge, store: Store) -> None:
        self.qtbot, self.page, self.bridge, self.store = qtbot, page, bridge, store

    def scan(self, code: str) -> Face:
        """Scan, and wait until the verdict is painted."""
        with self.qtbot.waitSignal(self.page.verdict_painted, timeout=10_000):
            self.page.scan(code, Source.SCANNER)
        return self.face()

    def face(self) -> Face:
        return self.page.parts.verdict.shown().face

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def wait_for(self, face: Face) -> None:
        self.qtbot.waitUntil(lambda: self.face() is face, timeout=10_000)

    def inside(self) -> str:
        return self.page.parts.figures.texts()[0]


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path) -> Iterator[Door]:
    i18n.load("en")
    theme.apply(app(), theme.Look())
    with Store.open(tmp_path / "desk.db", secrets.token_bytes(32), "d001") as store:
        with store.transaction() as tx:
            tx.append(LOG, demo_drafts(NOON))
        hooks = Hooks()
        engine = Engine(store, hooks, Preferences(store), now=lambda: NOON)
        bridge = Bridge(hooks, engine.post)
        page = CheckInPage(bridge)
        qtbot.addWidget(page)
        page.resize(1200, 760)
        page.show()
        qtbot.waitExposed(page)
        engine.start()
        with qtbot.waitSignal(bridge.door_chosen, timeout=10_000):
            bridge.post(ChooseDoor(LOG, LIST, "north", Mode.ENTRY))
        yield Door(qtbot, page, bridge, store)
        engine.stop()


def test_admitted_then_refused_then_forced(door: Door) -> None:
    assert door.scan(ADA) is Face.ADMITTED
    door.qtbot.waitUntil(lambda: door.inside() == "1")
    assert door.scan(ADA) is Face.REFUSED
    assert "12:00" in door.page.parts.verdict.accessibleName()
    door.press(Key.Key_F9, Key.Key_1)
    door.wait_for(Face.ADMITTED)
    assert "force" in door.page.parts.verdict.accessibleName().lower()


def test_an_undo_gives_the_entry_back(door: Door) -> None:
    door.scan(ADA)
    door.press(Key.Key_F8, Key.Key_1)
    door.wait_for(Face.INFORMING)
    door.qtbot.waitUntil(lambda: door.inside() == "0")
    assert door.page.parts.scans.scans.line(0).undone
    assert door.scan(ADA) is Face.ADMITTED


def test_a_question_is_asked_and_its_answer_is_kept(door: Door) -> None:
    assert door.scan(ZOE) is Face.ASKING
    door.press(Key.Key_Down, Key.Key_Up, Key.Key_Space)
    door.page.parts.work.questions.submit()
    door.wait_for(Face.ADMITTED)
    with door.store.reader() as reader:
        ticket = reader.ticket(LOG, f"demo-{ZOE}")
    assert ticket is not None
    assert ticket.answers == {"meal": "Fish"}


def test_refusals_have_their_reasons(door: Door) -> None:
    assert door.scan("no ticket at all") is Face.REFUSED
    assert "Unknown ticket" in door.page.parts.verdict.accessibleName()
    assert door.scan(PETRA) is Face.REFUSED
    assert "blocked" in door.page.parts.verdict.accessibleName()


def test_attention_is_called(door: Door) -> None:
    assert door.scan(ROSA) is Face.ADMITTED
    assert door.page.parts.verdict.accessibleName().startswith("Attention!")


def test_a_guest_is_found_by_a_misspelt_name_and_let_in(door: Door) -> None:
    door.page.parts.search.start("ursla muller")
    results = door.page.parts.search.results
    door.qtbot.waitUntil(lambda: results.model().rowCount() > 0, timeout=10_000)
    assert "Ursula Müller-Weiß" in results.currentIndex().data()
    door.press(Key.Key_Return)
    door.wait_for(Face.ADMITTED)
    assert door.page.parts.verdict.shown().name == "Ursula Müller-Weiß"


def test_a_walk_in_is_admitted(door: Door) -> None:
    door.press(Key.Key_F6)
    QTest.keyClicks(QApplication.focusWidget() or door.page, "Wanda Walker")
    door.press(Key.Key_Return, Key.Key_Down, Key.Key_Return)
    door.wait_for(Face.ADMITTED)
    assert door.page.parts.verdict.shown().name == "Wanda Walker"


def test_a_whole_order_is_admitted(door: Door) -> None:
    door.scan(ADA)
    door.press(Key.Key_F7)
    work = door.page.parts.work
    door.qtbot.waitUntil(lambda: work.is_open(work.order), timeout=10_000)
    assert len(work.order.chosen()) == 2, "Ada herself is in already"
    work.order.submit()
    door.qtbot.waitUntil(lambda: door.inside() == "3", timeout=10_000)
    assert door.face() is Face.ADMITTED


def test_modes_by_key(door: Door) -> None:
    for key, mode, face in (
        (Key.Key_F3, Mode.INFO, Face.INFORMING),
        (Key.Key_F1, Mode.ENTRY, Face.ADMITTED),
        (Key.Key_F2, Mode.EXIT, Face.LEFT),
    ):
        if door.page.parts.modes.mode() is not mode:
            with door.qtbot.waitSignal(door.bridge.door_chosen, timeout=10_000):
                door.press(key)
        assert door.scan(ADA) is face
    door.qtbot.waitUntil(lambda: door.page.parts.figures.texts()[:2] == ("0", "1"), timeout=10_000)
