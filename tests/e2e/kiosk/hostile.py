"""A whole kiosk for a guest who means harm: the program's own window, lock, scanner and desk."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QDesktopServices, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import config, i18n
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.app.frames import Frames
from eventdesk.app.kiosk import KioskFront
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
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.test_forgetting import texts
from tests.screens.making import app

PATIENCE_MS = 60_000
MAX = "hl-max-4FK8D1"
NONE = Qt.KeyboardModifier.NoModifier


class Kiosk:
    def __init__(self, desk: Desk, front: KioskFront, qtbot: QtBot) -> None:
        self.desk, self.front, self.window, self._qtbot = desk, front, front.window, qtbot

    @property
    def handle(self) -> QWindow:
        return self.window.windowHandle()

    @property
    def shown(self) -> KioskPage:
        assert self.window.frame is not None
        assert self.window.frame.page is not None
        return self.window.frame.page

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

    def enter(self) -> str:
        """Find the guest whose ticket is at hand; their ticket's id."""
        self.window.visit.code(MAX)
        self.shows(Page.DETAILS)
        return self.window.visit.state.guests[0].ticket

    def until(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def key(self, key: int, held: Qt.KeyboardModifier = NONE, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self.handle, QKeyEvent(kind, key, held, text))

    def next_guest_is_served(self) -> None:
        self.leave()
        self.enter()
        self.leave()


@contextmanager
def kiosk_at(folder: Path, qtbot: QtBot, *drafts: Draft) -> Iterator[Kiosk]:
    """At the demo event, with these facts more."""
    rack = Rack(None, FolderPrinters(folder / "badges"), ("", ""))
    frames = Frames()
    desk = compose(config.load(folder / "desk"), bytes(47) + b"\x01", frames, printers=rack)
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, f"demo-{MAX}", {"company": "Quiet & Co"}), *drafts])
    desk.preferences.put(settings.CAMERA_SOURCE, "")
    desk.preferences.put(settings.LANGUAGE, "en")
    front = KioskFront(app(), desk, frames)
    window = front.window
    qtbot.addWidget(window, before_close_func=KioskWindow.close_for_good)
    front.begin()
    qtbot.waitExposed(window)
    desk.start()
    desk.engine.post(ChooseDoor(LOG, LIST, "north"))
    desk.engine.post(commands.OpenKiosk())
    made = Kiosk(desk, front, qtbot)
    try:
        made.shows(Page.WELCOME)
        yield made
    finally:
        desk.stop()
        front.end()
        i18n.load("en")
        theme.apply(app(), theme.Look())


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
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


def spoken(kiosk: Kiosk) -> list[str]:
    """All that a screen reader can find in the window."""
    return list(_spoken(QAccessible.queryAccessibleInterface(kiosk.window)))


def _spoken(part: QAccessibleInterface | None) -> Iterator[str]:
    if part is None or not part.isValid():
        return
    kinds = QAccessible.Text
    yield from (part.text(one) for one in (kinds.Name, kinds.Value, kinds.Description, kinds.Help))
    lines = part.textInterface()
    if lines is not None:
        yield lines.text(0, lines.characterCount())
    for place in range(part.childCount()):
        yield from _spoken(part.child(place))


def held(name: str) -> list[str]:
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


def on_disk(folder: Path, name: str) -> list[Path]:
    words = [name.encode(), name.encode("utf-16-le"), name.split()[1].encode()]
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files
    return [one for one in files if any(word in one.read_bytes() for word in words)]
