"""Requests by hand: lies about lengths, bombs, half a request, many at once. Who asks well is answered."""

import contextlib
import gzip
import socket
import threading
import time
import zlib
from pathlib import Path

import pytest
import requests
import zstandard

from sync import wire
from sync.server.settings import Rate, Settings
from tests.replication.attack.conftest import NodeMaker
from tests.replication.attack.node import FAST, LOG, Desk, Node

FACTS = f"/v1/logs/{LOG}/facts"


@pytest.fixture
def node(make_node: NodeMaker) -> Node:
    return make_node()


@pytest.fixture
def door(node: Node) -> Desk:
    return node.join("door1", "door")


def head(method: str, path: str, *lines: str, version: str = "1.1", token: str = "") -> bytes:
    auth = [f"Authorization: Bearer {token}"] if token else []
    return "\r\n".join([f"{method} {path} HTTP/{version}", "Host: x", *auth, *lines, "", ""]).encode()


def said(port: int, data: bytes, seconds: float = 15.0) -> bytes:
    """All that the node answers to these bytes, until it closes or is silent for a moment."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        with contextlib.suppress(OSError):
            line.sendall(data)
        return heard(line)


def heard(line: socket.socket) -> bytes:
    found = b""
    with contextlib.suppress(OSError):
        while part := line.recv(65536):
            found += part
            line.settimeout(1.0)
    return found


def is_ended(port: int, data: bytes) -> bool:
    """Whether the node ends the line, long before its patience with slow heads does."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        try:
            line.sendall(data)
            while line.recv(65536):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True


def is_well(port: int) -> bool:
    return requests.get(f"http://127.0.0.1:{port}/v1/hello", timeout=5).status_code == 200


