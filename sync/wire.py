"""The messages of the protocol: what travels between two nodes. `sync/README.md` tells the rest.

The same structs are encoded as JSON or as MessagePack, by the request's `Content-Type` and `Accept`;
in JSON, bytes are base64. Moments are milliseconds since 1970 UTC (`..._ms`), spans are seconds (`..._s`).
A reader passes over members that it does not know.
"""

from enum import IntEnum, StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

PROTOCOL = 1
MSGPACK = "application/msgpack"
JSON = "application/json"

# Limits that every node keeps, and every client may rely on.
MOST_FACTS = 1000
MOST_BYTES = 8 << 20
MOST_WAIT_S = 55.0
MOST_NOTE = 64 << 10  # bytes of a note's body
NOTE_KEPT_S = 86_400.0

# What a reader refuses at once, whole requests alike. (A malformed fact is refused by itself.)
Id = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]+\Z")]
Name = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
Words = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*\Z")]
Reason = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*\Z")]  # not empty
Count = Annotated[int, Meta(ge=0, le=2**53)]
Digest = Annotated[bytes, Meta(max_length=64)]
Seconds = Annotated[float, Meta(ge=0, le=366 * 86400)]


class State(IntEnum):
    """What of a fact is here. Its envelope, its digests and its place in the chain always are."""

    WHOLE = 0
    REDACTED = 1  # personal members were taken out of the payload; the salt is empty
    WITHHELD = 2  # refused upstream: payload and salt are empty, the fact means nothing


class WireFact(Struct, frozen=True, omit_defaults=True):
    """A fact. `log` stands outside; `digest` follows from the envelope and `payload_digest`.

    `payload_digest` is empty for a whole fact, where it follows from salt and payload.
    """

    id: str
    kind: str
    subject: str
    stamp: str
    desk: str
    seq: Count
    chain: Digest
    payload: bytes = b""
    salt: Digest = b""
    payload_digest: Digest = b""
    state: Annotated[int, Meta(ge=0, le=2)] = State.WHOLE


class SignedHead(Struct, frozen=True):
    """The end of a desk's chain, signed (Ed25519) by the desk: all facts up to it are the desk's own.

    Signed are the UTF-8 bytes of `eventdesk head 1`, log, desk and seq, each followed by a line
    feed, then the chain value.
    """

    desk: Id
    seq: Count
    chain: Digest
    signature: Digest


class Hello(Struct, frozen=True):
    """Who answers. Asked without a token; that it parses tells a node from a captive portal.

    `kind` is `hub` or `centre`. `upstream_ms`: when a hub last heard its upstream (0: never), None
    for a node without one.
    """

    eventdesk: int
    node: str
    epoch: str
    kind: str
    name: str
    version: str
    now_ms: int
    upstream_ms: int | None = None


# Facts


class Push(Struct, frozen=True):
    """Facts of one log: those of each desk in their order. `heads`: of the desks among them."""

    facts: Annotated[list[WireFact], Meta(max_length=MOST_FACTS)]
    heads: Annotated[list[SignedHead], Meta(max_length=MOST_FACTS)] = field(default_factory=list)


class Why(StrEnum):
    """Why a node did not take a fact. The last four keep its place in the chain (it is withheld)."""

    GAP = "gap"  # facts before it are missing: send from `heads` on
    FORK = "fork"  # another fact has its number here
    CHAIN = "chain"  # its digests or its chain do not hold, or its stamp or id is malformed
    UNSIGNED = "unsigned"  # of another desk, without a head that this desk signed
    PAYLOAD = "payload"  # the payload is not the one that was digested: send it again whole
    UNREADABLE = "unreadable"  # the payload is not what its kind says
    RIGHT = "right"  # neither the desk nor the person named may write this
    REVOKED = "revoked"  # the desk is shut out; what it still held waits for a person


class Refusal(Struct, frozen=True):
    id: str
    desk: str
    seq: int
    why: str
    words: str


class Pushed(Struct, frozen=True):
    """`taken` were new, `known` were not. `heads`: the last number that the node has of each desk
    among the facts; a later push goes on from there, whatever was refused."""

    epoch: str
    taken: int
    known: int
    refused: list[Refusal]
    heads: dict[str, int]
    now_ms: int


class Pull(Struct, frozen=True):
    """`cursors`: by log, the last number of arrival that the asker has (0: none), under `epoch`.

    Answered at once where anything is new, or where the asker may use a log that `cursors` does not name;
    else when something arrives, at the latest after `wait_s`.
    A node that was restored from a backup moves cursors of older epochs back by itself.
    """

    epoch: Name
    cursors: Annotated[dict[Id, Count], Meta(max_length=10_000)]
    limit: Annotated[int, Meta(ge=1, le=MOST_FACTS)] = MOST_FACTS
    wait_s: Seconds = 0.0


