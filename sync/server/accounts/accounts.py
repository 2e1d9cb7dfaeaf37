"""The accounts of a node on its database: what the HTTP layer asks, each as one transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, select

from sync import wire
from sync.errors import SyncError, Unauthorized
from sync.server import schema
from sync.server.accounts import (
    checking,
    codes,
    deeds,
    desks,
    encoding,
    learning,
    notes,
    roles,
    signing,
    tokens,
)
from sync.server.database import Database
from sync.server.ports import FoundNotes, Identity, Principal

T = TypeVar("T")

SEEN_EVERY_MS = 60_000
DROP_EVERY_MS = 600_000
_MOST_TOKEN = 256


class SqlAccounts:
    """`now_ms`: the node's time. Names, ids and keys are checked here again, whoever asks."""

    def __init__(self, database: Database, identity: Identity, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._node = identity.node
        self._now_ms = now_ms
        self._dropped_ms = 0

    async def principal(self, token: str) -> Principal | None:
        if len(token) > _MOST_TOKEN or not token.startswith(tokens.PREFIX):
            return None
        now = self._now_ms()
        row = await self._database.read(lambda connection: _owner(connection, token, now))
        if row is None:
            return None
        if now - row.seen_ms > SEEN_EVERY_MS:
            with suppress(SyncError):  # not worth refusing the desk
                await self._update(row.id, seen_ms=now)
        revoked = bool(row.revoked_ms)
        held = frozenset() if revoked else frozenset(encoding.read_names(row.roles))
        return Principal(row.id, held, frozenset(encoding.read_names(row.logs)), revoked)

    async def make_code(self, by: str, asked: wire.CodeAsked, roles: Collection[str]) -> None:
        now = self._now_ms()
        await self._database.write(lambda connection: make_code(connection, by, asked, roles, now))

    async def code_of(self, index: bytes) -> bytes:
        now = self._now_ms()
        return await self._database.read(lambda connection: codes.named(connection, index, now))

    async def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        checking.desk_id(asked.desk)
        checking.public_key(asked.public_key)
        checking.name(asked.name)
        signing.check_enrolment(asked)
        now = self._now_ms()
        return await self._write(asked.desk, lambda connection: self._enrol(connection, asked, now))

    async def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        now = self._now_ms()
        return await self._write(asked.desk, lambda connection: self._sign_in(connection, asked, now))

    async def desks(self) -> list[wire.DeskKnown]:
        return await self._database.read(desks.known)

    async def revoke(self, desk: str, by: str, reason: str) -> None:
        now = self._now_ms()
        await self._write(desk, lambda connection: desks.revoke(connection, desk, by, reason, now))

    async def revoked(self) -> Collection[str]:
        shut = select(schema.desks.c.id).where(schema.desks.c.revoked_ms > 0)
        return await self._database.read(lambda connection: connection.execute(shut).scalars().all())

    async def keys(self, desks_: Collection[str]) -> Mapping[str, bytes]:
        return await self._database.read(lambda connection: desks.keys(connection, desks_))

    async def learn(self, told: Sequence[wire.DeskKnown], via: str) -> None:
        now = self._now_ms()
        await self._write("", lambda connection: learning.learn(connection, told, via, now))

    async def give_notes(self, by: Principal, given: Sequence[wire.Note]) -> None:
        now = self._now_ms()
        await self._database.write(lambda connection: notes.give(connection, by, given, now), order="notes")
        await self._drop_old_notes(now)

    async def notes(self, by: Principal, after: int) -> wire.Notes:
        now = self._now_ms()

        def work(connection: Connection) -> wire.Notes:
            found = notes.told(connection, by.logs, after, now)
            desks = notes.named(connection, by.logs, now)
            return wire.Notes(found.notes, desks, found.next, found.more, now)

        return await self._database.read(work)

    async def notes_from(self, upstream: str, given: Sequence[wire.Note]) -> None:
        """A hub's upstream has told these."""
        now = self._now_ms()
        await self._database.write(
            lambda connection: notes.keep(connection, given, upstream, now), order="notes"
        )

    async def notes_for(self, upstream: str, after: int) -> FoundNotes:
        """Those that did not come from a hub's upstream."""
        now = self._now_ms()
        return await self._database.read(lambda connection: notes.not_from(connection, upstream, after, now))

    async def _drop_old_notes(self, now: int) -> None:
        if now - self._dropped_ms > DROP_EVERY_MS:
            self._dropped_ms = now
            await self._database.write(lambda connection: notes.drop_old(connection, now), order="notes")

    def _enrol(self, connection: Connection, asked: wire.EnrolAsked, now: int) -> wire.SignedIn:
        code = codes.use(connection, asked, now)
        desks.enrol(connection, asked, code, now)
        desks.note_hub(connection, asked.desk, asked.hub)
        desks.note_clock(connection, asked.desk, asked.clock_error_ms)
        deeds.note(
            connection, now, code.made_by, "enrol", asked.desk, " ".join(encoding.read_names(code.roles))
        )
        answer = self._signed_in(connection, asked.desk, now)
        return msgspec.structs.replace(answer, sealed=bytes(code.sealed))

    def _sign_in(self, connection: Connection, asked: wire.SignInAsked, now: int) -> wire.SignedIn:
        row = desks.find(connection, asked.desk)
        if row is None:
            raise Unauthorized("This desk is not known here.", "Pair it anew.", status=401, code="desk")
        signing.check_sign_in(asked, self._node, bytes(row.public_key), now)
        signing.use(connection, asked, self._node, now)
        desks.note_hub(connection, asked.desk, asked.hub)
        desks.note_clock(connection, asked.desk, asked.clock_error_ms)
        return self._signed_in(connection, asked.desk, now)

    def _signed_in(self, connection: Connection, desk: str, now: int) -> wire.SignedIn:
        """A new token, and what the desk may do with it: for one that was shut out, no role and no hub."""
        row = desks.find(connection, desk)
        issued = tokens.issue(connection, desk, now)
        return wire.SignedIn(
            token=issued.token,
            token_until_ms=issued.until_ms,
            node=self._node,
            epoch=_epoch(connection),
            roles=[] if row.revoked_ms else encoding.read_names(row.roles),
            logs=encoding.read_names(row.logs),
            now_ms=now,
            hubs=[] if row.revoked_ms else desks.hubs_for(connection, row),
        )

    async def _update(self, desk: str, **values: int) -> None:
        changed = schema.desks.update().where(schema.desks.c.id == desk).values(**values)
        await self._write(desk, lambda connection: connection.execute(changed).rowcount)

    async def _write(self, desk: str, work: Callable[[Connection], T]) -> T:
        return await self._database.write(work, order=f"desk {desk}")


def make_code(
    connection: Connection, by: str, asked: wire.CodeAsked, held: Collection[str], now_ms: int
) -> None:
    """Keep a code that a desk (or `deeds.SERVER`) with these roles has made. Raises Forbidden, Refused."""
    checking.code(asked)
    roles.check(asked.roles, held)
    asked = msgspec.structs.replace(asked, name=checking.name(asked.name), logs=checking.logs(asked.logs))
    maker = desks.find(connection, by)
    logs = roles.check_logs(asked.logs, encoding.read_names(maker.logs) if maker else ())
    if codes.make(connection, by, asked, logs, now_ms):
        deeds.note(connection, now_ms, by, "code", asked.name, " ".join(sorted(asked.roles)))


def _owner(connection: Connection, token: str, now_ms: int) -> Any:
    desk = tokens.owner(connection, token, now_ms)
    return None if desk is None else desks.find(connection, desk)


def _epoch(connection: Connection) -> str:
    latest = select(schema.epochs.c.epoch).order_by(schema.epochs.c.n.desc()).limit(1)
    return str(connection.execute(latest).scalar_one())
