"""A hub's logs on a database: those of any node, and what the relay keeps beside them."""

import logging
from collections.abc import Mapping

from sqlalchemy import Connection, and_, or_, select, update

from sync import wire
from sync.carrying import in_runs
from sync.chain import Record
from sync.errors import ServerFault
from sync.server.accounts.upsert import insert
from sync.server.ports import Principal
from sync.server.schema import amendments, claims, epochs, leases, records, signed_heads, upstream_cursors
from sync.server.store.logs import SqlLogs
from sync.server.store.rows import record_of

UPSTREAM = frozenset({"upstream"})
RELAY = "relay"
MOST_RELEASED = 1000
CLOCKS_APART_MS = 600_000
EPOCH_ROW = ""

logger = logging.getLogger(__name__)


class RelayedLogs(SqlLogs):
    """Implements `sync.server.ports.Relayed`."""

    async def receive(self, upstream: str, log: str, epoch: str, page: wire.Page) -> None:
        """A crash between the facts and the cursor repeats the page, which does no harm."""
        if page.facts or page.heads:
            by = Principal(upstream, UPSTREAM, frozenset())
            for facts in in_runs(page.facts) or [[]]:
                _check(log, await self.push(log, by, wire.Push(facts, page.heads)))
        await self._database.write(lambda connection: _keep(connection, epoch, {log: page.cursor}))

    async def upstream_cursors(self) -> tuple[str, dict[str, int]]:
        def work(connection: Connection) -> tuple[str, dict[str, int]]:
            rows = connection.execute(upstream_cursors.select()).all()
            epoch = next((row.epoch for row in rows if row.log == EPOCH_ROW), "")
            found = {row.log: row.cursor if row.epoch == epoch else 0 for row in rows}
            found.pop(EPOCH_ROW, None)
            return epoch, found

        return await self._database.read(work)

    async def upstream_moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        await self._database.write(lambda connection: _keep(connection, epoch, {EPOCH_ROW: 0, **cursors}))

    async def may_be_granted(self, log: str, held: wire.HeldClaim) -> bool:
        """Grants from before a restored backup may stand in the claims that it lacks: they are left alone."""

        def work(connection: Connection) -> bool:
            restored = select(epochs.c.began_ms).where(epochs.c.n > 1).order_by(epochs.c.n.desc()).limit(1)
            began_ms = connection.execute(restored).scalar()
            if began_ms is not None and held.since_ms <= began_ms + CLOCKS_APART_MS:
                return True
            claim = select(claims.c.key).where(claims.c.log == log, claims.c.key == held.key)
            fact = select(records.c.id).where(records.c.id == held.fact)
            return any(connection.execute(query).first() is not None for query in (claim, fact))

        return await self._database.read(work)

    async def signed_head(self, log: str, desk: str, most: int) -> wire.SignedHead | None:
        table = signed_heads.c
        query = (
            select(table.desk, table.seq, table.chain, table.signature)
            .where(table.log == log, table.desk == desk, table.seq <= most)
            .order_by(table.seq.desc())
            .limit(1)
        )

        def work(connection: Connection) -> wire.SignedHead | None:
            row = connection.execute(query).one_or_none()
            return wire.SignedHead(*row) if row else None

        return await self._database.read(work)

    async def released(self, log: str, after: int) -> tuple[int, list[Record]]:
        a, r = amendments.c, records.c
        joined = and_(a.log == r.log, a.desk == r.desk, a.seq == r.seq)
        query = (
            select(records, a.n.label("again"))
            .join(amendments, joined)
            .where(a.log == log, a.n > after, r.why == "", r.redacted < wire.State.WITHHELD)
            .order_by(a.n)
            .limit(MOST_RELEASED)
        )

        def work(connection: Connection) -> tuple[int, list[Record]]:
            rows = connection.execute(query).all()
            return max((row.again for row in rows), default=after), [record_of(row) for row in rows]

        return await self._database.read(work)

    async def lead(self, who: str, seconds: float) -> bool:
        now = self._now_ms()
        until = now + round(seconds * 1000)
        free = or_(leases.c.who == who, leases.c.until_ms <= now)

        def work(connection: Connection) -> bool:
            made = insert(connection, leases).values(what=RELAY, who=who, until_ms=until)
            connection.execute(made.on_conflict_do_nothing())
            connection.execute(
                update(leases).where(leases.c.what == RELAY, free).values(who=who, until_ms=until)
            )
            holder = connection.execute(select(leases.c.who).where(leases.c.what == RELAY)).scalar()
            return holder == who and until > now

        return await self._database.write(work)


def _keep(connection: Connection, epoch: str, cursors: Mapping[str, int]) -> None:
    for log, cursor in cursors.items():
        made = insert(connection, upstream_cursors).values(log=log, epoch=epoch, cursor=cursor)
        values = {"epoch": epoch, "cursor": cursor}
        connection.execute(made.on_conflict_do_update(index_elements=["log"], set_=values))


def _check(log: str, pushed: wire.Pushed) -> None:
    """A chain that is another one here than upstream stays as it is, and is told: a desk signed two, or
    one of the nodes was tampered with. A gap would mean that facts were lost on the way down."""
    for refusal in pushed.refused:
        logger.error(
            "%s of desk %s in log %s can't be received: %s", refusal.id, refusal.desk, log, refusal.why
        )
        if refusal.why == wire.Why.GAP:
            raise ServerFault("The upstream's facts have a gap.", status=502, code="gap")
