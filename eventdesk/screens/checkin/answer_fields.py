"""Fields for what a guest says in words, numbers and moments; the answer is what the rules expect."""

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from eventdesk.domain.catalogue import Question
from eventdesk.i18n import tr
from eventdesk.screens.checkin import typed_moments as moments
from eventdesk.screens.widgets.basics import label

NUMBER = r"[+-]?[0-9]*[.,]?[0-9]+"
PHONE = r"\+?[0-9 ()/.\-]{4,24}"


class AnswerField(QWidget):
    """One question's field. `value` is None where nothing was answered; `problem` says what is wrong."""

    submitted = Signal()

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    @abstractmethod
    def value(self) -> Any:
        """The answer as the rules expect it."""

    @abstractmethod
    def fill(self, answer: str) -> None:
        """Show an answer given before."""

    def problem(self) -> str:
        if self.question.required and self.value() in (None, "", []):
            return tr("An answer is needed.")
        return ""

    def _set_up(self, focus: QWidget, *others: QWidget) -> None:
        """Lay the controls out; each is named for the question."""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        for control in (focus, *others):
            self.column.addWidget(control)
        focus.setAccessibleName(self.question.text)
        focus.setAccessibleDescription(self.question.help)
        self.setFocusProxy(focus)


class LineField(AnswerField):
    """Text, number, phone: one line."""

    def __init__(self, question: Question, pattern: str = "", wrong: str = "") -> None:
        super().__init__(question)
        self._line = QLineEdit()
        self._wrong = wrong
        if pattern:
            self._line.setValidator(QRegularExpressionValidator(QRegularExpression(pattern)))
        self._line.returnPressed.connect(self.submitted)
        self._set_up(self._line)

    def value(self) -> str | None:
        return self._line.text().strip() or None

    def fill(self, answer: str) -> None:
        self._line.setText(answer)

    def problem(self) -> str:
        if self._line.text() and not self._line.hasAcceptableInput():
            return self._wrong
        return super().problem()


class NumberField(LineField):
    def __init__(self, question: Question) -> None:
        super().__init__(question, NUMBER, tr("Please enter a number."))

    def value(self) -> str | None:
        text = super().value()
        return text.replace(",", ".") if text else None


class PhoneField(LineField):
    def __init__(self, question: Question) -> None:
        super().__init__(question, PHONE, tr("Please enter a phone number, such as +49 30 1234567."))


class MomentField(LineField):
    """A date, a time or both, typed as people write them; what was understood stands beside it."""

    def __init__(self, question: Question, form: moments.Form) -> None:
        super().__init__(question)
        self._form = form
        self._line.setPlaceholderText(form.example())
        self._echo = label(tone="muted")
        self.column.addWidget(self._echo)
        self._line.textChanged.connect(self._read)

    def _read(self) -> None:
        self._echo.setText(self._form.spoken(self._line.text()))

    def value(self) -> str | None:
        return self._form.iso(self._line.text())

    def problem(self) -> str:
        if self._line.text().strip() and self.value() is None:
            return tr("Please write it like this: {example}", example=self._form.example())
        return super().problem()


class MultilineField(AnswerField):
    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setMaximumHeight(self.fontMetrics().height() * 5)
        self._set_up(self._text)

    def value(self) -> str | None:
        return self._text.toPlainText().strip() or None

    def fill(self, answer: str) -> None:
        self._text.setPlainText(answer)
