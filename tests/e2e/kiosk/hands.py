"""Hands before a kiosk's screen: scan, touch, type and draw on the real widgets, visit after visit.

What is to be done comes as JSON lines from the test; each page that is shown is told, and how a visit ended.
"""

import json
import os
import queue
import socket
import threading
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.kiosk.setup import Amend, Find
from eventdesk.screens.kiosk.answers import TilesField
from eventdesk.screens.kiosk.choosing import ChoosingPage
from eventdesk.screens.kiosk.details import DetailsPage
from eventdesk.screens.kiosk.document import DocumentPage
from eventdesk.screens.kiosk.ending import DonePage, SorryPage
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.photo import PhotoPage
from eventdesk.screens.kiosk.questions import QuestionsPage
from eventdesk.screens.kiosk.welcome import WelcomePage
from eventdesk.screens.kiosk.window import KioskWindow
from eventdesk.screens.words import says

TICK_MS = 25
# A page that has not changed for so many ticks is touched once more: the first touch may have come too soon.
AGAIN = 160


class Hands(QObject):
    def __init__(self, window: KioskWindow, port: int) -> None:
        super().__init__(window)
        self._window = window
        self._orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._line = socket.create_connection(("127.0.0.1", port))
        self._order: dict[str, Any] | None = None
        self._begun = False
        self._step: object = None
        self._seen = ""
        self._waited = 0
        self._tell(hello=os.getpid())
        threading.Thread(target=self._listen, name="hands", daemon=True).start()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _listen(self) -> None:
        with self._line.makefile(encoding="utf-8") as lines:
            for line in lines:
                self._orders.put(json.loads(line))

    def _tell(self, **what: Any) -> None:
        try:
            self._line.sendall(json.dumps(what).encode() + b"\n")
        except OSError:
            self._timer.stop()

    # Step by step

    def _tick(self) -> None:
        state = self._window.visit.state
        works = sorted(one.value for one in state.works)
        seen = f"{state.page} {works}"
        if seen != self._seen:
            self._seen = seen
            self._tell(page=state.page.value, works=works)
        if self._order is None:
            self._take_next()
            return
        self._waited += 1
        page = self._window.frame.page if self._window.frame else None
        step = (page, says(state.words))
        if page is None or (step == self._step and self._waited < AGAIN):
            return
        self._step, self._waited = step, 0
        if self._order["leaves"] == state.page.value and self._found_page(state.page):
            self._walk_away()
            return
        self._act(page)

    def _take_next(self) -> None:
        if self._window.visit.state.page not in (Page.WELCOME, Page.DONE, Page.SORRY):
            return
        try:
            self._order = self._orders.get_nowait()
        except queue.Empty:
            return
        self._begun = False
        self._step, self._waited = None, 0

    def _found_page(self, page: Page) -> bool:
        return self._begun or page is Page.FINDING

    def _act(self, page: QWidget) -> None:
        if isinstance(page, WelcomePage):
            self._begin(page)
        elif isinstance(page, FindingPage):
            self._find(page)
        elif isinstance(page, DonePage | SorryPage):
            self._end(page)
        else:
            self._begun = True
            self._fill(page)

    def _begin(self, page: WelcomePage) -> None:
        if self._begun:  # the kiosk went back by itself
            self._over("welcome")
        elif self._way() == "code":
            self._scan(self._did("code"))
        else:
            click(page.start)

    def _find(self, page: FindingPage) -> None:
        state = page.state
        if says(state.words):  # what was held up or typed was wrong
            self._over("not_found", says(state.words))
            self._window.visit.end()
        elif self._way() == "code":
            self._scan(self._did("code"))
        else:
            self._search(page)

    def _search(self, page: FindingPage) -> None:
        way = Find(self._way())
        if not page.forms[way].isVisible():
            click(page.ways[way.value])
        form = page.forms[way]
        first = self._did("name") if way is Find.NAME else self._did("order")
        type_into(form.first.line, first)
        type_into(form.second.line, self._did("second"))
        self._begun = True  # what comes is this guest's, also where it is a refusal at once
        click(form.search)

    def _fill(self, page: QWidget) -> None:
        if isinstance(page, ChoosingPage):
            for ticket, button in page.guests.items():
                if button.isEnabled() and button.isChecked() != (ticket in self._did("tickets")):
                    click(button)
            click(page.go)
        elif isinstance(page, DetailsPage):
            self._mend(page)
        elif isinstance(page, QuestionsPage):
            for field in page.fields:
                assert isinstance(field, TilesField)
                click(field.tiles["leek"])
            click(page.go)
        elif isinstance(page, DocumentPage):
            self._sign(page)
        elif isinstance(page, PhotoPage):
            self._photo(page)

    def _mend(self, page: DetailsPage) -> None:
        if self._did("mends"):
            click(page.change)
            type_into(page.fields[Amend.NAME].line, self._did("mends"))
            self._order = {**(self._order or {}), "mends": ""}
        click(page.go)

    def _sign(self, page: DocumentPage) -> None:
        while page.text.down.isVisible() and page.text.down.isEnabled():
            click(page.text.down)
        QCoreApplication.processEvents()
        draw(page.pad)
        click(page.sign)

    def _photo(self, page: PhotoPage) -> None:
        if page.keep.isVisible():
            click(page.keep)
        elif self._did("photo") and page.take.isEnabled() and not page.told.isVisible():
            click(page.take)
            self._step = None  # the page stays, and has a picture in three seconds
        elif page.take.isEnabled():
            click(page.without)
        else:
            self._step = None

    def _end(self, page: DonePage | SorryPage) -> None:
        if not self._begun:  # of the guest before
            click(page.close_button)
            return
        state = page.state
        out = [says(one.out) for one in state.guests if says(one.out)]
        passed = [one.ticket for one in state.guests if one.here and not says(one.out)]
        done = isinstance(page, DonePage)
        self._over("done" if done else "sorry", says(state.words), out, passed if done else [])

    def _walk_away(self) -> None:
        """Nobody touches any more; the time that it takes to be sure is not waited for. From a page that does
        not idle by itself the guest just goes."""
        idle = self._window.idle
        if self._window.visit.state.page is Page.PRINTING:
            assert self._window.frame is not None
            click(self._window.frame.foot.over)
        else:
            idle._touched -= 100_000
            idle.look()
        self._over("walked")

    def _over(self, how: str, words: str = "", out: list[str] | None = None, tickets: Any = ()) -> None:
        number = self._did("number")
        self._order = None
        self._tell(over=how, number=number, words=words, out=out or [], tickets=list(tickets))

    # What the order says

    def _did(self, member: str) -> Any:
        assert self._order is not None
        return self._order[member]

    def _way(self) -> str:
        return str(self._did("way"))

    def _scan(self, code: str) -> None:
        """As a hand scanner types it, within no time."""
        self._begun = True
        handle = self._window.windowHandle()
        for letter in code + "\r":
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                QCoreApplication.sendEvent(handle, event)


def click(widget: QWidget) -> None:
    """What can't be seen or pressed is not pressed."""
    if widget.isVisible() and widget.isEnabled():
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_into(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)


def draw(pad: QWidget) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    for place in range(2, 12):
        QTest.mouseMove(pad, QPoint(place * 12, 20 + place % 3 * 15))
    QTest.mouseRelease(pad, left, Qt.KeyboardModifier.NoModifier, QPoint(150, 40))
