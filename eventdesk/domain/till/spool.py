"""The life of a receipt's print job. It is drawn from the facts when it is printed: no name lies here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventdesk.domain.badges import JobState


class Printout(StrEnum):
    SALE = "sale"
    REVERSAL = "reversal"
    SHIFT = "shift"  # an X or a Z report, as the shift then is
    CASH = "cash"  # cash that was moved


@dataclass(frozen=True, slots=True)
class ReceiptJob:
    """`subject` is the sale's or the shift's id, `receipt` that of the reversal or of the
    movement (empty for others); `copy` 0 for
    the first. `detail` is the printer's own reason; `reference` the system queue's job."""

    id: str
    log: str
    what: Printout
    subject: str
    printer: str
    state: JobState
    created: datetime
    changed: datetime
    receipt: str = ""
    copy: int = 0
    detail: str = ""
    attempts: int = 0
    reference: str = ""
