"""Pages by number of arrival, waiting for more, epochs, and what is erased."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, select

from sync import wire
from sync.server import schema
from sync.server.ports import Principal
from sync.server.store.wakes import Wakes
from sync.wire import MOST_BYTES, State
from tests.replication.store.given import LOG, Desk, Node


def pull_of(node: Node, cursor: int) -> wire.Pull:
    return wire.Pull(node.epoch(), {LOG: cursor})


def test_pages_follow_each_other(node: Node) -> None:
    desk = Desk("a")
    facts = [desk.write().id for _ in range(7)]
    node.push(desk)
    seen, cursor, more = [], 0, True
    while more:
        page = node.pull(desk, cursor, limit=3)
        seen += [fact.id for fact in page.facts]
        cursor, more = page.cursor, page.more
        assert page.yours == 7
    assert (seen, cursor) == (facts, 7)


def test_amendments_stand_among_the_facts(node: Node) -> None:
    desk = Desk("a")
    desk.write("boss", by="eve")
    desk.write("member", "eve", roles=["boss"])
    node.push(desk)
    node.push(desk)  # the first is let in now, as number 3
    desk.write()
    node.push(desk)
    page = node.pull(desk, 1)
    assert [(fact.seq, fact.state) for fact in page.facts] == [(2, 0), (1, 0), (3, 0)]
    assert [fact.seq for fact in node.pull(desk, 1, limit=2).facts] == [2, 1]
    assert [fact.seq for fact in node.pull(desk, 3).facts] == [3]


def test_a_page_has_no_more_bytes_than_it_may(node: Node) -> None:
    desk = Desk("a")
    for _ in range(5):
        desk.write(padding="x" * (MOST_BYTES // 3))
    node.push(desk)
    page = node.pull(desk)
    assert (len(page.facts), page.more) == (2, True)


def test_nothing_new_is_nothing(node: Node) -> None:
    desk = Desk("a")
    desk.write()
    node.push(desk)
    pulled = node.do(node.logs.pull(desk.by, pull_of(node, 1)))
    assert (pulled.pages, pulled.logs) == ({}, [LOG])


def test_logs_of_others_are_not_told(node: Node) -> None:
    desk = Desk("a")
    desk.write()
    node.push(desk)
    other = Principal("b", frozenset(), frozenset({"elsewhere"}))
    pulled = node.do(node.logs.pull(other, pull_of(node, 0)))
    assert (pulled.pages, pulled.logs) == ({}, [])


def test_a_waiting_pull_goes_on_when_something_arrives(node: Node) -> None:
    desk = Desk("a")
    desk.write()
    node.push(desk)
    pull = pull_of(node, 1)

    async def story() -> wire.Pulled:
        waiting = asyncio.create_task(node.logs.changed(pull, desk.by, 60))
        elsewhere = Principal("b", frozenset(), frozenset({"other"}))
        idle = asyncio.create_task(node.logs.changed(wire.Pull(pull.epoch, {"other": 0}), elsewhere, 60))
        await asyncio.sleep(0)
        desk.write()
        await node.logs.push(LOG, desk.by, wire.Push(desk.facts))
        await waiting
        # PostgreSQL's listener wakes everybody once when it has connected: it may have missed something.
        assert node.database.is_postgres or not idle.done()
        idle.cancel()
        return await node.logs.pull(desk.by, pull)

    assert len(node.do(story()).pages[LOG].facts) == 1


@pytest.mark.parametrize("told", [None, {LOG: 2}])
def test_what_comes_while_the_numbers_are_read_is_not_missed(
    node: Node, monkeypatch: pytest.MonkeyPatch, told: Mapping[str, int] | None
) -> None:
    """Told by name; or nobody knows, as where PostgreSQL's listener has just connected."""
    desk = Desk("a")
    desk.write()
    node.push(desk)
    hearers: list[Callable[[Mapping[str, int] | None], None]] = []

    def hear(hearer: Callable[[Mapping[str, int] | None], None]) -> Callable[[], None]:
        hearers.append(hearer)
        return lambda: None

    async def story() -> int:
        has_read, go_on = asyncio.Event(), asyncio.Event()
        read = node.database.read

        async def slow(work: Callable[[Connection], Any]) -> Any:
            found = await read(work)
            has_read.set()
            await go_on.wait()
            return found

        wakes = Wakes(node.database)
        with monkeypatch.context() as patch:
            patch.setattr(node.database, "hear", hear)
            patch.setattr(node.database, "read", slow)
            reading = asyncio.create_task(wakes.numbers())
            await has_read.wait()
            desk.write()
            await node.logs.push(LOG, desk.by, wire.Push(desk.facts))
            hearers[0](told)
            await asyncio.sleep(0)
            go_on.set()
            await reading
            return (await wakes.numbers())[LOG]

    assert node.do(story()) == 2


