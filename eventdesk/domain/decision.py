"""The decision at the door: may this ticket pass here, now?

A function of its arguments: no database, no clock, no network. The same function decides at the
desk, at the hub and at the server.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.facts import Draft
from eventdesk.domain.tickets import Direction, Presented, Ticket


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
    harmless. `force` is the wish of a person with the right to it.
    """

    at: datetime
    direction: Direction = Direction.ENTRY
    desk: str = ""
    gate: str | None = None
    nonce: str = ""
    force: bool = False
    ignore_unpaid: bool = False
    can_ask: bool = True
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence for a person: an English template, which is also the key of its translation."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `facts` are what must be written before the verdict may be shown.

    `headline` is what the door needs in a glance, `explanation` which rule, since when,
    `remedy` what would help. `forced`: without force it would have been refused.
    `repeated`: the same scan was answered before; nothing is written.
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


def decide(presented: Presented, check_in_list: CheckInList, scan: Scan, catalogue: Catalogue) -> Verdict:
    """Decide one scan on one check-in list of the catalogue's event."""
    raise NotImplementedError
