"""The close of a shift: its figures, and by which facts they were made."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till.figures import Figures, figure_members, figures_from
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Shift
from eventdesk.domain.till.summing import figures
from eventdesk.domain.verdicts import Words

__all__ = ["Figures", "belongs", "close", "digest", "figures", "figures_from"]


def belongs(fact: Fact, shift: Shift) -> bool:
    """Whether the fact is one of those that a close counts: of the shift's desk, and about the shift or
    naming it, but for the close itself."""
    if fact.desk != shift.desk or fact.kind == Kind.SHIFT_CLOSED:
        return False
    return fact.subject == shift.id or fact.payload.get("shift") == shift.id


def digest(facts: Iterable[Fact]) -> str:
    """SHA-256 over their ids, each followed by a line feed, in the order of the desk's chain; hexadecimal."""
    found = hashlib.sha256()
    for fact in sorted(facts, key=lambda fact: fact.seq):
        found.update(fact.id.encode() + b"\n")
    return found.hexdigest()


def close(shift: Shift, found: Figures, facts: Iterable[Fact], at: datetime) -> Draft:
    """The shift's end, by its last count; `found` are its figures. `facts` are all that belong to it; others
    are passed over. Raises Refused where nothing was counted, or it is closed already."""
    if shift.closed is not None:
        raise Refused(Words("This shift is closed."), Words("Open another one."))
    if shift.counted is None:
        raise Refused(Words("The drawer was not counted."), Words("Count it, then close the shift."))
    own = [fact for fact in facts if belongs(fact, shift)]
    return Draft(
        Kind.SHIFT_CLOSED,
        shift.id,
        {
            "number": shift.number,
            "at": moment_text(at),
            "currency": shift.currency,
            "expected": found.expected_cash,
            "counted": shift.counted,
            "difference": shift.counted - found.expected_cash,
            "figures": figure_members(found),
            "facts": len(own),
            "digest": digest(own),
        },
    )
