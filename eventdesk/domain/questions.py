"""Questions asked at the door: which, and what counts as an answer.

An answer is kept as text: numbers as written by Decimal, dates and times in ISO 8601, truth as
`True` or `False`, options by their texts, files as `file://` references.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, DecimalException
from typing import Any
from zoneinfo import ZoneInfo

from eventdesk.domain.catalogue import Catalogue, Option, Question, QuestionType
from eventdesk.domain.countries import country_code
from eventdesk.domain.loosetime import parse_loose
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.verdicts import Scan

_YES = ("true", "True", True)


class BadAnswer(ValueError):
    """The answer does not answer its question; the message says why."""


def asked_of(ticket: Ticket, catalogue: Catalogue) -> list[Question]:
    """The questions that a door asks the holder of this ticket, in order of their positions."""
    asked = [
        question
        for question in catalogue.questions.values()
        if question.ask_during_checkin and ticket.product in question.products
    ]
    return sorted(asked, key=lambda question: question.position)


def good_answers(questions: list[Question], scan: Scan, zone: ZoneInfo) -> dict[str, str]:
    """The answers given with the scan that answer their question, as text; the others are left out."""
    good = {}
    for question in questions:
        if question.id in scan.answers:
            try:
                good[question.id] = read_answer(question, scan.answers[question.id], scan.at, zone)
            except BadAnswer:
                continue
    return good


def read_answer(question: Question, answer: Any, at: datetime, zone: ZoneInfo) -> str:
    """The answer as it is kept; empty where an optional question was left open. Raises BadAnswer.

    `at` and `zone` complete dates and times that are given in part.
    """
    if question.type is QuestionType.BOOLEAN:
        return _read_boolean(question, answer)
    if not answer:
        if question.required:
            raise BadAnswer("an answer is required")
        return ""
    if question.type in (QuestionType.DATE, QuestionType.TIME, QuestionType.DATETIME):
        return _read_moment(question.type, answer, at.astimezone(zone), zone)
    return _READERS[question.type](question, answer)


def _read_boolean(question: Question, answer: Any) -> str:
    yes = answer in _YES
    if question.required and not yes:
        raise BadAnswer("this must be agreed to")
    return str(yes)


def _read_moment(type_: QuestionType, answer: Any, local: datetime, zone: ZoneInfo) -> str:
    try:
        moment = parse_loose(answer, local)
    except ValueError as error:
        raise BadAnswer(str(error)) from None
    if type_ is QuestionType.DATE:
        return moment.date().isoformat()
    if type_ is QuestionType.TIME:
        return moment.time().isoformat()
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat(sep=" ")


def _read_text(_question: Question, answer: Any) -> str:
    return str(answer)


def _read_number(_question: Question, answer: Any) -> str:
    try:
        return str(Decimal(str(answer).strip()))
    except DecimalException:
        raise BadAnswer(f"not a number: {answer!r}") from None


def _read_option(question: Question, answer: Any) -> str:
    option = _option(question, answer) if isinstance(answer, int | str) else None
    if option is None:
        raise BadAnswer(f"not one of the options: {answer!r}")
    return option.text


def _read_options(question: Question, answer: Any) -> str:
    wanted = answer.split(",") if isinstance(answer, str) else answer
    if not isinstance(wanted, list | tuple):
        raise BadAnswer(f"not a list of options: {answer!r}")
    found = [_option(question, value) for value in wanted]
    chosen = [option.text for option in question.options if option in found]
    if len(chosen) != len(wanted):
        raise BadAnswer(f"not all are options, each once: {answer!r}")
    return ", ".join(chosen)


def _option(question: Question, value: Any) -> Option | None:
    """The option of that id, or else of that text."""
    name = str(value)
    by_id = (option for option in question.options if option.id == name)
    by_text = (option for option in question.options if option.text == name)
    return next(by_id, None) or next(by_text, None)


def _read_country(_question: Question, answer: Any) -> str:
    code = country_code(str(answer))
    if code is None:
        raise BadAnswer(f"not a country's code: {answer!r}")
    return code


def _read_file(_question: Question, answer: Any) -> str:
    if not str(answer).startswith("file://"):
        raise BadAnswer(f"not a file: {answer!r}")
    return str(answer)


_READERS: Mapping[QuestionType, Callable[[Question, Any], str]] = {
    QuestionType.TEXT: _read_text,
    QuestionType.MULTILINE: _read_text,
    QuestionType.PHONE: _read_text,
    QuestionType.NUMBER: _read_number,
    QuestionType.CHOICE: _read_option,
    QuestionType.MULTIPLE_CHOICE: _read_options,
    QuestionType.COUNTRY: _read_country,
    QuestionType.FILE: _read_file,
}
