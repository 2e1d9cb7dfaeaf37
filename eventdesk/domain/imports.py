"""What a guest list in a file becomes: columns, choices, preview, bad rows, and what was done.

These values stand between the file bridges, which make them, and the screens, which show them and
send a person's choices back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eventdesk.domain.decision import Words


class Field(StrEnum):
    """What a column may become. One column each, but ANSWER, NOTES and IGNORED, which many may be.

    CODE is what the ticket's barcode says; REFERENCE the ticket's number in the system it comes
    from; ADDON_TO the code, reference or (within the order) position of the main ticket. STATUS is
    one row's state in any system's words and may cancel the ticket; ORDER_STATUS is the order's alone.
    """

    IGNORED = "ignored"
    NAME = "name"
    TITLE = "title"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    COMPANY = "company"
    PRODUCT = "product"
    VARIATION = "variation"
    SESSION = "session"
    CODE = "code"
    REFERENCE = "reference"
    ORDER = "order"
    POSITION = "position"
    STATUS = "status"
    ORDER_STATUS = "order_status"
    ORDER_NAME = "order_name"
    ORDER_EMAIL = "order_email"
    LOCALE = "locale"
    SEAT = "seat"
    NOTES = "notes"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    CANCELED = "canceled"
    BLOCKED = "blocked"
    ATTENTION = "attention"
    CHECKIN_TEXT = "checkin_text"
    ADDON_TO = "addon_to"
    ANSWER = "answer"


REPEATABLE = frozenset({Field.IGNORED, Field.ANSWER, Field.NOTES})


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it becomes. `index` counts from 0; `confidence` is 0 to 1, 1 where a person chose.

    `header` is the file's own word, or "Column C" where it has none. `question` is the question's
    text, for ANSWER.
    """

    index: int
    header: str
    field: Field = Field.IGNORED
    confidence: float = 0.0
    question: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person has chosen; whatever is empty is guessed.

    `encoding` is a codec's name, `delimiter` one character, `sheet` a sheet's name, `header_row` the
    number of the row with the headers (-1: there are none). `fields` and `questions` go by column
    index. `day_first` says how 3/4/2026 is read. `product` is the name of the product for rows that
    name none.
    `only_good_rows`: bad rows are left out instead of stopping the import. `sha256`: the file must
    still be the one that was previewed.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    fields: Mapping[int, Field] = field(default_factory=dict)
    questions: Mapping[int, str] = field(default_factory=dict)
    day_first: bool | None = None
    product: str = ""
    only_good_rows: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row as the file has it. `number` is the line (CSV) or row (XLSX) that a person sees it under."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't become a guest. `column` is a header, empty where the whole row is meant."""

    number: int
    column: str
    reason: Words
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """`rows` are those with content below the header; each is created, changed, unchanged or bad.

    `codes_made` of the created had no code of their own. `twins` are rows told apart from an equal
    row of the same file by their order alone.
    """

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
    codes_made: int = 0
    twins: int = 0


@dataclass(frozen=True, slots=True)
class NewParts:
    """What the file names and the event does not have yet: it is made with the import.

    Variations stand as (product, variation); questions by their text.
    """

    products: tuple[str, ...] = ()
    variations: tuple[tuple[str, str], ...] = ()
    sessions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import with these choices would do, found by reading the whole file once.

    `choices` are the given ones with every guess filled in, so that they may be changed and sent
    back. `bad` is bounded; `counts.bad` is not. `warnings` are for a person to read before going on.
    """

    file: str
    sha256: str
    kind: str
    choices: ImportChoices
    columns: tuple[Column, ...]
    rows: tuple[FileRow, ...]
    counts: Counts
    sheets: tuple[Sheet, ...] = ()
    bad: tuple[BadRow, ...] = ()
    new: NewParts = NewParts()
    warnings: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote. Where `written` is false, bad rows stopped it and nothing was kept."""

    file: str
    written: bool
    counts: Counts
    bad: tuple[BadRow, ...] = ()
    new: NewParts = NewParts()
    facts: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Exported:
    file: str
    rows: int
