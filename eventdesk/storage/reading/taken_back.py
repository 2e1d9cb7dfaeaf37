"""Tickets whose codes must not be good any more, for the signed lists of them (docs/tickets.md)."""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from eventdesk.domain.facts import Kind

Execute = Callable[..., Any]

_REPLACED = (
    "(t.id IN (SELECT ticket FROM revocations WHERE log = :log) OR EXISTS (SELECT 1 FROM facts c "
    "WHERE c.log = t.log AND c.subject = t.id AND c.kind = :ticket AND CASE WHEN c.redacted < 2 "
    "THEN json_extract(CAST(c.payload AS TEXT), '$.secret') END IS NOT NULL))"
)
# A ticket whose code was replaced goes by its new code; a signed one would say the same id as the old.
_IS_TAKEN_BACK = (
    "(t.canceled OR t.blocked OR coalesce(o.status = 'canceled', 0) "
    f"OR (t.secret NOT LIKE 'ED1:%' AND {_REPLACED}))"
)
_OF = (
    f"SELECT t.id, {_IS_TAKEN_BACK} FROM tickets t "
    "LEFT JOIN orders o ON o.log = t.log AND o.id = t.order_id WHERE t.log = :log"
)
_CHANGED = "SELECT subject FROM facts WHERE log = :log AND desk = :desk AND seq > :after AND kind IN"
OF_CHANGED: Final = (
    f"{_OF} AND t.id IN ({_CHANGED} (:ticket, :secret)) "
    # Not UNION: for the order that it wants, each branch would read every ticket.
    f"UNION ALL {_OF} AND t.order_id IN ({_CHANGED} (:order))"
)
OF_SOME: Final = f"{_OF} AND t.id IN (SELECT value FROM json_each(:ids))"
SELECT_LISTS: Final = (
    "SELECT id FROM facts WHERE log = ? AND subject = ? AND kind = ? AND redacted < 2 ORDER BY n"
)
_KINDS: Final = {"ticket": Kind.TICKET_CHANGED, "secret": Kind.SECRET_REVOKED, "order": Kind.ORDER_CHANGED}

States = dict[str, bool]


def changed(execute: Execute, log: str, desk: str, after: int) -> States:
    """Tickets that this desk changed after a number of its own: whether they are taken back now."""
    return _states(execute(OF_CHANGED, {"log": log, "desk": desk, "after": after, **_KINDS}))


def of_some(execute: Execute, log: str, ids: Iterable[str]) -> States:
    return _states(execute(OF_SOME, {"log": log, "ids": json.dumps(sorted(ids)), **_KINDS}))


def taken_back(execute: Execute, log: str) -> States:
    """All that are taken back, as far as it is known here."""
    return {id_: True for id_, is_so in _states(execute(_OF, {"log": log, **_KINDS})).items() if is_so}


def list_ids(execute: Execute, log: str) -> tuple[str, ...]:
    """The facts that hold signed lists, in their order of arrival; not what they hold."""
    return tuple(row[0] for row in execute(SELECT_LISTS, (log, log, Kind.REVOCATIONS_SIGNED)))


def _states(rows: Iterable[tuple[str, int]]) -> States:
    return {id_: bool(is_so) for id_, is_so in rows}