def test_a_wait_ends(node: Node) -> None:
    node.do(node.logs.changed(pull_of(node, 0), Desk("a").by, 0.01))


def test_names_that_were_waited_for_are_not_kept(node: Node) -> None:
    made_up = {f"log{number}": 0 for number in range(50)}
    node.do(node.logs.changed(wire.Pull(node.epoch(), made_up), Desk("a").by, 0.01))
    assert not node.logs._pulling._wakes._waiting


def test_cursors_are_kept(node: Node) -> None:
    desk = Desk("a")
    for _ in range(3):
        desk.write()
    node.push(desk)
    node.pull(desk, 2)
    node.reopen()
    rows = node.do(node.database.read(lambda c: c.execute(select(schema.cursors)).all()))
    assert [tuple(row) for row in rows] == [("a", LOG, 2)]


def test_a_restored_node_moves_cursors_back(node: Node) -> None:
    desk, other = Desk("a"), Desk("b")
    for _ in range(3):
        desk.write()
    node.push(desk)
    old = node.epoch()
    node.do(node.logs.begin_epoch())
    assert node.epoch() != old
    # The other desk had seen 10 facts of the lost time; the node went on from 3.
    page = node.pull(other, 10, epoch=old)
    assert (page.facts, page.cursor, page.yours) == ([], 3, 0)
    assert node.pull(desk, 10, epoch=old).yours == 3
    desk.write()
    node.push(desk)
    assert [fact.seq for fact in node.pull(other, 10, epoch=old).facts] == [4]
    assert [fact.seq for fact in node.pull(other, 2, epoch=old).facts] == [3, 4]
    assert len(node.pull(other, 10, epoch="unknown").facts) == 4


def test_a_cursor_beyond_everything_comes_back(node: Node) -> None:
    desk = Desk("a")
    desk.write()
    node.push(desk)
    assert node.pull(desk, 2**70).cursor == 1
    assert len(node.pull(desk, -5).facts) == 1


def test_erasure_reaches_what_is_here_and_what_comes(node: Node) -> None:
    desk, late = Desk("a"), Desk("b")
    desk.write(subject="s1", name="Ann", seat=1)
    desk.write(subject="s2", name="Bob")
    desk.write("boss", subject="s1", name="Ann")  # withheld, and yet it has a name
    desk.write_bytes(b"\xffAnn", subject="s1")
    node.push(desk)
    desk.write("erase", whose=["s1"])
    node.push(desk)
    late.write(subject="s1", name="Ann")
    node.push(late)
    facts = node.pull(desk).facts
    assert [(fact.state, fact.payload) for fact in (facts[0], facts[1], facts[5])] == [
        (State.REDACTED, b'{"seat": 1}'),
        (State.WHOLE, json.dumps({"name": "Bob"}).encode()),
        (State.REDACTED, b"{}"),
    ]
    assert facts[0].salt == b""
    waiting = node.do(node.logs.quarantine(LOG, 0, 10))
    assert [quarantined.fact.payload for quarantined in waiting] == [b"{}", b""]
    rows = node.do(node.database.read(lambda c: c.execute(select(schema.records.c.payload)).scalars().all()))
    assert not any(b"Ann" in payload for payload in rows)
    # It stays redacted, whoever brings it again.
    assert node.push(desk, desk.facts[:1]).known == 1
    assert node.pull(desk).facts[0].state == State.REDACTED


def test_everyone_may_be_erased(node: Node) -> None:
    desk = Desk("a")
    desk.write(subject="s1", name="Ann")
    desk.write("erase", whose=[])
    desk.write(subject="s9", name="Eve")
    node.push(desk)
    desk.write(subject="s10", name="Joe")
    node.reopen()
    node.push(desk)
    assert [fact.state for fact in node.pull(desk).facts] == [1, 0, 1, 1]


def test_a_redacted_fact_is_taken_with_its_digests(node: Node) -> None:
    desk = Desk("a")
    fact = desk.write(name="Ann")
    desk.write()
    bare = msgspec.structs.replace(fact, payload=b"{}", salt=b"", state=int(State.REDACTED))
    assert node.push(desk, [bare, desk.facts[1]]).taken == 2
    assert node.pull(desk).facts[0] == bare
