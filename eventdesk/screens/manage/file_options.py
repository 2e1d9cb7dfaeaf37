"""How a file is read where the guess is wrong: encoding, delimiter, sheet, order of day and month."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from eventdesk.domain.imports import ImportChoices, Preview
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField

ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "cp1250", "cp1251", "shift_jis", "gb18030", "big5")


class FileOptions(QWidget):
    """`reread` tells that the file must be looked at afresh, its columns guessed again; `changed` that
    another choice was made within them."""

    reread = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.encoding = ChoiceField(tr("Encoding"), [("", "")])
        self.delimiter = ChoiceField(tr("Columns are parted by"), [("", "")])
        self.sheet = ChoiceField(tr("Sheet"), [("", "")])
        self.day_first = ChoiceField(tr("3/4/2026 is"), _orders())
        self.product = LineField(tr("Product of rows that name none"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, field in enumerate(
            (self.encoding, self.delimiter, self.sheet, self.day_first, self.product)
        ):
            grid.addWidget(field, place // 3, place % 3)
        for reading in (self.encoding, self.delimiter, self.sheet):
            reading.changed.connect(self.reread)
        self.day_first.changed.connect(self.changed)
        self.product.line.editingFinished.connect(self._product_entered)

    def show_preview(self, preview: Preview) -> None:
        """What was guessed or chosen; fields that do not go with this kind of file are hidden."""
        choices = preview.choices
        table = bool(preview.sheets)
        self.encoding.offer([(name, name) for name in dict.fromkeys([*ENCODINGS, choices.encoding]) if name])
        self.encoding.put(choices.encoding)
        self.delimiter.offer(_delimiters(choices.delimiter))
        self.delimiter.put(choices.delimiter)
        self.sheet.offer([(sheet.name, sheet.name) for sheet in preview.sheets])
        self.sheet.put(choices.sheet)
        self.day_first.put(choices.day_first)
        self.product.put(choices.product)
        self.encoding.setVisible(not table)
        self.delimiter.setVisible(not table)
        self.sheet.setVisible(len(preview.sheets) > 1)

    def reading(self) -> ImportChoices:
        """How the file is to be read, all else left to be guessed again."""
        shown = ImportChoices(product=self.product.value(), day_first=self.day_first.value())
        return replace(
            shown,
            encoding="" if self.encoding.isHidden() else self.encoding.value(),
            delimiter="" if self.delimiter.isHidden() else self.delimiter.value(),
            sheet="" if self.sheet.isHidden() else self.sheet.value(),
        )

    def within(self, choices: ImportChoices) -> ImportChoices:
        """`choices` with what is entered here that needs no new guesses."""
        return replace(choices, product=self.product.value(), day_first=self.day_first.value())

    def _product_entered(self) -> None:
        if self.product.line.isModified():
            self.product.line.setModified(False)
            self.changed.emit()


def _orders() -> list[tuple[bool | None, str]]:
    return [(None, tr("as the file shows")), (True, tr("the 3rd of April")), (False, tr("the 4th of March"))]


def _delimiters(chosen: str) -> list[tuple[str, str]]:
    names = {
        ",": tr("Comma ,"),
        ";": tr("Semicolon ;"),
        "\t": tr("Tabulator"),
        "|": tr("Bar |"),
    }
    if chosen:
        names.setdefault(chosen, chosen)
    return list(names.items())
