"""From a code to its ticket."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from eventdesk.domain.tickets import Presented, Via
from eventdesk.storage.log import decode
from eventdesk.storage.moments import maybe_from_column
from eventdesk.storage.reading import tickets
from eventdesk.storage.reading.tickets import Row

Execute = Callable[..., Any]

REVOKED = "SELECT ticket FROM revocations WHERE log = ? AND secret = ? ORDER BY ticket"
MEDIUM = """
    SELECT tickets, active, expires FROM media INDEXED BY media_identifier
    WHERE log = ? AND identifier = ? ORDER BY active DESC, id
"""


def presented(execute: Execute, log: str, code: str) -> Presented:
    """What the code leads to: a secret, a revoked one, a medium's identifier or a ticket's id, in that order.

    Where it leads to several tickets, the first is `ticket` and the rest are `others`.
    """
    revoked = [row[0] for row in execute(REVOKED, (log, code)).fetchall()]
    found = tickets.rows_of(execute, tickets.BY_SECRET, log, code)
    current = [row for row in found if row[0] not in revoked]
    if current:
        return _presented(execute, log, code, Via.SECRET, current)
    if revoked:
        return _presented(execute, log, code, Via.REVOKED, _by_ids(execute, log, revoked))
    medium = execute(MEDIUM, (log, code)).fetchone()
    if medium:
        linked = _by_ids(execute, log, decode(medium[0]))
        bearer = _presented(execute, log, code, Via.MEDIUM, linked, medium[1] == 1)
        return replace(bearer, medium_until=maybe_from_column(medium[2])) if medium[2] else bearer
    by_id = _by_ids(execute, log, [code])
    return _presented(execute, log, code, Via.TICKET_ID if by_id else Via.NOTHING, by_id)


def _by_ids(execute: Execute, log: str, ids: Iterable[str]) -> list[Row]:
    return [row for id_ in ids for row in tickets.rows_of(execute, tickets.BY_ID, log, id_)]


def _presented(
    execute: Execute, log: str, code: str, via: Via, rows: list[Row], medium_active: bool = True
) -> Presented:
    found = [tickets.full(execute, log, row) for row in rows]
    if not found:
        return Presented(code, via, medium_active=medium_active)
    first = found[0]
    parent = tickets.ticket(execute, log, first.addon_to) if first.addon_to else None
    return Presented(code, via, first, parent, tuple(found[1:]), medium_active)
