"""What an organizer sets up: event, sessions, products, check-in lists, questions, gates.

Moments are aware datetimes. Ids are opaque strings, unique within the event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `timezone` is an IANA name. `admission` is when the doors open, if not at `begins`.
    `testmode`: it is but tried out, and test orders count."""

    id: str
    name: str
    timezone: str
    begins: datetime
    ends: datetime | None = None
    admission: datetime | None = None
    currency: str = "EUR"
    testmode: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Session:
    """A dated part of an event (a day, a slot, a date of a series)."""

    id: str
    name: str
    begins: datetime
    ends: datetime | None = None
    admission: datetime | None = None


@dataclass(frozen=True, slots=True)
class Variation:
    id: str
    name: str
    checkin_text: str = ""
    attention: bool = False
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Addon:
    """What may be sold with a product: at most `most` (None: any number), `included` of them without
    charge."""

    product: str
    most: int | None = None
    included: int = 0


@dataclass(frozen=True, slots=True)
class Product:
    """What a ticket is a ticket for. `price` in minor currency units (cents); a variation may have its
    own.

    At the till: `tax` and `seating` are ids, `fee` is added for each one sold, `ticket` is false for
    goods, and a `free_price` lies between `lowest` and `highest` (None: no such limit).
    """

    id: str
    name: str
    variations: tuple[Variation, ...] = ()
    price: int = 0
    admits: bool = True
    checkin_text: str = ""
    attention: bool = False
    layout: str = ""
    category: str = ""
    position: int = 0
    tax: str = ""
    fee: int = 0
    at_till: bool = True
    ticket: bool = True
    free_price: bool = False
    lowest: int | None = None
    highest: int | None = None
    asks_name: bool = False
    addons: tuple[Addon, ...] = ()
    seating: str = ""
    gift_card: bool = False


@dataclass(frozen=True, slots=True)
class CheckInList:
    """Who may pass a door, and how often. `products` counts only where `all_products` is false.

    `rules` is JSON logic (https://jsonlogic.com) over the variables of `domain.rules`.
    """

    id: str
    name: str
    all_products: bool = True
    products: frozenset[str] = frozenset()
    session: str | None = None
    include_pending: bool = False
    allow_multiple_entries: bool = False
    allow_entry_after_exit: bool = True
    addon_match: bool = False
    rules: Mapping[str, Any] | None = None
    exit_all_at: datetime | None = None


class QuestionType(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    MULTILINE = "multiline"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    FILE = "file"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    COUNTRY = "country"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the guest; `products` are those it is asked for (none: for none). They are asked in
    the order of `position`."""

    id: str
    text: str
    type: QuestionType
    required: bool = False
    ask_during_checkin: bool = False
    options: tuple[Option, ...] = ()
    products: frozenset[str] = frozenset()
    help: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """A way in. Gates of one `area` (a hall, a floor) are counted together."""

    id: str
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is set up for one event: what a door needs beside the ticket itself."""

    event: Event
    sessions: Mapping[str, Session] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    lists: Mapping[str, CheckInList] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
