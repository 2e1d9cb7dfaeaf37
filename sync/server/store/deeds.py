"""What people did at the node, for those who ask afterwards. No personal data of guests."""

from sqlalchemy import Connection

from sync.server.schema import deeds


def keep(connection: Connection, at_ms: int, who: str, what: str, whom: str, reason: str) -> None:
    connection.execute(deeds.insert().values(at_ms=at_ms, who=who, what=what, whom=whom, reason=reason))
