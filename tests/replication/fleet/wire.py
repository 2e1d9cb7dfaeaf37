"""The line between a desk and a node in memory: it delivers, loses, repeats, delays and cuts as it is told.

`Wire.dial(...)` gives the `Upstream` (`sync/client/port.py`) of one desk.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from sync import wire
from sync.client.faults import portal
from sync.client.port import Contact, Snapshot
from sync.errors import Forbidden, SyncError, Unreachable
from tests.replication.fleet.node import Node

T = TypeVar("T")


class Wire:
    """Faults, each of which may be set at any time: `cut` (nobody is there), `hanging` (nothing comes back
    until the time is over), `hold_pushes` (pushes alone are slow), `lose_requests` and `lose_answers` (so
    many of the next), `repeat` (each request is served twice), `portal` (a page of the hotel's), `fault`
    (raised by each request)."""

    def __init__(self, node: Node, wall_ms: Callable[[], int] | None = None) -> None:
        """`wall_ms`: the desk's own clock, to measure its error."""
        self.node = node
        self.wall_ms = wall_ms or (lambda: time.time_ns() // 1_000_000)
        self.heal()
        self.requests = 0

    def heal(self) -> None:
        self.cut = False
        self.hanging = False
        self.portal = False
        self.hold_pushes = False
        self.repeat = False
        self.lose_requests = 0
        self.lose_answers = 0
        self.fault: SyncError | None = None

    def sever(self) -> None:
        """Cut it, also for what is on its way."""
        self.cut = True
        with self.node.news:
            self.node.news.notify_all()

    def dial(self, token: Callable[[], str]) -> "Line":
        return Line(self, token)


class Line:
    """`sync.client.port.Upstream`, as one desk has it."""

    def __init__(self, by: Wire, token: Callable[[], str]) -> None:
        self._wire = by
        self._node = by.node
        self._token = token
        self._closed = threading.Event()
        self._contact: Contact | None = None

    def hello(self) -> wire.Hello:
        return self._call(self._node.hello)

    def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        return self._call(lambda: self._node.enrol(asked))

    def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        return self._call(lambda: self._node.sign_in(asked))

    def push(self, log: str, push: wire.Push) -> wire.Pushed:
        while self._wire.hold_pushes and not self._is_cut():
            self._closed.wait(0.01)
        return self._call(lambda: self._node.push(log, push, self._node.who(self._token(), handing_in=True)))

    def pull(self, pull: wire.Pull) -> wire.Pulled:
        return self._call(lambda: self._node.pull(pull, self._who(), self._is_cut))

    def heads(self, log: str) -> wire.Heads:
        self._who()
        return self._call(lambda: self._node.heads(log))

    def claim(self, log: str, asked: wire.ClaimAsked, timeout_s: float) -> wire.ClaimAnswer:
        return self._call(lambda: self._node.claim(log, asked, self._who()), timeout_s)

    def release(self, log: str, key: str, fact: str = "", reason: str = "") -> wire.ClaimReleased:
        return self._call(lambda: self._node.release(log, key, self._who()))

    def held(self, log: str) -> list[wire.HeldClaim]:
        return self._call(lambda: self._node.held(log, self._who()))

    def allot(self, log: str, asked: wire.AllotmentAsked) -> wire.Allotment:
        return self._call(lambda: self._node.allot(log, asked, self._who()))

    def counters(self, log: str) -> list[wire.CounterState]:
        return self._call(lambda: self._node.counters(log))

    def take_back(self, log: str, counter: str, holder: str, reason: str) -> wire.Allotment:
        raise Forbidden(f"Nobody takes {holder} its share of {counter} in {log} here ({reason}).")

    def snapshot(self, log: str, form: str) -> Snapshot | None:
        return None

    def desks(self) -> list[wire.DeskKnown]:
        return self._call(lambda: list(self._node.known()))

    def give_notes(self, notes: Sequence[wire.Note]) -> None:
        self._call(lambda: self._node.give_notes(notes, self._who()))

    def notes(self, after: int) -> wire.Notes:
        return self._call(lambda: self._node.notes_after(after, self._who()))

    def revoke(self, desk: str, reason: str) -> None:
        assert reason
        self._call(lambda: self._node.revoked.add(desk))

    def make_code(self, asked: wire.CodeAsked) -> None:
        self._call(lambda: self._node.codes.__setitem__(asked.lookup, asked))

    def quarantine(self, log: str) -> list[wire.Quarantined]:
        return []

    def review(self, log: str, fact: str, reason: str) -> bool:
        return False

    def learn(self, desks: Sequence[wire.DeskKnown]) -> None:
        pass

    def last_contact(self) -> Contact | None:
        return self._contact

    def close(self) -> None:
        self._closed.set()
        with self._node.news:
            self._node.news.notify_all()

    def _who(self) -> str:
        return self._node.who(self._token())

    def _is_cut(self) -> bool:
        return self._closed.is_set() or self._wire.cut

    def _call(self, serve: Callable[[], T], timeout_s: float = 20.0) -> T:
        """Over there and back, as far as the wire lets it."""
        at = self._wire
        at.requests += 1
        self._deliver(timeout_s)
        if at.lose_requests:
            at.lose_requests -= 1
            raise Unreachable("The request was lost.")
        if at.repeat:
            serve()
        answer = serve()
        if at.lose_answers:
            at.lose_answers -= 1
            raise Unreachable("The answer was lost.")
        self._deliver(timeout_s)
        self._contact = Contact(at.wall_ms() - self._node.now_ms(), 1)
        return answer

    def _deliver(self, timeout_s: float) -> None:
        if self._wire.hanging:
            self._closed.wait(timeout_s)
            raise Unreachable("Nothing came back in time.")
        if self._is_cut():
            raise Unreachable("Nobody is there.")
        if self._wire.portal:
            raise portal()
        if self._wire.fault is not None:
            raise self._wire.fault
