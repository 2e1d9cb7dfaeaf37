"""The desk's threads to the node above: one hands in what was written, one waits for what is new, and one
runs errands, so that neither of them waits for a slow answer to something else."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final, Protocol

from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.ends import DeskEnds
from eventdesk.desk.upstream.loop import Loop
from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.reach import Link, Reach
from eventdesk.desk.upstream.troubles import in_words
from eventdesk.storage.received import Received
from sync.chain import Record
from sync.client.exchange import pull_some, push_all
from sync.errors import (
    NotEventDesk,
    Refused,
    Revoked,
    ServerFault,
    SyncError,
    TooMany,
    Unauthorized,
    Unreachable,
    WrongNode,
)

log = logging.getLogger(__name__)

WAIT_S: Final = 25.0
# Between two requests of a thread, so that a rush at the door goes up by handfuls; a first one goes at once.
PACE_S: Final = 0.04
# Of handing in what a desk holds that was shut out. It forgets then, whatever a node that always fails lacks.
MOST_TRIES: Final = 30


class Watching(Protocol):
    """Who is told how the exchange goes. Called on its threads; must return soon."""

    def failed(self, who: str, error: Exception) -> None: ...

    def went(self, who: str) -> None: ...

    def took(self, log: str, records: Sequence[Record], received: Received) -> None: ...

    def learned(self) -> None:
        """All that the node knew is here."""

    def linked(self, link: Link) -> None:
        """A node was met, for the first time or again, before anything is pulled. May raise SyncError."""

    def new_logs(self, link: Link, logs: Collection[str]) -> None:
        """These will be pulled next: fetch what is ready of them. May raise SyncError."""

    def shut_out(self) -> None:
        """A person revoked this desk; what it held was handed in as far as it goes."""


class Exchange:
    """Runs from `start` to `stop`; where the desk is not paired, it sleeps until `wake`."""

    def __init__(
        self,
        membership: Membership,
        reach: Reach,
        clock: DeskClock,
        watching: Watching,
        errands: Callable[[Link], None],
        free: threading.Event,
    ) -> None:
        """`errands`: what else is owed to the node (claims to give back ...), done at each nudge.
        `free`: while it is set, nobody stands at the door."""
        self._free = free
        self._membership = membership
        self._reach = reach
        self._clock = clock
        self._watching = watching
        self._errands = errands
        self._work = threading.Event()
        self._owed = threading.Event()
        self._paired = threading.Event()
        # Logs of which everyone's facts were offered to a node, by what it was restored to then. It begins
        # empty: what a crash interrupts, the next start does again.
        self._offered: dict[tuple[str, str], int] = {}
        self._restorals: Counter[str] = Counter()
        self._tries = 0
        self._logs: Collection[str] = ()
        self._greeted: Link | None = None
        self._paced: dict[Loop, float] = {}
        self._pusher = self._loop("pusher", self._push)
        self._puller = self._loop("puller", self._pull)
        self._runner = self._loop("errands", self._run_errands)
        self._loops = (self._pusher, self._puller, self._runner)
        self.wake()

    def start(self) -> None:
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """End all threads: whatever waits for the network is cut off."""
        for loop in self._loops:
            loop.ask_to_stop()
        self.nudge()
        self._paired.set()
        self._reach.close()
        for loop in self._loops:
            loop.join()

    def nudge(self) -> None:
        """Something was written, or is to be done at the node. From any thread, at once."""
        self._work.set()
        self._owed.set()

    def try_now(self) -> None:
        self.nudge()
        for loop in self._loops:
            loop.try_now()

    def wake(self) -> None:
        """The pairing has changed."""
        if self._membership.pairing is None:
            self._paired.clear()
        else:
            self._paired.set()
            self.nudge()

    def _loop(self, name: str, step: Callable[[], None]) -> Loop:
        return Loop(name, step, lambda error: self._failed(name, error), lambda: self._went(name))

    # Up

    def _push(self) -> None:
        self._work.wait()
        self._paired.wait()
        if self._pusher.stopping.is_set():
            return
        self._pace(self._pusher)
        self._work.clear()
        try:
            link = self._reach.contact()
            self._guarded(link, self._push_to)
        except BaseException as error:
            self._work.set()  # it is still to be done
            if isinstance(error, SyncError) and not self._pusher.stopping.is_set():
                self._note_attempts(error)
            raise

    def _note_attempts(self, error: SyncError) -> None:
        """For people who look at the outbox: tried again, and what came of it."""
        pairing, desk = self._membership.pairing, self._membership.store.desk
        node = pairing.node.id if pairing else ""
        with self._membership.store.transaction() as tx:
            for log_id in self._own_logs():
                line, head = tx.line(log_id, node), tx.heads(log_id).get(desk)
                if head is not None and head.seq > (line.acked if line else 0):
                    tx.note_attempt(log_id, self._clock.wall_ms(), in_words(error).message)

    def _push_to(self, link: Link) -> None:
        source = self._ends(link)
        fault: Refused | None = None
        for log_id in self._own_logs():
            try:
                self._push_log(source, link, log_id)
            except (Unauthorized, Revoked, TooMany, ServerFault):
                raise
            except Refused as error:
                fault = error  # of this log: the others go on
        if fault is not None:
            raise fault

    def _push_log(self, source: DeskEnds, link: Link, log_id: str) -> None:
        """This desk's own facts; then, at first and after a restoral, what the node lacks of anyone's."""
        node, desk, stop = link.node.id, self._membership.store.desk, self._pusher.stopping.is_set
        restorals = self._restorals[node]
        push_all(source, link.upstream, log_id, desks=(desk,), since=self._since(log_id, node), stop=stop)
        if self._offered.get((node, log_id)) != restorals and self._offer(source, link, log_id):
            self._offered[node, log_id] = restorals

    def _offer(self, source: DeskEnds, link: Link, log_id: str) -> bool:
        """False where new facts of this desk's own came in between: they go first, batch by batch."""
        batches, is_cut = 0, False

        def stop() -> bool:
            nonlocal batches, is_cut
            batches += 1
            is_cut = self._pusher.stopping.is_set() or (batches > 1 and self._work.is_set())
            return is_cut

        try:
            sent = push_all(source, link.upstream, log_id, stop=stop)
        except (Unauthorized, Revoked, TooMany, ServerFault):
            raise
        except Refused as error:
            log.warning("the node takes nothing of others' in %s: %s", log_id, error.message)
            return True  # it will say no again; this desk's own go on by themselves
        source.has(log_id, sent.heads.get(self._membership.store.desk, 0))
        return not is_cut

    def _own_logs(self) -> list[str]:
        with self._membership.store.reader() as reader:
            logs = reader.logs()
        pairing = self._membership.pairing
        allowed = set(pairing.logs) if pairing else set()
        return [one for one in logs if not allowed or one in allowed]

    def _since(self, log_id: str, node: str) -> dict[str, int] | None:
        """The node's last number of this desk's, as it has said; None: it must be asked."""
        with self._membership.store.reader() as reader:
            line = reader.line(log_id, node)
        return None if line is None else {self._membership.store.desk: line.acked}

    # Errands

    def _run_errands(self) -> None:
        self._owed.wait()
        self._paired.wait()
        if self._runner.stopping.is_set():
            return
        self._pace(self._runner)
        self._owed.clear()
        try:
            self._guarded(self._reach.contact(), self._errands)
        except BaseException:
            self._owed.set()  # it is still to be done
            raise

    # Down

    def _pull(self) -> None:
        self._paired.wait()
        if self._puller.stopping.is_set():
            return
        self._pace(self._puller)
        self._guarded(self._reach.contact(), self._pull_from)

    def _pull_from(self, link: Link) -> None:
        if self._greeted is not link:
            self._reach.renew(link)
            self._watching.linked(link)
            self._greeted, self._logs = link, ()
            wait_s = 0.0
        else:
            wait_s = WAIT_S
        ends = self._ends(link)
        more = True
        while more and not self._puller.stopping.is_set():
            took = pull_some(ends, link.upstream, logs=self._logs, wait_s=wait_s)
            self._clock.heard(link.upstream.last_contact())
            fresh = set(took.logs) - set(self._logs)
            if fresh:
                self._watching.new_logs(link, sorted(fresh))
            more = took.more or bool(fresh)
            self._logs, wait_s = tuple(took.logs), 0.0
            if took.renewed:
                self._restorals[link.node.id] += 1
                self.nudge()
        self._reach.renew(link)
        self._watching.learned()

    def _ends(self, link: Link) -> DeskEnds:
        return DeskEnds(self._membership, link.node.id, self._clock, self._watching.took, self._free)

    def _pace(self, loop: Loop) -> None:
        now = time.monotonic()
        loop.stopping.wait(max(0.0, self._paced.get(loop, 0.0) + PACE_S - now))
        self._paced[loop] = time.monotonic()

    # Faults

    def _guarded(self, link: Link, step: Callable[[Link], None]) -> None:
        try:
            step(link)
        except Revoked:
            self._hand_in(link)
            raise
        except Unauthorized:
            self._reach.drop_token(link)
            raise
        except ServerFault as error:
            raise self._reach.lost(link, error, shun=True) from error
        except (Unreachable, NotEventDesk, WrongNode) as error:
            raise self._reach.lost(link, error) from error

    def _hand_in(self, link: Link) -> None:
        """A revoked desk may still hand in what it holds; then it has nothing to ask any more."""
        source = self._ends(link)
        for log_id in self._own_logs():
            try:
                # From where it was: one that is shut out may not ask.
                since = self._since(log_id, link.node.id) or {}
                push_all(source, link.upstream, log_id, desks=(self._membership.store.desk,), since=since)
            except (Unauthorized, TooMany, ServerFault) as error:
                self._tries += 1
                if self._tries < MOST_TRIES:
                    raise
                log.warning("%s is not handed in: %s", log_id, error.message)
            except Refused as error:
                log.warning("the node takes nothing more of %s: %s", log_id, error.message)
        self._watching.shut_out()

    def _failed(self, name: str, error: Exception) -> None:
        if name == "puller":
            self._greeted = None  # the next pull does not wait: that the line is back is seen at once
        self._watching.failed(name, error)

    def _went(self, name: str) -> None:
        self._watching.went(name)
        for loop in self._loops:
            if loop.name != name:
                loop.try_now()
