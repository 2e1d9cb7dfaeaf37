"""Facts: what happened, written down once, in the past tense.

The catalogue of kinds and of their payloads stands in `docs/facts.md`. A payload is a JSON
object; moments in it are ISO 8601 strings in UTC ("2026-06-10T10:00:00Z", fractions allowed).
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eventdesk.domain.stamps import Stamp

Payload = Mapping[str, Any]


def new_id() -> str:
    """An id for a fact or its subject, unique without asking anyone: 32 hexadecimal digits.

    It begins with the time in microseconds, as in UUID version 7 (RFC 9562): what is made together
    lies together in an index. Random ids would make a large import several times slower.
    """
    return f"{time.time_ns() // 1000:014x}{os.urandom(9).hex()}"


class Kind(StrEnum):
    """Every kind of fact that this version writes."""

    EVENT_DEFINED = "event_defined"
    SESSION_DEFINED = "session_defined"
    PRODUCT_DEFINED = "product_defined"
    LIST_DEFINED = "list_defined"
    QUESTION_DEFINED = "question_defined"
    GATE_DEFINED = "gate_defined"
    LAYOUT_DEFINED = "layout_defined"

    ORDER_PLACED = "order_placed"
    ORDER_CHANGED = "order_changed"
    TICKET_ISSUED = "ticket_issued"
    TICKET_CHANGED = "ticket_changed"
    SECRET_REVOKED = "secret_revoked"
    MEDIUM_LINKED = "medium_linked"
    QUESTION_ANSWERED = "question_answered"

    ADMITTED = "admitted"
    LEFT = "left"
    ADMISSION_REFUSED = "admission_refused"
    ADMISSION_UNDONE = "admission_undone"

    BADGE_PRINTED = "badge_printed"
    GUESTS_IMPORTED = "guests_imported"

    STAFF_DEFINED = "staff_defined"
    QUOTA_DEFINED = "quota_defined"
    QUOTA_USED = "quota_used"
    QUOTA_FREED = "quota_freed"
    TICKET_KEY_DEFINED = "ticket_key_defined"
    REVOCATIONS_SIGNED = "revocations_signed"

    TILL_DEFINED = "till_defined"
    CATEGORY_DEFINED = "category_defined"
    TAX_DEFINED = "tax_defined"
    SEATING_DEFINED = "seating_defined"
    DISCOUNT_DEFINED = "discount_defined"
    DISCOUNT_USED = "discount_used"
    DISCOUNT_RETURNED = "discount_returned"
    GIFT_CARD_ISSUED = "gift_card_issued"
    GIFT_CARD_CHARGED = "gift_card_charged"
    GIFT_CARD_CREDITED = "gift_card_credited"
    SEAT_TAKEN = "seat_taken"
    SEAT_FREED = "seat_freed"
    SHIFT_OPENED = "shift_opened"
    CASH_MOVED = "cash_moved"
    DRAWER_OPENED = "drawer_opened"
    CASH_COUNTED = "cash_counted"
    SHIFT_CLOSED = "shift_closed"
    PAYMENT_STARTED = "payment_started"
    PAYMENT_TAKEN = "payment_taken"
    PAYMENT_RETURNED = "payment_returned"
    PAYMENT_FAILED = "payment_failed"
    SALE_COMPLETED = "sale_completed"
    SALE_REVERSED = "sale_reversed"
    RECEIPT_PRINTED = "receipt_printed"
    MAIL_ASKED = "mail_asked"

    KIOSK_DEFINED = "kiosk_defined"
    DOCUMENT_DEFINED = "document_defined"
    DOCUMENT_SIGNED = "document_signed"
    HELP_ASKED = "help_asked"
    HELP_GIVEN = "help_given"
    DESK_ORDERED = "desk_ordered"

    BRIDGE_DEFINED = "bridge_defined"
    BRIDGE_TOLD = "bridge_told"

    CONFLICT_SETTLED = "conflict_settled"
    GUEST_ERASED = "guest_erased"
    GUESTS_PURGED = "guests_purged"
    ERASURE_CONFIRMED = "erasure_confirmed"


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that is decided but not yet written: the log gives it its stamp, desk and number."""

    kind: Kind
    subject: str
    payload: Payload
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as it stands in the log.

    `log` is the event's id: nothing crosses between logs. `subject` is what the fact is about
    (a ticket, an order, a list ...): a subject's state is the fold of its facts in stamp order.
    `seq` counts this desk's facts in this log from 1.
    """

    id: str
    log: str
    kind: Kind
    subject: str
    stamp: Stamp
    seq: int
    payload: Payload

    @property
    def desk(self) -> str:
        return self.stamp.desk
