"""A hub's line to its upstream: four threads beside the node's event loop.

    down     long polls: the upstream's facts into the own log
    up       the desks' facts to the upstream, as soon as they come
    meeting  desks and revocations, both ways; the own token; claims given back late
    notes    what desks say of themselves, both ways

Of several processes on one database one relays: who holds the lease (`Relayed.lead`). Two at once would do no
harm, only work.
"""

import asyncio
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from sync.backoff import Backoff
from sync.client.http import HttpUpstream
from sync.client.port import Upstream
from sync.client.session import Session
from sync.errors import Refused, SyncError, Unauthorized
from sync.relay.beyond import UpstreamBeyond
from sync.relay.bridge import Bridge, Stopped
from sync.relay.notes import Notes
from sync.relay.standing import Board, Standing
from sync.relay.steps import Steps
from sync.server.ports import Relayed, RelayedAccounts

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `poll`: how long the upstream is asked to wait for news; `look`: how long the own log is;
    `meet`: between two meetings; `give_back`: after which grants that nobody here has are given back
    once more; `lease`: for how long a process relays before it says so again; `notes`: between two looks
    at the notes of desks."""

    poll: float = 25.0
    look: float = 10.0
    meet: float = 15.0
    give_back: float = 600.0
    lease: float = 15.0
    notes: float = 3.0


class Relay:
    """`start`, `stop` and `beyond` belong to the node's event loop; `standing` to any thread."""

    def __init__(
        self,
        logs: Relayed,
        accounts: RelayedAccounts,
        upstream: Upstream,
        session: Session,
        pace: Pace | None = None,
    ) -> None:
        self._logs = logs
        self._upstream = upstream
        self._session = session
        self._pace = pace or Pace()
        self._board = Board()
        self._loop = asyncio.get_running_loop()
        self._bridge = Bridge(self._loop)
        self._steps = Steps(logs, accounts, upstream, session, self._bridge)
        self._notes = Notes(accounts, upstream, session.node, self._bridge)
        self.beyond = UpstreamBeyond(upstream, lambda: self.standing().heard_ms)
        self._give_back_at = 0.0
        self._who = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._stopping = threading.Event()
        self._leading = threading.Event()
        self._lease: asyncio.Task[None] | None = None
        works: dict[str, Callable[[], None]] = {
            "down": lambda: self._steps.pull(self._pace.poll),
            "up": self._up,
            "meeting": self._meeting,
            "notes": self._carry_notes,
        }
        self._threads = [
            threading.Thread(target=self._work, args=(work,), name=f"relay {name}", daemon=True)
            for name, work in works.items()
        ]

    @classmethod
    def over_http(
        cls,
        logs: Relayed,
        accounts: RelayedAccounts,
        address: str,
        fingerprint: bytes,
        session: Session,
        pace: Pace | None = None,
    ) -> "Relay":
        """To the node at an address, pinned by its certificate. Raises BadAddress."""
        upstream = HttpUpstream(address, session.token, fingerprint, node=session.node)
        return cls(logs, accounts, upstream, session, pace)

    def standing(self) -> Standing:
        return self._board.standing()

    async def start(self) -> None:
        self._lease = asyncio.create_task(self._keep_lease())
        for thread in self._threads:
            thread.start()

    async def stop(self) -> None:
        """Ends what waits, and returns when the threads have ended. The lease is given up."""
        self._stopping.set()
        self._steps.stop()
        self._leading.set()
        await asyncio.to_thread(self._upstream.close)
        self._bridge.close()
        if self._lease is not None:
            self._lease.cancel()
            await asyncio.gather(self._lease, return_exceptions=True)
        await self.beyond.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        with suppress(SyncError):
            await self._logs.lead(self._who, 0)

    async def _keep_lease(self) -> None:
        while True:
            try:
                leads = await self._logs.lead(self._who, self._pace.lease)
            except SyncError:
                leads = False  # the database does not answer: the lease ends by itself
            except Exception:  # a bug: without this task the hub would never relay again
                logger.exception("the lease of the relay failed")
                leads = False
            self._board.leads(leads)
            (self._leading.set if leads else self._leading.clear)()
            await asyncio.sleep(self._pace.lease / 3)

    def _work(self, work: Callable[[], None]) -> None:
        backoff = Backoff()
        with suppress(Stopped):
            while self._may_go_on():
                self._stopping.wait(self._survived(work, backoff))

    def _may_go_on(self) -> bool:
        self._leading.wait()
        return not self._stopping.is_set()

    def _survived(self, work: Callable[[], None], backoff: Backoff) -> float:
        """Seconds to wait before the next step. A bug, or a full disk, must not end the thread for good."""
        try:
            return self._tried(work, backoff)
        except Stopped:
            raise
        except Exception:
            logger.exception("the relay failed")
            return backoff.next_s()

    def _tried(self, work: Callable[[], None], backoff: Backoff) -> float:
        token = self._session.token()
        try:
            if not token:
                self._steps.sign_in(token)
            work()
        except Unauthorized:
            return self._came_in(token, backoff)
        except SyncError as error:
            return self._failed(error, backoff)
        backoff.reset()
        if self._board.heard():
            logger.info("the upstream answers")
            self._loop.call_soon_threadsafe(self.beyond.settle)
        return 0.0

    def _came_in(self, token: str, backoff: Backoff) -> float:
        """The token is not known there (any more): by the key there is a new one."""
        try:
            self._steps.sign_in(token)
        except SyncError as trouble:
            return self._failed(trouble, backoff)
        return backoff.next_s()

    def _failed(self, error: SyncError, backoff: Backoff) -> float:
        if not self._stopping.is_set() and self._board.failed(error):
            logger.warning("the upstream: %s", error.message)
        at_least = error.retry_after if isinstance(error, Refused) else 0.0
        return backoff.next_s(at_least)

    def _up(self) -> None:
        cursors = self._steps.push()
        self._board.heard()
        self._steps.wait_for_facts(cursors, self._pace.look)

    def _meeting(self) -> None:
        self._steps.meet()
        self._board.heard()
        if time.monotonic() >= self._give_back_at and self._steps.give_back(self.beyond):
            self._give_back_at = time.monotonic() + self._pace.give_back
        self._stopping.wait(self._pace.meet)

    def _carry_notes(self) -> None:
        self._notes.carry()
        self._stopping.wait(self._pace.notes)
