"""Taking personal data out of the log, which otherwise never changes.

A redacted fact keeps its envelope, its digests and its place in the chain; its payload loses the
members that `docs/facts.md` marks with P, and its salt, so that nobody can test guesses against
the payload's digest. What was digested is gone; that something was written stays provable.
"""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.storage import log
from eventdesk.storage.projections import Target, project
from eventdesk.storage.search import index

_ORDER = frozenset({"email", "company", "name"})
_TICKET = frozenset({"name", "email", "company", "notes", "photo", "answers"})

PERSONAL: Mapping[Kind, frozenset[str]] = {
    Kind.ORDER_PLACED: _ORDER,
    Kind.ORDER_CHANGED: _ORDER,
    Kind.TICKET_ISSUED: _TICKET,
    Kind.TICKET_CHANGED: _TICKET,
    Kind.QUESTION_ANSWERED: frozenset({"answer"}),
}

SELECT = "SELECT n, id, payload FROM facts WHERE log = ? AND subject = ? AND kind = ? AND redacted = 0"
UPDATE = "UPDATE facts SET payload = ?, salt = x'', redacted = 1 WHERE n = ?"
SELECT_TICKETS = "SELECT id FROM tickets WHERE log = ? AND order_id = ?"
FORGET_BADGES = (
    "UPDATE jobs SET contents = json_object('ticket', ticket, 'name', '') WHERE log = ? AND ticket = ?"
)


def redact_order(target: Target, log_id: str, order: str) -> int:
    """Redact an order and all its tickets; returns how many facts lost something. Flushes the target."""
    tickets = [row[0] for row in target.execute(SELECT_TICKETS, (log_id, order)).fetchall()]
    number = _redact(target, log_id, order)
    number += sum(_redact_ticket(target, log_id, ticket) for ticket in tickets)
    target.flush()
    index.forget_words(target.connection.cursor(), log_id)
    return number


def _redact_ticket(target: Target, log_id: str, ticket: str) -> int:
    """A ticket's facts, and its badges, which bear the name too."""
    target.execute(FORGET_BADGES, (log_id, ticket))
    return _redact(target, log_id, ticket)


def _redact(target: Target, log_id: str, subject: str) -> int:
    number, last = 0, None
    for kind, personal in PERSONAL.items():
        for row, id_, payload in target.execute(SELECT, (log_id, subject, kind)).fetchall():
            members: dict[str, Any] = log.decode(payload)
            if personal & members.keys():
                target.execute(UPDATE, (log.encode(_without(members, personal)), row))
                number, last = number + 1, id_
    fact = log.fact(target.execute, last) if last else None
    if fact is not None:
        project(target, fact)
    return number


def _without(members: Mapping[str, Any], personal: frozenset[str]) -> dict[str, Any]:
    """An answer stays as an empty one: that the question was asked is no secret."""
    kept = {name: value for name, value in members.items() if name not in personal}
    return kept | {"answer": ""} if "answer" in members else kept
