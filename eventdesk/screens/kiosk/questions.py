"""The organizer's questions, one below the other."""

from PySide6.QtWidgets import QLabel, QWidget

from eventdesk.desk.kiosk.commands import AnswerQuestions
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.i18n import tr
from eventdesk.screens.checkin.answer_fields import AnswerField
from eventdesk.screens.kiosk.answers import large_field
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import KioskPage, sentence
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.manage.look import bring_into_sight
from eventdesk.screens.widgets.basics import boxed, column, label


class QuestionsPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.fields = [large_field(one, state.answers.get(one.id, "")) for one in state.questions]
        self.problems = [label("", "bad", wrap=True) for _ in self.fields]
        blocks = [_block(field, told) for field, told in zip(self.fields, self.problems, strict=True)]
        self.go = BigButton(tr("Go on"), icon="check", kind="primary", pressed=self._go)
        for told in self.problems:
            told.hide()
        self.add_scrolled(*blocks, 1).setSpacing(22)
        self.add_actions(self.go)

    def title(self) -> str:
        few = tr("A few questions, {name}", name=self.name())
        return few if self.name() else tr("A few questions")

    def _go(self) -> None:
        wrong = self._wrong()
        if wrong is not None:
            bring_into_sight(wrong)
            wrong.setFocus()
            return
        guest = self.guest()
        answers = {one.question.id: one.value() for one in self.fields if one.value() is not None}
        self.visit.ask(AnswerQuestions, ticket=guest.ticket if guest else "", answers=answers)

    def _wrong(self) -> AnswerField | None:
        """The first field that can't stay so; each says what is wrong."""
        first = None
        for field, told in zip(self.fields, self.problems, strict=True):
            words = field.problem()
            told.setText(words)
            told.setVisible(bool(words))
            first = first or (field if words else None)
        return first


def _block(field: AnswerField, told: QLabel) -> QWidget:
    question = field.question
    star = " *" if question.required else ""
    parts = [sentence(question.text + star)]
    if question.help:
        parts.append(sentence(question.help, "muted"))
    return boxed(column(*parts, field, told, spacing=6))
