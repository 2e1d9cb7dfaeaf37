"""What a hub keeps of its upstream's word, on both databases."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sync import keys, wire
from sync.carrying import to_wire
from sync.chain import Head, Record, head_of, new_salt, seal
from sync.errors import ServerFault
from sync.relay.logs import RelayedLogs
from sync.server.database import Database
from sync.server.ports import Principal
from tests.replication.meanings import NoMeaning
from tests.rigs.postgres import Postgres, postgres

__all__ = ["postgres"]
LOG = "log1"
PAIR = keys.KeyPair.new()


class Hub:
    """`RelayedLogs` with a clock of the test's own."""

    def __init__(self, url: str, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.now = 1_000_000
        self.database = Database.open(url)
        self.logs = RelayedLogs(self.database, NoMeaning(), _keys, now_ms=lambda: self.now, kind="hub")

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    def receive(self, page: wire.Page, epoch: str = "e1") -> None:
        self.run(self.logs.receive("centre", LOG, epoch, page))

    def facts(self) -> list[wire.WireFact]:
        by = Principal("d9", frozenset(), frozenset())
        epoch = self.run(self.logs.identity()).epoch
        page = self.run(self.logs.pull(by, wire.Pull(epoch, {LOG: 0}))).pages.get(LOG)
        return page.facts if page else []

    def close(self) -> None:
        self.run(self.logs.close())
        self.database.close()


async def _keys(desks: Collection[str]) -> Mapping[str, bytes]:
    return dict.fromkeys(desks, PAIR.public)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/hub.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture
def hub(url: str, loop: asyncio.AbstractEventLoop) -> Iterator[Hub]:
    made = Hub(url, loop)
    yield made
    made.close()


def chain(count: int, desk: str = "d1") -> list[Record]:
    head, made = Head(), []
    for number in range(count):
        stamp = f"{number:012x}-0000-{desk}"
        name = f"{desk}-{number + 1}"
        made.append(seal(head, name, LOG, "noted", "s1", stamp, desk, b"{}", new_salt()))
        head = head_of(made[-1])
    return made


def page(records: list[Record], cursor: int, *heads: wire.SignedHead) -> wire.Page:
    return wire.Page([to_wire(record) for record in records], list(heads), cursor, False, 0)


def withheld(record: Record) -> Record:
    return record._replace(payload=b"", salt=b"", redacted=wire.State.WITHHELD)


def test_pages_and_their_cursor_are_kept(hub: Hub) -> None:
    assert hub.run(hub.logs.upstream_cursors()) == ("", {})
    hub.run(hub.logs.upstream_moved("e1", {LOG: 0}))
    facts = chain(5)
    hub.receive(page(facts[:3], 13))
    hub.receive(page(facts[:5], 15))
    assert hub.run(hub.logs.upstream_cursors()) == ("e1", {LOG: 15})
    assert [fact.seq for fact in hub.facts()] == [1, 2, 3, 4, 5]


def test_a_new_epoch_voids_the_cursors_that_it_does_not_name(hub: Hub) -> None:
    hub.run(hub.logs.upstream_moved("e1", {"a": 5, "b": 6}))
    hub.run(hub.logs.upstream_moved("e2", {"a": 3}))
    assert hub.run(hub.logs.upstream_cursors()) == ("e2", {"a": 3, "b": 0})


def test_withheld_facts_keep_their_place_and_come_whole_when_released(hub: Hub) -> None:
    facts = chain(3)
    hub.receive(page([facts[0], withheld(facts[1]), facts[2]], 3))
    assert [fact.state for fact in hub.facts()] == [0, 2, 0]
    hub.receive(page([facts[1]], 4))
    assert {fact.seq: fact.state for fact in hub.facts()}[2] == 0
    number, records = hub.run(hub.logs.released(LOG, 0))
    assert [record.seq for record in records] == [2]
    assert hub.run(hub.logs.released(LOG, number)) == (number, [])


def test_what_is_released_amid_a_page_costs_none_after_it(hub: Hub) -> None:
    facts, others = chain(6), chain(2, "d2")
    hub.receive(page([facts[0], withheld(facts[1]), withheld(facts[2])], 3))
    hub.receive(page([facts[3], others[0], facts[1], facts[4], facts[2], others[1], facts[5]], 10))
    assert hub.run(hub.logs.heads(LOG)).heads == {"d1": 6, "d2": 2}
    assert {fact.state for fact in hub.facts()} == {wire.State.WHOLE}


def test_a_gap_in_the_upstreams_word_does_not_move_the_cursor(hub: Hub) -> None:
    hub.run(hub.logs.upstream_moved("e1", {LOG: 0}))
    with pytest.raises(ServerFault):
        hub.receive(page(chain(5)[2:], 5))
    assert hub.run(hub.logs.upstream_cursors()) == ("e1", {LOG: 0})


def test_a_forked_chain_stands_in_no_others_way(hub: Hub) -> None:
    hub.receive(page(chain(2), 2))
    hub.receive(page([*chain(2), *chain(2, "d2")], 4))
    assert hub.run(hub.logs.heads(LOG)).heads == {"d1": 2, "d2": 2}


def test_signed_heads_are_handed_out_as_far_as_they_reach(hub: Hub) -> None:
    facts = chain(4)
    head = PAIR.signed_head(LOG, "d1", head_of(facts[3]))
    hub.receive(page(facts, 4, head))
    assert hub.run(hub.logs.signed_head(LOG, "d1", 4)) == head
    assert hub.run(hub.logs.signed_head(LOG, "d1", 3)) is None
    assert hub.run(hub.logs.signed_head(LOG, "d2", 9)) is None


def test_one_process_leads_until_its_time_is_over(
    hub: Hub, url: str, loop: asyncio.AbstractEventLoop
) -> None:
    other = Hub(url, loop)
    try:
        assert hub.run(hub.logs.lead("one", 10))
        assert not other.run(other.logs.lead("two", 10))
        assert hub.run(hub.logs.lead("one", 10))
        other.now += 10_000
        assert other.run(other.logs.lead("two", 10))
        hub.now = other.now
        assert not hub.run(hub.logs.lead("one", 10))
        assert not other.run(other.logs.lead("two", 0))
        assert hub.run(hub.logs.lead("one", 10))
    finally:
        other.close()


def test_of_many_that_begin_at_once_one_leads(hub: Hub) -> None:
    async def race() -> list[bool]:
        return await asyncio.gather(*(hub.logs.lead(f"p{number}", 10) for number in range(8)))

    assert hub.run(race()).count(True) == 1
