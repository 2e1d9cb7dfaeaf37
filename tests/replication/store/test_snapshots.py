"""Ready states: seen when whole, the newest few kept."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from sync.errors import Refused
from sync.server import schema
from sync.server.ports import SnapshotInfo
from tests.replication.store.given import LOG, Desk, Node

DATA = bytes(range(256)) * 3000  # three pieces


def put(node: Node, cursor: int, data: bytes = DATA) -> SnapshotInfo:
    chunks = (data[first : first + 100_000] for first in range(0, len(data), 100_000))
    return node.logs.put_snapshot(LOG, "whole", node.epoch(), cursor, chunks)


def read(node: Node, id_: str, first: int = 0) -> bytes:
    async def all_of_it() -> bytes:
        return b"".join([chunk async for chunk in node.logs.chunks(id_, first)])

    return node.do(all_of_it())


def pieces(node: Node) -> int:
    count = select(func.count()).select_from(schema.snapshot_chunks)
    return int(node.database.read_now(lambda connection: connection.execute(count).scalar_one()))


def test_it_comes_out_as_it_went_in(node: Node) -> None:
    assert node.do(node.logs.snapshot(LOG, "whole")) is None
    info = put(node, 7)
    assert node.do(node.logs.snapshot(LOG, "whole")) == info
    assert (info.size, info.sha256, info.cursor) == (len(DATA), sha256(DATA).digest(), 7)
    assert read(node, info.id) == DATA
    assert read(node, info.id, 2) == DATA[2 * (256 << 10) :]
    assert node.do(node.logs.snapshot(LOG, "scan")) is None


def test_the_newest_few_are_kept(node: Node) -> None:
    infos = [put(node, number) for number in range(4)]
    for info in infos[:2]:
        with pytest.raises(Refused, match="no longer"):
            read(node, info.id)
    assert [read(node, info.id) for info in infos[2:]] == [DATA, DATA]
    assert pieces(node) == 6


def test_a_maker_that_fails_leaves_nothing_to_be_seen(node: Node) -> None:
    def broken() -> Iterator[bytes]:
        yield DATA
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        node.logs.put_snapshot(LOG, "whole", node.epoch(), 1, broken())
    assert node.do(node.logs.snapshot(LOG, "whole")) is None


def test_one_of_a_lost_time_is_not_given(node: Node) -> None:
    desk = Desk("a")
    for _ in range(3):
        desk.write()
    node.push(desk)
    before = put(node, 2)
    lost = put(node, 9)
    node.do(node.logs.begin_epoch())
    found = node.do(node.logs.snapshot(LOG, "whole"))
    assert found is not None
    assert (found.id, found.id != lost.id) == (before.id, True)
