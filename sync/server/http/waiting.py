"""Those who wait for news: ten thousand idle connections, told together.

Who waits at the same place (the same cursors of the same logs) is in one group. A group watches the
store with one task, asks it once, and its answer is encoded once for all who want the same form. A waiter
costs a future; one coarse clock for all of them ends waits whose time is over.
"""

import asyncio
import math
import time
from collections.abc import Collection, Coroutine
from contextlib import suppress
from typing import NamedTuple

import msgspec

from sync import wire
from sync.errors import SyncError
from sync.server.http.bodies import Encoded, Form, encoded
from sync.server.http.problems import Trouble, shut_out
from sync.server.ports import Accounts, Logs, Principal

_TICK_S = 0.25
_WATCH_S = 60.0
_SHUT_S = 1.0  # a desk that was shut out by another process hears it so late
_PAUSE_S = 0.02
_AT_ONCE = 500  # told before other tasks have their turn

_Key = tuple[frozenset[str], str, tuple[tuple[str, int], ...], int]


class _Waiter:
    __slots__ = ("desk", "form", "group", "told")

    def __init__(self, desk: str, form: Form, group: "_Group", told: "asyncio.Future[Encoded]") -> None:
        self.desk = desk
        self.form = form
        self.group = group
        self.told = told


class _Group:
    __slots__ = ("by", "empty", "key", "pull", "task", "waiters")

    def __init__(self, key: _Key, by: Principal, pull: wire.Pull, empty: wire.Pulled) -> None:
        self.key = key
        self.by = by
        self.pull = pull
        self.empty = empty
        self.waiters: set[_Waiter] = set()
        self.task: asyncio.Task[None] | None = None


class _Yours(NamedTuple):
    """What differs between askers of one answer: its form, and their own last number in each log."""

    form: Form
    numbers: tuple[int, ...]


