"""What each desk says of itself: one note a desk, the latest. Nobody here reads what stands in it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from sync import wire
from sync.errors import Forbidden, Refused
from sync.server import schema
from sync.server.accounts import encoding
from sync.server.accounts.roles import HUB
from sync.server.accounts.upsert import insert
from sync.server.ports import FoundNotes, Principal

KEPT_MS = int(wire.NOTE_KEPT_S * 1000)
DESKS_SEEN_MS = 7 * 86_400_000
# Of two notes the later turn counts, but not against a desk whose clock was set back.
MUCH_LATER_MS = 60_000
# Commits become visible a moment after their number was taken: what is asked for reaches back so far.
OVERLAP_US = 5_000_000
MOST_ANSWERED = wire.MOST_BYTES - (1 << 20)

_notes, _desks = schema.notes, schema.desks


def give(connection: Connection, by: Principal, notes: Sequence[wire.Note], now_ms: int) -> None:
    """Raises Forbidden, Refused; then none is kept."""
    for note in notes:
        if len(note.body) > wire.MOST_NOTE:
            raise Refused(f"A note may have {wire.MOST_NOTE} bytes at most.", status=413, code="length")
    if HUB in by.roles:
        theirs = _ids_sharing(connection, by.logs)
        keep(connection, [note for note in notes if note.desk in theirs], by.desk, now_ms)
        return
    if any(note.desk != by.desk for note in notes):
        raise Forbidden("A desk leaves notes of itself alone.", code="right")
    keep(connection, notes, "", now_ms)


def keep(connection: Connection, notes: Sequence[wire.Note], via: str, now_ms: int) -> None:
    """Each in the place of an earlier one. `via`: who handed them on."""
    # In one order, so that processes take their locks in it.
    latest = sorted({(note.desk, note.turn): note for note in notes}.values(), key=_place)
    rows = [
        {
            "desk": note.desk,
            "turn": note.turn,
            "heard_ms": now_ms - min(note.age_ms, KEPT_MS) if via else now_ms,
            "changed": now_ms * 1000 + count,
            "via": via,
            "body": note.body,
        }
        for count, note in enumerate(latest)
    ]
    if not rows:
        return
    new = insert(connection, _notes)
    said, before = new.excluded, _notes.c
    is_later = (said.turn > before.turn) & (said.heard_ms > before.heard_ms - MUCH_LATER_MS)
    is_much_later = said.heard_ms > before.heard_ms + MUCH_LATER_MS
    kept = new.on_conflict_do_update(
        index_elements=[before.desk],
        set_={name: said[name] for name in rows[0] if name != "desk"},
        where=is_later | is_much_later,
    )
    connection.execute(kept, rows)


def drop_old(connection: Connection, now_ms: int) -> None:
    connection.execute(_notes.delete().where(_notes.c.heard_ms <= now_ms - KEPT_MS))


def told(connection: Connection, logs: Collection[str], after: int, now_ms: int) -> FoundNotes:
    """Those of desks that may be heard of, but for those that were shut out."""
    query = _since(after, now_ms).join(_desks, _desks.c.id == _notes.c.desk).where(_desks.c.revoked_ms == 0)
    rows = connection.execute(query.add_columns(_desks.c.logs))
    return _gathered((row for row in rows if _is_shared(row, logs)), after, now_ms)


def not_from(connection: Connection, upstream: str, after: int, now_ms: int) -> FoundNotes:
    """Those that a hub's upstream may lack."""
    return _gathered(connection.execute(_since(after, now_ms).where(_notes.c.via != upstream)), after, now_ms)


def named(connection: Connection, logs: Collection[str], now_ms: int) -> list[wire.DeskNamed]:
    """Desks that were here in the last days; of a desk without a name its id."""
    since = now_ms - DESKS_SEEN_MS
    query = _desks.select().where(_desks.c.revoked_ms == 0, _desks.c.seen_ms > since).order_by(_desks.c.id)
    found = [
        wire.DeskNamed(row.id, row.name or row.id)
        for row in connection.execute(query)
        if HUB not in encoding.read_names(row.roles) and _is_shared(row, logs)
    ]
    return found[: wire.MOST_FACTS]


def _since(after: int, now_ms: int) -> Any:
    """A number beyond now is of a clock that was set back since: all are told anew."""
    start = after if after <= now_ms * 1000 + OVERLAP_US else 0
    query = select(_notes).where(_notes.c.changed > start, _notes.c.heard_ms > now_ms - KEPT_MS)
    return query.order_by(_notes.c.changed)


def _gathered(rows: Any, after: int, now_ms: int) -> FoundNotes:
    found: list[wire.Note] = []
    size, last = 0, after
    for row in rows:
        size += len(row.body)
        if found and (size > MOST_ANSWERED or len(found) == wire.MOST_FACTS):
            return FoundNotes(found, last, True)
        found.append(wire.Note(row.desk, row.turn, bytes(row.body), max(0, now_ms - row.heard_ms)))
        last = row.changed
    return FoundNotes(found, max(0, now_ms * 1000 - OVERLAP_US), False)


def _ids_sharing(connection: Connection, logs: Collection[str]) -> set[str]:
    rows = connection.execute(_desks.select().where(_desks.c.revoked_ms == 0))
    return {row.id for row in rows if _is_shared(row, logs)}


def _is_shared(row: "Row[Any]", logs: Collection[str]) -> bool:
    theirs = encoding.read_names(row.logs)
    return not logs or not theirs or not set(theirs).isdisjoint(logs)


def _place(note: wire.Note) -> tuple[str, int]:
    return note.desk, note.turn
