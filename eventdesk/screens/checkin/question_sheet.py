"""The questions that must be answered before a guest may pass."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from eventdesk.domain.catalogue import Question
from eventdesk.i18n import tr
from eventdesk.screens.checkin.answer_fields import AnswerField
from eventdesk.screens.checkin.fields import field_for
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.widgets.basics import Button, label
from eventdesk.screens.words import short


class QuestionSheet(Sheet):
    """`answered` gives the answers by question id, once nothing is wrong with them. `button` says what
    happens then."""

    answered = Signal(object)

    def __init__(self, button: str = "") -> None:
        super().__init__()
        self._fields: list[AnswerField] = []
        self._problems: list[QLabel] = []
        self.buttons.addWidget(Button(button or tr("Admit (Enter)"), "check", "primary", self.submit), 1)
        self.add_close()

    def ask(self, name: str, questions: list[Question], known: Mapping[str, str]) -> None:
        self.set_title(tr("Please ask {name}:", name=short(name)))
        self.empty()
        self._fields = [field_for(question, known.get(question.id, "")) for question in questions]
        self._problems = [label(tone="bad", wrap=True) for _ in questions]
        for field, problem in zip(self._fields, self._problems, strict=True):
            self._add(field, problem)
        self.body.addStretch()

    def _add(self, field: AnswerField, problem: QLabel) -> None:
        question = field.question
        star = " *" if question.required else ""
        text = label(f"{question.text}{star}", "heading", wrap=True)
        text.setBuddy(field)
        self.body.addWidget(text)
        if question.help:
            self.body.addWidget(label(question.help, "muted", wrap=True))
        self.body.addWidget(field)
        self.body.addWidget(problem)
        problem.hide()
        field.submitted.connect(self._go_on)

    def fields(self) -> list[AnswerField]:
        return self._fields

    def focus_first(self) -> None:
        """To the first field that is still open."""
        open_ones = [field for field in self._fields if field.value() is None]
        if open_ones or self._fields:
            first = (open_ones or self._fields)[0]
            # What is not shown yet can't take the focus.
            first.show()
            first.setFocus()

    def _go_on(self) -> None:
        """Enter in a field: on to the next open one, or done."""
        if any(field.problem() for field in self._fields):
            self._show_problems(only_filled=True)
            self.focusNextChild()
        else:
            self.submit()

    def submit(self) -> None:
        """Hand the answers over, or show what is wrong and go there."""
        wrong = self._show_problems()
        if wrong:
            wrong.setFocus()
            return
        answers: dict[str, Any] = {
            field.question.id: field.value() for field in self._fields if field.value() is not None
        }
        self.answered.emit(answers)

    def _show_problems(self, only_filled: bool = False) -> AnswerField | None:
        first = None
        for field, shown in zip(self._fields, self._problems, strict=True):
            text = "" if only_filled and field.value() is None else field.problem()
            shown.setText(text)
            shown.setVisible(bool(text))
            first = first or (field if text else None)
        return first

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)
