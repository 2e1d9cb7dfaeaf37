"""The columns of a file and what each becomes: a line a column, with a choice and some of its cells."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from eventdesk.domain.imports import REPEATABLE, Column, Field
from eventdesk.i18n import tr
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.import_words import field_names
from eventdesk.screens.manage.look import note
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import tip

SURE = 0.8
LONGEST_SAMPLE = 60


class MappingTable(QWidget):
    """Shows the guesses; `changed` tells that a person chose another. Choosing a field for one column
    takes it from the column that had it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(3, 1)
        self._grid.setHorizontalSpacing(16)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """The columns as they are guessed or were chosen; the focus stays on its column."""
        if [line.column.header for line in self._lines] == [column.header for column in columns]:
            for line, column in zip(self._lines, columns, strict=True):
                line.show_column(column)
            return
        self._clear()
        for place, column in enumerate(columns):
            self._add(place, column)

    def fields(self) -> dict[int, Field]:
        """What is chosen, by column index."""
        return {line.column.index: line.field() for line in self._lines}

    def questions(self) -> dict[int, str]:
        """The texts of the questions, by the index of their column."""
        return {
            line.column.index: line.question.text().strip() or line.column.header
            for line in self._lines
            if line.field() is Field.ANSWER
        }

    def choose(self, index: int, field: Field) -> None:
        """Choose a field for a column as a person would."""
        line = next(line for line in self._lines if line.column.index == index)
        line.choice.setCurrentIndex(line.choice.findData(field.value))
        self._chosen(line)

    def _add(self, place: int, column: Column) -> None:
        line = _Line(column)
        line.choice.activated.connect(lambda _index, chosen=line: self._chosen(chosen))
        line.question.editingFinished.connect(self._question_changed)
        self._lines.append(line)
        for across, widget in enumerate((line.header, line.choice, line.question, line.samples)):
            self._grid.addWidget(widget, place, across)

    def _chosen(self, line: "_Line") -> None:
        field = line.field()
        if field not in REPEATABLE:
            for other in self._lines:
                if other is not line and other.field() is field:
                    other.choice.setCurrentIndex(other.choice.findData(Field.IGNORED.value))
        line.show_question()
        self.changed.emit()

    def _question_changed(self) -> None:
        if any(line.question.isModified() for line in self._lines):
            for line in self._lines:
                line.question.setModified(False)
            self.changed.emit()

    def _clear(self) -> None:
        for line in self._lines:
            for widget in (line.header, line.choice, line.question, line.samples):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._lines = []


class _Line:
    """The widgets of one column."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.header = label(column.header)
        self.header.setMaximumWidth(220)
        self.header.setToolTip(tip(column.header))
        self.choice = QComboBox()
        for field, name in field_names():
            self.choice.addItem(name, field.value)
        name_control(self.choice, tr("Column {header} becomes", header=column.header))
        self.question = QLineEdit()
        name_control(self.question, tr("Question of column {header}", header=column.header))
        self.samples = note()
        self.show_column(column)

    def field(self) -> Field:
        return Field(self.choice.currentData())

    def show_column(self, column: Column) -> None:
        self.column = column
        self.choice.setCurrentIndex(self.choice.findData(column.field.value))
        self.question.setText(column.question or column.header)
        samples = " · ".join(sample for sample in column.samples[:3] if sample)
        unsure = column.field is not Field.IGNORED and column.confidence < SURE
        text = samples if len(samples) <= LONGEST_SAMPLE else samples[:LONGEST_SAMPLE] + "…"
        self.samples.setText(f"{tr('Guessed:')} {text}" if unsure else text)
        self.show_question()

    def show_question(self) -> None:
        self.question.setVisible(self.field() is Field.ANSWER)
