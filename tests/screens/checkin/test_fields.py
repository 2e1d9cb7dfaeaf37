"""Fields for the answers: each type of question gives what the domain accepts, and shows what it had."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from eventdesk.domain.catalogue import QuestionType
from eventdesk.domain.questions import read_answer
from eventdesk.screens.checkin.countries import countries
from eventdesk.screens.checkin.fields import field_for
from eventdesk.screens.checkin.typed_moments import DATE, DATETIME, TIME
from tests.screens.making import Desk, question

NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)

GIVEN: list[tuple[QuestionType, str, Any, str]] = [
    (QuestionType.TEXT, "Blue", "Blue", "Blue"),
    (QuestionType.MULTILINE, "one\ntwo", "one\ntwo", "one\ntwo"),
    (QuestionType.NUMBER, "3,5", "3.5", "3.5"),
    (QuestionType.BOOLEAN, "True", "true", "True"),
    (QuestionType.CHOICE, "Vegan", "o2", "Vegan"),
    (QuestionType.CHOICE, "o1", "o1", "Vegetarian"),
    (QuestionType.MULTIPLE_CHOICE, "Vegan, Everything", ["o2", "o3"], "Vegan, Everything"),
    (QuestionType.DATE, "31.12.1990", "1990-12-31", "1990-12-31"),
    (QuestionType.TIME, "18:30", "18:30:00", "18:30:00"),
    (QuestionType.COUNTRY, "DE", "DE", "DE"),
    (QuestionType.PHONE, "+49 30 1234567", "+49 30 1234567", "+49 30 1234567"),
    (
        QuestionType.FILE,
        "file:///somewhere/a%20b.pdf",
        "file:///somewhere/a%20b.pdf",
        "file:///somewhere/a%20b.pdf",
    ),
]


@pytest.mark.parametrize(("type_", "text", "value", "kept"), GIVEN)
def test_an_answer_is_what_the_domain_accepts(
    desk: Desk, qtbot: QtBot, type_: QuestionType, text: str, value: Any, kept: str
) -> None:
    asked = question("q", "What?", type_)
    field = field_for(asked, text)
    qtbot.addWidget(field)
    assert field.problem() == ""
    assert field.value() == value
    assert read_answer(asked, field.value(), NOON, ZoneInfo("Europe/Berlin")) == kept


@pytest.mark.parametrize("type_", list(QuestionType))
def test_nothing_is_answered_before_a_person_has(desk: Desk, qtbot: QtBot, type_: QuestionType) -> None:
    needed = field_for(question("q", "What?", type_))
    qtbot.addWidget(needed)
    assert needed.value() is None
    assert needed.problem()
    free = field_for(question("q", "What?", type_, required=False))
    qtbot.addWidget(free)
    assert free.problem() == ""


@pytest.mark.parametrize(
    ("type_", "typed"),
    [
        (QuestionType.DATE, "31.13.1990"),
        (QuestionType.TIME, "25:00"),
        (QuestionType.DATETIME, "tomorrow"),
        (QuestionType.COUNTRY, "Atlantis"),
    ],
)
def test_what_is_no_answer_is_said(desk: Desk, qtbot: QtBot, type_: QuestionType, typed: str) -> None:
    field = field_for(question("q", "What?", type_, required=False))
    qtbot.addWidget(field)
    line = field.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, typed)
    assert field.value() is None
    assert field.problem()


def test_letters_do_not_enter_a_number_or_a_phone(desk: Desk, qtbot: QtBot) -> None:
    for type_ in (QuestionType.NUMBER, QuestionType.PHONE):
        field = field_for(question("q", "What?", type_))
        qtbot.addWidget(field)
        line = field.findChild(QLineEdit)
        assert line is not None
        QTest.keyClicks(line, "a1b2c3d4")
        assert line.text() == "1234"


def test_a_required_yes_is_not_a_no(desk: Desk, qtbot: QtBot) -> None:
    field = field_for(question("q", "Rules?", QuestionType.BOOLEAN), "False")
    qtbot.addWidget(field)
    assert field.value() == "false"
    assert field.problem()


def test_tab_leaves_a_text_of_many_lines(desk: Desk, qtbot: QtBot) -> None:
    field = field_for(question("q", "What?", QuestionType.MULTILINE))
    qtbot.addWidget(field)
    text = field.findChild(QPlainTextEdit)
    assert text is not None
    assert text.tabChangesFocus()


def test_dates_are_read_as_people_write_them(desk: Desk) -> None:
    for typed in ("31.12.1990", "31/12/1990", "31-12-1990", "1990-12-31", "31 12 1990", " 31.12.90 "):
        assert DATE.iso(typed) == "1990-12-31", typed
    for typed in ("18:30", "18.30", "1830", "6:30 pm", "06:30 PM"):
        assert TIME.iso(typed) == "18:30:00", typed
    assert DATETIME.iso("31.12.1990 18:30") == "1990-12-31T18:30:00"
    assert DATETIME.iso("1990-12-31T18:30") == "1990-12-31T18:30:00"
    assert DATE.iso("") is None
    assert "December" in DATE.spoken("31.12.1990")


def test_countries_are_those_of_iso_3166(desk: Desk) -> None:
    codes = [code for code, _ in countries()]
    assert len(codes) == len(set(codes)) == 249
    assert ("DE", "Germany") in countries()
    assert "EU" not in codes
