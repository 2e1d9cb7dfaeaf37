"""What desks of one venue tell each other beside guests: calls for help, and what a supervisor orders."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a desk calls staff. The first group stops a device, the second one guest, the last is a guest's
    own wish."""

    PAPER_OUT = "paper_out"
    BADGE_JAMMED = "badge_jammed"
    PRINTER_GONE = "printer_gone"
    LABELS_LOW = "labels_low"
    CAMERA_GONE = "camera_gone"
    TERMINAL_GONE = "terminal_gone"
    NETWORK_GONE = "network_gone"
    TURNSTILE_GONE = "turnstile_gone"
    DESK_FAULT = "desk_fault"

    BADGE_UNSURE = "badge_unsure"
    NOT_ADMITTED = "not_admitted"
    PAYMENT_UNSURE = "payment_unsure"
    NOT_FOUND = "not_found"
    GUESSING = "guessing"

    WANTED = "wanted"


class Order(StrEnum):
    """What a supervisor may tell a desk. STAND: at another event, list or gate."""

    RESTART = "restart"
    LOCK = "lock"
    UNLOCK = "unlock"
    MESSAGE = "message"
    STAND = "stand"


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A call for help. `desk` is the id of the desk that called, `place` its name; `ticket`: of the guest
    who could not be served, or empty; `admitted`: that guest went in meanwhile (anywhere). `ended` None:
    open; `going`: since when somebody is on the way to it."""

    id: str
    log: str
    desk: str
    place: str
    reason: Reason
    at: datetime
    words: str = ""
    ticket: str = ""
    admitted: bool = False
    ended: datetime | None = None
    ended_by: str = ""
    going: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskOrder:
    """`until`: afterwards it is worth nothing; `by`: the person's staff id. `event`, `list`, `gate` are
    ids (STAND)."""

    id: str
    log: str
    desk: str
    order: Order
    at: datetime
    until: datetime
    words: str = ""
    event: str = ""
    list: str = ""
    gate: str = ""
    by: str = ""
