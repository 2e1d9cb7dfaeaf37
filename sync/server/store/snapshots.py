"""Ready states for new desks: written in pieces by their maker, seen when they are whole."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from hashlib import sha256
from secrets import token_hex

from sqlalchemy import Connection, Row, and_, delete, func, or_, select

from sync.errors import Refused
from sync.server import schema
from sync.server.database import Database
from sync.server.ports import SnapshotInfo
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.sql.hot import Hot
from sync.server.store import epochs

CHUNK_BYTES = 256 << 10
KEPT = 2
# A maker that was killed leaves pieces that nobody will ever see.
ABANDONED_MS = 24 * 3600 * 1000

S, Pieces = schema.snapshots, schema.snapshot_chunks

_READ = Hot("SELECT data FROM snapshot_chunks WHERE snapshot = ? AND i = ?")


class Snapshots:
    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms

    def put(self, log: str, form: str, epoch: str, cursor: int, chunks: Iterable[bytes]) -> SnapshotInfo:
        """Blocks while `chunks` are made and written: for a thread or process of its own.

        Raises Refused where the log was told meanwhile to forget someone whom it may hold.
        """
        now = self._now_ms()
        id_ = f"{now:012x}-{token_hex(8)}"
        size, digest = 0, sha256()
        for number, piece in enumerate(_pieces(chunks)):
            size += len(piece)
            digest.update(piece)
            self._database.write_now(_piece(id_, number, piece))
        info = SnapshotInfo(id_, log, form, epoch, cursor, now, size, digest.digest())
        if not self._database.write_now(lambda connection: _finish(connection, info)):
            raise Refused("Someone was erased meanwhile.", "Make it anew.", status=409, code="snapshot")
        return info

    async def newest(self, log: str, form: str) -> SnapshotInfo | None:
        query = select(S).where(S.c.log == log, S.c.form == form).order_by(S.c.made_ms.desc(), S.c.id.desc())

        def work(connection: Connection) -> SnapshotInfo | None:
            known = epochs.read(connection)
            good = (row for row in connection.execute(query) if _goes_on(known, row))
            row = next(good, None)
            return None if row is None else _info(row)

        return await self._database.read(work)

    async def chunks(self, id_: str, first: int) -> AsyncIterator[bytes]:
        """Raises Refused where the snapshot is gone, also in the middle."""
        number = first
        while (piece := await self._database.read(_read_piece(id_, number))) is not None:
            yield piece
            number += 1


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= CHUNK_BYTES:
            yield bytes(waiting[:CHUNK_BYTES])
            del waiting[:CHUNK_BYTES]
    if waiting:
        yield bytes(waiting)


def _piece(id_: str, number: int, data: bytes) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        connection.execute(Pieces.insert().values(snapshot=id_, i=number, data=data))

    return work


def _read_piece(id_: str, number: int) -> Callable[[Connection], bytes | None]:
    def work(connection: Connection) -> bytes | None:
        if row := _READ.one(connection, id_, number):
            return bytes(row[0])
        if not connection.execute(select(S.c.id).where(S.c.id == id_)).scalar():
            raise Refused(
                "This ready state is no longer here.", "Ask for the newest.", status=404, code="snapshot"
            )
        return None

    return work


def drop_all(connection: Connection, log: str) -> None:
    """Every ready state of the log, and the pieces of those that are being made of any log: who they hold
    is known to their makers alone."""
    connection.execute(delete(S).where(S.c.log == log))
    seen = select(S.c.id).where(S.c.id == Pieces.c.snapshot).exists()
    connection.execute(delete(Pieces).where(~seen))


def _finish(connection: Connection, info: SnapshotInfo) -> bool:
    """Make it seen, and let go of those that it replaces; False where it may be seen by nobody."""
    if _is_outdated(connection, info):
        connection.execute(delete(Pieces).where(Pieces.c.snapshot == info.id))
        return False
    connection.execute(
        S.insert().values(
            id=info.id, log=info.log, form=info.form, epoch=info.epoch, cursor=info.cursor,
            made_ms=info.made_ms, bytes=info.size, sha256=info.sha256,
        )
    )  # fmt: skip
    same = select(S.c.id).where(S.c.log == info.log, S.c.form == info.form)
    ids = list(connection.execute(same.order_by(S.c.made_ms.desc(), S.c.id.desc())).scalars())
    connection.execute(delete(S).where(S.c.id.in_(ids[KEPT:])))
    connection.execute(delete(Pieces).where(Pieces.c.snapshot.in_(ids[KEPT:])))
    before = f"{info.made_ms - ABANDONED_MS:012x}"
    seen = select(S.c.id).where(S.c.id == Pieces.c.snapshot).exists()
    connection.execute(delete(Pieces).where(Pieces.c.snapshot < before, ~seen))
    return True


def _is_outdated(connection: Connection, info: SnapshotInfo) -> bool:
    """Whether an erasure came after what it holds, or took pieces of it away."""
    kept = select(func.coalesce(func.sum(func.length(Pieces.c.data)), 0)).where(Pieces.c.snapshot == info.id)
    if connection.execute(kept).scalar() != info.size:
        return True
    reached = epochs.read(connection).cursor(info.epoch, info.log, info.cursor)
    table, again = schema.erasures, schema.amendments
    told = select(R.c.n).join(table, and_(table.c.fact == R.c.id, table.c.log == R.c.log))
    same = and_(again.c.log == R.c.log, again.c.desk == R.c.desk, again.c.seq == R.c.seq)
    late = or_(R.c.n > reached, select(again.c.n).where(same, again.c.n > reached).exists())
    return connection.execute(told.where(R.c.log == info.log, late).limit(1)).first() is not None


def _goes_on(known: epochs.Epochs, row: Row[tuple[object, ...]]) -> bool:
    return row.epoch in known.names and known.cursor(row.epoch, row.log, row.cursor) == row.cursor


def _info(row: Row[tuple[object, ...]]) -> SnapshotInfo:
    return SnapshotInfo(
        row.id, row.log, row.form, row.epoch, row.cursor, row.made_ms, row.bytes, bytes(row.sha256)
    )