class Page(Struct, frozen=True):
    """The facts of a log that arrived after the cursor, oldest first, and where to go on.

    A fact that was withheld and is now released comes again, whole, under a new number of arrival.
    `yours` is the last number of the asking desk that this node has: what follows it must be sent (again).
    """

    facts: list[WireFact]
    heads: list[SignedHead]
    cursor: int
    more: bool
    yours: int


class Pulled(Struct, frozen=True):
    """`pages` holds the logs with anything to tell. `logs` are all that the asker may use."""

    epoch: str
    pages: dict[str, Page]
    logs: list[str]
    now_ms: int

    def is_news(self, asked: Pull) -> bool:
        """Whether this is worth an answer before the time is over."""
        return bool(self.pages) or self.epoch != asked.epoch or not asked.cursors.keys() >= set(self.logs)


class Heads(Struct, frozen=True):
    """The last number of each desk in a log, and the number of arrival of the newest fact."""

    epoch: str
    heads: dict[str, int]
    cursor: int


# Claims


class ClaimAsked(Struct, frozen=True):
    """`key` is exclusive. `subject`: whose facts take and release it. `fact`: the id of the fact
    that the desk will write if it is granted. `note` is told to whoever is refused (no personal data)."""

    key: Id
    subject: Id
    fact: Id
    note: Words = ""


class Holder(Struct, frozen=True):
    """Who holds a claim: by a fact that arrived, or (`fact` not here yet) by a grant."""

    desk: str
    fact: str
    since_ms: int
    note: str = ""


class ClaimAnswer(Struct, frozen=True):
    """`level`: how far the answer reaches: `hub` (the line beyond is cut) or `centre`.

    `stamp`: the newest of the subject's facts that was looked at, empty where there was none. The asker has
    seen it by this answer, and must stamp what it writes now after it.
    """

    granted: bool
    level: str
    holder: Holder | None
    now_ms: int
    stamp: str = ""


class ClaimReleased(Struct, frozen=True):
    """`released` is false where the claim is not the asker's, or a fact holds it."""

    released: bool


class ClaimKey(Struct, frozen=True):
    """`force`: a supervisor takes another desk's grant away, for a `reason`. `fact`: the grant for this fact
    alone; empty: for whichever."""

    key: Id
    force: bool = False
    reason: Words = ""
    fact: Words = ""


class HeldClaim(Struct, frozen=True):
    key: str
    subject: str
    fact: str
    since_ms: int


# Allotments


class AllotmentAsked(Struct, frozen=True):
    """`wanted`: the share that the desk would like to have in all, sold ones included. `turn` counts
    a holder's requests for a counter upwards, over restarts too: one that comes late, when a later one was
    served, changes nothing. (It may ask for less than is sold by now.)"""

    counter: Id
    wanted: Count
    turn: Count = 0


class Allotment(Struct, frozen=True):
    """One holder's share of a counter: `share` may be used in all, `used` were, as far as known here.

    `taken_back_ms`: when a person took the unused rest from a desk that is gone (0: never).
    """

    counter: str
    holder: str
    share: int
    used: int
    taken_back_ms: int = 0


class TakeBackAsked(Struct, frozen=True):
    counter: Id
    holder: Id
    reason: Reason


class CounterState(Struct, frozen=True):
    """`size` None: unlimited. `left` is what can still be allotted by this node."""

    counter: str
    size: int | None
    left: int | None
    allotments: list[Allotment]


# Enrolment. The one-time code never travels: both sides derive from it (`sync/pairing.py`).


class CodeAsked(Struct, frozen=True):
    """Let one desk in. `lookup` and `sealed` are derived from the code, which the maker shows.

    `sealed`: the event's secrets (the pepper of PINs), which the node cannot open.
    """

    lookup: Digest
    name: Name
    roles: Annotated[list[Id], Meta(max_length=20)]
    logs: Annotated[list[Id], Meta(max_length=10_000)]  # empty: every log
    valid_s: Seconds = 3600.0
    sealed: Annotated[bytes, Meta(max_length=4096)] = b""


class EnrolAsked(Struct, frozen=True):
    """`signature`: by `public_key` (Ed25519) over `eventdesk enrol 1\\n`, desk, `\\n` and lookup.

    `hub`: a hub, whose desk id is the id of its node, says where desks reach it. `clock_error_ms`: how far
    the desk has found its clock to be ahead of the node's, for people to see.
    """

    lookup: Digest
    desk: Id
    name: Name
    public_key: Digest
    signature: Digest
    hub: "HubReached | None" = None
    clock_error_ms: int = 0


