"""A hub's claims and allotments: what its upstream says, and what it says where that is silent."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from sync import wire
from sync.server.claiming import CENTRE, HUB, Claiming
from tests.replication.http.memory import MemoryLogs

T = TypeVar("T")


class Upstream:
    """A centre behind a line that may be cut. It knows the hub alone, as `hub1`."""

    def __init__(self) -> None:
        self.logs = MemoryLogs()
        self.cut = False

    def heard_ms(self) -> int:
        return 0

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked) -> wire.ClaimAnswer | None:
        return None if self.cut else await self.logs.claim(log, "hub1", asked, CENTRE)

    async def allot(self, log: str, counter: str, wanted: int) -> wire.Allotment | None:
        asked = wire.AllotmentAsked(counter, wanted)
        return None if self.cut else await self.logs.allot(log, "hub1", asked)

    async def release(self, log: str, by: str, key: str) -> None:
        if not self.cut:
            await self.logs.release(log, "hub1", key)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def asked(fact: str) -> wire.ClaimAsked:
    return wire.ClaimAsked("k", "t1", fact)


def test_the_centre_decides_by_itself() -> None:
    async def play() -> None:
        claiming = Claiming(MemoryLogs(), None)
        first = await claiming.claim("e1", "desk1", asked("f1"))
        second = await claiming.claim("e1", "desk2", asked("f2"))
        assert (first.granted, first.level, second.granted) == (True, CENTRE, False)

    run(play())


def test_two_desks_of_a_hub_are_never_both_granted() -> None:
    async def play() -> None:
        upstream = Upstream()
        claiming = Claiming(MemoryLogs("hub"), upstream)
        answers = await asyncio.gather(*(claiming.claim("e1", f"desk{n}", asked(f"f{n}")) for n in range(5)))
        assert sum(answer.granted for answer in answers) == 1
        assert {answer.level for answer in answers if answer.granted} == {CENTRE}
        assert upstream.logs.grants["e1", "k"].desk == "hub1"

    run(play())


def test_a_refusal_upstream_is_one_here_and_keeps_nothing() -> None:
    async def play() -> None:
        upstream, own = Upstream(), MemoryLogs("hub")
        await upstream.logs.claim("e1", "elsewhere", asked("f9"), CENTRE)
        answer = await Claiming(own, upstream).claim("e1", "desk1", asked("f1"))
        assert (answer.granted, answer.level) == (False, CENTRE)
        assert answer.holder is not None
        assert answer.holder.desk == "elsewhere"
        assert not own.grants

    run(play())


def test_where_the_upstream_is_silent_the_hub_says_so() -> None:
    async def play() -> None:
        upstream = Upstream()
        upstream.cut = True
        claiming = Claiming(MemoryLogs("hub"), upstream)
        first = await claiming.claim("e1", "desk1", asked("f1"))
        second = await claiming.claim("e1", "desk2", asked("f2"))
        assert (first.granted, first.level) == (True, HUB)
        assert (second.granted, second.level) == (False, HUB)

    run(play())


def test_what_is_given_back_is_free_upstream_too() -> None:
    async def play() -> None:
        upstream = Upstream()
        claiming = Claiming(MemoryLogs("hub"), upstream)
        await claiming.claim("e1", "desk1", asked("f1"))
        assert not await claiming.release("e1", "desk2", "k")
        assert upstream.logs.grants
        assert await claiming.release("e1", "desk1", "k")
        assert not upstream.logs.grants

    run(play())


def test_a_hub_shares_out_no_more_than_its_own_share() -> None:
    async def play() -> None:
        upstream, own = Upstream(), MemoryLogs("hub")
        claiming = Claiming(own, upstream)
        wants = [("desk1", 30), ("desk2", 50), ("desk3", 40), ("desk1", 35)]
        given = {}
        for desk, wanted in wants:
            answer = await claiming.allot("e1", desk, wire.AllotmentAsked("q", wanted))
            given[desk] = answer.share
        assert given == {"desk1": 30, "desk2": 50, "desk3": 20}
        assert upstream.logs.shares["e1", "q"] == {"hub1": 100}
        upstream.cut = True
        await claiming.allot("e1", "desk2", wire.AllotmentAsked("q", 10))
        answer = await claiming.allot("e1", "desk1", wire.AllotmentAsked("q", 60))
        assert answer.share == 60, "what one desk gave back another may have, without the upstream"
        answer = await claiming.allot("e1", "desk3", wire.AllotmentAsked("q", 60))
        assert answer.share == 30, "the rest of the hub's own share"

    run(play())
