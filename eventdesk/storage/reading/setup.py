"""Quotas and what was taken from them, people at desks, keys of tickets: without removed ones."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from eventdesk.domain.definitions import Quota, TicketKey, quota_from, staff_from, ticket_key_from
from eventdesk.domain.facts import Kind
from eventdesk.domain.payloads import event_from
from eventdesk.domain.staff import Staff
from eventdesk.storage.log import decode
from eventdesk.storage.reading import catalogue
from eventdesk.storage.reading.erasures import EVERYONE

Execute = Callable[..., Any]

SELECT_USES = "SELECT counter, desk, used FROM counter_uses WHERE log = ?"
SELECT_PURGED = "SELECT 1 FROM erased WHERE log = ? AND subject = ?"


@dataclass(frozen=True, slots=True)
class QuotaState:
    """A quota, what all desks took from it, and each of them."""

    quota: Quota
    used: int = 0
    by_desk: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyState:
    key: TicketKey
    removed: bool


def quotas(execute: Execute, log: str) -> list[QuotaState]:
    """By id."""
    uses: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for quota, desk, used in execute(SELECT_USES, (log,)).fetchall():
        uses[quota][desk] = used
    found = [quota_from(id_, members) for id_, members in _standing(execute, log, Kind.QUOTA_DEFINED)]
    return [QuotaState(one, sum(uses[one.id].values()), uses[one.id]) for one in found]


def staff(execute: Execute, log: str) -> list[Staff]:
    """By id."""
    return [staff_from(id_, members) for id_, members in _standing(execute, log, Kind.STAFF_DEFINED)]


def ticket_keys(execute: Execute, log: str, scheme: str = "") -> list[TicketKey]:
    """By id."""
    found = _standing(execute, log, Kind.TICKET_KEY_DEFINED)
    keys = [ticket_key_from(id_, members) for id_, members in found]
    return [one for one in keys if one.scheme == scheme]


def ticket_keys_ever(execute: Execute, log: str) -> list[KeyState]:
    """By id, removed ones too."""
    found = [
        (id_, decode(one)) for id_, one in execute(catalogue.SELECT_KIND, (log, Kind.TICKET_KEY_DEFINED))
    ]
    states = [KeyState(ticket_key_from(id_, one), bool(one.get("removed"))) for id_, one in found]
    return [one for one in states if not one.key.scheme]


def purge_due(execute: Execute, now: datetime) -> list[str]:
    """Logs whose guests should be forgotten by now, as their event's set-up says, and were not yet."""
    return [
        log
        for log, text in execute(catalogue.SELECT_EVENTS, (Kind.EVENT_DEFINED,)).fetchall()
        if _is_over(log, decode(text), now) and not execute(SELECT_PURGED, (log, EVERYONE)).fetchone()
    ]


def _is_over(log: str, members: Mapping[str, Any], now: datetime) -> bool:
    """Days count from the event's end (from its beginning, where it has none)."""
    days = members.get("purge_after_days")
    if not isinstance(days, int) or days < 0:
        return False
    event = event_from(log, members)
    try:
        return now >= (event.ends or event.begins) + timedelta(days=days)
    except OverflowError:
        return False


def _standing(execute: Execute, log: str, kind: Kind) -> list[tuple[str, Mapping[str, Any]]]:
    rows = execute(catalogue.SELECT_KIND, (log, kind)).fetchall()
    found = [(id_, decode(members)) for id_, members in rows]
    return [(id_, members) for id_, members in found if not members.get("removed")]