SMUGGLED = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
BROKEN = {
    "both lengths": head("POST", "/x", "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "two lengths": head("POST", "/v1/pull", "Content-Length: 5", "Content-Length: 6") + b"hello!",
    "a length below nothing": head("POST", "/v1/pull", "Content-Length: -1"),
    "a length of words": head("POST", "/v1/pull", "Content-Length: five"),
    "a length of 5,000 digits": head("POST", "/v1/pull", "Content-Length: " + "9" * 5000),
    "a coding of lies": head("POST", "/v1/pull", "Transfer-Encoding: xchunked") + b"0\r\n\r\n",
    "a chunk of lies": head("POST", "/v1/pull", "Transfer-Encoding: chunked") + b"zz\r\n",
    "a chunk without end": head("POST", "/v1/pull", "Transfer-Encoding: chunked") + b"f" * 40,
    "a folded header": b"GET /health HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
    "a space before the colon": b"GET /health HTTP/1.1\r\nHost : x\r\n\r\n",
    "a NUL": b"GET /he\0alth HTTP/1.1\r\nHost: x\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no method": b"FROBNICATE /health HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes beyond ASCII": b"GET /v1/logs/\xff\xfe/heads HTTP/1.1\r\nHost: x\r\n\r\n",
    "another server": b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n",
}  # fmt: skip


def test_what_is_no_request_is_refused_and_nothing_is_smuggled(node: Node) -> None:
    for name, data in BROKEN.items():
        answer = said(node.port, data + SMUGGLED)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4"), (name, answer[:200])
        assert b"EventDesk node" not in answer, name
    assert is_well(node.port)


PATHS = {
    "/v1/../v1/hello": 404, "//v1/hello": 404, "/v1//hello": 404, "/v1/hello/": 404, "/v1/hello/..": 404,
    "/v1/%2e%2e/metrics": 404, "/%6detrics": 200, "/v1/hello%2f": 404, "/v1/hello;x=1": 404, "/V1/hello": 404,
    "/v1/hello%00": 404, "/v1/logs/a%2Fb/heads": 404, "/v1/logs/a/b/heads": 404, "/v1/logs//heads": 404,
    "/v1/logs/%2e%2e/heads": 401, "/v1/logs/..%2f..%2fetc%2fpasswd/heads": 404, "http://other/v1/hello": 200,
    "/v1/hello?x=%ff%00": 200, "*": 404, "/" + "x" * 20_000: 404, "/v1/hello#x": 200,
}  # fmt: skip


def test_paths_mean_what_they_say(node: Node) -> None:
    for path, status in PATHS.items():
        answer = said(node.port, head("GET", path, "Connection: close"))
        assert answer[9:12] in (str(status).encode(), b"400"), (path[:60], answer[:100])


def test_methods_that_are_not_in_the_table(node: Node, door: Desk) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        answer = node.ask(method, "/v1/pull", by=door)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST"), method
    assert node.ask("HEAD", "/v1/hello").content == b""


def test_old_and_piled_up_requests_are_answered_in_their_order(node: Node) -> None:
    assert said(node.port, head("GET", "/health", version="1.0")).startswith(b"HTTP/1.1 200")
    pile = head("GET", "/health") * 50 + head("GET", "/v1/hello", "Connection: close")
    answer = said(node.port, pile)
    assert answer.count(b"HTTP/1.1 200 OK") == 51
    assert answer.rindex(b'"eventdesk":1') > answer.rindex(b'"status":"ok"')


def test_a_body_that_is_too_long_is_told_so_while_it_is_sent(node: Node, door: Desk) -> None:
    """A proxy sends on until it has read an answer: reset, it could only tell of a bad gateway."""
    length = 24 << 20
    with socket.create_connection(("127.0.0.1", node.port), timeout=10) as line:
        line.sendall(head("POST", FACTS, f"Content-Length: {length}", "Content-Type: x", token=door.token))
        for _ in range(length >> 16):
            line.sendall(bytes(1 << 16))
        assert heard(line).startswith(b"HTTP/1.1 413 ")
    chunk = b"10000\r\n" + bytes(1 << 16) + b"\r\n"
    with socket.create_connection(("127.0.0.1", node.port), timeout=10) as line:
        line.sendall(head("POST", FACTS, "Transfer-Encoding: chunked", "Content-Type: x", token=door.token))
        for _ in range(300):
            line.sendall(chunk)
        assert line.recv(12) == b"HTTP/1.1 413"
    assert is_well(node.port)


def test_who_has_no_token_sends_little(node: Node) -> None:
    for path in ("/v1/enrol", "/v1/sign-in"):
        data = b"{" + b" " * 70_000
        answer = said(node.port, head("POST", path, f"Content-Length: {len(data)}") + data)
        assert answer.startswith(b"HTTP/1.1 413 "), path
        packed = zlib.compress(b" " * 1_000_000, wbits=31)
        lines = [f"Content-Length: {len(packed)}", "Content-Encoding: gzip", "Content-Type: application/json"]
        assert said(node.port, head("POST", path, *lines) + packed).startswith(b"HTTP/1.1 413 ")


def test_heads_without_end_are_cut_off(node: Node) -> None:
    flood = b"".join(b"X-%d: %b\r\n" % (number, b"y" * 500) for number in range(2000))
    assert is_ended(node.port, b"GET /health HTTP/1.1\r\nHost: x\r\n" + flood)
    assert is_ended(node.port, b"GET /" + b"x" * (1 << 20))
    assert is_well(node.port)


def test_a_body_after_its_refusal_is_no_head(node: Node) -> None:
    """A token that is not known: the answer comes before the body, and the line stays good."""
    body = bytes(1 << 20)
    request = head("POST", FACTS, f"Content-Length: {len(body)}", token="ed1_unknown") + body
    answer = said(node.port, request + head("GET", "/health", "Connection: close"))
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b'"status":"ok"' in answer


BOMBS = {
    "zstd": zstandard.ZstdCompressor(level=3).compress(bytes(1 << 30)),
    "gzip": gzip.compress(bytes(64 << 20)),
}


def test_bombs_at_once_leave_the_memory_bounded(node: Node, door: Desk) -> None:
    rss = _rss()
    statuses: list[int] = []

    def throw(coding: str) -> None:
        headers = {
            "Content-Encoding": coding,
            "Authorization": f"Bearer {door.token}",
            "Content-Type": wire.JSON,
        }
        url = f"http://127.0.0.1:{node.port}{FACTS}"
        statuses.append(requests.post(url, data=BOMBS[coding], headers=headers, timeout=30).status_code)

    threads = [threading.Thread(target=throw, args=(coding,)) for coding in BOMBS for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [413] * 40
    assert _rss() - rss < 250 << 20


def test_one_desk_may_not_fill_the_memory_with_slow_bodies(node: Node, door: Desk) -> None:
    """Seven bodies of 8 MiB less a byte, none of them finished: what is more is refused."""
    body = bytes((8 << 20) - 1)
    with contextlib.ExitStack() as stack:
        lines = []
        for _ in range(9):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", node.port), timeout=10))
            with contextlib.suppress(OSError):
                line.sendall(head("POST", FACTS, f"Content-Length: {8 << 20}", token=door.token) + body)
            lines.append(line)
        other = node.join("door2", "door")
        assert node.push(other, other.fact("admission_refused", "t", {})).heads == {"door2": 1}
        answers = []
        for line in lines:
            line.settimeout(0.5)
            with contextlib.suppress(OSError):
                answers.append(line.recv(12))
        assert answers.count(b"HTTP/1.1 429") >= 2


def test_a_thousand_half_requests_leave_a_desk_its_answers(node: Node, door: Desk) -> None:
    with contextlib.ExitStack() as stack:
        for number in range(1000):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", node.port), timeout=10))
            if number % 3 == 1:
                line.sendall(b"POST /v1/pull HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            elif number % 3 == 2:
                line.sendall(head("POST", "/v1/enrol", "Content-Length: 100") + b"{")
        times = []
        for _ in range(20):
            begun = time.monotonic()
            assert node.ask("GET", f"/v1/logs/{LOG}/heads", by=door).status_code == 200
            times.append(time.monotonic() - begun)
        assert sorted(times)[10] < 1.0


@pytest.mark.long
def test_who_sends_a_head_drop_by_drop_is_cut_off(node: Node) -> None:
    with socket.create_connection(("127.0.0.1", node.port), timeout=30) as line:
        begun = time.monotonic()
        with contextlib.suppress(OSError):
            for letter in b"GET /health HTTP/1.1\r\nX: " + b"y" * 600:
                line.sendall(bytes([letter]))
                time.sleep(0.1)
        assert time.monotonic() - begun < 20
    assert is_well(node.port)


def test_a_flood_of_one_token_is_slowed_and_others_are_served(make_node: NodeMaker) -> None:
    settings = Settings(desk=Rate(10, 20), hub=FAST, address=FAST, entry=Rate(1, 8), shut_out=Rate(1, 3))
    node = make_node(settings)
    loud, calm, gone = (node.join(name, "door") for name in ("loud", "calm", "gone"))
    boss = node.join("boss", "organizer")
    path = f"/v1/logs/{LOG}/heads"
    answers = [node.ask("GET", path, by=loud) for _ in range(60)]
    slowed = [answer for answer in answers if answer.status_code == 429]
    assert slowed
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in slowed)
    assert node.ask("GET", path, by=calm).status_code == 200
    node.ask("POST", "/v1/desks/revoke", wire.RevokeAsked("gone", "stolen"), boss).raise_for_status()
    pushes = [node.ask("POST", FACTS, wire.Push([]), gone).status_code for _ in range(8)]
    assert (pushes[0], pushes[-1]) == (200, 429)
    guesses = []
    for number in range(20):
        asked = Desk(f"guess{number}", ["door"]).enrolment("AAAA-BBBB-CCCC-DDDD-EEEE")
        guesses.append(node.ask("POST", "/v1/enrol", asked).status_code)
    assert guesses[-1] == 429
    assert set(guesses) <= {400, 429}
    unknown = [node.ask("GET", path, by="ed1_unknown").status_code for _ in range(10)]
    assert 429 in unknown
    assert node.ask("GET", path, by=calm).status_code == 200


def _rss() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096
