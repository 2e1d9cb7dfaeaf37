"""What of a payload is personal data, and what is left of it without: the members that docs/facts.md
marks P.

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
    Kind.BADGE_PRINTED: frozenset({"reason"}),
    Kind.CONFLICT_SETTLED: frozenset({"word"}),
    Kind.CASH_MOVED: frozenset({"reason"}),
    Kind.DRAWER_OPENED: frozenset({"reason"}),
    Kind.SALE_COMPLETED: frozenset({"customer", "lines"}),
    Kind.SALE_REVERSED: frozenset({"reason"}),
    Kind.MAIL_ASKED: frozenset({"to"}),
    Kind.DOCUMENT_SIGNED: frozenset({"name", "signature"}),
    Kind.HELP_GIVEN: frozenset({"word"}),
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
    if "lines" in personal:
        kept["lines"] = _without_reasons(members["lines"])
    return kept if kept != members else None


def _without_reasons(lines: object) -> list[Any]:
    """Of a sale's lines the money stays, without what a person wrote about it."""
    rows = lines if isinstance(lines, list | tuple) else ()
    return [{**row, "reason": "-"} if isinstance(row, Mapping) and "reason" in row else row for row in rows]
