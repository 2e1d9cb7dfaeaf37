"""The table of requests: routes, rights, the OpenAPI description and the test matrix all come from it."""

from enum import Enum
from typing import Any, NamedTuple

from sync import wire

SUPERVISING = frozenset({"supervisor", "organizer"})
HUB = "hub"
MOST_IN_PATH = 200  # letters of an id
MOST_AT_ENTRY = 64 << 10  # bytes of a body, from whoever has no token yet


class Who(Enum):
    """Who may ask. `NEAR`: this computer itself, or a supervisor."""

    ANYONE = "anyone"
    NEAR = "near"
    DESK = "desk"
    SUPERVISOR = "supervisor"
    HUB = "hub"
    SUPERVISOR_OR_HUB = "supervisor or hub"

    def admits(self, roles: frozenset[str]) -> bool:
        """Whether a desk with these roles may ask."""
        needed = _NEEDED[self]
        return needed is None or not needed.isdisjoint(roles)


_NEEDED: dict[Who, frozenset[str] | None] = {
    Who.ANYONE: None,
    Who.NEAR: SUPERVISING,
    Who.DESK: None,
    Who.SUPERVISOR: SUPERVISING,
    Who.HUB: frozenset({HUB}),
    Who.SUPERVISOR_OR_HUB: SUPERVISING | {HUB},
}


class Endpoint(NamedTuple):
    """`asks` is the body's struct; `answers` the answer's: None for none (204), a text for another medium.

    `revoked`: those that were shut out may still ask. `entry`: counted as an attempt to come in; `note`: as
    a note.
    """

    method: str
    path: str
    name: str
    who: Who
    asks: Any = None
    answers: Any = None
    words: str = ""
    revoked: bool = False
    entry: bool = False
    note: bool = False


_LOG = "/v1/logs/{log}"

ENDPOINTS = (
    Endpoint("GET", "/health", "health", Who.ANYONE, None, dict[str, str], "Whether this process serves"),
    Endpoint("GET", "/metrics", "metrics", Who.NEAR, None, "text/plain", "Prometheus' text"),
    Endpoint("GET", "/openapi.json", "openapi", Who.ANYONE, None, wire.JSON, "This interface"),
    Endpoint("GET", "/v1/hello", "hello", Who.ANYONE, None, wire.Hello, "Who answers"),
    Endpoint(
        "POST",
        "/v1/prove",
        "prove",
        Who.ANYONE,
        wire.ProofAsked,
        wire.Proof,
        "Show that this node, with its certificate, is the one of a code",
        entry=True,
    ),
    Endpoint(
        "POST",
        "/v1/enrol",
        "enrol",
        Who.ANYONE,
        wire.EnrolAsked,
        wire.SignedIn,
        "Come in by a one-time code",
        entry=True,
    ),
    Endpoint(
        "POST",
        "/v1/sign-in",
        "sign_in",
        Who.ANYONE,
        wire.SignInAsked,
        wire.SignedIn,
        "A new token for a known desk",
        entry=True,
    ),
    Endpoint("POST", "/v1/pull", "pull", Who.DESK, wire.Pull, wire.Pulled, "What is new, or will be"),
    Endpoint(
        "POST",
        f"{_LOG}/facts",
        "push",
        Who.DESK,
        wire.Push,
        wire.Pushed,
        "Hand in facts",
        revoked=True,
    ),
    Endpoint("GET", f"{_LOG}/heads", "heads", Who.DESK, None, wire.Heads, "The last number of each desk"),
    Endpoint(
        "POST",
        f"{_LOG}/claims",
        "claim",
        Who.DESK,
        wire.ClaimAsked,
        wire.ClaimAnswer,
        "Ask for an exclusive key",
    ),
    Endpoint(
        "GET",
        f"{_LOG}/claims",
        "held",
        Who.DESK,
        None,
        list[wire.HeldClaim],
        "The asker's grants without facts",
    ),
    Endpoint(
        "POST",
        f"{_LOG}/claims/release",
        "release",
        Who.DESK,
        wire.ClaimKey,
        wire.ClaimReleased,
        "Give a grant back; by force: supervisors",
    ),
    Endpoint(
        "GET",
        f"{_LOG}/counters",
        "counters",
        Who.DESK,
        None,
        list[wire.CounterState],
        "Counters and their shares",
    ),
    Endpoint(
        "POST",
        f"{_LOG}/allotments",
        "allot",
        Who.DESK,
        wire.AllotmentAsked,
        wire.Allotment,
        "Set one's own share of a counter",
    ),
    Endpoint(
        "POST",
        f"{_LOG}/allotments/take-back",
        "take_back",
        Who.SUPERVISOR,
        wire.TakeBackAsked,
        wire.Allotment,
        "Take the unused rest from a holder that is gone",
    ),
    Endpoint(
        "GET",
        f"{_LOG}/snapshots/{{form}}",
        "snapshot",
        Who.DESK,
        None,
        "application/zstd",
        "The newest ready state",
    ),
    Endpoint(
        "GET",
        f"{_LOG}/quarantine",
        "quarantine",
        Who.SUPERVISOR,
        None,
        list[wire.Quarantined],
        "Refused facts that wait for a person",
    ),
    Endpoint(
        "POST",
        f"{_LOG}/quarantine/review",
        "review",
        Who.SUPERVISOR,
        wire.ReviewAsked,
        wire.ClaimReleased,
        "Let a refused fact in",
    ),
    Endpoint(
        "POST",
        "/v1/notes",
        "give_notes",
        Who.DESK,
        wire.NotesGiven,
        None,
        "Leave a note of oneself; a hub: those of its desks",
        note=True,
    ),
    Endpoint("POST", "/v1/notes/read", "notes", Who.DESK, wire.NotesAsked, wire.Notes, "What desks say"),
    Endpoint(
        "GET", "/v1/desks", "desks", Who.SUPERVISOR_OR_HUB, None, list[wire.DeskKnown], "The desks known"
    ),
    Endpoint(
        "POST", "/v1/desks/learn", "learn", Who.HUB, list[wire.DeskKnown], None, "A hub tells of its desks"
    ),
    Endpoint("POST", "/v1/desks/revoke", "revoke", Who.SUPERVISOR, wire.RevokeAsked, None, "Shut a desk out"),
    Endpoint("POST", "/v1/codes", "make_code", Who.SUPERVISOR, wire.CodeAsked, None, "Let one more desk in"),
)
