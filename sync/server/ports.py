"""The parts of a node as they see each other: what is kept (`Logs`, `Accounts`) and what is beyond.

The HTTP layer knows these alone. Every method may be called from any task of the node's event loop;
a write has reached the disk when it returns.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from sync import wire
from sync.chain import Record


class Principal(NamedTuple):
    """Who asks: a desk with a token. No `logs`: every log. `revoked`: may only hand in what it holds."""

    desk: str
    roles: frozenset[str]
    logs: frozenset[str]
    revoked: bool = False

    def may_use(self, log: str) -> bool:
        return not self.logs or log in self.logs


class Identity(NamedTuple):
    """`kind` is `hub` or `centre`."""

    node: str
    name: str
    kind: str
    epoch: str


class SnapshotInfo(NamedTuple):
    """A ready state: a file in chunks, compressed with zstd. `cursor` under `epoch`: where to go on."""

    id: str
    log: str
    form: str
    epoch: str
    cursor: int
    made_ms: int
    size: int
    sha256: bytes


class FoundNotes(NamedTuple):
    """`next`: the `after` of the next question, at once where there is `more`."""

    notes: list[wire.Note]
    next: int
    more: bool


class Logs(Protocol):
    """Facts, claims, allotments and snapshots of every log."""

    async def identity(self) -> Identity: ...

    async def ids(self) -> list[str]:
        """Every log."""

    async def push(self, log: str, by: Principal, push: wire.Push) -> wire.Pushed:
        """Take what can be taken, name what can't. A `hub` may hand in what its desks wrote; others
        their own, and other desks' up to a head that these have signed."""

    async def pull(self, by: Principal, pull: wire.Pull) -> wire.Pulled:
        """What is new now; waits for nothing. Notes the cursors as what the asker holds."""

    async def changed(self, pull: wire.Pull, by: Principal, seconds: float) -> None:
        """Returns when there may be something new for this pull, or when the time is over."""

    async def heads(self, log: str) -> wire.Heads: ...

    async def records(self, log: str, desk: str, after: int, limit: int) -> list[Record]:
        """A desk's facts after a number of its own: what a hub still has to hand on."""

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked, level: str) -> wire.ClaimAnswer:
        """`by`: the desk. Granted again to the desk that holds the grant while its fact is not here."""

    async def release(
        self, log: str, by: str, key: str, *, force: bool = False, reason: str = "", fact: str = ""
    ) -> bool:
        """Give back a grant without a fact; for `fact` alone, where that is told. `force`: a person's
        decision about another desk's, kept."""

    async def held(self, log: str, by: str) -> list[wire.HeldClaim]:
        """The grants of a desk whose facts are not here yet."""

    async def counter(self, log: str, key: str) -> wire.CounterState: ...

    async def counters(self, log: str) -> list[wire.CounterState]: ...

    async def allot(self, log: str, holder: str, asked: wire.AllotmentAsked) -> wire.Allotment:
        """Set the holder's share to what was wanted or, where less is left, as near as can be; never
        below what it has used. Also the way to give back. At a hub (`note_share`) within its own share."""

    async def note_share(self, log: str, counter: str, share: int) -> None:
        """A hub's own share, as its upstream said it: what it shares out among its desks never passes
        that, and `left` counts from it. Nothing where it was never noted."""

    async def take_back(
        self, log: str, counter: str, holder: str, *, by: str = "", reason: str = ""
    ) -> wire.Allotment:
        """A person (at the desk `by`, for a reason that is kept) takes the unused rest from a holder
        that is gone."""

    async def quarantine(self, log: str, after: int, limit: int) -> list[wire.Quarantined]: ...

    async def review(self, log: str, id_: str, by: Principal, *, reason: str = "") -> bool:
        """Judge a withheld fact again, by today's rights or by the reviewer's word: True where released."""

    async def snapshot(self, log: str, form: str) -> SnapshotInfo | None:
        """The newest ready one that the present epoch can go on from."""

    def chunks(self, id_: str, first: int = 0) -> AsyncIterator[bytes]: ...

    async def close(self) -> None: ...


