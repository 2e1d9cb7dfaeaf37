"""Shifts, and what names them: a closed shift must have no more than its close says."""

from eventdesk.domain.facts import Fact
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till.folds import SHIFT_KINDS, fold_shift
from eventdesk.storage import log
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections.target import Target

INSERT = """
    INSERT OR REPLACE INTO shifts (log, id, desk, number, currency, opened, closed)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
INSERT_MEMBER = "INSERT OR IGNORE INTO shift_facts (log, shift, desk, seq, fact) VALUES (?, ?, ?, ?, ?)"


def apply(target: Target, fact: Fact) -> None:
    """A shift that was opened or closed."""
    facts = log.facts_of(target.execute, fact.log, fact.subject, *SHIFT_KINDS)
    try:
        one = fold_shift(fact.subject, facts)
    except BadPayload:  # it closes before it is known to have been opened
        return
    closed = "" if one.closed is None else to_column(one.closed)
    row = fact.log, one.id, one.desk, one.number, one.currency, to_column(one.opened), closed
    target.execute(INSERT, row)


def add_member(target: Target, fact: Fact) -> None:
    """The fact belongs to the shift that it names."""
    shift = fact.subject if fact.kind in SHIFT_KINDS else fact.payload.get("shift")
    if isinstance(shift, str):
        target.execute(INSERT_MEMBER, (fact.log, shift, fact.desk, fact.seq, fact.id))
