"""The upstream's word on a hub's claims and shares, within a budget: a desk at the door waits for it."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import msgspec

from sync import wire
from sync.client.port import Upstream
from sync.errors import SyncError

BUDGET_S = 0.09  # of the 150 ms that a desk gives its hub
ALLOT_S = 1.0  # the desks' requests for a counter go one by one, and what they write goes up behind them
MOST_AT_ONCE = 8
MOST_WAITING = 64
# After a failure, twice as long after each further one: a dead line must not cost every scan its budget,
# and one late answer must not shut the upstream out.
FIRST_REST_S = 0.1
MOST_REST_S = 2.0
STRIPES = 1024

T = TypeVar("T")
Kept = Callable[[str, wire.HeldClaim], Awaitable[bool]]


class UpstreamBeyond:
    """A node's `Beyond`. `heard_ms`: when the upstream last answered anything, as the relay knows it.

    Give-backs and claims of one key go out in their order, or a late give-back would take away what was
    granted after it.
    """

    def __init__(self, upstream: Upstream, heard_ms: Callable[[], int], budget_s: float = BUDGET_S) -> None:
        self._upstream = upstream
        self._heard_ms = heard_ms
        self._budget_s = budget_s
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="beyond")
        self._waiting = 0
        self._rest_until = 0.0
        self._last_turn = 0
        self._failures = 0
        self._stripes = [asyncio.Lock() for _ in range(STRIPES)]
        self._owed: set[tuple[str, str]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def heard_ms(self) -> int:
        return self._heard_ms()

    async def claim(
        self,
        log: str,
        by: str,  # noqa: ARG002 - upstream the hub asks for itself
        asked: wire.ClaimAsked,
    ) -> wire.ClaimAnswer | None:
        if self._waiting >= MOST_WAITING or time.monotonic() < self._rest_until:
            return None
        budget = self._budget_s
        try:
            async with asyncio.timeout(budget):
                async with self._stripe(log, asked.key):
                    self._owed.discard((log, asked.key))
                    answer = await self._run(lambda: self._upstream.claim(log, asked, budget))
        except (TimeoutError, SyncError):
            self._rest()
            return None
        self._failures = 0
        # The asking desk compares its clock with this node's, not with another's.
        return msgspec.structs.replace(answer, now_ms=time.time_ns() // 1_000_000)

    async def allot(self, log: str, counter: str, wanted: int) -> wire.Allotment | None:
        if time.monotonic() < self._rest_until:
            return None
        try:
            async with asyncio.timeout(ALLOT_S):
                answer = await self._run(
                    lambda: self._upstream.allot(log, wire.AllotmentAsked(counter, wanted, self._turn()))
                )
        except (TimeoutError, SyncError):
            self._rest()
            return None
        self._failures = 0
        return answer

    async def release(self, log: str, by: str, key: str) -> None:  # noqa: ARG002 - as above
        """Goes out behind the asker's back, and again (`settle`) until the upstream has heard it."""
        self._owed.add((log, key))
        self._begin(self._give_back(log, key))

    def _turn(self) -> int:
        """Later than any before, in this process and in others that share this node's database."""
        self._last_turn = max(self._last_turn + 1, time.time_ns() // 1000)
        return self._last_turn

    def settle(self) -> None:
        """The upstream answers again: give back what could not be. Call in the node's loop."""
        for log, key in list(self._owed):
            self._begin(self._give_back(log, key))

    async def give_back(self, log: str, held: Sequence[wire.HeldClaim], kept: Kept) -> None:
        """What the upstream has granted to this hub, but for what is `kept` here. A claim of the same key
        waits, or was noted here before; one of another process has another fact. Raises SyncError."""
        for one in held:
            async with self._stripe(log, one.key):
                if not await kept(log, one):
                    await self._run(partial(self._upstream.release, log, one.key, one.fact))

    async def close(self) -> None:
        """After the upstream was closed, which ends what waits for it."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)

    def _rest(self) -> None:
        rest = min(MOST_REST_S, FIRST_REST_S * 2.0**self._failures)
        self._failures = min(self._failures + 1, 10)
        self._rest_until = time.monotonic() + rest

    async def _give_back(self, log: str, key: str) -> None:
        async with self._stripe(log, key):
            if (log, key) in self._owed:
                with contextlib.suppress(SyncError):
                    await self._run(lambda: self._upstream.release(log, key))
                    self._owed.discard((log, key))

    async def _run(self, call: Callable[[], T]) -> T:
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, call)
        finally:
            self._waiting -= 1

    def _begin(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _stripe(self, log: str, key: str) -> asyncio.Lock:
        return self._stripes[hash((log, key)) % STRIPES]
