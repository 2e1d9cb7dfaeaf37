"""The window: pages, messages, devices, crashes, and scans wherever one is."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer, QtMsgType
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ScanCode, Source
from eventdesk.errors import BadInput
from eventdesk.screens import messages as messages_module
from eventdesk.screens.messages import Messages, Tone, catch_everything, log_qt
from eventdesk.screens.page_stack import MORE
from eventdesk.screens.window import MainWindow
from tests.screens.making import Desk


class Taker(QWidget):
    """A page that wants codes for itself until it has one."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []

    def take_scan(self, code: str, seen_at: float) -> bool:
        self.codes.append(code)
        return len(self.codes) == 1


def test_pages_are_chosen_by_key_and_by_number(window: MainWindow) -> None:
    window.add_page("guests", "Guests", "guests", QLabel("guests"))
    assert window.current_page() == "checkin"
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current_page() == "guests"
    window.show_page("checkin")
    assert window.page("checkin").isVisible()


def test_a_scan_goes_to_the_door_from_any_page(window: MainWindow, desk: Desk) -> None:
    window.scan("from the check-in page", 1.0)
    window.add_page("guests", "Guests", "guests", QLabel("guests"))
    window.show_page("guests")
    window.scan("from another", 2.0)
    scans = [(one.code, one.source) for one in desk.posted if isinstance(one, ScanCode)]
    assert scans == [("from the check-in page", Source.SCANNER), ("from another", Source.SCANNER)]


def test_a_page_may_take_a_scan_for_itself(window: MainWindow, desk: Desk) -> None:
    taker = Taker()
    window.add_page("wizard", "Set-up", "settings", taker)
    window.show_page("wizard")
    window.scan("first", 1.0)
    window.scan("second", 1.0)
    assert taker.codes == ["first", "second"]
    assert [one.code for one in desk.posted if isinstance(one, ScanCode)] == ["second"]


def test_a_verdict_is_told_on_every_other_page(window: MainWindow, desk: Desk) -> None:
    from tests.screens.making import given, used

    window.add_page("guests", "Guests", "guests", QLabel("guests"))
    desk.hooks.verdict_given(given())
    assert not window.message_bar.isVisible(), "the check-in page shows it itself"
    window.show_page("guests")
    desk.hooks.verdict_given(used())
    assert "STOP" in window.message_bar.text()
    assert "Ada Lovelace" in window.message_bar.text()


def test_faults_stay_and_notices_pass(window: MainWindow, messages: Messages) -> None:
    messages.tell("The printer is gone.", "Plug it in.", Tone.BAD, key="printer")
    messages.tell("Backup made.")
    assert window.message_bar.text() == "Backup made."
    messages.tell("The camera is gone.", tone=Tone.BAD, key="camera")
    messages.settle("printer")
    assert "camera" in window.message_bar.text()
    messages.settle("camera")
    assert not window.message_bar.isVisible()
    assert [one.text for one in messages.history][:2] == ["The printer is gone.", "Backup made."]


def test_a_fault_goes_before_a_warning(window: MainWindow, messages: Messages) -> None:
    messages.tell("No sounds.", tone=Tone.WARN, key="sounds")
    messages.tell("The disk is full.", tone=Tone.BAD, key="database")
    assert window.message_bar.text() == "The disk is full."
    messages.tell("Out of paper.", tone=Tone.WARN, key="printer")
    assert window.message_bar.text() == "The disk is full."
    messages.settle("database")
    assert window.message_bar.text() == "No sounds."


def test_a_newer_message_replaces_that_of_the_same_key(window: MainWindow, messages: Messages) -> None:
    messages.tell("Out of paper.", tone=Tone.WARN, key="printer")
    messages.tell("Out of ink.", tone=Tone.WARN, key="printer")
    assert window.message_bar.text() == "Out of ink."
    messages.settle("printer")
    assert not window.message_bar.isVisible()


