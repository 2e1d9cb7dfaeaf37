"""For everyone: names for screen readers, the keyboard alone, small screens, both directions, German."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QScrollArea, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.badges import layout as layouts
from eventdesk.screens import theme
from eventdesk.screens.designer.editor import Editor
from eventdesk.screens.designer.fresh import KINDS
from eventdesk.screens.designer.library import Library
from eventdesk.screens.designer.offers import Offers
from eventdesk.screens.designer.work import Work
from tests.screens.designer.conftest import LAYOUT, NAME, STRIP
from tests.screens.making import Desk, app
from tests.screens.test_access import CONTROLS, controls

OFFERS = Offers(("Day ticket", "VIP"), ("Adult",), (("meal", "Which meal?"),))


@pytest.fixture
def work(qtbot: QtBot, desk: Desk) -> Work:
    made = Work(desk.bridge, "gala", "one", layouts.to_data(layouts.parse(LAYOUT)), kept=True)
    qtbot.addWidget(made)
    made.resize(1180, 740)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.editor.offer("Gala", OFFERS, [])
    return made


def every_kind(work: Work) -> None:
    for kind in KINDS:
        work.editor.add_buttons[kind].click()


def test_every_control_has_a_name(work: Work) -> None:
    every_kind(work)
    for chosen in (frozenset[int](), *(frozenset({place}) for place in range(12)), frozenset({STRIP, NAME})):
        work.editor.design.choose(chosen)
        assert not nameless(work), chosen


def nameless(work: Work) -> list[str]:
    every = [*controls(work), *work.findChildren(QDoubleSpinBox), *work.findChildren(QTabBar)]
    # A spin box speaks for the line within it.
    own = [one for one in every if not isinstance(one.parent(), QDoubleSpinBox)]
    names = {one: QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in own}
    return [f"{type(one).__name__} in {type(one.parent()).__name__}" for one in own if not names[one].strip()]


def test_labels_speak_their_text(work: Work) -> None:
    every_kind(work)
    for shown in work.findChildren(QLabel):
        assert not (shown.text() and shown.accessibleName()), shown.text()


def test_every_control_is_reached_by_tab(work: Work) -> None:
    work.editor.design.choose({NAME})
    work.editor.actions_of.add("box")
    work.name.setFocus()
    seen: set[QWidget] = set()
    for _ in range(90):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [
        one for one in controls(work) if one.isVisible() and one.isEnabled() and isinstance(one, CONTROLS)
    ]
    missed = [one for one in wanted if one not in seen and not isinstance(one.parent(), QDoubleSpinBox)]
    assert not missed, [(type(one).__name__, one.accessibleName()) for one in missed]
    assert work.editor.canvas in seen


@pytest.mark.parametrize("size", [(1180, 740), (960, 540)])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_it_fits_its_screen(qtbot: QtBot, work: Work, size: tuple[int, int], language: str) -> None:
    """Nothing of the panel is cut at the side, and the whole badge is in sight."""
    i18n.load(language)
    theme.apply(app(), theme.Look(), language)
    work.resize(*size)
    work.editor.design.choose({STRIP})
    try:
        qtbot.waitUntil(lambda: work.size().toTuple() == size)
        panel = work.editor._right.currentWidget()
        assert isinstance(panel, QScrollArea)
        inside = panel.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= panel.viewport().width()
        port = work.editor.board.viewport()
        page = work.editor.canvas.page_rect().toRect()
        seen = page.translated(work.editor.canvas.mapTo(port, work.editor.canvas.rect().topLeft()))
        assert port.rect().contains(seen)
    finally:
        i18n.load("en")
        theme.apply(app(), theme.Look())


def test_german_is_spoken(qtbot: QtBot) -> None:
    i18n.load("de")
    try:
        library = Library()
        qtbot.addWidget(library)
        library.show_layouts({})
        editor = Editor(layouts.to_data(layouts.parse(LAYOUT)))
        qtbot.addWidget(editor)
        editor.design.choose({NAME})
        assert library.edit_button.text() == "Ändern"
        assert "gehört zu EventDesk" in library.list.item(0).text()
        assert "40 mm breit" in editor.canvas.accessibleDescription()
    finally:
        i18n.load("en")