class Room:
    """Must be used in one event loop. `close` before this ends: nobody is left waiting."""

    def __init__(self, logs: Logs, accounts: Accounts, most: int) -> None:
        self._logs = logs
        self._accounts = accounts
        self._most = most
        self._groups: dict[_Key, _Group] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._due: dict[int, list[_Waiter]] = {}
        self._clock: asyncio.TimerHandle | None = None
        self._shutting: asyncio.Task[None] | None = None
        self._closed = False
        self.waiting = 0

    async def wait(self, by: Principal, pull: wire.Pull, form: Form, empty: wire.Pulled) -> Encoded:
        """The answer when there is any news, else `empty` after `pull.wait_s`. Raises Trouble."""
        if self._closed:
            return _nothing(empty, form)
        if self.waiting >= self._most:
            raise Trouble(503, "busy", "Too many wait here already.", {b"retry-after": b"5"})
        waiter = self._join(by, pull, form, empty)
        self._set_due(waiter, min(pull.wait_s, wire.MOST_WAIT_S))
        self.waiting += 1
        if self._shutting is None or self._shutting.done():
            self._shutting = self._begin(self._see_who_is_shut_out())
        try:
            return await waiter.told
        finally:
            self.waiting -= 1
            self._leave(waiter)

    def wake(self, desk: str) -> None:
        """A desk that was shut out hears it now."""
        for group in list(self._groups.values()):
            for waiter in [waiter for waiter in group.waiters if waiter.desk == desk]:
                _refuse(waiter, shut_out())

    async def close(self) -> None:
        """Everyone is told that there is nothing; nobody waits any more."""
        self._closed = True
        if self._clock is not None:
            self._clock.cancel()
        for group in list(self._groups.values()):
            for waiter in list(group.waiters):
                self._end(waiter)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _join(self, by: Principal, pull: wire.Pull, form: Form, empty: wire.Pulled) -> _Waiter:
        key = (by.logs, pull.epoch, tuple(sorted(pull.cursors.items())), pull.limit)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(key, by, pull, empty)
            group.task = self._begin(self._watch(group))
        waiter = _Waiter(by.desk, form, group, asyncio.get_running_loop().create_future())
        group.waiters.add(waiter)
        return waiter

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _see_who_is_shut_out(self) -> None:
        """While anyone waits: another process, a hub's word or a command may have shut a desk out."""
        while self.waiting:
            await asyncio.sleep(_SHUT_S)
            with suppress(SyncError):  # the database does not answer: it has no news either
                shut = frozenset(await self._accounts.revoked())
                for waiter in [one for group in list(self._groups.values()) for one in group.waiters]:
                    if waiter.desk in shut:
                        _refuse(waiter, shut_out())

    def _leave(self, waiter: _Waiter) -> None:
        group = waiter.group
        group.waiters.discard(waiter)
        if not group.waiters:
            self._forget(group)
            if group.task is not None and not group.task.done():
                group.task.cancel()

    def _forget(self, group: _Group) -> None:
        if self._groups.get(group.key) is group:
            del self._groups[group.key]

    async def _watch(self, group: _Group) -> None:
        try:
            while group.waiters:
                await self._logs.changed(group.pull, group.by, _WATCH_S)
                # Who comes from here on may have asked after what we are about to read.
                self._forget(group)
                pulled = await self._logs.pull(group.by, group.pull)
                if pulled.is_news(group.pull):
                    await self._tell(group, pulled)
                    return
                if self._again(group) is not group:
                    return
                await asyncio.sleep(_PAUSE_S)  # woken for nothing: never in a tight loop
        except Exception as error:  # noqa: BLE001 - of the store; each waiter is to hear it, not the loop alone
            trouble = error if isinstance(error, Trouble) else _silent()
            for waiter in list(group.waiters):
                _refuse(waiter, trouble)

    def _again(self, group: _Group) -> _Group:
        """The group that watches on: where another has formed meanwhile, ours joins that."""
        other = self._groups.setdefault(group.key, group)
        if other is not group:
            for waiter in group.waiters:
                waiter.group = other
            other.waiters |= group.waiters
            group.waiters.clear()
        return other

    async def _tell(self, group: _Group, pulled: wire.Pulled) -> None:
        shut = frozenset(await self._accounts.revoked())
        heads = [(await self._logs.heads(log)).heads for log in pulled.pages]
        answers: dict[_Yours, Encoded] = {}
        for count, waiter in enumerate(list(group.waiters), 1):
            if waiter.desk in shut:
                _refuse(waiter, shut_out())
                continue
            yours = _Yours(waiter.form, tuple(of.get(waiter.desk, 0) for of in heads))
            answer = answers.get(yours)
            if answer is None:
                answer = answers[yours] = encoded(_for(pulled, yours.numbers), waiter.form)
            if not waiter.told.done():
                waiter.told.set_result(answer)
            if count % _AT_ONCE == 0:
                await asyncio.sleep(0)

    def _set_due(self, waiter: _Waiter, seconds: float) -> None:
        self._due.setdefault(math.ceil((time.monotonic() + seconds) / _TICK_S), []).append(waiter)
        if self._clock is None:
            self._clock = asyncio.get_running_loop().call_later(_TICK_S, self._tick)

    def _tick(self) -> None:
        now = time.monotonic() / _TICK_S
        for moment in [moment for moment in self._due if moment <= now]:
            for waiter in self._due.pop(moment):
                self._end(waiter)
        self._clock = asyncio.get_running_loop().call_later(_TICK_S, self._tick) if self._due else None

    def _end(self, waiter: _Waiter) -> None:
        if not waiter.told.done():
            waiter.told.set_result(_nothing(waiter.group.empty, waiter.form))


def _for(pulled: wire.Pulled, numbers: Collection[int]) -> wire.Pulled:
    """The same news for a desk with these last numbers of its own."""
    pages = {
        log: msgspec.structs.replace(page, yours=number)
        for (log, page), number in zip(pulled.pages.items(), numbers, strict=True)
    }
    return msgspec.structs.replace(pulled, pages=pages)


def _nothing(empty: wire.Pulled, form: Form) -> Encoded:
    return encoded(msgspec.structs.replace(empty, now_ms=time.time_ns() // 1_000_000), form)


def _refuse(waiter: _Waiter, trouble: Trouble) -> None:
    if not waiter.told.done():
        waiter.told.set_exception(trouble)


def _silent() -> Trouble:
    return Trouble(503, "busy", "The node's database does not answer.", {b"retry-after": b"2"})
