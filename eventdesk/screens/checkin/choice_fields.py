"""Fields for what a guest chooses: an option, several, a country, a file."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QFileDialog,
    QRadioButton,
    QWidget,
)

from eventdesk.domain.catalogue import Question
from eventdesk.i18n import tr
from eventdesk.screens.checkin.answer_fields import AnswerField
from eventdesk.screens.checkin.countries import countries
from eventdesk.screens.widgets.basics import Button, label, row


class ChoiceField(AnswerField):
    """One of the options, as radio buttons."""

    def __init__(self, question: Question, options: list[tuple[str, str]]) -> None:
        super().__init__(question)
        self._group = QButtonGroup(self)
        self._buttons = {key: QRadioButton(text) for key, text in options}
        for button in self._buttons.values():
            self._group.addButton(button)
        self._set_up(*(self._buttons.values() or [label(tr("This question has no options."))]))
        for button, (_key, text) in zip(self._buttons.values(), options, strict=True):
            button.setAccessibleName(f"{question.text}: {text}")

    def value(self) -> str | None:
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def fill(self, answer: str) -> None:
        for key, button in self._buttons.items():
            button.setChecked(answer in (key, button.text()))


class BooleanField(ChoiceField):
    """Yes or no, neither until a person has chosen."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, [("true", tr("Yes")), ("false", tr("No"))])

    def problem(self) -> str:
        if self.question.required and self.value() != "true":
            return tr("This must be answered with yes.")
        return ""

    def fill(self, answer: str) -> None:
        self._buttons["true" if answer.lower() == "true" else "false"].setChecked(True)


class MultipleField(AnswerField):
    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._boxes = {option.id: QCheckBox(option.text) for option in question.options}
        self._set_up(*(self._boxes.values() or [label(tr("This question has no options."))]))
        for option in question.options:
            self._boxes[option.id].setAccessibleName(f"{question.text}: {option.text}")

    def value(self) -> list[str] | None:
        return [key for key, box in self._boxes.items() if box.isChecked()] or None

    def fill(self, answer: str) -> None:
        given = {part.strip() for part in answer.split(",")}
        for key, box in self._boxes.items():
            box.setChecked(key in given or box.text() in given)


class CountryField(AnswerField):
    """A country by its name in the desk's language; the answer is its ISO 3166 code."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._box = QComboBox()
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for code, name in countries():
            self._box.addItem(name, code)
        completer = QCompleter(self._box.model(), self._box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._box.setCompleter(completer)
        self._box.setCurrentIndex(-1)
        self._set_up(self._box)

    def value(self) -> str | None:
        place = self._box.findText(self._box.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return self._box.itemData(place) if place >= 0 else None

    def fill(self, answer: str) -> None:
        self._box.setCurrentIndex(self._box.findData(answer))

    def problem(self) -> str:
        if self._box.currentText().strip() and self.value() is None:
            return tr("Please choose a country from the list.")
        return super().problem()


class FileField(AnswerField):
    """A file that the person chooses; the answer is its `file://` address."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._path = ""
        self._name = label(tr("No file chosen"), "muted")
        button = Button(tr("Choose a file"), "import", pressed=self._choose)
        holder = QWidget()
        holder.setLayout(row(button, self._name, 1))
        self._set_up(holder)
        holder.setFocusProxy(button)
        button.setAccessibleName(f"{question.text}: {tr('Choose a file')}")

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.question.text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.fill)
        # open() returns at once: the desk goes on reading tickets.
        dialog.open()

    def value(self) -> str | None:
        return Path(self._path).absolute().as_uri() if self._path else None

    def fill(self, answer: str) -> None:
        self._path = QUrl(answer).toLocalFile() if answer.startswith("file://") else answer
        self._name.setText(Path(self._path).name)
