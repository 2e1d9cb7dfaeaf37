"""What was asked to be forgotten, whose it was, and which desks say that they have.

That the data goes is the work of `storage/redact.py`, which whoever writes or receives must call.
"""

import json
from itertools import chain

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage.projections.target import Target
from eventdesk.storage.reading.erasures import EVERYONE

KINDS = (Kind.GUEST_ERASED, Kind.GUESTS_PURGED)

INSERT = "INSERT OR IGNORE INTO erasures (log, fact, kind, subject, stamp) VALUES (?, ?, ?, ?, ?)"
INSERT_SUBJECT = "INSERT OR IGNORE INTO erased (log, subject) VALUES (?, ?)"
# Whoever asked for the erasure need not have known of a call for the guest.
INSERT_CALLS = """
    INSERT OR IGNORE INTO erased (log, subject)
    SELECT log, id FROM help_calls WHERE log = ? AND ticket IN (SELECT value FROM json_each(?))
"""
INSERT_CONFIRMATION = "INSERT OR IGNORE INTO confirmations (log, erasure, desk) VALUES (?, ?, ?)"


def apply(target: Target, fact: Fact) -> None:
    target.execute(INSERT, (fact.log, fact.id, fact.kind.value, fact.subject, fact.stamp.text()))
    subjects = sorted(subjects_of(fact))
    for subject in subjects:
        target.execute(INSERT_SUBJECT, (fact.log, subject))
    target.execute(INSERT_CALLS, (fact.log, json.dumps(subjects)))


def apply_confirmed(target: Target, fact: Fact) -> None:
    target.execute(INSERT_CONFIRMATION, (fact.log, fact.subject, fact.desk))


def subjects_of(fact: Fact) -> set[str]:
    """Whose personal data an erasure takes away."""
    if fact.kind is Kind.GUESTS_PURGED:
        return {EVERYONE}
    named = (members.ids(fact.payload, name) for name in ("tickets", "sales", "calls"))
    return {fact.subject, *chain.from_iterable(named)}
