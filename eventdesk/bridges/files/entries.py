"""From a row's cells to what they say of a guest, by the columns chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from eventdesk.bridges.files import dates, states, values
from eventdesk.bridges.files.limits import CELL_CHARACTERS
from eventdesk.bridges.files.quoting import unguarded
from eventdesk.bridges.files.row import RawRow
from eventdesk.bridges.files.values import Unreadable
from eventdesk.domain.decision import Words
from eventdesk.domain.imports import BadRow, Column, Field, ImportChoices

Reader = Callable[[str], Any]


class BadCells(Exception):
    """A row that can't become a guest."""

    def __init__(self, row: RawRow, column: str, reason: Words) -> None:
        super().__init__(str(reason))
        self.bad = BadRow(row.number, column, reason, tuple(row.cells))


@dataclass(slots=True)
class Entry:
    """What one row says. Members that the row leaves empty are absent, texts empty.

    `ticket_members` and `order_members` are those of `ticket_issued` and `order_placed`; `answers` go
    by question text; the rest are the texts of the fields of these names.
    """

    row: RawRow
    ticket_members: dict[str, Any] = field(default_factory=dict)
    order_members: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    title: str = ""
    given_name: str = ""
    family_name: str = ""
    product: str = ""
    variation: str = ""
    session: str = ""
    code: str = ""
    reference: str = ""
    order: str = ""
    position: str = ""
    addon_to: str = ""
    status: str = ""
    order_status: str = ""

    @property
    def names_somebody(self) -> bool:
        members = self.ticket_members
        return bool(self.code or self.reference or self.order or members.get("name") or members.get("email"))


_TICKET_MEMBERS: Mapping[Field, tuple[str, Reader]] = {
    Field.NAME: ("name", values.short_text),
    Field.EMAIL: ("email", values.email),
    Field.COMPANY: ("company", values.short_text),
    Field.SEAT: ("seat", values.short_text),
    Field.CHECKIN_TEXT: ("checkin_text", values.short_text),
}
_ORDER_MEMBERS: Mapping[Field, tuple[str, Reader]] = {
    Field.ORDER_NAME: ("name", values.short_text),
    Field.ORDER_EMAIL: ("email", values.email),
    Field.LOCALE: ("locale", values.short_text),
}
# An empty cell says "no", so that a mark that was taken away in the list is taken away here.
_FLAGS = {Field.CANCELED: "canceled", Field.BLOCKED: "blocked", Field.ATTENTION: "attention"}
# Field names, which are those of the attributes of an Entry, too.
_TEXTS: Mapping[Field, Reader] = {
    Field.TITLE: values.short_text,
    Field.GIVEN_NAME: values.short_text,
    Field.FAMILY_NAME: values.short_text,
    Field.PRODUCT: values.short_text,
    Field.VARIATION: values.short_text,
    Field.SESSION: values.short_text,
    Field.CODE: values.code,
    Field.REFERENCE: values.code,
    Field.ORDER: values.code,
    Field.POSITION: values.code,
    Field.ADDON_TO: values.code,
    Field.STATUS: states.status,
    Field.ORDER_STATUS: states.status,
}


class EntryReader:
    """Reads rows by their columns. `width` is how many cells a row may fill."""

    def __init__(self, columns: Sequence[Column], choices: ImportChoices, zone: ZoneInfo) -> None:
        self._columns = columns
        self._width = len(columns)
        self._ticket: list[tuple[int, str, Reader]] = []
        self._order: list[tuple[int, str, Reader]] = []
        self._flags: list[tuple[int, str, Reader]] = []
        self._texts: list[tuple[int, str, Reader]] = []
        self._notes = [one.index for one in columns if one.field is Field.NOTES]
        self._answers = [(one.index, one.question) for one in columns if one.field is Field.ANSWER]
        moments: Mapping[Field, tuple[str, Reader]] = {
            Field.VALID_FROM: ("valid_from", dates.moment_reader(zone, choices.day_first, False)),
            Field.VALID_UNTIL: ("valid_until", dates.moment_reader(zone, choices.day_first, True)),
        }
        for column in columns:
            index, what = column.index, column.field
            if member := {**_TICKET_MEMBERS, **moments}.get(what):
                self._ticket.append((index, *member))
            elif member := _ORDER_MEMBERS.get(what):
                self._order.append((index, *member))
            elif what in _FLAGS:
                self._flags.append((index, _FLAGS[what], values.flag))
            elif what in _TEXTS:
                self._texts.append((index, what.value, _TEXTS[what]))

    def read(self, row: RawRow) -> Entry:
        """Raises BadCells, which names the column and the reason."""
        cells = self._cells(row)
        entry = Entry(row)
        index = 0
        try:
            for index, name, read in self._ticket:
                if cells[index] and (value := read(cells[index])):
                    entry.ticket_members[name] = value
            for index, name, read in self._texts:
                if cells[index] and (value := read(cells[index])):
                    setattr(entry, name, value)
            for index, name, read in self._order:
                if cells[index] and (value := read(cells[index])):
                    entry.order_members[name] = value
            for index, name, read in self._flags:
                entry.ticket_members[name] = read(cells[index])
            for index, question in self._answers:
                if text := values.long_text(cells[index]):
                    entry.answers[question] = text
            if self._notes:
                self._read_notes(entry, cells)
        except Unreadable as error:
            raise BadCells(row, self._columns[index].header, error.reason) from None
        self._join_name(entry)
        return entry

    def _cells(self, row: RawRow) -> list[str]:
        """As many cells as there are columns, apostrophes against evaluation taken off."""
        cells = row.cells
        if row.fault:
            raise BadCells(row, "", row.fault)
        if len(cells) > self._width and any(map(str.strip, cells[self._width :])):
            raise BadCells(
                row,
                "",
                Words(
                    "The row has {cells} cells, the header {columns}: a delimiter in a text may "
                    "lack its quotation marks.",
                    {"cells": len(cells), "columns": self._width},
                ),
            )
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        for index, cell in enumerate(cells):
            if len(cell) > CELL_CHARACTERS:
                raise BadCells(
                    row,
                    self._columns[index].header,
                    Words(
                        "A cell is longer than {limit} characters; a closing quotation mark may be missing.",
                        {"limit": CELL_CHARACTERS},
                    ),
                )
        return [unguarded(cell) if "'" in cell else cell for cell in cells]

    def _read_notes(self, entry: Entry, cells: Sequence[str]) -> None:
        notes = [text for index in self._notes if (text := values.long_text(cells[index]))]
        if notes:
            entry.ticket_members["notes"] = "\n".join(notes)

    def _join_name(self, entry: Entry) -> None:
        """A name from its parts, where the row does not give the whole."""
        if "name" not in entry.ticket_members:
            name = " ".join(filter(None, (entry.title, entry.given_name, entry.family_name)))
            if name:
                entry.ticket_members["name"] = name