class Relayed(Logs, Protocol):
    """A hub's own `Logs`, for the relay beside it (`sync/relay`), which speaks with the upstream."""

    async def receive(self, upstream: str, log: str, epoch: str, page: wire.Page) -> None:
        """Take the word of the node `upstream`: facts in the states that they have there (withheld
        ones, and those released that came before), its signed heads, then its cursor under `epoch`.
        Rights are not judged again. Facts that are here already pass."""

    async def upstream_cursors(self) -> tuple[str, dict[str, int]]:
        """The upstream's epoch (empty: never met) and by log the cursor of what was received."""

    async def upstream_moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        """The upstream has this epoch now; these logs go on from these cursors."""

    async def may_be_granted(self, log: str, held: wire.HeldClaim) -> bool:
        """Whether a desk here may have been granted this, or its fact is here: of all that the upstream
        has granted to this hub, the rest went down with a crash."""

    async def signed_head(self, log: str, desk: str, most: int) -> wire.SignedHead | None:
        """The highest head kept that the desk signed, at or before number `most`."""

    async def released(self, log: str, after: int) -> tuple[int, list[Record]]:
        """Withheld facts that were let in here after a number of arrival, and the number to go on from:
        the upstream has them as withheld, and no chain shows that they came again."""

    async def lead(self, who: str, seconds: float) -> bool:
        """Whether the process `who` is the one that relays, until `seconds` from now: of several that
        share a database one at a time. 0 seconds: it no longer is."""


class Accounts(Protocol):
    """Desks, their tokens and the codes that let them in. Secrets are kept as digests."""

    async def principal(self, token: str) -> Principal | None:
        """Whose token it is, if it is good now."""

    async def make_code(self, by: str, asked: wire.CodeAsked, roles: Collection[str]) -> None:
        """Raises Forbidden where `asked.roles` go beyond what `roles` may hand out."""

    async def code_of(self, index: bytes) -> bytes:
        """The lookup of a code (`sync.pairing.index`). Raises Refused (code `code`) where there is none."""

    async def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        """Raises Refused (code `code`) for a code that is unknown, used or too old; Forbidden for a
        desk id that another key has."""

    async def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        """A desk that was shut out gets a token too, to hand in what it holds. Raises Unauthorized (code
        `desk` where it is not known here, `key` where another key signed), Refused (code `clock`, with
        `now_ms`, or `replay`)."""

    async def desks(self) -> list[wire.DeskKnown]: ...

    async def revoke(self, desk: str, by: str, reason: str) -> None: ...

    async def revoked(self) -> Collection[str]:
        """The ids of all desks that were shut out: asked before news goes to those who waited."""

    async def keys(self, desks: Collection[str]) -> Mapping[str, bytes]:
        """Public keys of desks, for their signed heads."""

    async def learn(self, desks: Sequence[wire.DeskKnown], via: str) -> None:
        """A hub tells of its desks, or a hub's upstream of all desks; a revocation is never unlearned."""

    async def give_notes(self, by: Principal, notes: Sequence[wire.Note]) -> None:
        """Keep what a desk says of itself, or what a hub's desks said. What a hub says of desks that share no
        log with it, or that are not known here (yet), is passed over. Raises Forbidden (code `right`) for a
        desk that speaks for another, Refused (code `length`) for a note that is too large."""

    async def notes(self, by: Principal, after: int) -> wire.Notes:
        """Those of desks that the asker shares a log with."""


class RelayedAccounts(Accounts, Protocol):
    """A hub's own `Accounts`, for the relay beside it."""

    async def notes_from(self, upstream: str, given: Sequence[wire.Note]) -> None:
        """The node `upstream` has told these."""

    async def notes_for(self, upstream: str, after: int) -> FoundNotes:
        """Those that `upstream` may lack."""


class Beyond(Protocol):
    """A hub's upstream, as its own claims and allotments need it. Absent at the centre."""

    def heard_ms(self) -> int:
        """When the upstream last answered, 0: never since the start."""

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked) -> wire.ClaimAnswer | None:
        """The upstream's word within the budget; None where none came."""

    async def allot(self, log: str, counter: str, wanted: int) -> wire.Allotment | None: ...

    async def release(self, log: str, by: str, key: str) -> None:
        """Best effort: the upstream's own view of facts mends what this misses."""
