"""A relay that is asked over HTTP, as Shelly's are: it opens, and says whether somebody goes through."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


class Relay:
    """`asked` holds each opening's method and seconds; `refuses`: it answers 401 to everything."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.locked = 0
        self.turning = False
        self.refuses = False
        self.nonsense = False
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def relay() -> Iterator[Relay]:
    one = Relay()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            told = b"{}"
            if one.refuses:
                return self._say(401, b"")
            if where.path == "/relay/0":
                turn = parse_qs(where.query)
                if turn["turn"] == ["on"]:
                    one.asked.append((self.command, turn["timer"][0]))
                else:
                    one.locked += 1
            if where.path == "/status":
                told = json.dumps({"inputs": [{"input": int(one.turning)}]}).encode()
            return self._say(200, b"<html>" if one.nonsense else told)

        do_POST = do_GET  # noqa: N815

        def _say(self, status: int, told: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        one.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.05,), name="relay")
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()
