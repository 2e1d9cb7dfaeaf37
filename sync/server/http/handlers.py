"""What each endpoint does: ask the parts, hand on their answer. Rights were seen to before."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import msgspec

from sync import errors, pairing, wire
from sync.server.http.asking import Asked, File, Parts
from sync.server.http.bodies import packed
from sync.server.http.endpoints import SUPERVISING
from sync.server.http.problems import Trouble

Handler = Callable[[Parts, Asked], Awaitable[Any]]

_HEALTH_S = 2.0
_PAGE = 500


async def health(parts: Parts, _asked: Asked) -> Any:
    if parts.standing.stopping:
        raise Trouble(503, "stopping", "This process is about to end.", {b"retry-after": b"5"})
    try:
        await asyncio.wait_for(parts.logs.ids(), _HEALTH_S)
    except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
        raise Trouble(503, "busy", "The node's database does not answer.", {b"retry-after": b"5"}) from None
    return {"status": "ok"}


async def metrics(parts: Parts, asked: Asked) -> Any:
    return packed(parts.metrics.text(), "text/plain; version=0.0.4; charset=utf-8", asked.form.coding)


async def openapi(parts: Parts, asked: Asked) -> Any:
    return packed(parts.openapi, wire.JSON, asked.form.coding)


async def hello(parts: Parts, _asked: Asked) -> Any:
    own = await parts.logs.identity()
    heard = None if parts.beyond is None else parts.beyond.heard_ms()
    version = parts.settings.version
    return wire.Hello(wire.PROTOCOL, own.node, own.epoch, own.kind, own.name, version, now_ms(), heard)


async def prove(parts: Parts, asked: Asked) -> Any:
    wanted: wire.ProofAsked = asked.body
    if not parts.settings.fingerprint:
        raise Trouble(400, "certificate", "This node has no certificate of its own to show.")
    lookup = await parts.accounts.code_of(wanted.index)
    return wire.Proof(pairing.proof(lookup, wanted.nonce, parts.settings.fingerprint))


async def enrol(parts: Parts, asked: Asked) -> Any:
    return await parts.accounts.enrol(asked.body)


async def sign_in(parts: Parts, asked: Asked) -> Any:
    return await parts.accounts.sign_in(asked.body)


async def pull(parts: Parts, asked: Asked) -> Any:
    wanted: wire.Pull = asked.body
    pulled = await parts.logs.pull(asked.by, wanted)
    if pulled.is_news(wanted) or not wanted.wait_s:
        return pulled
    return await parts.room.wait(asked.by, wanted, asked.form, pulled)


async def push(parts: Parts, asked: Asked) -> Any:
    pushed = await parts.logs.push(asked.log, asked.by, asked.body)
    parts.metrics.facts.labels("taken").inc(pushed.taken)
    parts.metrics.facts.labels("known").inc(pushed.known)
    parts.metrics.facts.labels("refused").inc(len(pushed.refused))
    return pushed


async def heads(parts: Parts, asked: Asked) -> Any:
    return await parts.logs.heads(asked.log)


async def claim(parts: Parts, asked: Asked) -> Any:
    answer = await parts.claiming.claim(asked.log, asked.by.desk, asked.body)
    parts.metrics.claims.labels("granted" if answer.granted else "refused", answer.level).inc()
    return answer


async def held(parts: Parts, asked: Asked) -> Any:
    return await parts.logs.held(asked.log, asked.by.desk)


async def release(parts: Parts, asked: Asked) -> Any:
    wanted: wire.ClaimKey = asked.body
    if wanted.force:
        _needs_supervisor(asked)
        if not wanted.reason.strip():
            raise Trouble(400, "reason", "A reason is needed: it is kept.")
    released = await parts.claiming.release(
        asked.log, asked.by.desk, wanted.key, force=wanted.force, reason=wanted.reason, fact=wanted.fact
    )
    return wire.ClaimReleased(released)


async def counters(parts: Parts, asked: Asked) -> Any:
    return await parts.logs.counters(asked.log)


async def allot(parts: Parts, asked: Asked) -> Any:
    return await parts.claiming.allot(asked.log, asked.by.desk, asked.body)


async def take_back(parts: Parts, asked: Asked) -> Any:
    return await parts.logs.take_back(
        asked.log, asked.body.counter, asked.body.holder, by=asked.by.desk, reason=asked.body.reason
    )


async def snapshot(parts: Parts, asked: Asked) -> Any:
    found = await parts.logs.snapshot(asked.log, asked.names["form"])
    if found is None:
        raise Trouble(404, "snapshot", "There is no ready state of this log: pull it from the beginning.")
    first = asked.first if asked.first < found.size else 0
    headers = {
        b"content-type": b"application/zstd",
        b"content-length": str(found.size - first).encode(),
        b"accept-ranges": b"bytes",
        b"eventdesk-cursor": str(found.cursor).encode(),
        b"eventdesk-epoch": found.epoch.encode(),
        b"eventdesk-sha256": found.sha256.hex().encode(),
    }
    chunks = parts.logs.chunks(found.id)
    if not first:
        return File(list(headers.items()), chunks)
    headers[b"content-range"] = f"bytes {first}-{found.size - 1}/{found.size}".encode()
    return File(list(headers.items()), _after(chunks, first), 206)


async def _after(chunks: AsyncIterator[bytes], first: int) -> AsyncIterator[bytes]:
    """What follows the first bytes: they are read again, a download is cut seldom."""
    async for chunk in chunks:
        if first < len(chunk):
            yield chunk[first:]
        first = max(0, first - len(chunk))


async def quarantine(parts: Parts, asked: Asked) -> Any:
    after, limit = _number(asked, "after", 0), _number(asked, "limit", _PAGE)
    return await parts.logs.quarantine(asked.log, after, max(1, min(limit, wire.MOST_FACTS)))


async def review(parts: Parts, asked: Asked) -> Any:
    return wire.ClaimReleased(
        await parts.logs.review(asked.log, asked.body.id, asked.by, reason=asked.body.reason)
    )


async def give_notes(parts: Parts, asked: Asked) -> Any:
    await parts.accounts.give_notes(asked.by, asked.body.notes)


async def notes(parts: Parts, asked: Asked) -> Any:
    return await parts.accounts.notes(asked.by, asked.body.after)


async def desks(parts: Parts, asked: Asked) -> Any:
    """Those that the asker shares a log with: other events' desks are none of its business."""
    return [one for one in await parts.accounts.desks() if _is_shared(one, asked)]


