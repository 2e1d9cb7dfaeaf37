"""Nothing of the last guest remains: no text in any widget, no value in memory, no clipboard, no picture."""

import gc
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.kiosk.commands import EndVisit
from eventdesk.desk.kiosk.values import KioskGuest, KioskState, Page
from eventdesk.domain.kiosk.setup import Find
from eventdesk.screens.kiosk.details import DetailsPage
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.photo import PhotoPage
from eventdesk.screens.kiosk.questions import QuestionsPage
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.making import state
from tests.screens.making import Desk

PLACES = ("text", "toPlainText", "words", "title", "accessibleName", "accessibleDescription", "toolTip")


def mark() -> str:
    """Put together at run time, so that no constant of this file holds it."""
    return "".join(["Zephy", "rine ", "Quux", "ley"])


def guest_of(name: str) -> KioskGuest:
    return KioskGuest("t-quux", name, company=name + " Ltd", email="q@" + name[-7:] + ".example")


def told(desk: Desk, page: Page, name: str, **members: Any) -> None:
    guests = () if page in (Page.WELCOME, Page.FINDING, Page.BUYING) else (guest_of(name),)
    desk.hooks.kiosk_changed(state(page, guests=guests, **members))


def visit(desk: Desk, kiosk: KioskWindow, name: str) -> None:
    """A guest goes through every page, and types and shows all that can be left behind."""
    kiosk.visit.code(name + "-code", camera=True)
    told(desk, Page.FINDING, name)
    finding = page_of(kiosk)
    assert isinstance(finding, FindingPage)
    finding.open_form(Find.NAME)
    finding.forms[Find.NAME].first.line.setText(name)
    finding.forms[Find.NAME].second.line.setText(name)
    finding._search(Find.NAME)
    told(desk, Page.CHOOSING, name)
    told(desk, Page.DETAILS, name)
    details = page_of(kiosk)
    assert isinstance(details, DetailsPage)
    details._mend()
    for field in details.fields.values():
        field.line.setText(name)
        field.line.selectAll()
    details._go()
    told(desk, Page.QUESTIONS, name, answers={"note": name})
    questions = page_of(kiosk)
    assert isinstance(questions, QuestionsPage)
    questions.fields[-2].fill(name + " again")
    told(desk, Page.DOCUMENT, name, text="I, " + name + ", agree.")
    told(desk, Page.PHOTO, name)
    photo = page_of(kiosk)
    assert isinstance(photo, PhotoPage)
    photo.camera.offer(np.full((480, 640, 3), 77, np.uint8))
    photo._left = 1
    photo._tick()
    QGuiApplication.clipboard().setText(name)
    for page in (Page.PAYING, Page.PRINTING, Page.DONE):
        told(desk, page, name, next=name + " to the left")


def page_of(kiosk: KioskWindow) -> KioskPage:
    assert kiosk.frame is not None
    assert kiosk.frame.page is not None
    return kiosk.frame.page


def texts() -> Iterator[str]:
    """All that any widget of the program says, shown or not."""
    for widget in QApplication.allWidgets():
        for place in PLACES:
            ask = getattr(widget, place, None)
            if callable(ask):
                said = ask()
                if isinstance(said, str):
                    yield said


def holders(name: str) -> list[str]:
    """What in memory holds a string with that name."""
    found = []
    for one in gc.get_objects():
        if isinstance(one, dict):
            inside: Any = [*one.values(), *one.keys()]
        elif isinstance(one, list | tuple | set | frozenset):
            inside = list(one)
        elif isinstance(one, KioskState | KioskGuest):
            inside = [repr(one)]
        else:
            continue
        if any(type(text) is str and name in text for text in inside):
            found.append(f"{type(one).__name__}: {str(one)[:120]}")
    return found


@pytest.mark.parametrize("idle", [False, True])
def test_nothing_of_the_last_guest_remains(qtbot: QtBot, desk: Desk, kiosk: KioskWindow, idle: bool) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    visit(desk, kiosk, mark())
    assert [text for text in texts() if mark() in text], "the test sees what is there"
    assert holders(mark())
    if idle:
        kiosk.idle.asks.emit(3)
        kiosk.idle.gone.emit()
    else:
        kiosk.visit.end()
    assert desk.last(EndVisit).idle is idle
    desk.posted.clear()  # the engine is done with them
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not [text for text in texts() if mark() in text]
    assert not holders(mark())
    clipboard = QGuiApplication.clipboard()
    assert not clipboard.text()
    if clipboard.supportsSelection():
        assert not clipboard.text(QClipboard.Mode.Selection)
    assert kiosk.visit.eye.frame() is None
    assert not [one for one in QApplication.allWidgets() if isinstance(one, PhotoPage | DetailsPage)]
    assert isinstance(kiosk.visit.eye, QWidget), "the camera's picture itself lives on"
