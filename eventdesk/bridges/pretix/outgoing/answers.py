"""Answers as pretix takes them: those of a choice by the numbers of their options."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventdesk.bridges.pretix.mapping.ids import Of, number
from eventdesk.domain.catalogue import Option, Question, QuestionType

CHOICES = frozenset({QuestionType.CHOICE, QuestionType.MULTIPLE_CHOICE})


def told(id_: str, answer: str, questions: Mapping[str, Question]) -> dict[str, Any] | None:
    """None for a question that is not one of pretix', and for a file: those can't be sent."""
    there, question = number(Of.QUESTION, id_), questions.get(id_)
    if there is None or (question is not None and question.type is QuestionType.FILE):
        return None
    row: dict[str, Any] = {"question": there, "answer": answer}
    if question is not None and question.type in CHOICES:
        row["options"] = [int(one.id) for one in _chosen(answer, question.options) if one.id.isdecimal()]
    return row


def _chosen(answer: str, options: Sequence[Option]) -> list[Option]:
    """The options whose texts, in their order and parted by commas, are the answer; a text may hold one."""
    return _from(answer, options) or []


def _from(answer: str, options: Sequence[Option]) -> list[Option] | None:
    for at, one in enumerate(options):
        if answer == one.text:
            return [one]
        if answer.startswith(f"{one.text}, "):
            rest = _from(answer[len(one.text) + 2 :], options[at + 1 :])
            if rest is not None:
                return [one, *rest]
    return None
