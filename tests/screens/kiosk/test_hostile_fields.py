"""Fields and the signature under somebody who does not stop: they stay small, and the screen goes on."""

import random

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from eventdesk.desk.kiosk.commands import SignDocument
from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.kiosk.wording import LONGEST_ANSWER, is_signature
from eventdesk.screens.kiosk.document import DocumentPage
from eventdesk.screens.kiosk.entry import LONGEST
from eventdesk.screens.kiosk.lock import Lock
from eventdesk.screens.kiosk.signature import MOST_POINTS, SignaturePad
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.making import state
from tests.screens.making import Desk

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize("letter", ["x", "😀", "<b>", "\u202e"])
def test_a_hundred_thousand_letters_at_once_are_cut(desk: Desk, kiosk: KioskWindow, letter: str) -> None:
    desk.hooks.kiosk_changed(state(Page.QUESTIONS))
    for line in kiosk.findChildren(QLineEdit):
        line.insert(letter * 100_000)
        assert len(line.text()) <= LONGEST
    for text in kiosk.findChildren(QPlainTextEdit):
        text.insertPlainText(letter * (100_000 // len(letter)))
        typed = text.toPlainText()
        assert (len(typed), typed[-1]) == (LONGEST_ANSWER, (letter * LONGEST_ANSWER)[LONGEST_ANSWER - 1])


def test_one_letter_too_many_is_not_taken_where_it_was_typed(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.QUESTIONS))
    text = kiosk.findChildren(QPlainTextEdit)[0]
    text.setPlainText("ab" * (LONGEST_ANSWER // 2))
    before = text.toPlainText()
    cursor = text.textCursor()
    cursor.setPosition(7)
    text.setTextCursor(cursor)
    QTest.keyClicks(text, "xyz")
    assert (text.toPlainText(), text.textCursor().position()) == (before, 7)


def test_a_signature_without_end_stays_small_and_counts(desk: Desk, kiosk: KioskWindow) -> None:
    pad = _pad(desk, kiosk)
    chance = random.Random(4)
    for number in range(3 * MOST_POINTS):
        at = QPointF(chance.randrange(pad.width()), chance.randrange(pad.height()))
        if number % 3 == 0:
            _mouse(pad, QEvent.Type.MouseButtonPress, at)
        _mouse(pad, QEvent.Type.MouseMove, at + QPointF(20, 20))
    QTest.mouseRelease(pad, LEFT, NONE, QPoint(5, 5))
    assert sum(map(len, pad._strokes)) == MOST_POINTS
    pad.grab()
    page = kiosk.frame and kiosk.frame.page
    assert isinstance(page, DocumentPage)
    page.sign.click()
    assert is_signature(desk.last(SignDocument).signature)
    pad.clear()
    _mouse(pad, QEvent.Type.MouseButtonPress, QPointF(3, 3))
    assert pad.path()


def test_a_signature_by_taps_alone_stays_small(desk: Desk, kiosk: KioskWindow) -> None:
    pad = _pad(desk, kiosk)
    for _ in range(MOST_POINTS + 100):
        _mouse(pad, QEvent.Type.MouseButtonPress, QPointF(pad.width(), pad.height()))
    assert len(pad._strokes) == MOST_POINTS
    assert is_signature(pad.path())


def test_a_text_to_be_signed_is_not_made_smaller_by_the_wheel(desk: Desk, kiosk: KioskWindow) -> None:
    """Its end must have been in sight, in letters that can be read."""
    desk.hooks.kiosk_changed(state(Page.DOCUMENT))
    Lock(kiosk.windowHandle())
    [text] = kiosk.findChildren(QTextEdit)
    before = text.document().size()
    at = QPointF(text.mapTo(kiosk, QPoint(50, 50)))
    for turn in (-120, 120):
        wheel = QWheelEvent(
            at, kiosk.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(kiosk.windowHandle(), wheel)
    assert text.document().size() == before


def test_marked_words_are_not_dragged(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.QUESTIONS))
    [text] = kiosk.findChildren(QPlainTextEdit)
    text.setPlainText("words " * 40)
    text.selectAll()
    QTest.mousePress(text.viewport(), LEFT, NONE, QPoint(60, 16))
    assert not text.textCursor().hasSelection()


def test_a_second_button_presses_nothing(desk: Desk, kiosk: KioskWindow) -> None:
    """Held together with the first, before and after it."""
    Lock(kiosk.windowHandle())
    desk.hooks.kiosk_changed(state(Page.DOCUMENT))
    page = kiosk.frame and kiosk.frame.page
    assert isinstance(page, DocumentPage)
    desk.posted.clear()
    at = page.refuse.mapTo(kiosk, page.refuse.rect().center())
    for other in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.BackButton):
        QTest.mousePress(kiosk.windowHandle(), other, NONE, at)
        QTest.mouseRelease(kiosk.windowHandle(), other, NONE, at)
        assert desk.posted == []
    QTest.mousePress(kiosk.windowHandle(), LEFT, NONE, at)
    QTest.mousePress(kiosk.windowHandle(), Qt.MouseButton.RightButton, NONE, at)
    QTest.mouseRelease(kiosk.windowHandle(), Qt.MouseButton.RightButton, NONE, at)
    assert desk.posted == []
    QTest.mouseRelease(kiosk.windowHandle(), LEFT, NONE, at)
    assert len(desk.posted) == 1, "the first counts, once"
    assert QApplication.activePopupWidget() is None


def _pad(desk: Desk, kiosk: KioskWindow) -> SignaturePad:
    desk.hooks.kiosk_changed(state(Page.DOCUMENT))
    page = kiosk.frame and kiosk.frame.page
    assert isinstance(page, DocumentPage)
    page.text.has_ended = True
    page.text.ended.emit()
    QApplication.processEvents()
    return page.pad


def _mouse(pad: SignaturePad, kind: QEvent.Type, at: QPointF) -> None:
    button = LEFT if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    QApplication.sendEvent(pad, QMouseEvent(kind, at, at, at, button, LEFT, NONE))
