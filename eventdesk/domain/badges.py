"""What stands on a badge, and the life of its print job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from eventdesk.domain.kiosk.entries import Entry


@dataclass(frozen=True, slots=True)
class BadgeContents:
    """The texts a layout may place. `code` is what the badge's QR says; `copy` counts from 0.

    `photo` is a path, a `file://` or a `data:` address. `training`: nobody is let in with it, and it says so.
    `answers` are texts by question id; `born` and `begins` are ISO dates, for `age`.
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
    session: str = ""
    gate: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    begins: str = ""
    born: str = ""


def age(contents: BadgeContents) -> int | None:
    """The guest's age in whole years when the event begins; None where one of the days is not known.

    A day of the last year is taken for something else, such as that of an arrival: infants have no age here.
    """
    try:
        born, then = date.fromisoformat(contents.born), date.fromisoformat(contents.begins)
    except ValueError:
        return None
    years = then.year - born.year - ((then.month, then.day) < (born.month, born.day))
    return years if years > 0 else None


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


# Those that need a person, and all that are not over.
STUCK = (JobState.FAILED, JobState.UNKNOWN)
OPEN = (JobState.QUEUED, JobState.SENT, JobState.PRINTING, *STUCK)


@dataclass(frozen=True, slots=True)
class BadgeJob:
    """One badge to be printed. `detail` is the printer's own reason; `reference` the system queue's job.

    `entry` is the check-in that waits for the badge, `wave` the wave that it belongs to (or empty). `routed`:
    the routes chose its printer, and may choose again. `page`: it was handed over with others of this page.
    """

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
    entry: Entry | None = None
    wave: str = ""
    routed: bool = False
    page: str = ""
