"""What the facts come to, kept ready. Every projection of a subject is the fold of its facts.

A fact that arrives late changes nothing about that: its subject is folded anew from the log, so the
tables are the same whatever route and order the facts came in.
"""

from collections.abc import Callable, Mapping

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.till.folds import PAYMENT_KINDS, SALE_KINDS, SHIFT_KINDS
from eventdesk.domain.till.taken import SEAT_KINDS
from eventdesk.storage.projections import (
    admissions,
    conflicts,
    counters,
    definitions,
    erasures,
    help_calls,
    media,
    orders,
    signatures,
    tickets,
)
from eventdesk.storage.projections.target import Target
from eventdesk.storage.projections.till import payments, sales, seats, shifts, vouchers

__all__ = ["Target", "check_complete", "project"]

APPLY: Mapping[Kind, Callable[[Target, Fact], None]] = {
    Kind.ADMITTED: admissions.apply_pass,
    Kind.LEFT: admissions.apply_pass,
    Kind.ADMISSION_UNDONE: admissions.apply_undo,
    Kind.MEDIUM_LINKED: media.apply,
    Kind.CONFLICT_SETTLED: conflicts.apply_settled,
    Kind.GIFT_CARD_ISSUED: vouchers.apply_card,
    Kind.SHIFT_OPENED: shifts.apply,
    Kind.SHIFT_CLOSED: shifts.apply,
    Kind.DOCUMENT_SIGNED: signatures.apply,
    Kind.HELP_ASKED: help_calls.apply,
    Kind.HELP_GIVEN: help_calls.apply,
    Kind.ERASURE_CONFIRMED: erasures.apply_confirmed,
    **dict.fromkeys(SALE_KINDS, sales.apply),
    **dict.fromkeys(PAYMENT_KINDS, payments.apply),
    **dict.fromkeys(SEAT_KINDS, seats.apply),
    **{Kind(kind): counters.apply for kind in counters.MOVED},
    **dict.fromkeys(erasures.KINDS, erasures.apply),
    **dict.fromkeys(definitions.READERS, definitions.apply),
    **dict.fromkeys(orders.KINDS, orders.apply),
    **dict.fromkeys(tickets.KINDS, tickets.apply),
}

MEMBERS_OF_SHIFTS = frozenset({*SALE_KINDS, *PAYMENT_KINDS, *SHIFT_KINDS} - {Kind.SHIFT_CLOSED})


def project(target: Target, fact: Fact) -> None:
    """Change the tables by a fact that stands in the log already. The caller flushes the target."""
    apply = APPLY.get(fact.kind)
    if apply is not None:
        apply(target, fact)
    if fact.kind in MEMBERS_OF_SHIFTS:
        shifts.add_member(target, fact)


def check_complete(target: Target, fact: Fact) -> None:
    """Raises BadPayload where a fact that this desk wrote leaves its subject without what it must have.

    A fact of another desk may wait for what it changes; one of our own must not be written so.
    """
    if fact.kind in definitions.READERS:
        definitions.check_complete(target, fact)
    elif fact.kind is Kind.MEDIUM_LINKED:
        media.check_complete(target, fact)
