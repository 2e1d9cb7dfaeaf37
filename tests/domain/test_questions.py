"""What counts as an answer, type by type."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.domain.catalogue import Option, Question, QuestionType
from eventdesk.domain.questions import BadAnswer, asked_of, read_answer
from tests.domain.builders import CATALOGUE, EVENT, NOON, TICKET

OPTIONS = (Option("m", "Medium"), Option("l", "Large"))


def read(kind: QuestionType, answer: Any, *, required: bool = True) -> str:
    return read_answer(Question("q", "?", kind, required, options=OPTIONS), answer, NOON, EVENT.zone)


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        (QuestionType.TEXT, "Foo", "Foo"),
        (QuestionType.MULTILINE, "a\nb", "a\nb"),
        (QuestionType.PHONE, "+49 30 1234", "+49 30 1234"),
        (QuestionType.NUMBER, " 3.24 ", "3.24"),
        (QuestionType.NUMBER, 3, "3"),
        (QuestionType.BOOLEAN, "true", "True"),
        (QuestionType.BOOLEAN, True, "True"),
        (QuestionType.CHOICE, "m", "Medium"),
        (QuestionType.CHOICE, "Large", "Large"),
        (QuestionType.MULTIPLE_CHOICE, "l,m", "Medium, Large"),
        (QuestionType.MULTIPLE_CHOICE, ["l"], "Large"),
        (QuestionType.DATE, "2026-02-03", "2026-02-03"),
        (QuestionType.DATE, "03.02.2026", "2026-02-03"),
        (QuestionType.TIME, "6:30 pm", "18:30:00"),
        (QuestionType.DATETIME, "2026-02-03 10:30", "2026-02-03 10:30:00+01:00"),
        (QuestionType.DATETIME, "2026-02-03T10:30:00Z", "2026-02-03 10:30:00+00:00"),
        (QuestionType.COUNTRY, "de", "DE"),
        (QuestionType.COUNTRY, "DEU", "DE"),
        (QuestionType.FILE, "file://photo.png", "file://photo.png"),
    ],
)
def test_a_good_answer_is_kept_as_text(kind: QuestionType, answer: Any, kept: str) -> None:
    assert read(kind, answer) == kept


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (QuestionType.NUMBER, "three"),
        (QuestionType.NUMBER, "3,24"),
        (QuestionType.BOOLEAN, "false"),
        (QuestionType.CHOICE, "x"),
        (QuestionType.CHOICE, ["m"]),
        (QuestionType.MULTIPLE_CHOICE, "m,x"),
        (QuestionType.MULTIPLE_CHOICE, "m,m"),
        (QuestionType.MULTIPLE_CHOICE, 5),
        (QuestionType.DATE, "soon"),
        (QuestionType.DATE, "2026-02-30"),
        (QuestionType.TIME, "25:00"),
        (QuestionType.COUNTRY, "Atlantis"),
        (QuestionType.FILE, "invalid"),
        *[(kind, "") for kind in QuestionType],
        *[(kind, None) for kind in QuestionType],
    ],
)
def test_a_bad_answer_to_a_required_question(kind: QuestionType, answer: Any) -> None:
    with pytest.raises(BadAnswer):
        read(kind, answer)


@pytest.mark.parametrize("kind", list(QuestionType))
def test_an_optional_question_may_be_left_open(kind: QuestionType) -> None:
    assert read(kind, "", required=False) == ("False" if kind is QuestionType.BOOLEAN else "")


def test_questions_are_asked_in_order_of_their_positions() -> None:
    places = {"first": 2, "second": 0, "third": 1}
    questions = {
        id_: Question(
            id_,
            id_,
            QuestionType.TEXT,
            ask_during_checkin=True,
            products=frozenset({TICKET.product}),
            position=place,
        )
        for id_, place in places.items()
    }
    catalogue = replace(CATALOGUE, questions=questions)
    assert [one.id for one in asked_of(TICKET, catalogue)] == ["second", "third", "first"]