async def learn(parts: Parts, asked: Asked) -> Any:
    await parts.accounts.learn(asked.body, asked.by.desk)
    parts.doorkeeper.forget()


async def revoke(parts: Parts, asked: Asked) -> Any:
    found = [one for one in await parts.accounts.desks() if one.desk == asked.body.desk]
    if found and not _is_shared(found[0], asked):
        raise Trouble(403, "log", "This desk belongs to another event.")
    await parts.accounts.revoke(asked.body.desk, asked.by.desk, asked.body.reason)
    parts.doorkeeper.forget()
    parts.room.wake(asked.body.desk)


async def make_code(parts: Parts, asked: Asked) -> Any:
    await parts.accounts.make_code(asked.by.desk, asked.body, asked.by.roles)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def _is_shared(desk: wire.DeskKnown, asked: Asked) -> bool:
    mine = asked.by.logs
    if not mine or not desk.logs or desk.desk == asked.by.desk:
        return True
    return not mine.isdisjoint(desk.logs)


def _needs_supervisor(asked: Asked) -> None:
    if SUPERVISING.isdisjoint(asked.by.roles):
        raise errors.Forbidden("Another desk's grant is taken away by a supervisor alone.", code="right")


def _number(asked: Asked, name: str, otherwise: int) -> int:
    try:
        values = parse_qs(asked.query.decode("latin-1"), max_num_fields=20).get(name, [str(otherwise)])
        return msgspec.convert(values[-1], wire.Count, strict=False)
    except ValueError:  # msgspec's too
        raise Trouble(400, "query", f"{name} is no number.") from None


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler
    for handler in (
        health,
        metrics,
        openapi,
        hello,
        prove,
        enrol,
        sign_in,
        pull,
        push,
        heads,
        claim,
        held,
        release,
        counters,
        allot,
        take_back,
        snapshot,
        quarantine,
        review,
        give_notes,
        notes,
        desks,
        learn,
        revoke,
        make_code,
    )
}
