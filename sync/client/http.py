"""A node over the network: every request of the protocol, each within its time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import zstandard

from sync import wire
from sync.client.address import read_address
from sync.client.answers import check, read
from sync.client.calls import Caller, Timed
from sync.client.connection import Connection
from sync.client.faults import FAULTS
from sync.client.keeper import Keeper
from sync.client.lines import Lines, Request
from sync.client.meter import Meter
from sync.client.port import Contact, Snapshot
from sync.client.snapshots import Download
from sync.client.sockets import Limits
from sync.errors import NotEventDesk, Unreachable, WrongNode

WORTH_PACKING = 1024  # bytes
HELLO = Request("GET", "/v1/hello", None, {"Accept": wire.MSGPACK})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds. `call`: any short request; `push`: one with a full batch; `beyond_wait`: what a pull may take
    beyond its own waiting; `close`: how long `close` waits for a thread of ours."""

    call: float = 10.0
    push: float = 60.0
    beyond_wait: float = 30.0
    close: float = 1.0


def no_token() -> str:
    return ""


class HttpUpstream:
    """`fingerprint`: SHA-256 of the node's certificate, empty where the system's authorities decide.
    `node`: the id that must answer, empty for any. `token` is asked at each request.

    Thread-safe. Raises BadAddress at once, and SyncError alone later.
    """

    def __init__(
        self,
        address: str,
        token: Callable[[], str] = no_token,
        fingerprint: bytes = b"",
        *,
        node: str = "",
        times: Times | None = None,
    ) -> None:
        at = read_address(address)
        self._token = token
        self._node = node
        self._times = times or Times()
        self._meter = Meter()
        self._lines = Lines(at, fingerprint)
        self._caller = Caller(at.secure or at.is_loopback(), self._meter.now, self._lines.live.closed)
        self._keeper = Keeper(self._lines["claim"], self._warm)

    # Who is there, and coming in

    def hello(self) -> wire.Hello:
        hello = self._get("/v1/hello", wire.Hello, secret=False)
        if hello.eventdesk != wire.PROTOCOL:
            raise NotEventDesk(
                "The server speaks another version of the protocol than this desk.",
                "Update whichever of the two is older.",
            )
        self._is_the_one(hello.node)
        return hello

    def prove(self, asked: wire.ProofAsked) -> wire.Proof:
        request = self._request("POST", "/v1/prove", asked, secret=False)
        return read(self._told("other", request, self._times.call).answer, wire.Proof)

    def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        return self._come_in("/v1/enrol", asked)

    def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        return self._come_in("/v1/sign-in", asked)

    # Facts

    def push(self, log: str, push: wire.Push) -> wire.Pushed:
        request = self._request("POST", f"{_of(log)}/facts", push)
        return self._clocked(self._told("push", request, self._times.push), wire.Pushed)

    def pull(self, pull: wire.Pull) -> wire.Pulled:
        request = self._request("POST", "/v1/pull", pull)
        timed = self._told("pull", request, pull.wait_s + self._times.beyond_wait)
        waited = pull.wait_s > 0 and timed.received_s - timed.sent_s > 0.5
        pulled = read(timed.answer, wire.Pulled) if waited else self._clocked(timed, wire.Pulled)
        self._keeper.nudge()
        return pulled

    def heads(self, log: str) -> wire.Heads:
        return self._get(f"{_of(log)}/heads", wire.Heads)

    def snapshot(self, log: str, form: str) -> Snapshot | None:
        path = f"{_of(log)}/snapshots/{quote(form, safe='')}"
        return Download(self._lines["other"], self._caller, lambda after: self._ranged(path, after)).start()

    # Claims and allotments

    def claim(self, log: str, asked: wire.ClaimAsked, timeout_s: float) -> wire.ClaimAnswer:
        """On a warm connection, in `timeout_s` at most, all counted. Later is Unreachable, though the
        node may serve the request yet: asked again with the same fact, it grants the same."""
        limits = Limits(timeout_s)
        request = self._request("POST", f"{_of(log)}/claims", asked)
        try:
            timed = self._on_a_warm_line(request, limits)
        except TimeoutError as fault:
            self._keeper.nudge()
            raise Unreachable("The server did not answer in time.") from fault
        except FAULTS as fault:
            self._keeper.nudge()
            raise self._caller.trouble(fault) from fault
        check(timed.answer)
        return self._clocked(timed, wire.ClaimAnswer)

    def _on_a_warm_line(self, request: Request, limits: Limits) -> Timed:
        """Once more where the connection proves dead: the server may have closed it this very moment."""
        try:
            with self._keeper.lent(limits) as connection:
                return self._caller.over(self._lines["claim"], connection, request, limits)
        except ConnectionResetError:
            with self._keeper.lent(limits) as connection:
                return self._caller.over(self._lines["claim"], connection, request, limits)

    def release(self, log: str, key: str, fact: str = "", reason: str = "") -> wire.ClaimReleased:
        asked = wire.ClaimKey(key, bool(reason), reason, fact)
        return self._post(f"{_of(log)}/claims/release", asked, wire.ClaimReleased)

    def held(self, log: str) -> list[wire.HeldClaim]:
        return self._get(f"{_of(log)}/claims", list[wire.HeldClaim])

    def allot(self, log: str, asked: wire.AllotmentAsked) -> wire.Allotment:
        return self._post(f"{_of(log)}/allotments", asked, wire.Allotment)

    def counters(self, log: str) -> list[wire.CounterState]:
        return self._get(f"{_of(log)}/counters", list[wire.CounterState])

    def take_back(self, log: str, counter: str, holder: str, reason: str) -> wire.Allotment:
        asked = wire.TakeBackAsked(counter, holder, reason)
        return self._post(f"{_of(log)}/allotments/take-back", asked, wire.Allotment)

    # What people decide

    def desks(self) -> list[wire.DeskKnown]:
        return self._get("/v1/desks", list[wire.DeskKnown])

    def learn(self, desks: Sequence[wire.DeskKnown]) -> None:
        self._do("/v1/desks/learn", list(desks))

    def give_notes(self, notes: Sequence[wire.Note]) -> None:
        self._do("/v1/notes", wire.NotesGiven(list(notes)))

    def notes(self, after: int) -> wire.Notes:
        return self._post("/v1/notes/read", wire.NotesAsked(after), wire.Notes)

    def revoke(self, desk: str, reason: str) -> None:
        self._do("/v1/desks/revoke", wire.RevokeAsked(desk, reason))

    def make_code(self, asked: wire.CodeAsked) -> None:
        self._do("/v1/codes", asked)

    def quarantine(self, log: str) -> list[wire.Quarantined]:
        return self._get(f"{_of(log)}/quarantine", list[wire.Quarantined])

    def review(self, log: str, fact: str, reason: str) -> bool:
        asked = wire.ReviewAsked(fact, reason)
        return self._post(f"{_of(log)}/quarantine/review", asked, wire.ClaimReleased).released

    # The line itself

    def last_contact(self) -> Contact | None:
        return self._meter.contact()

    def close(self) -> None:
        self._lines.close()
        self._keeper.close(self._times.close)

    def _get(self, path: str, kind: type[T], *, secret: bool = True) -> T:
        request = self._request("GET", path, secret=secret)
        return self._clocked(self._told("other", request, self._times.call), kind)

    def _post(self, path: str, asked: Any, kind: type[T]) -> T:
        return read(self._do(path, asked).answer, kind)

    def _do(self, path: str, asked: Any) -> Timed:
        return self._told("other", self._request("POST", path, asked), self._times.call)

    def _come_in(self, path: str, asked: Any) -> wire.SignedIn:
        request = self._request("POST", path, asked, secret=False)
        timed = self._told("other", request, self._times.call, again=False)
        signed_in = self._clocked(timed, wire.SignedIn)
        self._is_the_one(signed_in.node)
        return signed_in

    def _told(self, line: str, request: Request, total_s: float, *, again: bool = True) -> Timed:
        timed = self._caller.call(self._lines[line], request, Limits(total_s), again=again)
        check(timed.answer)
        return timed

    def _clocked(self, timed: Timed, kind: type[T]) -> T:
        """The answer, its clock compared with ours where it tells one."""
        told = read(timed.answer, kind)
        now_ms = getattr(told, "now_ms", 0)
        if now_ms:
            self._meter.heard(timed.sent_s, timed.received_s, now_ms)
        return told

    def _request(self, method: str, path: str, asked: Any = None, *, secret: bool = True) -> Request:
        headers = {"Accept": wire.MSGPACK, "Accept-Encoding": "zstd, gzip"}
        if secret and (token := self._token()):
            headers["Authorization"] = f"Bearer {token}"
        if asked is None:
            return Request(method, path, None, headers)
        body = msgspec.msgpack.encode(asked)
        headers["Content-Type"] = wire.MSGPACK
        if len(body) > WORTH_PACKING:
            body = zstandard.ZstdCompressor(level=3).compress(body)
            headers["Content-Encoding"] = "zstd"
        return Request(method, path, body, headers)

    def _ranged(self, path: str, after: int) -> Request:
        request = self._request("GET", path)
        more = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if after:
            more["Range"] = f"bytes={after}-"
        return request._replace(headers={**request.headers, **more})

    def _warm(self, connection: Connection) -> None:
        """A call reads what TLS sends after its handshake, and shows that somebody answers."""
        timed = self._caller.over(self._lines["claim"], connection, HELLO, Limits(self._times.call))
        check(timed.answer)
        self._is_the_one(self._clocked(timed, wire.Hello).node)

    def _is_the_one(self, node: str) -> None:
        if self._node and node != self._node:
            raise WrongNode(
                "Another server answers than the one that this desk is paired with.",
                "Check the address, or pair this desk with the new server.",
            )


def _of(log: str) -> str:
    return f"/v1/logs/{quote(log, safe='')}"
