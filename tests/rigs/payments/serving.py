"""A small HTTP server in threads, with doors at which a request can be held."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str


@dataclass
class Told:
    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Door:
    """Holds the requests whose `METHOD path` has `text` in it, before or after (`acted`) they are served."""

    text: str
    acted: bool
    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def hold(self, asked: Asked) -> None:
        if self.text in f"{asked.method} {asked.path}":
            self.reached.set()
            assert self.opened.wait(60), "nobody opened the door"


class Server:
    """Serves `answer`. What was asked stands in `asked`; each of `failures` breaks one request: a text of
    `METHOD path`, a status, and whether it is acted on."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.serving: list[Asked] = []
        self.bugs: list[BaseException] = []  # of this stand-in
        self.doors: list[Door] = []
        self.failures: list[tuple[str, int, bool]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                path, _, query = self.path.partition("?")
                body = self.rfile.read(length).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                try:
                    told = server._told(Asked(self.command, path, query, headers, body))
                except BaseException as error:
                    server.bugs.append(error)
                    raise
                data = json.dumps(told.body).encode() if told.body is not None else b""
                with suppress(OSError):  # who asked is gone
                    self.send_response(told.status)
                    for name, value in {"Content-Type": "application/json", **told.headers}.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)

            do_GET = do_POST = do_DELETE = _serve  # noqa: N815

            def handle(self) -> None:
                with suppress(OSError):
                    super().handle()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.05,), name="maker", daemon=True
        )

    def answer(self, asked: Asked) -> Told:
        raise NotImplementedError

    def broken(self, status: int) -> Told:
        return Told(status, {})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for door in self.doors:
            door.opened.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(10)
        assert not self.bugs

    @contextmanager
    def held(self, text: str, acted: bool) -> Iterator[Door]:
        """The next requests like that wait at a door until it is opened; at the end it is."""
        door = Door(text, acted)
        self.doors.append(door)
        try:
            yield door
        finally:
            self.doors.remove(door)
            door.opened.set()

    def _told(self, asked: Asked) -> Told:
        self.asked.append(asked)
        self.serving.append(asked)
        try:
            return self._through_doors(asked)
        finally:
            self.serving.remove(asked)

    def _through_doors(self, asked: Asked) -> Told:
        self._hold(asked, acted=False)
        failure = self._failure(asked)
        if failure is not None and not failure[2]:
            return self.broken(failure[1])
        told = self.answer(asked)
        self._hold(asked, acted=True)
        return self.broken(failure[1]) if failure is not None else told

    def _hold(self, asked: Asked, acted: bool) -> None:
        for door in list(self.doors):
            if door.acted == acted:
                door.hold(asked)

    def _failure(self, asked: Asked) -> tuple[str, int, bool] | None:
        for failure in self.failures:
            if failure[0] in f"{asked.method} {asked.path}":
                self.failures.remove(failure)
                return failure
        return None
