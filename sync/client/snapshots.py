"""A ready state on its way: gone on with where the line was cut, and checked at its end."""

import http.client
from collections.abc import Callable, Iterator
from hashlib import sha256

from sync.client.answers import Answer, check
from sync.client.calls import Caller, header_map
from sync.client.connection import Connection
from sync.client.faults import FAULTS, not_a_node
from sync.client.lines import Line, Request
from sync.client.port import Snapshot
from sync.client.sockets import Limits
from sync.errors import NotEventDesk, Refused, Unreachable

STEP = 1 << 18
SILENCE_S = 20.0
LEAST_SPEED = 20_000  # bytes a second; slower than this is as good as cut
MOST_CUTS = 5
FIRST_REST_S = 0.1  # after a cut; twice as long after each further one


class Download:
    """One ready state. `size` and `sha256` are of the compressed file."""

    def __init__(self, line: Line, caller: Caller, request: Callable[[int], Request]) -> None:
        self._line = line
        self._caller = caller
        self._request = request
        self._sum = sha256()
        self._got = 0
        self._fault: BaseException = ConnectionResetError()

    def start(self) -> Snapshot | None:
        """None where the node has none ready. Raises SyncError."""
        found = self._asked()
        if found is None:
            return None
        connection, response = found
        headers = header_map(response)
        try:
            cursor, digest = int(headers["eventdesk-cursor"]), bytes.fromhex(headers["eventdesk-sha256"])
            size, epoch = int(headers["content-length"]), headers["eventdesk-epoch"]
        except (KeyError, ValueError):
            connection.close()
            raise not_a_node() from None
        chunks = self._chunks(connection, response, size, digest)
        next(chunks)  # begun, so that it closes its connection even if nobody reads it
        return Snapshot(cursor, epoch, size, digest, chunks)

    def _chunks(
        self, connection: Connection, response: http.client.HTTPResponse, size: int, digest: bytes
    ) -> Iterator[bytes]:
        cuts = 0
        self._hurry(connection, size)
        try:
            yield b""
            while self._got < size:
                if chunk := self._read(response):
                    yield self._counted(chunk, size)
                    continue
                connection.close()
                if cuts == MOST_CUTS:
                    raise self._caller.trouble(self._fault)
                self._caller.closed.wait(FIRST_REST_S * 2**cuts)
                cuts += 1
                connection, response = self._again(digest)
                self._hurry(connection, size)
            self._compare(digest)
        finally:
            connection.close()

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        """What has come; nothing where the line was cut."""
        try:
            if chunk := response.read1(STEP):
                return chunk
            self._fault = ConnectionResetError()
        except FAULTS as fault:
            self._fault = fault
        return b""

    def _counted(self, chunk: bytes, size: int) -> bytes:
        self._got += len(chunk)
        if self._got > size:
            raise _damaged()
        self._sum.update(chunk)
        return chunk

    def _compare(self, digest: bytes) -> None:
        if self._sum.digest() != digest:
            raise _damaged()

    def _hurry(self, connection: Connection, size: int) -> None:
        if connection.sock is not None:
            connection.sock.limits = Limits(60 + (size - self._got) / LEAST_SPEED, SILENCE_S)

    def _again(self, digest: bytes) -> tuple[Connection, http.client.HTTPResponse]:
        """From where it was cut; a node that begins anew is listened to until then."""
        found = self._asked()
        if found is None or header_map(found[1]).get("eventdesk-sha256", "") != digest.hex():
            if found:
                found[0].close()
            raise Unreachable("The server has a newer ready state by now.", "It is fetched from its start.")
        if found[1].status != 206:
            self._skip(*found, self._got)
        return found

    def _skip(self, connection: Connection, response: http.client.HTTPResponse, rest: int) -> None:
        """Where the line is cut again meanwhile, the next reading finds out."""
        try:
            while rest and (passed := response.read1(min(rest, STEP))):
                rest -= len(passed)
        except FAULTS:
            connection.close()

    def _asked(self) -> tuple[Connection, http.client.HTTPResponse] | None:
        """A connection of its own with the answer's head; None for a 404 of the node's."""
        limits = Limits(60.0, SILENCE_S)
        try:
            connection = self._line.new(limits)
        except FAULTS as fault:
            raise self._caller.trouble(fault) from fault
        try:
            response = self._line.send(connection, self._request(self._got), limits)
            if response.status in (200, 206):
                return connection, response
            body = response.read(1 << 16)
        except FAULTS as fault:
            connection.close()
            raise self._caller.trouble(fault) from fault
        connection.close()
        _none_ready(Answer(response.status, header_map(response), body, self._caller.trusted))
        return None


def _none_ready(answer: Answer) -> None:
    """Returns where the node says so (404), and raises what else an answer without a file means."""
    try:
        check(answer)
    except Refused as refusal:
        if refusal.status == 404:
            return
        raise
    raise not_a_node()


def _damaged() -> NotEventDesk:
    return NotEventDesk("The ready state arrived damaged: its sum is another.", "It is fetched again.")
