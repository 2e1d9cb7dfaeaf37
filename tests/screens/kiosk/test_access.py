"""Everyone: names for screen readers, the keyboard alone, targets for fingers, reach, every screen's size."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.kiosk.setup import Find
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.details import DetailsPage
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.key import Key
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.making import ARABIC, EMOJI, LONG_NAME, guest, state
from tests.screens.making import Desk

SIZES = [(800, 480), (1280, 800), (1080, 1920)]
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit)
SHOWN = [page for page in Page if page is not Page.CLOSED]


def controls(kiosk: KioskWindow) -> list[QWidget]:
    """All that a guest can act on now."""
    found = [one for kind in CONTROLS for one in kiosk.findChildren(kind)]
    return [one for one in found if one.isVisible() and one.objectName()[:3] != "qt_"]


def in_sight(kiosk: KioskWindow, widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def top_of(kiosk: KioskWindow, widget: QWidget) -> int:
    return widget.mapTo(kiosk, QPoint(0, 0)).y()


def settle(kiosk: KioskWindow) -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_every_control_has_a_name_and_no_tool_tip(desk: Desk, kiosk: KioskWindow) -> None:
    nameless = []
    for page in SHOWN:
        desk.hooks.kiosk_changed(state(page))
        settle(kiosk)
        for control in controls(kiosk):
            interface = QAccessible.queryAccessibleInterface(control)
            if not interface.text(QAccessible.Text.Name).strip():
                nameless.append((page.value, type(control).__name__))
            assert not control.toolTip(), "what hovers would show a guest's data"
        assert len(controls(kiosk)) >= 5
    assert not nameless


def test_labels_speak_their_own_text(desk: Desk, kiosk: KioskWindow) -> None:
    for page in SHOWN:
        desk.hooks.kiosk_changed(state(page))
        assert kiosk.frame is not None
        for shown in kiosk.frame.findChildren(QLabel):
            assert not (shown.text() and shown.accessibleName()), shown.text()


@pytest.mark.parametrize("page", [Page.WELCOME, Page.FINDING, Page.CHOOSING, Page.QUESTIONS, Page.DOCUMENT])
def test_the_keyboard_alone_reaches_everything(
    qtbot: QtBot, desk: Desk, kiosk: KioskWindow, page: Page
) -> None:
    desk.hooks.kiosk_changed(state(page))
    kiosk.activateWindow()
    qtbot.waitUntil(kiosk.isActiveWindow)
    settle(kiosk)
    seen = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [
        one for one in controls(kiosk) if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    missed = [one.accessibleName() for one in wanted if one not in seen]
    assert not missed
    assert len(wanted) >= 5
    left_out = [one for one in controls(kiosk) if one.focusPolicy() == Qt.FocusPolicy.NoFocus]
    assert all(
        isinstance(one, Key) or "scroll" in one.accessibleName().lower() or _is_key(one) for one in left_out
    )


def _is_key(widget: QWidget) -> bool:
    return bool(widget.property("key"))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_targets_are_fifteen_millimetres(desk: Desk, kiosk: KioskWindow, size: tuple[int, int]) -> None:
    kiosk.resize(*size)
    small = []
    for page in SHOWN:
        desk.hooks.kiosk_changed(state(page))
        settle(kiosk)
        assert (kiosk.width(), kiosk.height()) == size, "nothing widens the window"
        least = kiosk.look_now().target_px
        small += [
            (page.value, one.accessibleName(), one.width(), one.height())
            for one in controls(kiosk)
            if in_sight(kiosk, one) and min(one.width(), one.height()) < least
        ]
    assert not small


@pytest.mark.parametrize(("way", "large"), [(Find.NAME, False), (Find.ORDER, True)])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_keys_are_targets_too_and_the_field_is_in_sight(
    qtbot: QtBot, desk: Desk, kiosk: KioskWindow, size: tuple[int, int], large: bool, way: Find
) -> None:
    kiosk.resize(*size)
    desk.hooks.kiosk_changed(state(Page.FINDING, language="de"))
    assert kiosk.frame is not None
    kiosk.frame.foot.large.setChecked(not large)
    kiosk.frame.foot.large.click()
    page = kiosk.frame.page
    assert isinstance(page, FindingPage)
    page.open_form(way)
    line = page.forms[way].first.line
    kiosk.frame.focus_came(line)
    settle(kiosk)
    least = kiosk.look_now().target_px
    keys = [one for one in kiosk.findChildren(QAbstractButton) if _is_key(one) and one.isVisible()]
    assert len(keys) > 30
    assert not [(one.accessibleName(), one.size()) for one in keys if one.height() < least]
    assert not [(one.accessibleName(), one.size()) for one in keys if one.width() < min(least, 57)]
    assert all(top_of(kiosk, one) + one.height() <= size[1] for one in keys)
    assert line.visibleRegion().boundingRect().height() > line.height() * 0.9, "what is typed can be read"


@pytest.mark.parametrize("page", [Page.WELCOME, Page.FINDING, Page.QUESTIONS, Page.DOCUMENT])
def test_who_sits_reaches_everything_on_an_upright_screen(desk: Desk, kiosk: KioskWindow, page: Page) -> None:
    kiosk.resize(1080, 1920)
    desk.hooks.kiosk_changed(state(page))
    settle(kiosk)
    tops = [top_of(kiosk, one) for one in controls(kiosk) if in_sight(kiosk, one)]
    assert min(tops) >= 1920 / 3
    assert kiosk.frame is not None
    kiosk.frame.foot.lowered.click()
    settle(kiosk)
    tops = [top_of(kiosk, one) for one in controls(kiosk) if in_sight(kiosk, one)]
    assert min(tops) >= 1920 * 0.45


def test_lower_helps_on_a_wide_screen_too(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.CHOOSING))
    settle(kiosk)
    assert kiosk.frame is not None
    page = kiosk.frame.page
    assert page is not None
    before = top_of(kiosk, page)
    kiosk.frame.foot.lowered.click()
    settle(kiosk)
    assert top_of(kiosk, page) > before + 100


@pytest.mark.parametrize("name", [LONG_NAME, ARABIC, EMOJI])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_name_is_whole(desk: Desk, kiosk: KioskWindow, size: tuple[int, int], name: str) -> None:
    kiosk.resize(*size)
    desk.hooks.kiosk_changed(state(Page.DETAILS, guests=(guest(1, name),)))
    settle(kiosk)
    assert kiosk.frame is not None
    page = kiosk.frame.page
    assert isinstance(page, DetailsPage)
    [shown] = [one for one in page.findChildren(QLabel) if name in one.text()]
    assert shown.text().startswith("\u2068"), "kept in its own direction"
    assert kiosk.width() == size[0]
    desk.hooks.kiosk_changed(state(Page.CHOOSING, visit="v2", guests=(guest(1, name),)))
    settle(kiosk)
    [tile] = [one for one in kiosk.findChildren(BigButton) if name in one.words() and one.isVisible()]
    assert tile.height() >= tile.heightForWidth(tile.width()), "broken into lines, not cut"


@pytest.mark.parametrize(("language", "large"), [("en", False), ("de", True)])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_button_s_words_are_cut(
    desk: Desk, kiosk: KioskWindow, size: tuple[int, int], large: bool, language: str
) -> None:
    kiosk.resize(*size)
    cut = []
    desk.hooks.kiosk_changed(state(Page.FINDING, language=language))
    assert kiosk.frame is not None
    kiosk.frame.foot.large.setChecked(not large)
    kiosk.frame.foot.large.click()
    for page in [one for one in SHOWN if one is not Page.WELCOME]:
        desk.hooks.kiosk_changed(state(page, language=language))
        settle(kiosk)
        cut += [
            (page.value, one.words(), one.height(), one.heightForWidth(one.width()))
            for one in kiosk.findChildren(BigButton)
            if one.isVisible() and one.height() < one.heightForWidth(one.width())
        ]
    assert not cut
