"""How far pretix has been told, written to the log now and then: a bridge on another node goes on there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.storage.store import Transaction

CURSORS: Final = "pretix.told"
# More than so many open ones are not named: then all since the first of them is told again.
MOST_OPEN: Final = 500


@dataclass(frozen=True, slots=True)
class Left:
    """`desks`: up to which number of each desk's facts pretix has been told, but for those in `open` (desk
    and number)."""

    desks: Mapping[str, int]
    open: tuple[tuple[str, int], ...] = ()


def bridge_id(device: int) -> str:
    """Of the device's number over there."""
    return f"pretix-{device}"


def last(tx: Transaction, log: str) -> Left | None:
    """What another desk has written last; None where this one did, or nobody."""
    told = _last_fact(tx, log)
    if told is None or told.desk == tx.desk:
        return None
    rows: Mapping[str, list[int]] = told.payload.get("open") or {}
    return Left(told.payload["desks"], tuple((desk, seq) for desk, seqs in rows.items() for seq in seqs))


def draft(tx: Transaction, log: str, bridge: str) -> Draft | None:
    """What is to be written now; None where pretix has been told nothing since. `bridge`: the subject."""
    left = standing(tx, log)
    fact = _last_fact(tx, log)
    said: dict[str, Any] = {"desks": dict(left.desks)}
    if left.open:
        rows: dict[str, list[int]] = {}
        for desk, seq in left.open:
            rows.setdefault(desk, []).append(seq)
        said["open"] = rows
    if fact is not None and not _is_news(said, fact.payload, tx.desk):
        return None
    return Draft(Kind.BRIDGE_TOLD, bridge, said)


def standing(tx: Transaction, log: str) -> Left:
    start = f"{log}/"
    cursors: Mapping[str, int] = tx.settings.get(CURSORS, {})
    desks = {key[len(start) :]: seq for key, seq in cursors.items() if key.startswith(start)}
    found = tx.bridge_calls.open_facts(log)
    if len(found) <= MOST_OPEN:
        return Left(desks, tuple(found))
    for desk, seq in found:
        desks[desk] = min(desks.get(desk, 0), seq - 1)
    return Left(desks)


def _last_fact(tx: Transaction, log: str) -> Fact | None:
    bridges = [id_ for kind, id_, _ in tx.definitions(log) if kind is Kind.BRIDGE_DEFINED]
    told = [fact for id_ in bridges for fact in tx.facts(log, id_, Kind.BRIDGE_TOLD)[-1:]]
    return max(told, key=lambda fact: fact.stamp.text(), default=None)


def _is_news(said: Mapping[str, Any], before: Mapping[str, Any], desk: str) -> bool:
    """But for this desk's own number alone, where it is one more: that is the fact that said so before."""
    if (said.get("open") or {}) != (before.get("open") or {}):
        return True
    now, then = dict(said["desks"]), dict(before["desks"])
    own, own_then = now.pop(desk, 0), then.pop(desk, 0)
    return now != then or own > own_then + 1
