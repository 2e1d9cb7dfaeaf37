"""A line to pretix that goes wrong as lines do: answers that never arrive after the work was done, calls that
never do, and a server that asks for patience or fails."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests


class Fate(Enum):
    PASS = "pass"
    LOSE_ANSWER = "lose answer"
    LOSE_CALL = "lose call"


@dataclass(frozen=True)
class Answer:
    """In the place of pretix' own."""

    status: int
    retry_after: str = ""


Choose = Callable[[str, str, int], Fate | Answer]


class Line:
    """`choose` says what becomes of a call: its method, its path, and how often this one was tried before."""

    def __init__(self, target: str, choose: Choose) -> None:
        self.choose = choose
        self.seen: list[tuple[str, str]] = []
        self._target = target
        self._tries: dict[tuple[str, str, bytes], int] = {}
        self._lock = threading.Lock()
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                line.carry(self, body)

            do_GET = do_POST = do_PATCH = handle_any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Closing waits for the calls that are under way.
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def carry(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        method, path = handler.command, handler.path
        with self._lock:
            self.seen.append((method, path))
            key = (method, path, body)
            tries = self._tries[key] = self._tries.get(key, -1) + 1
        fate = self.choose(method, path, tries)
        if isinstance(fate, Answer):
            headers = {"Retry-After": fate.retry_after} if fate.retry_after else {}
            self._answer(handler, fate.status, headers, b"{}")
            return
        if fate is Fate.LOSE_CALL:
            handler.close_connection = True
            return
        kept = {
            name: value
            for name, value in handler.headers.items()
            if name.lower() not in ("host", "connection")
        }
        found = requests.request(
            method, self._target + path, data=body, headers=kept, timeout=120, allow_redirects=False
        )
        if fate is Fate.LOSE_ANSWER:
            handler.close_connection = True
            return
        passed = ("content-type", "retry-after", "x-page-generated", "last-modified", "date")
        headers = {name: value for name, value in found.headers.items() if name.lower() in passed}
        self._answer(handler, found.status_code, headers, found.content)

    @contextmanager
    def running(self) -> Iterator["Line"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    @staticmethod
    def _answer(
        handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], content: bytes
    ) -> None:
        handler.send_response_only(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        handler.wfile.write(content)
