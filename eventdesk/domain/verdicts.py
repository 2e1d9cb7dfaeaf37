"""The values of a decision: what was held up, what is answered, in which words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from eventdesk.domain.facts import Draft
from eventdesk.domain.tickets import Direction, Ticket


class Outcome(StrEnum):
    OK = "ok"
    INCOMPLETE = "incomplete"
    ERROR = "error"


class Reason(StrEnum):
    """Why a ticket may not pass; one member a reason."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    CANCELED = "canceled"
    BLOCKED = "blocked"
    UNAPPROVED = "unapproved"
    INVALID_TIME = "invalid_time"
    PRODUCT = "product"
    UNPAID = "unpaid"
    RULES = "rules"
    INCOMPLETE = "incomplete"
    REVOKED = "revoked"
    ALREADY_REDEEMED = "already_redeemed"


class Mode(StrEnum):
    """What the desk does with a scan: ENTRY and EXIT write it down, the others only look or print."""

    ENTRY = "entry"
    EXIT = "exit"
    INFO = "info"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Scan:
    """One ticket held up at one door. `at` is aware.

    `answers` are given at the door, by question id. `nonce` makes a repeat of the same scan
    harmless. `force` is the wish of a person with the right to it, `reason` why they wish it.
    """

    at: datetime
    direction: Direction = Direction.ENTRY
    desk: str = ""
    gate: str | None = None
    nonce: str = ""
    force: bool = False
    reason: str = ""
    ignore_unpaid: bool = False
    can_ask: bool = True
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence for a person: an English template, which is also the key of its translation.

    A value may be Words again (a sentence within a sentence). `Words` is always called with a
    literal template, so that the templates can be collected for translators.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(self.values)

    def __bool__(self) -> bool:
        return bool(self.template)

    def translated(self, translate: Callable[[str], str]) -> str:
        """The sentence with each template passed through `translate`."""
        values = {
            name: value.translated(translate) if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format_map(values) if self.template else ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `facts` are what must be written before the verdict may be shown.

    `headline` is what the door needs in a glance, `explanation` which rule, since when,
    `remedy` what would help. `forced`: without force it would have been refused.
    `may_force`: refused, but a person with the right to it may overrule. `repeated`: the same scan
    was answered before; nothing is written.
    """

    outcome: Outcome
    reason: Reason | None = None
    ticket: Ticket | None = None
    headline: Words = Words("")
    explanation: Words = Words("")
    remedy: Words = Words("")
    questions: tuple[str, ...] = ()
    facts: tuple[Draft, ...] = ()
    forced: bool = False
    repeated: bool = False
    attention: bool = False
    checkin_texts: tuple[str, ...] = ()
    may_force: bool = False
