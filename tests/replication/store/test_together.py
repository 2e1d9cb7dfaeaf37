"""Many at once: desks that push, one that pulls, processes that share a database or are killed."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from sync import wire
from sync.server.store.logs import SqlLogs
from tests.replication.store.given import LOG, Desk, Node

ROOT = Path(__file__).resolve().parents[3]


async def pushed_in_batches(logs: SqlLogs, desk: Desk, size: int) -> None:
    for first in range(0, len(desk.facts), size):
        push = wire.Push(desk.facts[first : first + size])
        pushed = await logs.push(LOG, desk.by, push)
        assert (pushed.taken, pushed.refused) == (len(push.facts), [])


async def pulled_until(logs: SqlLogs, number: int) -> list[wire.WireFact]:
    """As a desk does: from its cursor on, waiting for more."""
    reader = Desk("reader")
    epoch = (await logs.identity()).epoch
    seen: list[wire.WireFact] = []
    cursor = 0
    while len(seen) < number:
        pull = wire.Pull(epoch, {LOG: cursor}, 37)
        page = (await logs.pull(reader.by, pull)).pages.get(LOG)
        if page is None:
            await logs.changed(pull, reader.by, 30)
        else:
            seen += page.facts
            cursor = page.cursor
    return seen


def written(names: range, facts: int) -> list[Desk]:
    desks = [Desk(f"d{number}") for number in names]
    for desk in desks:
        for _ in range(facts):
            desk.write()
    return desks


def in_order(seen: list[wire.WireFact], desks: list[Desk]) -> None:
    for desk in desks:
        assert [fact.seq for fact in seen if fact.desk == desk.name] == list(range(1, len(desk.facts) + 1))


def test_one_who_pulls_meanwhile_misses_nothing(node: Node) -> None:
    desks = written(range(16), 30)

    async def story() -> list[wire.WireFact]:
        puller = asyncio.create_task(pulled_until(node.logs, 16 * 30))
        await asyncio.gather(*(pushed_in_batches(node.logs, desk, 7) for desk in desks))
        return await puller

    in_order(node.do(story()), desks)


def test_two_nodes_on_one_database_number_in_order(node: Node, url: str) -> None:
    if not node.database.is_postgres:
        pytest.skip("SQLite has one process")
    other = Node(url)
    desks = written(range(12), 30)

    async def story() -> list[list[wire.WireFact]]:
        pullers = [asyncio.create_task(pulled_until(one.logs, 12 * 30)) for one in (node, other)]
        pushes = [
            pushed_in_batches((node, other)[place % 2].logs, desk, 5) for place, desk in enumerate(desks)
        ]
        await asyncio.gather(*pushes)
        return list(await asyncio.gather(*pullers))

    try:
        for seen in node.do(story()):
            in_order(seen, desks)
        # A desk that goes from one process to the other is known at both.
        desks[0].write()
        for one in (node, other, node):
            assert one.push(desks[0]).heads == {"d0": 31}
    finally:
        other.close()


def test_a_desk_that_asks_twice_at_once_is_taken_once(node: Node) -> None:
    (desk,) = written(range(1), 50)

    async def story() -> list[wire.Pushed]:
        return await asyncio.gather(*(node.logs.push(LOG, desk.by, wire.Push(desk.facts)) for _ in range(8)))

    pushed = node.do(story())
    assert sum(one.taken for one in pushed) == 50
    assert sum(one.known for one in pushed) == 7 * 50


PROGRAM = """
import asyncio, sys
from sync import wire
from tests.replication.store.given import LOG, Desk, Node
node = Node(sys.argv[1])
async def pushing(name):
    desk = Desk(name)
    while True:
        desk.write()
        pushed = await node.logs.push(LOG, desk.by, wire.Push(desk.facts[-1:]))
        print(name, pushed.heads[name], flush=True)
async def all_of_them():
    await asyncio.gather(*(pushing(f"d{number}") for number in range(8)))
node.do(all_of_them())
"""


def test_what_was_answered_outlives_a_kill(url: str) -> None:
    told: dict[str, int] = {}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, url], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        for _ in range(300):
            name, seq = process.stdout.readline().split()
            told[name] = int(seq)
        process.kill()
        for line in process.stdout:
            if line.endswith("\n"):
                name, seq = line.split()
                told[name] = int(seq)
    node = Node(url)
    try:
        heads = node.do(node.logs.heads(LOG))
        assert len(told) == 8
        assert all(heads.heads[name] >= seq for name, seq in told.items())
        assert heads.cursor == sum(heads.heads.values())
        facts = node.do(pulled_until(node.logs, heads.cursor))
        assert len(facts) == heads.cursor
    finally:
        node.close()
