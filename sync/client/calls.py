"""One call from its first byte to its last, on a connection that is kept."""

import http.client
import ssl
import threading
from collections.abc import Callable
from typing import NamedTuple

from sync.client.answers import Answer
from sync.client.connection import Connection
from sync.client.faults import FAULTS, not_a_node, translated
from sync.client.lines import Line, Request
from sync.client.sockets import Limits, closed_here
from sync.errors import SyncError

MOST_ANSWER = 64 << 20


class Timed(NamedTuple):
    """An answer, and when its request began and it had come (of the steady clock)."""

    answer: Answer
    sent_s: float
    received_s: float


class Caller:
    """`trusted`: whether what answers was checked to be the node."""

    def __init__(self, trusted: bool, now: Callable[[], float], closed: threading.Event) -> None:
        self.trusted = trusted
        self._now = now
        self.closed = closed

    def call(self, line: Line, request: Request, limits: Limits, *, again: bool = True) -> Timed:
        """`again`: whether the request may be repeated where a kept connection proves dead.

        Raises SyncError.
        """
        try:
            kept = line.take()
            if kept is not None:
                try:
                    return self.over(line, kept, request, limits)
                except (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
                    if not again or self.closed.is_set():
                        raise
            return self.over(line, line.new(limits), request, limits)
        except FAULTS as fault:
            raise self.trouble(fault) from fault

    def over(self, line: Line, connection: Connection, request: Request, limits: Limits) -> Timed:
        """Raises the network's own faults; the connection is closed then."""
        try:
            sent = self._now()
            response = line.send(connection, request, limits)
            head = self._now()
            body = self._body(response)
        except BaseException:
            connection.close()
            raise
        connection.served += 1
        answer = Answer(response.status, header_map(response), body, self.trusted)
        if not response.will_close:
            line.give_back(connection)
        return Timed(answer, sent, head)

    def trouble(self, fault: BaseException) -> SyncError:
        return closed_here() if self.closed.is_set() else translated(fault)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        body = response.read(MOST_ANSWER + 1)
        if len(body) > MOST_ANSWER:
            raise not_a_node()
        # A read of a given length takes a cut answer for a whole one.
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        response.read()
        return body


def header_map(response: http.client.HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.getheaders()}
