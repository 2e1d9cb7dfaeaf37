"""Claims and allotments of a node, with what is beyond it.

A claim is first asked of the own store, which lets one desk through; the upstream is then asked for
that one. So no two desks of a hub can both be granted, whatever becomes of the upstream's answers, and
upstream a hub holds one grant for a key, under the id of the one fact that may come.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import structs

from sync import wire
from sync.server.ports import Beyond, Logs

HUB = "hub"
CENTRE = "centre"


class Claiming:
    """Answers of the own store alone where `beyond` is None: this node is the centre."""

    def __init__(self, logs: Logs, beyond: Beyond | None) -> None:
        self._logs = logs
        self._beyond = beyond
        self._locks: dict[tuple[str, str], tuple[asyncio.Lock, list[int]]] = {}

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked) -> wire.ClaimAnswer:
        """Refused where anyone refuses; granted at the level of the farthest who answered."""
        if self._beyond is None:
            return await self._logs.claim(log, by, asked, CENTRE)
        own = await self._logs.claim(log, by, asked, HUB)
        if not own.granted:
            return own
        answer = await self._beyond.claim(log, by, asked)
        if answer is None:
            return own
        if not answer.granted:
            await self._logs.release(log, by, asked.key)
        return structs.replace(answer, stamp=max(own.stamp, answer.stamp))

    async def release(
        self, log: str, by: str, key: str, *, force: bool = False, reason: str = "", fact: str = ""
    ) -> bool:
        """Given back here, and beyond as well as can be."""
        released = await self._logs.release(log, by, key, force=force, reason=reason, fact=fact)
        if released and self._beyond is not None:
            await self._beyond.release(log, by, key)
        return released

    async def allot(self, log: str, holder: str, asked: wire.AllotmentAsked) -> wire.Allotment:
        """A hub that lacks room for what its desks want asks its upstream for a larger share."""
        if self._beyond is not None:
            async with self._alone(log, asked.counter):
                await self._enlarge(self._beyond, log, holder, asked)
        return await self._logs.allot(log, holder, asked)

    async def _enlarge(self, beyond: Beyond, log: str, holder: str, asked: wire.AllotmentAsked) -> None:
        """The own share never shrinks here: an answer that is lost, or comes late, can then only leave
        upstream with a larger share than this hub knows of."""
        state = await self._logs.counter(log, asked.counter)
        given = {one.holder: max(one.share, one.used) for one in state.allotments}
        more = asked.wanted - given.get(holder, 0)
        if state.left is None or more <= state.left:
            return
        answer = await beyond.allot(log, asked.counter, sum(given.values()) + more)
        if answer is not None:
            await self._logs.note_share(log, asked.counter, answer.share)

    @asynccontextmanager
    async def _alone(self, log: str, counter: str) -> AsyncIterator[None]:
        """One request at a time asks upstream for a counter: shares must be noted in their order."""
        lock, users = self._locks.setdefault((log, counter), (asyncio.Lock(), []))
        users.append(1)
        try:
            async with lock:
                yield
        finally:
            users.pop()
            if not users:
                del self._locks[log, counter]
