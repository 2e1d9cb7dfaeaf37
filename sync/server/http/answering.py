"""One door for each path: who asks, may they, what do they ask; then the answer, or the refusal."""

import logging
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from sync import wire
from sync.errors import SyncError
from sync.server import journal
from sync.server.http import bodies, problems
from sync.server.http.asking import Asked, File, Parts
from sync.server.http.bodies import Encoded, Form, Headers, Took
from sync.server.http.endpoints import MOST_AT_ENTRY, MOST_IN_PATH, Endpoint, Who
from sync.server.http.handlers import HANDLERS
from sync.server.http.limits import Limits
from sync.server.http.principals import NOBODY, check, token_of
from sync.server.http.problems import Trouble
from sync.server.ports import Principal

_QUIET = frozenset({"pull", "health", "metrics"})
_NO_ANSWER = Encoded(b"", [(b"cache-control", b"no-store")], 204)


class Door:
    """The ASGI app of one path, for all of its methods."""

    def __init__(self, parts: Parts, limits: Limits, path: str, of: Mapping[str, Endpoint]) -> None:
        self._parts = parts
        self._limits = limits
        self._path = path
        self._of = dict(of)
        if "GET" in of:
            self._of["HEAD"] = of["GET"]
        self._readers = {one.name: bodies.Reader(one.asks) for one in of.values() if one.asks is not None}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        started, by = time.perf_counter(), NOBODY
        headers: Headers = dict(scope["headers"])
        form = bodies.form_of(headers)
        try:
            endpoint = self._endpoint(scope["method"])
            by = await self._who(endpoint, headers, _address(scope))
            names = _names(scope["path_params"])
            check(endpoint, by, names.get("log", ""))
            with self._limits.holding(by.desk or _address(scope)) as took:
                body = await self._body(endpoint, headers, receive, took)
                asked = Asked(by, body, form, names, scope["query_string"], _first(headers))
                answer = await HANDLERS[endpoint.name](self._parts, asked)
        except Exception as error:  # noqa: BLE001 - whatever happened, the asker gets an answer in words
            answer = _refusal(error, form, self._path)
        status = await _send(answer, form, send)
        self._note(scope["method"], status, started, by)

    def _endpoint(self, method: str) -> Endpoint:
        endpoint = self._of.get(method)
        if endpoint is None:
            allowed = ", ".join(sorted(self._of))
            raise Trouble(405, "method", f"By {allowed} alone.", {b"allow": allowed.encode()})
        return endpoint

    async def _who(self, endpoint: Endpoint, headers: Headers, address: str) -> Principal:
        """The asker; NOBODY where anyone may ask. Raises Trouble."""
        self._limits.address(address)
        if endpoint.entry:
            self._limits.entry(address)
        if endpoint.who is Who.ANYONE or (endpoint.who is Who.NEAR and _is_near(address)):
            return NOBODY
        token = token_of(headers.get(b"authorization", b""))
        if not token:
            raise problems.unauthorized("This needs a token.")
        by = await self._parts.doorkeeper.principal(token)
        if by is None:
            self._limits.entry(address)
            raise problems.unauthorized("This token is not known (any more): sign in.")
        self._limits.desk(by)
        if endpoint.note:
            self._limits.note(by)
        return by

    async def _body(self, endpoint: Endpoint, headers: Headers, receive: Receive, took: Took) -> Any:
        reader = self._readers.get(endpoint.name)
        if reader is None:
            return None
        most = MOST_AT_ENTRY if endpoint.entry else wire.MOST_BYTES
        return reader.read(
            await bodies.read(headers, receive, self._parts.settings.body_s, most, took), headers
        )

    def _note(self, method: str, status: int, started: float, by: Principal) -> None:
        seconds = time.perf_counter() - started
        endpoint = self._of.get(method)
        self._parts.metrics.served(self._path, method if endpoint else "other", status, seconds)
        quiet = status < 400 and endpoint is not None and endpoint.name in _QUIET
        level = logging.DEBUG if quiet else logging.INFO
        if journal.LOGGER.isEnabledFor(level):
            journal.note(
                "request",
                level,
                method=method,
                route=self._path,
                status=status,
                ms=round(seconds * 1000, 2),
                desk=by.desk,
            )


def no_such_path(parts: Parts) -> ASGIApp:
    """The app for every path that there is none for."""

    async def refuse(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        form = bodies.form_of(dict(scope["headers"]))
        trouble = Trouble(404, "path", "There is nothing here.")
        await _send(_refusal(trouble, form, ""), form, send)
        parts.metrics.served("none", "other", 404, 0.0)

    return refuse


def _refusal(error: Exception, form: Form, route: str) -> Encoded:
    if isinstance(error, SyncError):
        error = problems.of(error)
    if not isinstance(error, Trouble):
        journal.fault("fault", error, route=route)
        error = Trouble(500, "fault", "The node failed at this; it has noted where.")
    answer = bodies.encoded(error.problem(), form, error.status)
    closing = [(b"connection", b"close")] if error.status in (408, 413) else []
    return answer._replace(headers=[*answer.headers, *error.headers.items(), *closing])


async def _send(answer: Any, form: Form, send: Send) -> int:
    """Hands the answer out; its status."""
    if isinstance(answer, File):
        return await _send_file(answer, send)
    if answer is None:
        answer = _NO_ANSWER
    elif not isinstance(answer, Encoded):
        answer = bodies.encoded(answer, form)
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
    return int(answer.status)


async def _send_file(file: File, send: Send) -> int:
    await send({"type": "http.response.start", "status": file.status, "headers": file.headers})
    async for chunk in file.chunks:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return file.status


def _names(given: Mapping[str, str]) -> dict[str, str]:
    """The ids in the path. Raises Trouble for one that is none."""
    try:
        if max(map(len, given.values()), default=0) <= MOST_IN_PATH:
            return {key: msgspec.convert(value, wire.Id) for key, value in given.items()}
    except msgspec.ValidationError:
        pass
    raise Trouble(400, "path", "An id in the path is too long, or holds what no id may.")


def _first(headers: Headers) -> int:
    """Of `Range: bytes=N-`; any other range is answered with the whole, as is anyone's right."""
    unit, _, wanted = headers.get(b"range", b"").partition(b"=")
    number = wanted[:-1]
    digits = unit == b"bytes" and wanted.endswith(b"-") and number.isdigit() and len(number) < 16
    return int(number) if digits else 0


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _is_near(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)  # as IPv4 appears on a socket for both families
    return bool((mapped or found).is_loopback)
