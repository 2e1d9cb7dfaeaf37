"""The whole program in its window, as a person at the door meets it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import PutSetting, ScanCode
from eventdesk.desk.hooks import CodeRead, Given
from eventdesk.domain.decision import Outcome
from tests.e2e.conftest import MakeStage

ADA = "hl-ada-7QX4M2"


def heard(stage: object) -> list[Given]:
    given: list[Given] = []
    stage.front.bridge.verdict_given.connect(given.append)  # type: ignore[attr-defined]
    return given


def test_the_desk_opens_where_it_stood(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    qtbot.waitUntil(lambda: "Main entrance" in stage.front.window.windowTitle())
    assert stage.front.window.current_page() == "checkin"


def test_without_a_door_the_set_up_is_shown(make_stage: MakeStage) -> None:
    stage = make_stage(**{keys.DOOR: None})
    assert stage.front.window.current_page() == "setup"


def test_a_verdict_is_painted_after_it_is_on_the_disk(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    given = heard(stage)
    with qtbot.waitSignal(stage.front.pages.check_in.verdict_painted, timeout=5000):
        stage.desk.engine.post(ScanCode(ADA))
    with stage.desk.store.reader() as reader:
        assert reader.admission("demo", given[0].admission) is not None


def test_the_camera_admits_nobody_from_another_page(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    given = heard(stage)
    stage.front.window.show_page("guests")
    stage.desk.hooks.code_read(CodeRead(ADA, 0.0))
    qtbot.wait(150)
    assert given == []
    stage.front.window.show_page("checkin")
    stage.desk.hooks.code_read(CodeRead(ADA, 0.0))
    qtbot.waitUntil(lambda: len(given) == 1)
    assert given[0].verdict.outcome is Outcome.OK


def test_a_hand_scanner_admits_from_any_page_and_the_verdict_is_seen(
    qtbot: QtBot, make_stage: MakeStage
) -> None:
    stage = make_stage()
    given = heard(stage)
    stage.front.window.show_page("settings")
    stage.front.scanner.scanned.emit(ADA, 0.0)
    qtbot.waitUntil(lambda: len(given) == 1)
    assert stage.front.window.current_page() == "checkin"


def test_the_look_changes_while_the_program_runs(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage(**{keys.THEME: "light"})
    light = stage.app.palette().window().color().lightness()
    stage.desk.engine.post(PutSetting(keys.THEME, "dark"))
    qtbot.waitUntil(lambda: stage.app.palette().window().color().lightness() < light)
    stage.desk.engine.post(PutSetting(keys.THEME, "light"))
    qtbot.waitUntil(lambda: stage.app.palette().window().color().lightness() == light)


def test_a_closed_desk_leaves_the_keys_alone(qtbot: QtBot, make_stage: MakeStage) -> None:
    make_stage().front.end()
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitActive(field)
    field.setFocus()
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert field.text() == "a"


def test_the_whole_program_fits_a_small_screen_in_german(qtbot: QtBot, make_stage: MakeStage) -> None:
    i18n.load("de")
    try:
        window = make_stage(**{keys.LANGUAGE: "de"}).front.window
        window.resize(800, 480)
        qtbot.wait(50)
        assert (window.width(), window.height()) == (800, 480)
        bar = window.navigation
        assert bar.minimumSizeHint().height() <= bar.height()
    finally:
        i18n.load("en")
