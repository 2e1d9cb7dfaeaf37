"""What stands on a badge, and the life of its print job."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class BadgeContents:
    """The texts a layout may place. `code` is what the badge's QR says; `copy` counts from 0.

    `photo` is a path, a `file://` or a `data:` address. `training`: nobody is let in with it, and it says so.
    """

    ticket: str
    name: str
    company: str = ""
    product: str = ""
    variation: str = ""
    order: str = ""
    seat: str = ""
    event: str = ""
    code: str = ""
    photo: str = ""
    addons: tuple[str, ...] = ()
    copy: int = 0
    when: str = ""
    price: str = ""
    training: bool = False


class JobState(StrEnum):
    """QUEUED at the desk, SENT to the system's queue, PRINTING there; UNKNOWN: the desk was cut off
    after the hand-over and cannot tell, so that a person must say whether it came out."""

    QUEUED = "queued"
    SENT = "sent"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class BadgeJob:
    """One badge to be printed. `detail` is the printer's own reason; `reference` the system queue's job."""

    id: str
    log: str
    ticket: str
    layout: str
    contents: BadgeContents
    printer: str
    state: JobState
    created: datetime
    changed: datetime
    copy: int = 0
    reason: str = ""
    detail: str = ""
    attempts: int = 0
    reference: str = ""
