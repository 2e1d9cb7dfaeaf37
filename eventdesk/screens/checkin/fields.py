"""Which field belongs to which type of question."""

from collections.abc import Callable

from eventdesk.domain.catalogue import Question, QuestionType
from eventdesk.screens.checkin import typed_moments as moments
from eventdesk.screens.checkin.answer_fields import (
    AnswerField,
    LineField,
    MomentField,
    MultilineField,
    NumberField,
    PhoneField,
)
from eventdesk.screens.checkin.choice_fields import (
    BooleanField,
    ChoiceField,
    CountryField,
    FileField,
    MultipleField,
)


def _options(question: Question) -> list[tuple[str, str]]:
    return [(option.id, option.text) for option in question.options]


_MAKERS: dict[QuestionType, Callable[[Question], AnswerField]] = {
    QuestionType.NUMBER: NumberField,
    QuestionType.TEXT: LineField,
    QuestionType.MULTILINE: MultilineField,
    QuestionType.BOOLEAN: BooleanField,
    QuestionType.CHOICE: lambda question: ChoiceField(question, _options(question)),
    QuestionType.MULTIPLE_CHOICE: MultipleField,
    QuestionType.FILE: FileField,
    QuestionType.DATE: lambda question: MomentField(question, moments.DATE),
    QuestionType.TIME: lambda question: MomentField(question, moments.TIME),
    QuestionType.DATETIME: lambda question: MomentField(question, moments.DATETIME),
    QuestionType.COUNTRY: CountryField,
    QuestionType.PHONE: PhoneField,
}


def field_for(question: Question, answer: str = "") -> AnswerField:
    """The field for a question, with an answer that is known already."""
    field = _MAKERS[question.type](question)
    if answer:
        field.fill(answer)
    return field
