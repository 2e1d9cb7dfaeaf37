"""Ready states made beside a node: what a new desk gets is what the node's log says, and no more than due."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from pathlib import Path

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.node import ready_states
from eventdesk.node.ready_states import SCAN, WHOLE, ReadyStates
from eventdesk.storage import ready, redact
from eventdesk.storage.meaning import TicketMeaning
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync import wire
from sync.carrying import to_wire
from sync.server.database import Database
from sync.server.ports import Principal
from sync.server.store.logs import SqlLogs
from tests.storage.made import LOG, entry, guests, setup

KEY, DESK_KEY = os.urandom(48), os.urandom(48)
BY = Principal("desk1", frozenset({"organizer"}), frozenset())


async def no_keys(_desks: Collection[str]) -> Mapping[str, bytes]:
    return {}


def run(folder: Path, test: Callable[[SqlLogs, Store], Awaitable[None]]) -> None:
    """A node on a database of its own and a desk that writes; the test runs on the node's loop."""

    async def main() -> None:
        database = Database.open(f"sqlite:///{folder}/node.db", KEY)
        logs = SqlLogs(database, TicketMeaning(), no_keys)
        try:
            with Store.open(folder / "writer.db", DESK_KEY, "desk1") as store:
                await test(logs, store)
        finally:
            await logs.close()
            database.close()

    asyncio.run(main())


async def written(logs: SqlLogs, store: Store, drafts: Collection[Draft]) -> None:
    with store.transaction() as tx:
        first = tx.append(LOG, drafts)[0]
    with store.reader() as reader:
        records = reader.unsent(LOG, "desk1", first.seq - 1, len(drafts))
    for at in range(0, len(records), wire.MOST_FACTS):
        part = [to_wire(record) for record in records[at : at + wire.MOST_FACTS]]
        pushed = await logs.push(LOG, BY, wire.Push(part))
        assert not pushed.refused


async def unpacked(logs: SqlLogs, form: str, target: Path) -> int:
    info = await logs.snapshot(LOG, form)
    assert info is not None
    chunks: AsyncIterator[bytes] = logs.chunks(info.id)
    ready.unpack([chunk async for chunk in chunks], target, DESK_KEY)
    return info.cursor


def test_a_new_desk_gets_what_the_log_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_states, "LEAST_FACTS", 100)

    async def test(logs: SqlLogs, store: Store) -> None:
        await written(logs, store, [*setup(), *guests(200), entry("t7")])
        assert await ReadyStates(logs, tmp_path, KEY).refresh(LOG)
        cursor = await unpacked(logs, WHOLE, tmp_path / "whole.db")
        await unpacked(logs, SCAN, tmp_path / "scan.db")
        assert cursor == (await logs.heads(LOG)).cursor

    run(tmp_path, test)
    with Store.open(tmp_path / "whole.db", DESK_KEY, "desk2") as desk:
        assert verify(desk) == []
        with desk.reader() as reader:
            assert reader.guest_count(LOG) == 200
            assert len(reader.passes(LOG, "t7")) == 1
    with Store.open(tmp_path / "scan.db", DESK_KEY, "desk2") as lean, lean.reader() as reader:
        ticket = reader.ticket(LOG, "t7")
        assert ticket is not None
        assert (ticket.name, len(ticket.admissions)) == ("", 1)


def test_it_is_made_anew_when_much_was_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_states, "LEAST_FACTS", 100)

    async def test(logs: SqlLogs, store: Store) -> None:
        await written(logs, store, setup())
        maker = ReadyStates(logs, tmp_path, KEY)
        assert not await maker.refresh(LOG)  # few facts come as fast by pages
        await written(logs, store, list(guests(100)))
        assert await maker.refresh(LOG)
        await written(logs, store, [entry("t1")])
        assert not await maker.refresh(LOG)
        await written(logs, store, list(guests(50, 100)))
        assert await ReadyStates(logs, tmp_path, KEY).refresh(LOG)  # another process goes on
        info = await logs.snapshot(LOG, WHOLE)
        assert info is not None
        assert info.cursor == (await logs.heads(LOG)).cursor

    run(tmp_path, test)


def test_nobody_who_was_forgotten_is_in_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_states, "LEAST_FACTS", 100)
    monkeypatch.setattr(redact, "FEW", 0)

    async def test(logs: SqlLogs, store: Store) -> None:
        maker = ReadyStates(logs, tmp_path, KEY)
        await written(logs, store, [*setup(), *guests(200)])
        assert await maker.refresh(LOG)
        await written(logs, store, [Draft(Kind.GUESTS_PURGED, LOG, {"reason": "over"})])
        assert await maker.refresh(LOG)
        await unpacked(logs, WHOLE, tmp_path / "whole.db")

    run(tmp_path, test)
    with Store.open(tmp_path / "whole.db", DESK_KEY, "desk2") as desk, desk.reader() as reader:
        assert {guest.name for guest in reader.guests(LOG)} == {""}
        assert reader.forgetting() == []


def test_of_a_small_log_no_mirror_keeps_what_others_forget(tmp_path: Path) -> None:
    async def test(logs: SqlLogs, store: Store) -> None:
        await written(logs, store, [*setup(), *guests(20)])
        await ReadyStates(logs, tmp_path, KEY).refresh_all()

    run(tmp_path, test)
    assert not list(tmp_path.glob("mirrors/*"))
