"""A door of one's own for relays that call when the turnstile has turned: `POST /turned?token=...`.

It answers to the network of the house alone, tells nothing, and counts only who knows the token.
"""

import hmac
import ipaddress
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

from eventdesk.errors import BadInput

CALL_SECONDS = 3.0
SHORTEST_TOKEN = 16


class Listener:
    """Raises BadInput where the port can't be had, or the token can be guessed."""

    def __init__(self, host: str, port: int, token: str) -> None:
        if len(token) < SHORTEST_TOKEN:
            raise BadInput(
                "The turnstile's token is too short.", f"Choose one of at least {SHORTEST_TOKEN} characters."
            )
        self._turns = 0
        self._lock = Lock()
        try:
            self._server = _Server((host, port), self._handler(token))
        except OSError as error:
            raise BadInput(
                f"The turnstile can't call this desk on port {port}: {error.strerror}.",
                "Choose another port.",
            ) from error
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="turnstile calls")
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def turns(self) -> int:
        with self._lock:
            return self._turns

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _turned(self) -> None:
        with self._lock:
            self._turns += 1

    def _handler(self, token: str) -> type[BaseHTTPRequestHandler]:
        turned = self._turned

        class Call(BaseHTTPRequestHandler):
            timeout = CALL_SECONDS
            # Who calls need not know what answers.
            server_version, sys_version = "EventDesk", ""

            def do_GET(self) -> None:
                where = urlsplit(self.path)
                said = parse_qs(where.query).get("token", [""])[0]
                if where.path != "/turned":
                    self._answer(404)
                elif hmac.compare_digest(said.encode(), token.encode()):
                    turned()
                    self._answer(204)
                else:
                    self._answer(403)

            do_POST = do_GET  # noqa: N815 - the library finds it by this name

            def _answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """The path holds the token."""

        return Call


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    # So many calls at a time may wait: one turnstile makes one in a second.
    request_queue_size = 4

    def verify_request(self, request: object, client_address: tuple[str, int]) -> bool:  # noqa: ARG002
        return ipaddress.ip_address(client_address[0]).is_private

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up in the middle is no matter of ours."""

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        line, address = super().get_request()
        line.settimeout(CALL_SECONDS)
        return line, address
