"""The desks that a node knows: enrolled here, or told of by a hub or by the upstream."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Text, cast, or_

from sync import wire
from sync.errors import Forbidden, Refused, Revoked
from sync.server import schema
from sync.server.accounts import checking, codes, deeds, encoding
from sync.server.accounts.roles import HUB
from sync.server.accounts.upsert import insert

_desks = schema.desks
_MOST_AT_ONCE = 500
# What a database can keep, and JSON can tell.
MOST_MS = 2**53


def find(connection: Connection, desk: str) -> Any:
    """The desk's row, or None."""
    return connection.execute(_desks.select().where(_desks.c.id == desk)).one_or_none()


def enrol(connection: Connection, asked: wire.EnrolAsked, code: Any, now_ms: int) -> None:
    """Let the desk in with the code's roles. The same key may come again; its desk was not shut out.

    Raises Forbidden (code `key`) where another key has this id, Revoked.
    """
    values = {
        "id": asked.desk,
        "name": code.name or checking.name(asked.name) or asked.desk,
        "public_key": asked.public_key,
        "roles": code.roles,
        "logs": code.logs,
        "via": "",
        "enrolled_ms": now_ms,
        "seen_ms": now_ms,
    }
    new = insert(connection, _desks).values(**values)
    kept = new.on_conflict_do_update(
        index_elements=[_desks.c.id],
        set_={name: new.excluded[name] for name in values if name not in ("id", "public_key")},
        where=(_desks.c.public_key == new.excluded.public_key) & (_desks.c.revoked_ms == 0),
    )
    if connection.execute(kept.returning(_desks.c.id)).first() is None:
        raise _not_let_in(find(connection, asked.desk), asked.public_key)


def note_hub(connection: Connection, desk: str, reached: wire.HubReached | None) -> None:
    """Where a hub is reached with its own certificate. Of a desk that is no hub nothing is kept."""
    row = find(connection, desk)
    if reached is None or not reached.fingerprint or HUB not in encoding.read_names(row.roles):
        return
    fingerprint, addresses = checking.hub(reached)
    kept = encoding.names(addresses)
    connection.execute(
        _desks.update().where(_desks.c.id == desk).values(address=kept, fingerprint=fingerprint)
    )


def note_clock(connection: Connection, desk: str, error_ms: int) -> None:
    """How far the desk says that its clock is ahead of ours; it takes no part in any decision."""
    error_ms = max(-MOST_MS, min(error_ms, MOST_MS))
    connection.execute(_desks.update().where(_desks.c.id == desk).values(clock_error_ms=error_ms))


def hubs_for(connection: Connection, desk: Any) -> list[wire.HubKnown]:
    """The hubs that may stand in for this node: those that serve a log of the desk's."""
    wanted = set(encoding.read_names(desk.logs))
    rows = connection.execute(_desks.select().where(_desks.c.address != "", _desks.c.revoked_ms == 0)).all()
    return [
        wire.HubKnown(row.id, row.name, bytes(row.fingerprint), encoding.read_names(row.address))
        for row in rows
        if row.id != desk.id and HUB in encoding.read_names(row.roles) and _share_logs(row, wanted)
    ]


def known(connection: Connection) -> list[wire.DeskKnown]:
    cursors: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(schema.cursors.select()):
        cursors[row.desk][row.log] = row.cursor
    ordered = _desks.select().order_by(_desks.c.enrolled_ms, _desks.c.id)
    return [_as_known(row, cursors[row.id]) for row in connection.execute(ordered)]


def keys(connection: Connection, ids: Collection[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for some in _parts(sorted(ids)):
        rows = connection.execute(_desks.select().where(_desks.c.id.in_(some)))
        found.update((row.id, bytes(row.public_key)) for row in rows)
    return found


def revoke(connection: Connection, desk: str, by: str, reason: str, now_ms: int) -> None:
    """Shut a desk out, for good. Once is enough. Raises Refused (code `desk`) for one not known."""
    row = find(connection, desk)
    if row is None:
        raise Refused(f"No desk {desk} is known here.", status=404, code="desk")
    if row.revoked_ms:
        return
    values = {"revoked_ms": now_ms, "revoked_why": reason[: deeds.MOST_REASON]}
    connection.execute(_desks.update().where(_desks.c.id == desk).values(**values))
    codes.drop_made_by(connection, desk)
    deeds.note(connection, now_ms, by, "revoke", desk, reason)


def matching(connection: Connection, text: str) -> list[str]:
    """Ids of desks with this id or name."""
    same = or_(_desks.c.id == text, cast(_desks.c.name, Text) == text)
    return sorted(row.id for row in connection.execute(_desks.select().where(same)))


def _not_let_in(row: Any, public_key: bytes) -> Forbidden | Revoked:
    if bytes(row.public_key) != public_key:
        return Forbidden("Another desk has this id here, with another key.", status=403, code="key")
    return Revoked(
        "This desk was shut out.", "Start it anew with an empty folder.", status=403, code="revoked"
    )


def _share_logs(hub: Any, wanted: set[str]) -> bool:
    served = set(encoding.read_names(hub.logs))
    return not served or not wanted or bool(served & wanted)


def _as_known(row: Any, cursors: dict[str, int]) -> wire.DeskKnown:
    return wire.DeskKnown(
        desk=row.id,
        name=row.name,
        public_key=bytes(row.public_key),
        roles=encoding.read_names(row.roles),
        logs=encoding.read_names(row.logs),
        via=row.via,
        enrolled_ms=row.enrolled_ms,
        seen_ms=row.seen_ms,
        revoked_ms=row.revoked_ms,
        clock_error_ms=row.clock_error_ms,
        cursors=cursors,
    )


def _parts(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + _MOST_AT_ONCE] for start in range(0, len(ids), _MOST_AT_ONCE))
