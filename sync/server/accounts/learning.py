"""What nodes tell each other of desks: a hub of its own, an upstream of all.

Keys never change, a revocation is never taken back. Of two enrolments of a desk the later counts. A hub's
word counts for the desks that came in at it, with its own logs at most, and never makes a hub. But
anyone's word that a desk is shut out is taken: to let one desk too few in is the smaller harm.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from sync import wire
from sync.errors import Refused
from sync.server import schema
from sync.server.accounts import checking, codes, deeds, encoding
from sync.server.accounts.desks import MOST_MS
from sync.server.accounts.roles import HUB_VOUCHES
from sync.server.accounts.upsert import insert

_desks = schema.desks


def learn(connection: Connection, told: Sequence[wire.DeskKnown], via: str, now_ms: int) -> None:
    """`via`: a desk of ours, which is a hub, or whoever is no desk of ours: the upstream."""
    here = {row.id: row for row in connection.execute(_desks.select())}
    hub = here.get(via)
    # In one order, so that two processes that learn at once wait for each other and don't lock up.
    for desk in sorted(_readable(told), key=lambda desk: desk.desk):
        row = here.get(desk.desk)
        if row is not None and bytes(row.public_key) != desk.public_key:
            _note_other_key(connection, desk.desk, via, now_ms)
            continue
        _learn_desk(connection, desk, row, hub, via, now_ms)


def _learn_desk(
    connection: Connection, desk: wire.DeskKnown, row: Any, hub: Any, via: str, now_ms: int
) -> None:
    allowed = desk if hub is None else _within(desk, hub)
    if row is None:
        if allowed is not None:
            _add(connection, allowed, via, now_ms)
        return
    changed = _seen(desk, row, now_ms)
    if allowed is not None and (hub is None or row.via == via) and desk.enrolled_ms >= row.enrolled_ms:
        changed |= _rights(allowed, row)
    if desk.revoked_ms and not row.revoked_ms:
        changed |= {"revoked_ms": now_ms, "revoked_why": f"told by {via}"}
        codes.drop_made_by(connection, desk.desk)
        deeds.note(connection, now_ms, via, "revoke", desk.desk, "told by another node")
    if changed:
        connection.execute(_desks.update().where(_desks.c.id == desk.desk).values(**changed))


def _add(connection: Connection, desk: wire.DeskKnown, via: str, now_ms: int) -> None:
    values = {
        "id": desk.desk,
        "name": desk.name,
        "public_key": desk.public_key,
        "roles": encoding.names(desk.roles),
        "logs": encoding.names(desk.logs),
        "via": via,
        "enrolled_ms": min(desk.enrolled_ms, now_ms),
        "seen_ms": min(desk.seen_ms, now_ms),
        "revoked_ms": min(desk.revoked_ms, now_ms),
        "clock_error_ms": desk.clock_error_ms,
    }
    connection.execute(insert(connection, _desks).values(**values).on_conflict_do_nothing())
    deeds.note(connection, now_ms, via, "learn", desk.desk, " ".join(sorted(desk.roles)))


def _readable(told: Sequence[wire.DeskKnown]) -> Iterable[wire.DeskKnown]:
    """Those that can be kept: what a hub took, every node takes, so there are no others but by ill will."""
    for desk in told:
        try:
            checking.desk_id(desk.desk)
            checking.public_key(desk.public_key)
            name, logs = checking.name(desk.name), checking.logs(desk.logs)
        except Refused:
            continue
        yield msgspec.structs.replace(
            desk,
            name=name,
            logs=logs,
            enrolled_ms=_bounded(desk.enrolled_ms, 0),
            seen_ms=_bounded(desk.seen_ms, 0),
            revoked_ms=_bounded(desk.revoked_ms, 0),
            clock_error_ms=_bounded(desk.clock_error_ms, -MOST_MS),
        )


def _bounded(told_ms: int, least: int) -> int:
    """What a database can keep; a revocation stays one."""
    return max(least, min(told_ms, MOST_MS))


def _within(desk: wire.DeskKnown, hub: Any) -> wire.DeskKnown | None:
    """What a hub may say of the desk; None where none of its logs are the hub's."""
    roles = sorted(set(desk.roles) & HUB_VOUCHES)
    served = set(encoding.read_names(hub.logs))
    logs = sorted(served & set(desk.logs) if desk.logs else served) if served else desk.logs
    if served and not logs:  # no logs would mean all of them
        return None
    return msgspec.structs.replace(desk, roles=roles, logs=logs)


def _rights(desk: wire.DeskKnown, row: Any) -> dict[str, Any]:
    told = {
        "name": desk.name,
        "roles": encoding.names(desk.roles),
        "logs": encoding.names(desk.logs),
        "enrolled_ms": desk.enrolled_ms,
    }
    return {name: value for name, value in told.items() if getattr(row, name) != value}


def _seen(desk: wire.DeskKnown, row: Any, now_ms: int) -> dict[str, Any]:
    seen = min(desk.seen_ms, now_ms)
    if seen <= row.seen_ms:
        return {}
    return {"seen_ms": seen, "clock_error_ms": desk.clock_error_ms}


def _note_other_key(connection: Connection, desk: str, via: str, now_ms: int) -> None:
    """Once: a hub tells the same again and again."""
    same = (schema.deeds.c.who == via, schema.deeds.c.what == "other_key", schema.deeds.c.whom == desk)
    if connection.execute(schema.deeds.select().where(*same).limit(1)).first() is None:
        deeds.note(connection, now_ms, via, "other_key", desk, "told with another key: not taken")
