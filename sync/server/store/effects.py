"""What taken facts do to the node's own tables: members, counters, uses and erasures."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, text

from sync.chain import Record
from sync.meaning import Meaning, Member
from sync.server.store.books import Book, newer
from sync.server.store.checking import Effects
from sync.server.store.erasing import erase

_MEMBER = text(
    "INSERT INTO members (log, id, roles, stamp) VALUES (:log, :id, :roles, :stamp)"
    " ON CONFLICT (log, id) DO UPDATE SET roles = excluded.roles, stamp = excluded.stamp"
    " WHERE excluded.stamp > members.stamp"
)
_COUNTER = text(
    "INSERT INTO counters (log, key, size, stamp) VALUES (:log, :key, :size, :stamp)"
    " ON CONFLICT (log, key) DO UPDATE SET size = excluded.size, stamp = excluded.stamp"
    " WHERE excluded.stamp > counters.stamp"
)
_USE = text(
    "INSERT INTO uses (log, counter, desk, used) VALUES (:log, :counter, :desk, :used)"
    " ON CONFLICT (log, counter, desk) DO UPDATE SET used = uses.used + excluded.used"
)


def apply(
    connection: Connection, book: Book, meaning: Meaning, done: Iterable[tuple[Record, Effects]]
) -> None:
    """Of facts that were taken, or released. Their rows are written."""
    uses: dict[tuple[str, str], int] = {}
    for record, effects in done:
        if effects.member is not None:
            define_member(connection, book, record.stamp, effects.member)
        if effects.counter is not None:
            counter = effects.counter
            values = {"log": book.log, "key": counter.key, "size": counter.size, "stamp": record.stamp}
            connection.execute(_COUNTER, values)
        for use in effects.uses:
            place = use.counter, record.desk
            uses[place] = uses.get(place, 0) + use.number
        if effects.erasure is not None:
            erase(connection, book, meaning, record.id, effects.erasure.subjects)
    for (counter_key, desk), number in sorted(uses.items()):
        values = {"log": book.log, "counter": counter_key, "desk": desk, "used": number}
        connection.execute(_USE, values)


def define_member(connection: Connection, book: Book, stamp: str, member: Member) -> None:
    if changed := newer(book.members, member, stamp):
        book.members.update(changed)
        roles = json.dumps(sorted(member.roles))
        connection.execute(_MEMBER, {"log": book.log, "id": member.id, "roles": roles, "stamp": stamp})
