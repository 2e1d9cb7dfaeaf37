"""Requests made ahead, sent over raw sockets that are kept open: a load that costs next to nothing.

What asks shares the computer's cores with the node that it measures.
"""

import heapq
import selectors
import socket
from collections.abc import Sequence
from time import perf_counter

import msgspec
import zstandard

from eventdesk.bench.sync.nodes import Asker
from sync.wire import MSGPACK

WORTH_PACKING = 1024
SILENCE_S = 120.0
STEP = 1 << 16
END = b"\r\n\r\n"
LENGTH = b"content-length: "


def request(desk: Asker, path: str, asked: object) -> bytes:
    """As `sync.client` asks, through a proxy."""
    body, coding = msgspec.msgpack.encode(asked), ""
    if len(body) > WORTH_PACKING:
        body, coding = zstandard.ZstdCompressor(level=3).compress(body), "Content-Encoding: zstd\r\n"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: node\r\nAccept: {MSGPACK}\r\nAccept-Encoding: zstd, gzip\r\n"
        f"Authorization: Bearer {desk.token}\r\nX-Forwarded-For: {desk.address}\r\n"
        f"Content-Type: {MSGPACK}\r\n{coding}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Line:
    """One connection. `answer` is told of, when there is something to read."""

    __slots__ = ("_came", "asked", "socket")

    def __init__(self, at: tuple[str, int]) -> None:
        self.socket = socket.create_connection(at, SILENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._came = b""
        self.asked = 0.0

    def ask(self, what: bytes) -> None:
        self.asked = perf_counter()
        self.socket.sendall(what)

    def close(self) -> None:
        self.socket.close()

    def answer(self) -> bytes | None:
        """The body, once it is here; the socket is ready. Raises RuntimeError for a refusal."""
        part = self.socket.recv(STEP)
        if not part:
            raise RuntimeError(f"the node hung up: {self._came!r}")
        self._came += part
        end = self._came.find(END)
        if end < 0:
            return None
        head = self._came[: end + 2]
        begins = head.index(LENGTH) + len(LENGTH)
        length = int(head[begins : head.index(b"\r\n", begins)])
        body = self._came[end + len(END) :]
        if len(body) < length:
            return None
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the node refused: {self._came!r}")
        self._came = b""
        return body


class Lines:
    """Connections to one node, watched together."""

    def __init__(self, at: tuple[str, int], number: int) -> None:
        self.all = [Line(at) for _ in range(number)]
        self._selector = selectors.DefaultSelector()
        for place, line in enumerate(self.all):
            self._selector.register(line.socket, selectors.EVENT_READ, place)

    def close(self) -> None:
        self._selector.close()
        for line in self.all:
            line.close()

    def in_turn(self, queues: Sequence[Sequence[bytes]], until: float = float("inf")) -> "Answers":
        """Each connection asks the next of its queue when it is answered, until the queues are empty or it
        is late (by `perf_counter`)."""
        left = [iter(queue) for queue in queues]
        answers = Answers(perf_counter())
        for line, queue in zip(self.all, left, strict=True):
            line.ask(next(queue))
        waiting = len(self.all)
        while waiting:
            for place in self._answered(answers, SILENCE_S):
                following = next(left[place], None) if perf_counter() < until else None
                if following is None:
                    waiting -= 1
                else:
                    self.all[place].ask(following)
        return answers.ended()

    def at_moments(self, moments: Sequence[tuple[float, int, bytes]]) -> "Answers":
        """(seconds from now, connection, request): each asked then, whatever became of those before."""
        answers, due = Answers(perf_counter()), list(moments)
        heapq.heapify(due)
        while len(answers.took) < len(moments):
            pause = due[0][0] - (perf_counter() - answers.began) if due else SILENCE_S
            self._answered(answers, max(pause, 0.0))
            while due and perf_counter() - answers.began >= due[0][0]:
                _, place, what = heapq.heappop(due)
                self.all[place].ask(what)
        return answers.ended()

    def wait_for(self, number: int) -> "Answers":
        """Until so many have been answered."""
        answers = Answers(perf_counter())
        while len(answers.took) < number:
            self._answered(answers, SILENCE_S)
        return answers.ended()

    def _answered(self, answers: "Answers", seconds: float) -> list[int]:
        """The connections whose answers have come in whole. Raises RuntimeError after a long silence."""
        ready = self._selector.select(seconds)
        if not ready and seconds == SILENCE_S:
            raise RuntimeError("the node does not answer")
        return [key.data for key, _ in ready if answers.take(self.all[key.data])]


class Answers:
    """`took`: seconds from each question to its answer. `bodies`: the answers' own."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.took: list[float] = []
        self.bodies: list[bytes] = []
        self.seconds = 0.0

    def take(self, line: Line) -> bool:
        """Whether the line's answer is here as a whole."""
        body = line.answer()
        if body is None:
            return False
        self.took.append(perf_counter() - line.asked)
        self.bodies.append(body)
        return True

    def ended(self) -> "Answers":
        self.seconds = perf_counter() - self.began
        return self


def percentile_ms(took: Sequence[float], share: float) -> float:
    """In milliseconds."""
    ordered = sorted(took)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2)
