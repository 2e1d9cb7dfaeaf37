"""Bodies in and out: read within their limits, of the struct asked for, in the form that was wanted."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from starlette.types import Receive

from sync.server.http import packing
from sync.server.http.problems import Trouble
from sync.wire import JSON, MSGPACK, Problem

PROBLEM_JSON = "application/problem+json"

Headers = Mapping[bytes, bytes]
Took = Callable[[int], None]
_MOST_DIGITS = 15


class Form(NamedTuple):
    """How the asker wants its answer: MessagePack or JSON, and compressed how (empty: not)."""

    media: str
    coding: str


class Encoded(NamedTuple):
    """An answer's bytes, ready to be sent to any number of askers."""

    body: bytes
    headers: list[tuple[bytes, bytes]]
    status: int = 200


def form_of(headers: Headers) -> Form:
    accepted = headers.get(b"accept", b"").lower()
    media = MSGPACK if MSGPACK.encode() in accepted else JSON
    return Form(media, packing.coding_for(headers.get(b"accept-encoding", b"").decode("latin-1")))


async def read(headers: Headers, receive: Receive, seconds: float, most: int, took: Took) -> bytes:
    """The unpacked body. Raises Trouble where it is longer than `most`, too slow, cut off or damaged.

    `took` is told of the bytes as they come, and may raise Trouble.
    """
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or len(length) > _MOST_DIGITS or int(length) > most:
        raise packing.too_large(most)
    try:
        async with asyncio.timeout(seconds):
            body = await _gathered(receive, most, took)
    except TimeoutError:
        raise Trouble(408, "slow", "The request's body did not come in time.") from None
    coding = headers.get(b"content-encoding", b"").decode("latin-1").strip().lower()
    return packing.unpacked(body, coding, most)


async def _gathered(receive: Receive, most: int, took: Took) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Trouble(400, "body", "The request ended before its body.")
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise packing.too_large(most)
        took(len(part))
        parts.append(part)
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)


class Reader:
    """Reads one struct, strictly, from either form."""

    def __init__(self, kind: Any) -> None:
        self._of = {JSON: msgspec.json.Decoder(kind).decode, MSGPACK: msgspec.msgpack.Decoder(kind).decode}

    def read(self, body: bytes, headers: Headers) -> Any:
        """Raises Trouble: 415 for another medium, 400 with words for anything that does not fit."""
        media = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
        decode = self._of.get(media)
        if decode is None:
            raise Trouble(415, "type", f"Bodies are {JSON} or {MSGPACK}.")
        try:
            return decode(body)
        except UnicodeDecodeError:
            raise Trouble(400, "body", "The body is not in UTF-8.") from None
        except RecursionError:
            raise Trouble(400, "body", "The body is nested too deep.") from None
        except (msgspec.DecodeError, ValueError) as error:
            raise Trouble(400, "body", _plain(str(error))) from None


def _plain(words: str) -> str:
    """The decoder's words may repeat what it read (the name of a member): no more than a line of it."""
    return " ".join(words.split())[:300]


def encoded(answer: Any, form: Form, status: int = 200) -> Encoded:
    """The answer in the form that was wanted; compressed where that pays."""
    binary = form.media == MSGPACK
    body = msgspec.msgpack.encode(answer) if binary else msgspec.json.encode(answer)
    media = PROBLEM_JSON if isinstance(answer, Problem) and not binary else form.media
    return packed(body, media, form.coding, status)


def packed(body: bytes, media: str, coding: str, status: int = 200) -> Encoded:
    headers = [(b"content-type", media.encode()), (b"vary", b"accept, accept-encoding")]
    if coding and len(body) > packing.WORTH_IT:
        body = packing.packed(body, coding)
        headers.append((b"content-encoding", coding.encode()))
    headers += [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    return Encoded(body, headers, status)