def test_devices_say_their_state_in_words_and_signs(window: MainWindow) -> None:
    assert window.devices.text("camera") == "✕ Camera: not set up"
    window.devices.show_state("camera", "ready", "720p")
    assert window.devices.text("camera") == "✓ Camera"
    window.devices.show_state("camera", "degraded", "too dark")
    assert window.devices.text("camera") == "! Camera: too dark"
    with pytest.raises(ValueError, match="broken"):
        window.devices.show_state("camera", "broken")


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch, messages: Messages) -> Messages:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    # pytest-qt listens to Qt's messages itself; our handler is tried by calling it.
    monkeypatch.setattr(messages_module, "qInstallMessageHandler", lambda _handler: None)
    catch_everything(messages)
    return messages


def test_a_crash_in_a_slot_is_shown_and_logged(
    qtbot: QtBot, caught: Messages, caplog: pytest.LogCaptureFixture
) -> None:
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("by zero"), None)
    assert "ZeroDivisionError: by zero" in caught.history[-1].text
    assert caught.history[-1].tone is Tone.BAD
    assert "by zero" in caplog.text


def test_a_fault_of_the_world_is_told_in_its_own_words(caught: Messages) -> None:
    sys.excepthook(BadInput, BadInput("Row 7 has no name.", "Add one."), None)
    assert (caught.history[-1].text, caught.history[-1].remedy) == ("Row 7 has no name.", "Add one.")


def test_a_crash_in_a_thread_is_shown(qtbot: QtBot, caught: Messages) -> None:
    def crash() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=crash)
    with qtbot.waitSignal(caught.told):
        thread.start()
    thread.join()
    assert "in a thread" in caught.history[-1].text


def test_warnings_of_qt_land_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    class Context:
        category = "qt.test"

    with caplog.at_level(logging.DEBUG):
        log_qt(QtMsgType.QtWarningMsg, Context(), "a sentence of Qt's")  # type: ignore[arg-type]
    assert ("qt.qt.test", logging.WARNING, "a sentence of Qt's") in caplog.record_tuples


def test_the_window_closes_cleanly(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed):
        QTimer.singleShot(0, window.close)


class Drawing(QWidget):
    """A page with something that is not saved."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = [False, True]

    def may_close(self) -> bool:
        return self.answers.pop(0)


def test_a_page_with_unsaved_work_may_keep_the_window_open(window: MainWindow) -> None:
    window.add_page("drawing", "Drawing", "badge", Drawing())
    closed: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    assert not window.close()
    assert window.isVisible()
    assert not closed
    assert window.close()
    assert closed


def test_pages_of_organizers_stand_behind_the_last_button_of_the_bar(window: MainWindow) -> None:
    for number in range(1, 4):
        window.add_page(f"p{number}", f"Page {number}", "guests", QLabel(), purpose=f"For {number}.")
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(window, Qt.Key.Key_0, alt)
    assert window.current_page() == MORE
    first = window.more.button("p1")
    assert window.more.focusProxy() is first
    assert first.accessibleDescription() == "For 1."
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert window.current_page() == "p1"
    assert window.navigation.is_marked(MORE)
    QTest.keyClick(window, Qt.Key.Key_3, alt | Qt.KeyboardModifier.ShiftModifier)
    assert window.current_page() == "p3"
    QTest.keyClick(window, Qt.Key.Key_1, alt)
    assert window.current_page() == "checkin"
    assert not window.navigation.is_marked(MORE)


def test_what_waits_behind_the_last_button_is_counted_at_it(window: MainWindow) -> None:
    for key in ("one", "two"):
        window.add_page(key, key, "guests", QLabel(), purpose="Something.")
    window.set_count("one", 2, "2 open")
    window.set_count("two", 3, "3 open")
    assert window.navigation.count(MORE) == 5
    assert window.more.button("one").text() == "one (2)"
    window.set_count("one", 0)
    assert (window.navigation.count(MORE), window.more.count("one")) == (3, 0)
    assert window.more.button("one").text() == "one"
    window.set_count("checkin", 1, "1 open")
    assert (window.navigation.count("checkin"), window.navigation.count(MORE)) == (1, 3)
