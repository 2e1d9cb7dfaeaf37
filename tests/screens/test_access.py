"""For everyone: names for screen readers, the keyboard alone, targets for fingers, both directions."""

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.hooks import OrderShown
from eventdesk.screens import theme
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.theme import Look
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.window import MainWindow
from tests.screens.making import QUESTIONS, Desk, app, asking, given, ticket, verdict

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


def controls(root: QWidget) -> list[QWidget]:
    """What a person acts on; not the parts that Qt builds inside them."""
    found = [one for kind in CONTROLS for one in root.findChildren(kind)]
    own = [one for one in found if not isinstance(one.parent(), CONTROLS) and one.objectName()[:3] != "qt_"]
    parents = [one.parent() for one in own]
    return [one for one, parent in zip(own, parents, strict=True) if not _of_qt(parent)]


def _of_qt(parent: QObject | None) -> bool:
    return parent is not None and "Private" in parent.metaObject().className()


def everything_open(page: CheckInPage, desk: Desk) -> None:
    """Every sheet has been filled once."""
    desk.hooks.verdict_given(given())
    page.wishes.undo()
    page.wishes.walk_in()
    page.wishes.choose_door()
    desk.hooks.order_shown(OrderShown("r", "o1", [verdict()]))
    desk.hooks.verdict_given(asking(list(QUESTIONS)))


def test_every_control_has_a_name(window: MainWindow, page: CheckInPage, desk: Desk) -> None:
    everything_open(page, desk)
    nameless = []
    for control in controls(window):
        interface = QAccessible.queryAccessibleInterface(control)
        if not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    assert not nameless
    assert len(controls(window)) > 40


def test_labels_speak_their_text(window: MainWindow, page: CheckInPage, desk: Desk) -> None:
    """An accessible name on a label would hide its text from a screen reader."""
    everything_open(page, desk)
    for shown in window.findChildren(QLabel):
        assert not (shown.text() and shown.accessibleName()), shown.text()


def test_every_control_is_reached_by_tab(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    page.parts.search.box.setFocus()
    seen = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [one for one in controls(page) if one.isVisible() and one.isEnabled()]
    # Of buttons of which one is down, the arrows choose; Tab goes to that one alone.
    modes = page.parts.modes.findChildren(QAbstractButton)
    missed = [one for one in wanted if one not in seen and one not in modes]
    assert not missed, [one.accessibleName() for one in missed]
    assert seen & set(modes)


def test_the_focus_can_be_seen(qtbot: QtBot, page: CheckInPage) -> None:
    button = page.parts.actions.findChildren(QAbstractButton)[1]
    page.parts.search.box.setFocus()
    before = button.grab().toImage()
    button.setFocus()
    assert button.grab().toImage() != before


@pytest.mark.parametrize("dark", [False, True])
def test_targets_are_a_finger_wide(qtbot: QtBot, page: CheckInPage, desk: Desk, dark: bool) -> None:
    theme.apply(app(), Look(dark, touch=True))
    everything_open(page, desk)
    page.resize(1024, 600)
    QApplication.processEvents()
    small = [
        (type(one).__name__, one.accessibleName(), one.width(), one.height())
        for one in controls(page)
        if one.isVisible() and min(one.width(), one.height()) < 48
    ]
    theme.apply(app(), Look())
    assert not small


def test_right_to_left_turns_the_page_round(qtbot: QtBot, page: CheckInPage, desk: Desk) -> None:
    theme.apply(app(), Look(), "ar")
    page.resize(1201, 760)
    QApplication.processEvents()
    middle = page.width() / 2
    camera_at = page.camera.mapTo(page, QPoint(0, 0)).x()
    verdict_at = page.parts.verdict.mapTo(page, QPoint(0, 0)).x()
    theme.apply(app(), Look())
    assert camera_at < middle
    assert verdict_at > page.width() * 0.25


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["Ada", "محمد"])
def test_names_begin_where_the_page_begins(qtbot: QtBot, desk: Desk, language: str, name: str) -> None:
    theme.apply(app(), Look(), language)
    shown = label(name)
    qtbot.addWidget(shown)
    shown.resize(400, 30)
    image = shown.grab().toImage()
    theme.apply(app(), Look())
    ground = image.pixel(200, 1)
    inked = [x for x in range(400) if any(image.pixel(x, y) != ground for y in range(30))]
    assert inked
    assert (max(inked) > 390) if language == "ar" else (min(inked) < 10)


def test_german_is_spoken(qtbot: QtBot, desk: Desk) -> None:
    i18n.load("de")
    page = CheckInPage(desk.bridge)
    qtbot.addWidget(page)
    desk.stand()
    desk.hooks.verdict_given(given(ticket=ticket("Jürgen")))
    spoken = page.parts.verdict.accessibleName()
    i18n.load("en")
    assert "HEREIN" in spoken
    assert "Jürgen" in spoken


def test_the_size_of_text_can_be_chosen() -> None:
    assert Look(scale=2.0).font_px == 2 * Look().font_px
    assert Look(scale=9.0).font_px == Look(scale=2.0).font_px
    assert Look(touch=True).target_px == 48
