"""After an erasure the node's ready states of that log are gone, also those that were being made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from sync.errors import Refused
from sync.server import schema
from tests.replication.attack.node import LOG, OTHER, Desk, Node

NAME = b"Adalbertina Lovelacewitz"
ADA = {"order": "o1", "secret": "s", "product": "p", "name": NAME.decode()}


@pytest.fixture
def boss(node: Node) -> Desk:
    boss = node.join("boss", "organizer")
    for log in (LOG, OTHER):
        node.push(boss, boss.fact("ticket_issued", f"t-{log}", ADA, log=log), log=log)
    return boss


def put(node: Node, log: str, cursor: int, chunks: Iterator[bytes] | None = None) -> str:
    epoch = node.ask("GET", "/v1/hello").json()["epoch"]
    return node.store.put_snapshot(log, "whole", epoch, cursor, chunks or iter([NAME * 40_000])).id


def seen(node: Node, boss: Desk, log: str) -> int:
    return node.ask("GET", f"/v1/logs/{log}/snapshots/whole", by=boss).status_code


def pieces(node: Node) -> int:
    count = select(func.count()).select_from(schema.snapshot_chunks)
    return int(node.database.read_now(lambda connection: connection.execute(count).scalar_one()))


def test_ready_states_go_with_the_erasure(node: Node, boss: Desk, tmp_path: Path) -> None:
    put(node, LOG, 1)
    put(node, OTHER, 1)
    kept = pieces(node) // 2
    assert (seen(node, boss, LOG), seen(node, boss, OTHER)) == (200, 200)
    erased = boss.fact("guest_erased", "o1", {"tickets": [f"t-{LOG}"]})
    assert node.push(boss, erased).taken == 1
    assert (seen(node, boss, LOG), seen(node, boss, OTHER)) == (404, 200)
    assert pieces(node) == kept
    node.push(boss, boss.fact("guests_purged", OTHER, {}, log=OTHER), log=OTHER)
    assert (seen(node, boss, OTHER), pieces(node)) == (404, 0)
    assert all(NAME not in fact.payload for log in (LOG, OTHER) for fact in node.pull(boss, log))
    if not node.database.is_postgres:
        node.database.write_now(lambda connection: connection.execute(text("PRAGMA user_version")).scalar())
        node.close()
        files = [path.read_bytes() for path in tmp_path.glob("node.db*")]
        assert files
        assert not any(NAME in data for data in files), "what was deleted is overwritten on the disk"


def test_one_that_was_being_made_is_never_seen(node: Node, boss: Desk) -> None:
    def chunks() -> Iterator[bytes]:
        yield NAME * 20_000
        assert node.push(boss, boss.fact("guest_erased", "o1", {"tickets": [f"t-{LOG}"]})).taken == 1
        yield b"the rest" * 100_000

    with pytest.raises(Refused):
        put(node, LOG, 1, chunks())
    assert (seen(node, boss, LOG), pieces(node)) == (404, 0)
    put(node, LOG, 2)
    assert seen(node, boss, LOG) == 200, "one that has seen the erasure may be kept"
    with pytest.raises(Refused):
        put(node, LOG, 1)


def test_an_erasure_that_is_released_counts_from_its_release_on(node: Node, boss: Desk) -> None:
    door = node.join("door1", "door")
    asked = door.fact("guest_erased", "o1", {"tickets": [f"t-{LOG}"]})
    node.push(door, asked)
    put(node, LOG, 2)
    body = {"id": asked.id, "reason": "she asked for it"}
    released = node.ask("POST", f"/v1/logs/{LOG}/quarantine/review", body, boss)
    assert released.json() == {"released": True}
    assert seen(node, boss, LOG) == 404
    with pytest.raises(Refused):
        put(node, LOG, 2)
    put(node, LOG, 3)
    assert seen(node, boss, LOG) == 200
