"""What of a payload is personal data, and what is left of it without: the members that docs/facts.md marks P.

Desk and node redact by the same function, so that both keep the same bytes.
"""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain.facts import Kind

_ORDER = frozenset({"email", "company", "name"})
_TICKET = frozenset({"name", "email", "company", "notes", "photo", "answers"})

PERSONAL: Mapping[Kind, frozenset[str]] = {
    Kind.ORDER_PLACED: _ORDER,
    Kind.ORDER_CHANGED: _ORDER,
    Kind.TICKET_ISSUED: _TICKET,
    Kind.TICKET_CHANGED: _TICKET,
    Kind.QUESTION_ANSWERED: frozenset({"answer"}),
    # What a person typed about a guest may name them.
    Kind.ADMITTED: frozenset({"reason"}),
    Kind.LEFT: frozenset({"reason"}),
    Kind.ADMISSION_UNDONE: frozenset({"reason"}),
    Kind.CONFLICT_SETTLED: frozenset({"word"}),
    # No guest's: goes where everyone in the log is forgotten.
    Kind.STAFF_DEFINED: frozenset({"name"}),
}
# Their place is kept: that a question was asked, that a conflict is settled, stays known.
_KEPT: Mapping[str, str] = {"answer": "", "word": "-", "reason": "-"}


def without_personal(kind: Kind, members: Mapping[str, Any]) -> dict[str, Any] | None:
    """The members of a payload that are nobody's; None where all are."""
    personal = PERSONAL.get(kind, frozenset()) & members.keys()
    if not personal:
        return None
    kept = {name: value for name, value in members.items() if name not in personal}
    kept |= {name: _KEPT[name] for name in personal if name in _KEPT}
    return kept if kept != members else None
