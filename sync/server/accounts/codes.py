"""One-time codes: each lets one desk in, once. The node knows what is derived from a code, not the code."""

from typing import Any

from sqlalchemy import Connection, select

from sync import pairing, wire
from sync.errors import Refused
from sync.server import schema
from sync.server.accounts import encoding
from sync.server.accounts.upsert import insert

# The same desk may ask again for so long: the answer may have been lost.
AGAIN_MS = 60_000
# For so long a code that is of no use any more is told apart from one that never was.
KEPT_MS = 86_400_000

_codes = schema.codes


def make(connection: Connection, by: str, asked: wire.CodeAsked, logs: list[str], now_ms: int) -> bool:
    """Keep a code; False where this maker's same one is here already. Raises Refused (code `code`)."""
    connection.execute(_codes.delete().where(_codes.c.until_ms < now_ms - KEPT_MS))
    values = {
        "lookup": asked.lookup,
        "name": asked.name,
        "roles": encoding.names(asked.roles),
        "logs": encoding.names(logs),
        "sealed": asked.sealed,
        "until_ms": now_ms + int(asked.valid_s * 1000),
        "made_by": by,
    }
    kept = insert(connection, _codes).values(**values).on_conflict_do_nothing()
    if connection.execute(kept.returning(_codes.c.lookup)).first() is not None:
        return True
    if not _is_same(_found(connection, asked.lookup), values):
        raise _refused("This code was made before.", "Make another one.")
    return False


def use(connection: Connection, asked: wire.EnrolAsked, now_ms: int) -> Any:
    """The code's row, from now on this desk's. Of many that ask at once one gets it. Raises Refused."""
    free = (_codes.c.lookup == asked.lookup, _codes.c.used_by == "", _codes.c.until_ms >= now_ms)
    claimed = connection.execute(_codes.update().where(*free).values(used_by=asked.desk))
    found = _found(connection, asked.lookup)
    if claimed.rowcount == 1 or (found is not None and _was_just_used(connection, found, asked, now_ms)):
        return found
    if found is None:
        raise _refused("This code is not known here.", "Check it, and the address.")
    if found.used_by:
        raise _refused("This code was used already.", "Have another one made.")
    raise _refused("This code is too old.", "Have another one made.")


def named(connection: Connection, index: bytes, now_ms: int) -> bytes:
    """The lookup of the code with this index, for as long as it is good. Raises Refused."""
    good = select(_codes.c.lookup).where(_codes.c.until_ms >= now_ms)
    for lookup in connection.execute(good).scalars():
        if pairing.index(bytes(lookup)) == index:
            return bytes(lookup)
    raise _refused("This code is not known here.", "Check it, and the address.")


def drop_made_by(connection: Connection, desk: str) -> None:
    """Codes that wait, made by a desk that is shut out, let nobody in."""
    connection.execute(_codes.delete().where(_codes.c.made_by == desk, _codes.c.used_by == ""))


def _found(connection: Connection, lookup: bytes) -> Any:
    return connection.execute(_codes.select().where(_codes.c.lookup == lookup)).one_or_none()


def _was_just_used(connection: Connection, found: Any, asked: wire.EnrolAsked, now_ms: int) -> bool:
    if found.used_by != asked.desk:
        return False
    desk = connection.execute(schema.desks.select().where(schema.desks.c.id == asked.desk)).one_or_none()
    if desk is None or bytes(desk.public_key) != asked.public_key:
        return False
    return bool(now_ms - desk.enrolled_ms <= AGAIN_MS)


def _is_same(found: Any, values: dict[str, Any]) -> bool:
    same = ("name", "roles", "logs", "sealed", "made_by")
    return found is not None and all(getattr(found, one) == values[one] for one in same)


def _refused(message: str, remedy: str) -> Refused:
    return Refused(message, remedy, status=400, code="code")
