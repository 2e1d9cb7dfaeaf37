"""What an answer is worth: a node's word, its refusal, or somebody else's page."""

import zlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import NamedTuple, TypeVar

import msgspec
import zstandard

from sync.client.faults import PROXY_PASSWORD, not_a_node, portal
from sync.errors import (
    Forbidden,
    NotEventDesk,
    Refused,
    Revoked,
    ServerFault,
    SyncError,
    TooMany,
    Unauthorized,
)
from sync.wire import JSON, MSGPACK, Problem

MOST_UNPACKED = 64 << 20
MOST_WAIT_S = 3600.0
PROBLEM_JSON = "application/problem+json"

T = TypeVar("T")


class Answer(NamedTuple):
    """`trusted`: from a node whose certificate was checked, or on this computer."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    trusted: bool


def read(answer: Answer, kind: type[T]) -> T:
    """What a node answered. Raises NotEventDesk for anything that a node would not say."""
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = unpacked(answer)
    try:
        if media == MSGPACK:
            return msgspec.msgpack.decode(body, type=kind)
        if media == JSON:
            return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise not_a_node() from None
    raise portal() if media == "text/html" else not_a_node()


def unpacked(answer: Answer) -> bytes:
    """Raises NotEventDesk for a body that is damaged, or swells beyond all measure."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    try:
        if coding == "zstd":
            return _from_zstd(answer.body)
        if coding == "gzip":
            return _from_gzip(answer.body)
    except (zstandard.ZstdError, zlib.error, ValueError):
        raise not_a_node() from None
    if coding in ("", "identity"):
        return answer.body
    raise not_a_node()


def check(answer: Answer) -> None:
    """Raises what an answer other than a good one says."""
    if 200 <= answer.status < 300:
        return
    raise _refusal(answer, problem) if (problem := _problem(answer)) else _stranger(answer)


def _problem(answer: Answer) -> Problem | None:
    """A node's refusal. What stands between has pages and statuses of its own, but not this."""
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in (PROBLEM_JSON, MSGPACK):
        return None
    decode = msgspec.msgpack.decode if media == MSGPACK else msgspec.json.decode
    try:
        problem = decode(unpacked(answer), type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError, NotEventDesk):
        return None
    return problem if problem.code and problem.status == answer.status else None


def _refusal(answer: Answer, problem: Problem) -> SyncError:
    words = problem.detail or problem.title
    if problem.status == 401:
        return Unauthorized(words, status=401, code=problem.code)
    if problem.status == 403:
        # Who is believed here makes a desk wipe its guests' data: never one who only stands in between.
        if problem.code == "revoked" and answer.trusted:
            return Revoked(words, "Hand this desk to whoever is in charge.", status=403, code="revoked")
        return Forbidden(words, status=403, code=problem.code)
    if problem.status == 429:
        return TooMany(words, status=429, code=problem.code, retry_after=_retry_after(answer))
    if problem.status >= 500:
        return ServerFault(words, status=problem.status, code=problem.code, retry_after=_retry_after(answer))
    return Refused(words, status=problem.status, code=problem.code, now_ms=problem.now_ms)


def _stranger(answer: Answer) -> SyncError:
    """No node said this: a portal, a proxy, or the web server before a node."""
    status = answer.status
    if status == 511 or 300 <= status < 400:
        return portal()
    if status == 407:
        return NotEventDesk("The network's proxy asks for a password.", PROXY_PASSWORD)
    if status in (401, 403, 451):
        return NotEventDesk(
            "Something on the way to the server refuses the connection.", "Ask the network's keeper."
        )
    if status == 413:
        return Refused("Something on the way takes no request of this size.", status=413)
    if status == 429:
        return TooMany("Too many requests on the way.", status=429, retry_after=_retry_after(answer))
    if status >= 500:
        return ServerFault("The server fails at the moment.", status=status, retry_after=_retry_after(answer))
    if status == 409:
        return Refused("The server refuses this request.", status=409)
    return not_a_node()


def _retry_after(answer: Answer) -> float:
    """Seconds, from seconds or from a date; 0 where nothing usable is said."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), MOST_WAIT_S)
    try:
        return min(max(0.0, parsedate_to_datetime(text).timestamp() - time()), MOST_WAIT_S)
    except (ValueError, TypeError):
        return 0.0


def _from_zstd(body: bytes) -> bytes:
    with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body) as reader:
        plain = reader.read(MOST_UNPACKED + 1)
    return _bounded(plain)


def _from_gzip(body: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    plain = _bounded(inflater.decompress(body, MOST_UNPACKED + 1))
    if not inflater.eof:
        raise ValueError("cut off")
    return plain


def _bounded(plain: bytes) -> bytes:
    if len(plain) > MOST_UNPACKED:
        raise ValueError("too large")
    return plain