class ProofAsked(Struct, frozen=True):
    """Is this the node of a code? `index`: SHA-256 of `eventdesk pairing index 1\\n` and the lookup."""

    index: Digest
    nonce: Digest


class Proof(Struct, frozen=True):
    """HMAC-SHA256, keyed with the lookup, of `eventdesk pairing proof 1\\n`, the nonce and the SHA-256 of the
    node's certificate (DER)."""

    proof: Digest


class SignInAsked(Struct, frozen=True):
    """A desk that the node knows asks for a new token: by its key, no code.

    `signature` is over `eventdesk sign-in 1\\n`, node, `\\n`, desk, `\\n` and at_ms in decimal. A
    signature is good once and for five minutes. `hub` and `clock_error_ms`: as at the enrolment, told anew
    with each.
    """

    desk: Id
    at_ms: Count
    signature: Digest
    hub: "HubReached | None" = None
    clock_error_ms: int = 0


class HubReached(Struct, frozen=True):
    """Where a hub answers (`https://host:port`), and the SHA-256 of its certificate (DER)."""

    fingerprint: Digest
    addresses: Annotated[list[Id], Meta(max_length=20)]


class SignedIn(Struct, frozen=True):
    """`token` is shown once; the node keeps its digest. `token_until_ms`: rotate (sign in) before.

    `hubs`: nodes that stand in for this one, with the digests of their certificates.
    """

    token: str
    token_until_ms: int
    node: str
    epoch: str
    roles: list[str]
    logs: list[str]
    now_ms: int
    sealed: bytes = b""
    hubs: list["HubKnown"] = field(default_factory=list)


class HubKnown(Struct, frozen=True):
    """`fingerprint`: SHA-256 of its certificate (DER)."""

    node: str
    name: str
    fingerprint: bytes
    addresses: list[str]


class DeskKnown(Struct, frozen=True):
    """A desk as its node knows it. `via`: the hub that it was enrolled at, empty for this node.

    `cursors`: by log, the last number of arrival that it has told us it holds.
    """

    desk: Id
    name: Name
    public_key: Digest
    roles: list[Id]
    logs: list[Id]
    via: Name
    enrolled_ms: int
    seen_ms: int
    revoked_ms: int
    clock_error_ms: int
    cursors: dict[str, int]


class RevokeAsked(Struct, frozen=True):
    """Shut a desk out. The `reason` is kept."""

    desk: Id
    reason: Reason


# Notes: what each desk says of itself, one at a time. In no log, and not for ever.


class Note(Struct, frozen=True):
    """What a desk says of itself, in the place of what it said before: `body` is its own affair.

    `turn` counts a desk's notes upwards, over restarts too (milliseconds of its clock will do): of two notes
    the later turn counts, or the one that was heard more than a minute after the other. `age_ms`: how long
    ago the first node that took it has heard it; no two clocks are compared so.
    """

    desk: Id
    turn: Count
    body: bytes
    age_ms: Count = 0


class NotesGiven(Struct, frozen=True):
    """Of a desk its own, of a hub those of its desks."""

    notes: Annotated[list[Note], Meta(max_length=MOST_FACTS)]


class NotesAsked(Struct, frozen=True):
    """`after`: `next` of the answer before, from the same node; 0: all that are kept."""

    after: Count = 0


class DeskNamed(Struct, frozen=True):
    desk: str
    name: str


class Notes(Struct, frozen=True):
    """Notes that came after `after`, in the order of their coming (some come twice). `desks`: all that were
    here in the last days, whether they left a note or not. `more`: ask again at once, with `next`."""

    notes: list[Note]
    desks: list[DeskNamed]
    next: int
    more: bool
    now_ms: int


# Quarantine


class Quarantined(Struct, frozen=True):
    """A refused fact that waits for a person, or for nothing: it is never deleted."""

    fact: WireFact
    why: str
    words: str
    arrived_ms: int
    pushed_by: str


class ReviewAsked(Struct, frozen=True):
    """Let a withheld fact in, by a person's word."""

    id: Id
    reason: Reason


class Problem(Struct, frozen=True):
    """The body of every refusal (RFC 9457's members). `code` is one word of the protocol.

    `now_ms`: the node's time, where the asker's clock (code `clock`) was the reason.
    """

    status: int
    code: str
    title: str
    detail: str = ""
    now_ms: int = 0
