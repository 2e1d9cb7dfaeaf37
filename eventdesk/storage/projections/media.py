"""Media (wristbands, cards) that stand for tickets."""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import merged
from eventdesk.storage import log
from eventdesk.storage.moments import maybe_to_column
from eventdesk.storage.projections.target import Target

UPSERT = """
    INSERT OR REPLACE INTO media (log, id, type, identifier, tickets, active, expires)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""


def apply(target: Target, fact: Fact) -> None:
    """Write the fold down; nothing while its identifier is yet to come."""
    medium = _merged(target, fact)
    if medium.get("identifier") is not None:
        target.execute(UPSERT, _row(fact, medium))


def check_complete(target: Target, fact: Fact) -> None:
    """Raises BadPayload where what this desk itself has linked is no medium."""
    _row(fact, _merged(target, fact))


def _merged(target: Target, fact: Fact) -> dict[str, Any]:
    return merged(log.facts_of(target.execute, fact.log, fact.subject, Kind.MEDIUM_LINKED))


def _row(fact: Fact, medium: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        fact.log,
        fact.subject,
        members.text(medium, "type", ""),
        members.text(medium, "identifier"),
        log.encode(list(dict.fromkeys(members.texts(medium, "tickets")))).decode(),
        int(members.flag(medium, "active", True)),
        maybe_to_column(members.optional_moment(medium, "expires")),
    )
