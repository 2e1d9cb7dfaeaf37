"""A node as those below see it. `client/http.py` is the one over the network; tests have others.

Every method blocks for its timeout at most and raises SyncError alone (`sync/errors.py`). They may be
called from several threads at once: a push never waits for a pull.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from sync import wire


class Contact(NamedTuple):
    """What an answer told beside its body, by a midpoint of sending and receiving.

    `clock_error_ms`: how far this computer's clock is ahead of the node's, give or take `within_ms`,
    half of the round trip.
    """

    clock_error_ms: int
    within_ms: int


class Snapshot(NamedTuple):
    """A ready state on its way: `chunks` are of the compressed file."""

    cursor: int
    epoch: str
    size: int
    sha256: bytes
    chunks: Iterator[bytes]


class Upstream(Protocol):
    def hello(self) -> wire.Hello: ...

    def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn: ...

    def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn: ...

    def push(self, log: str, push: wire.Push) -> wire.Pushed: ...

    def pull(self, pull: wire.Pull) -> wire.Pulled: ...

    def heads(self, log: str) -> wire.Heads: ...

    def claim(self, log: str, asked: wire.ClaimAsked, timeout_s: float) -> wire.ClaimAnswer: ...

    def release(self, log: str, key: str, fact: str = "", reason: str = "") -> wire.ClaimReleased:
        """With a `reason`, which is kept: whoever has it. For supervisors."""
        ...

    def held(self, log: str) -> list[wire.HeldClaim]: ...

    def allot(self, log: str, asked: wire.AllotmentAsked) -> wire.Allotment: ...

    def counters(self, log: str) -> list[wire.CounterState]: ...

    def take_back(self, log: str, counter: str, holder: str, reason: str) -> wire.Allotment: ...

    def snapshot(self, log: str, form: str) -> Snapshot | None: ...

    def desks(self) -> list[wire.DeskKnown]: ...

    def revoke(self, desk: str, reason: str) -> None: ...

    def make_code(self, asked: wire.CodeAsked) -> None: ...

    def quarantine(self, log: str) -> list[wire.Quarantined]: ...

    def review(self, log: str, fact: str, reason: str) -> bool: ...

    def learn(self, desks: Sequence[wire.DeskKnown]) -> None:
        """A hub tells its upstream of its desks."""

    def give_notes(self, notes: Sequence[wire.Note]) -> None: ...

    def notes(self, after: int) -> wire.Notes: ...

    def last_contact(self) -> Contact | None:
        """Of the latest answer of any kind, with the smallest round trip preferred."""

    def close(self) -> None:
        """Ends what still waits, from another thread too."""
