"""Allotments: shares of counters. The sum over holders of the larger of share and use never passes
the size, whatever is asked at once. At a hub it never passes the hub's own share, which its upstream
gave it: what others than its own desks use is in the upstream's sum."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select, text

from sync import wire
from sync.server import schema
from sync.server.database import Database
from sync.server.store import deeds

_SHARE = text(
    "INSERT INTO allotments (log, counter, holder, share, taken_back_ms, turn)"
    " VALUES (:log, :counter, :holder, :share, :taken_back_ms, :turn) ON CONFLICT (log, counter, holder)"
    " DO UPDATE SET share = excluded.share, taken_back_ms = excluded.taken_back_ms, turn = excluded.turn"
)
# The row of a hub's own share.
OWN = ""
# The counter may not be known here yet: the lock is on its name.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 4972914))")


class Share(NamedTuple):
    share: int = 0
    used: int = 0
    taken_back_ms: int = 0
    given: bool = False  # a share was given, not merely used
    turn: int = 0  # of the latest request that was served

    @property
    def taken(self) -> int:
        """What of the counter it takes up."""
        return max(self.share, self.used)


class Room(NamedTuple):
    """What may be given out in all: `size` (None: without end), among holders with a share alone
    (`given_only`) or counting every use."""

    size: int | None
    given_only: bool = False


class Allotments:
    def __init__(self, database: Database, now_ms: Callable[[], int], *, is_hub: bool = False) -> None:
        self._database = database
        self._is_hub = is_hub
        self._now_ms = now_ms

    async def counter(self, log: str, key: str) -> wire.CounterState:
        return await self._database.read(lambda connection: self._state(connection, log, key))

    async def counters(self, log: str) -> list[wire.CounterState]:
        keys = select(schema.counters.c.key).where(schema.counters.c.log == log)

        def work(connection: Connection) -> list[wire.CounterState]:
            return [self._state(connection, log, key) for key in sorted(connection.execute(keys).scalars())]

        return await self._database.read(work)

    async def allot(
        self, log: str, holder: str, asked: wire.AllotmentAsked, within: int | None
    ) -> wire.Allotment:
        def work(connection: Connection) -> wire.Allotment:
            self._lock(connection, log, asked.counter)
            shares = _shares(connection, log, asked.counter)
            room = Room(within, True) if within is not None else self._room(connection, log, asked.counter)
            mine = shares.get(holder, Share())
            if asked.turn and asked.turn <= mine.turn:
                return _told(asked.counter, holder, mine)
            wanted = max(asked.wanted, 0)
            if room.size is not None:
                others = _taken(shares, without=holder, given_only=room.given_only)
                wanted = min(wanted, max(room.size - others, 0))
            turn = max(asked.turn, mine.turn)
            share = mine._replace(share=max(wanted, mine.used), taken_back_ms=0, turn=turn)
            return _keep(connection, log, asked.counter, holder, share)

        return await self._database.write(work, order=f"{log}\n{asked.counter}")

    async def note_share(self, log: str, counter: str, share: int) -> None:
        def work(connection: Connection) -> None:
            self._lock(connection, log, counter)
            _keep(connection, log, counter, OWN, Share(share))

        await self._database.write(work, order=f"{log}\n{counter}")

    async def take_back(self, log: str, counter: str, holder: str, by: str, reason: str) -> wire.Allotment:
        now = self._now_ms()

        def work(connection: Connection) -> wire.Allotment:
            self._lock(connection, log, counter)
            mine = _shares(connection, log, counter).get(holder, Share())
            share = mine._replace(share=max(mine.used, 0), taken_back_ms=now)
            deeds.keep(connection, now, by, "share taken back", f"{holder} {counter}", reason)
            return _keep(connection, log, counter, holder, share)

        return await self._database.write(work, order=f"{log}\n{counter}")

    def _state(self, connection: Connection, log: str, key: str) -> wire.CounterState:
        shares = _shares(connection, log, key)
        room = self._room(connection, log, key)
        left = None if room.size is None else max(room.size - _taken(shares, given_only=room.given_only), 0)
        allotments = [
            _told(key, holder, share)
            for holder, share in sorted(shares.items())
            if share.given or not room.given_only
        ]
        return wire.CounterState(key, _size(connection, log, key), left, allotments)

    def _room(self, connection: Connection, log: str, key: str) -> Room:
        size = _size(connection, log, key)
        if size is None or not self._is_hub:
            return Room(size)
        return Room(_own_share(connection, log, key), True)

    def _lock(self, connection: Connection, log: str, counter: str) -> None:
        if self._database.is_postgres:
            connection.execute(_LOCK, {"name": f"{log}\n{counter}"})


def _keep(connection: Connection, log: str, counter: str, holder: str, share: Share) -> wire.Allotment:
    connection.execute(
        _SHARE,
        {
            "log": log,
            "counter": counter,
            "holder": holder,
            "share": share.share,
            "taken_back_ms": share.taken_back_ms,
            "turn": share.turn,
        },
    )
    return _told(counter, holder, share)


def _told(counter: str, holder: str, share: Share) -> wire.Allotment:
    return wire.Allotment(counter, holder, share.share, share.used, share.taken_back_ms)


def _size(connection: Connection, log: str, key: str) -> int | None:
    """None: unlimited. A counter that no fact has told of (yet) has nothing to give."""
    table = schema.counters
    row = connection.execute(select(table.c.size).where(table.c.log == log, table.c.key == key)).one_or_none()
    return 0 if row is None else row.size


def _own_share(connection: Connection, log: str, key: str) -> int:
    """A hub's, as its upstream last said it; none before."""
    of = schema.allotments.c
    query = select(of.share).where(of.log == log, of.counter == key, of.holder == OWN)
    return connection.execute(query).scalar_one_or_none() or 0


def _taken(shares: Mapping[str, Share], *, without: str = "", given_only: bool = False) -> int:
    return sum(
        share.taken
        for holder, share in shares.items()
        if holder != without and (share.given or not given_only)
    )


def _given(log: str, counter: str) -> Select[Any]:
    table = schema.allotments
    return select(table).where(table.c.log == log, table.c.counter == counter, table.c.holder != OWN)


def _shares(connection: Connection, log: str, counter: str) -> dict[str, Share]:
    """By holder. What a desk without a share of its own used counts for the hub that it came by."""
    found: dict[str, Share] = {}
    for row in connection.execute(_given(log, counter)):
        found[row.holder] = Share(row.share, 0, row.taken_back_ms, given=True, turn=row.turn)
    uses, desks = schema.uses, schema.desks
    query = (
        select(uses.c.desk, uses.c.used, desks.c.via)
        .outerjoin(desks, desks.c.id == uses.c.desk)
        .where(uses.c.log == log, uses.c.counter == counter)
    )
    for row in connection.execute(query).all():
        holder = row.desk if row.desk in found or not row.via else row.via
        share = found.get(holder, Share())
        found[holder] = share._replace(used=share.used + row.used)
    return found
