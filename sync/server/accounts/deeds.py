"""What people did to a node: who, what, to whom, why. Kept for good; no personal data of guests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from sync.server import schema
from sync.server.store.deeds import keep

# Whoever works on the node's own computer; no desk can have this id.
SERVER = "(server)"
MOST_REASON = 2000


def note(connection: Connection, at_ms: int, who: str, what: str, whom: str, reason: str) -> None:
    keep(connection, at_ms, who, what, whom, reason.replace("\0", "")[:MOST_REASON])


def latest(connection: Connection, limit: int) -> Sequence[Any]:
    """Rows of `deeds`, the oldest of them first."""
    newest = schema.deeds.select().order_by(schema.deeds.c.n.desc()).limit(limit)
    return list(reversed(connection.execute(newest).all()))
