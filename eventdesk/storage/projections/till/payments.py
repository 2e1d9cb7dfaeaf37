"""Payments: the fold of `payment_started` and its end. One without an end is open: its fate is not known."""

from eventdesk.domain.facts import Fact
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till.folds import PAYMENT_KINDS, fold_payment
from eventdesk.storage import log
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections.target import Target

INSERT = """
    INSERT OR REPLACE INTO payments (log, id, sale, shift, desk, person, way, tender, currency, at, state,
        amount, rounding)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


DELETE = "DELETE FROM payments WHERE log = ? AND id = ?"


def apply(target: Target, fact: Fact) -> None:
    facts = log.facts_of(target.execute, fact.log, fact.subject, *PAYMENT_KINDS)
    try:
        one = fold_payment(fact.subject, facts)
    except BadPayload:  # that it failed is all that is known of its beginning
        target.execute(DELETE, (fact.log, fact.subject))
        return
    row = (
        fact.log,
        one.id,
        one.sale,
        one.shift,
        one.desk,
        one.by,
        one.way.value,
        one.tender.value,
        one.currency,
        to_column(one.at),
        one.state.value,
        one.amount,
        one.rounding,
    )
    target.execute(INSERT, row)
