"""Fields for a guest's own fingers: the door's for what is typed, large buttons for what is chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from eventdesk.domain.catalogue import Question, QuestionType
from eventdesk.domain.kiosk.wording import LONGEST_ANSWER
from eventdesk.i18n import tr
from eventdesk.screens.checkin.answer_fields import AnswerField
from eventdesk.screens.checkin.countries import countries
from eventdesk.screens.checkin.fields import field_for
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.entry import LONGEST, prepare
from eventdesk.screens.kiosk.key_rows import Kind
from eventdesk.screens.widgets.basics import label

ACROSS = 2
SUGGESTED = 4
KINDS = {
    QuestionType.NUMBER: Kind.NUMBER,
    QuestionType.DATE: Kind.NUMBER,
    QuestionType.TIME: Kind.NUMBER,
    QuestionType.DATETIME: Kind.NUMBER,
    QuestionType.PHONE: Kind.NUMBER,
}


class TilesField(AnswerField):
    """One of the options, or several."""

    def __init__(self, question: Question, options: Sequence[tuple[str, str]], several: bool) -> None:
        super().__init__(question)
        self._several = several
        self.tiles = {key: BigButton(text) for key, text in options}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, (key, tile) in enumerate(self.tiles.items()):
            tile.setCheckable(True)
            tile.clicked.connect(lambda checked, key=key: self._touched(key, checked))
            grid.addWidget(tile, place // ACROSS, place % ACROSS)
        self._set_up(holder)
        holder.setAccessibleName("")
        for tile in self.tiles.values():
            tile.setAccessibleName(f"{question.text}: {tile.words()}")
        first = next(iter(self.tiles.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def value(self) -> list[str] | str | None:
        chosen = [key for key, tile in self.tiles.items() if tile.isChecked()]
        if self._several:
            return chosen or None
        return chosen[0] if chosen else None

    def fill(self, answer: str) -> None:
        given = {part.strip() for part in answer.split(",")} if self._several else {answer}
        for key, tile in self.tiles.items():
            tile.setChecked(bool(given & {key, tile.words()}))

    def _touched(self, key: str, checked: bool) -> None:
        for other, tile in self.tiles.items():
            if not self._several and other != key:
                tile.setChecked(False)
        self.tiles[key].setChecked(checked)


class YesNoField(TilesField):
    def __init__(self, question: Question) -> None:
        super().__init__(question, [("true", tr("Yes")), ("false", tr("No"))], several=False)

    def problem(self) -> str:
        if self.question.required and self.value() != "true":
            return tr("This must be answered with yes.")
        return ""

    def fill(self, answer: str) -> None:
        super().fill("true" if answer.lower() == "true" else "false")


class CountryField(AnswerField):
    """A few letters, then one of the countries that begin so; the answer is the ISO 3166 code."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.line = QLineEdit()
        self._code: str | None = None
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._set_up(self.line, holder)
        self.tiles = [BigButton("") for _ in range(SUGGESTED)]
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // ACROSS, place % ACROSS)
            tile.clicked.connect(lambda _checked, tile=tile: self._take(tile.words()))
            tile.hide()
        self.line.textEdited.connect(self._suggest)

    def value(self) -> str | None:
        return self._code

    def fill(self, answer: str) -> None:
        name = next((name for code, name in countries() if code == answer), "")
        if name:
            self._take(name)

    def problem(self) -> str:
        if self.line.text().strip() and self._code is None:
            return tr("Please choose a country from the list.")
        return super().problem()

    def _suggest(self, text: str) -> None:
        typed = text.strip().casefold()
        named = [name for _code, name in countries()]
        self._code = next((code for code, name in countries() if name.casefold() == typed), None)
        begin = [name for name in named if name.casefold().startswith(typed)]
        hold = [name for name in named if typed in name.casefold() and name not in begin]
        found = (begin + hold)[:SUGGESTED] if typed and self._code is None else []
        for tile, name in zip(self.tiles, found + [""] * SUGGESTED, strict=False):
            tile.show_words(name)
            tile.setVisible(bool(name))

    def _take(self, name: str) -> None:
        self.line.setText(name)
        self._suggest(name)


class StaffField(AnswerField):
    """What no kiosk can take: a file. Staff can."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        told = label(tr("Staff takes this from you: please call them below."), "muted", wrap=True)
        self._set_up(told)
        told.setAccessibleName("")  # a screen reader reads its text

    def value(self) -> None:
        return None

    def fill(self, answer: str) -> None:
        pass

    def problem(self) -> str:
        return ""


_MAKERS: dict[QuestionType, Callable[[Question], AnswerField]] = {
    QuestionType.BOOLEAN: YesNoField,
    QuestionType.CHOICE: lambda question: TilesField(question, _options(question), several=False),
    QuestionType.MULTIPLE_CHOICE: lambda question: TilesField(question, _options(question), several=True),
    QuestionType.COUNTRY: CountryField,
    QuestionType.FILE: StaffField,
}


def large_field(question: Question, answer: str = "") -> AnswerField:
    """The kiosk's field for a question, with an answer that is known already."""
    maker = _MAKERS.get(question.type)
    made = maker(question) if maker else field_for(question)
    if answer:
        made.fill(answer)
    kind = KINDS.get(question.type, Kind.TEXT)
    for line in made.findChildren(QLineEdit):
        line.setMaxLength(LONGEST)
        prepare(line, kind)
    for text in made.findChildren(QPlainTextEdit):
        prepare(text, kind)
        text.textChanged.connect(lambda text=text: _cut(text))
    return made


def _cut(text: QPlainTextEdit) -> None:
    """One letter too many is not taken, wherever it was typed; of more at once the end goes."""
    typed = text.toPlainText()
    over = len(typed) - LONGEST_ANSWER
    if over <= 0:
        return
    with QSignalBlocker(text):
        if over == 1:
            text.textCursor().deletePreviousChar()
        else:
            text.setPlainText(typed[:LONGEST_ANSWER])
            text.moveCursor(QTextCursor.MoveOperation.End)


def _options(question: Question) -> list[tuple[str, str]]:
    return [(option.id, option.text) for option in question.options]
