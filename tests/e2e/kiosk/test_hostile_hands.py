"""Hands that mean harm: every key with every modifier, keys faster than anybody types, many fingers."""

from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from eventdesk.desk.kiosk.commands import BeginVisit
from eventdesk.desk.kiosk.values import Page
from eventdesk.devices.wedge import MOST
from eventdesk.screens.kiosk.lock import opens
from eventdesk.screens.kiosk.sheets import StaffSheet
from tests.e2e.kiosk.hostile import Kiosk, leaked

SHIFT, CTRL, ALT, META = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
HELD = [SHIFT & CTRL, SHIFT, CTRL, ALT, META, *[a | b for a, b in combinations((SHIFT, CTRL, ALT, META), 2)]]
# All that a kiosk's window is made of: the pages of the desk are not there to be reached.
OWN = ("eventdesk.screens.kiosk", "eventdesk.screens.widgets", "PySide6")
SHARED = {"PinPad", "BigText", "CameraView"}


def foreign(kiosk: Kiosk) -> list[QWidget]:
    """Windows beside the kiosk's, and what in it belongs to the staff's pages."""
    beside = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not kiosk.window]
    inside = [
        one
        for one in kiosk.window.findChildren(QWidget)
        if not type(one).__module__.startswith(OWN) and type(one).__name__ not in SHARED
    ]
    return beside + inside


@pytest.mark.parametrize("page", [Page.WELCOME, Page.FINDING, Page.DETAILS])
def test_no_key_with_any_modifier_leads_out(kiosk: Kiosk, opened: list[str], page: Page) -> None:
    if page is Page.FINDING:
        kiosk.window.visit.ask(BeginVisit, language="en")
        kiosk.shows(page)
    elif page is Page.DETAILS:
        kiosk.enter()
    for held in HELD:
        for key in Qt.Key:
            text = chr(key) if 32 <= key < 127 and held in (SHIFT & CTRL, SHIFT) else ""
            if not opens(QKeyEvent(QEvent.Type.KeyPress, key, held)):
                kiosk.key(key, held, text)
        assert kiosk.window.sheet is None or not isinstance(kiosk.window.sheet, StaffSheet)
    QApplication.processEvents()
    assert (foreign(kiosk), leaked(), opened) == ([], [], [])
    kiosk.window.take_away()
    kiosk.next_guest_is_served()


def test_keys_faster_than_anybody_types_fill_nothing(kiosk: Kiosk) -> None:
    """A stick that says it is a keyboard."""
    for _ in range(MOST + 500):
        kiosk.key(Qt.Key.Key_A, text="a")
    assert len(kiosk.front.scanner.detector._burst.keys) <= MOST
    kiosk.key(Qt.Key.Key_Return, text="\r")
    kiosk.next_guest_is_served()


def test_many_fingers_at_once_are_none(kiosk: Kiosk, opened: list[str]) -> None:
    """Pressed together, drawn apart and together, let go: on the way to a guest and on their page."""
    for begin in (kiosk.leave, kiosk.enter):
        begin()
        for number in (2, 3, 5, 10):
            fingers(kiosk, number)
            assert kiosk.page in (Page.WELCOME, Page.FINDING, Page.DETAILS)
            assert (foreign(kiosk), leaked(), opened) == ([], [], [])
    kiosk.next_guest_is_served()


def fingers(kiosk: Kiosk, number: int) -> None:
    device = QTest.createTouchDevice()
    wide, high = kiosk.window.width(), kiosk.window.height()
    steps = [(place + 1) / (number + 1) for place in range(number)]
    for deed, turned in (("press", False), ("move", True), ("move", False), ("release", False)):
        touch = QTest.touchEvent(kiosk.handle, device)
        for finger, share in enumerate(steps):
            at = QPoint(round(wide * (1 - share if turned else share)), round(high * share))
            getattr(touch, deed)(finger, at, kiosk.handle)
        touch.commit()
    QApplication.processEvents()
