"""What a person should know before importing: said with the preview."""

import re
from collections.abc import Iterator, Sequence

from eventdesk.bridges.files.row import NumberText, RawRow
from eventdesk.domain.decision import Words
from eventdesk.domain.imports import Column, Counts, Field, NewParts

# UTF-8 read as a one-byte encoding: "MÃ¼ller", "â€“".
_GARBLED = re.compile("[ÃÂ][\x80-\xbf\u2018-\u203a\u0152-\u0178]|â€")


def warnings_of(
    columns: Sequence[Column], rows: Sequence[RawRow], counts: Counts, new: NewParts
) -> list[Words]:
    """The warnings, the gravest first. `rows` are the first of the file."""
    return list(_warnings({column.field: column for column in columns}, rows, counts, new))


def _warnings(
    columns: dict[Field, Column], rows: Sequence[RawRow], counts: Counts, new: NewParts
) -> Iterator[Words]:
    if not columns.keys() & {Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.EMAIL, Field.CODE}:
        yield Words("No column names the guests; choose which one does.")
    if sample := next((cell for row in rows for cell in row.cells if _GARBLED.search(cell)), ""):
        yield Words(
            "Some letters look wrong (“{sample}”); choose another encoding, or export the list again.",
            {"sample": sample[:40]},
        )
    code = columns.get(Field.CODE)
    if code and any(isinstance(cell, NumberText) for row in rows for cell in row.cells[code.index :][:1]):
        yield Words(
            "{column} holds numbers, not texts: where codes began with zeros, the "
            "spreadsheet program lost them.",
            {"column": code.header},
        )
    if counts.codes_made:
        yield Words(
            "{count} guests have no code: new ones are made. Tickets that they already hold"
            " will not be known.",
            {"count": counts.codes_made},
        )
    if not columns.keys() & {Field.CODE, Field.REFERENCE, Field.POSITION}:
        yield Words(
            "Guests are known again by name, e-mail and product alone: one whose name is "
            "changed in the list will come in a second time."
        )
    if counts.twins:
        yield Words(
            "{count} rows are just like an earlier one and bear no code: each becomes a guest of its own.",
            {"count": counts.twins},
        )
    if new.sessions:
        yield Words(
            "New sessions begin with the event until you set their times: {names}.",
            {"names": ", ".join(new.sessions[:5])},
        )
