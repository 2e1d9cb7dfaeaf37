"""The badge spool on disk."""

from typing import Any

import msgspec

from eventdesk.domain.badges import BadgeContents, BadgeJob
from eventdesk.storage.spooled import Spooled


class Jobs(Spooled[BadgeJob]):
    table = "jobs"
    job = BadgeJob

    def latest(self, limit: int = 50) -> list[BadgeJob]:
        """The last jobs of all events, newest first."""
        return self._jobs("ORDER BY n DESC LIMIT ?", (limit,))

    def for_ticket(self, log: str, ticket: str) -> list[BadgeJob]:
        """All jobs of a ticket, oldest first."""
        return self._jobs("WHERE log = ? AND ticket = ? ORDER BY n", (log, ticket))

    def _columns(self, members: dict[str, Any]) -> dict[str, Any]:
        contents = msgspec.json.encode(members["contents"]).decode()
        return super()._columns(members | {"contents": contents})

    def _members(self, columns: dict[str, Any]) -> dict[str, Any]:
        contents = msgspec.json.decode(columns["contents"], type=BadgeContents)
        return super()._members(columns) | {"contents": contents}
