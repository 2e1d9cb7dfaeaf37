"""Requests and their answers on a real socket: forms, refusals, limits."""

import gzip
import json
import socket
import time
from collections.abc import Callable

import msgspec
import pytest
import requests
import zstandard

from sync import wire
from sync.server.http.endpoints import ENDPOINTS
from sync.server.settings import Rate, Settings
from tests.replication.http.conftest import Node, NodeMaker

CLAIM = wire.ClaimAsked("admission/t1", "t1", "f1")


def _unzstd(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


Repack = Callable[[bytes], bytes]
PACK: dict[str, Repack] = {"": bytes, "zstd": zstandard.compress, "gzip": gzip.compress}
UNPACK: dict[str, Repack] = {"": bytes, "zstd": _unzstd, "gzip": gzip.decompress}


def fact(seq: int, desk: str = "desk1", payload: bytes = b"{}") -> wire.WireFact:
    return wire.WireFact(f"{desk}-{seq}", "admitted", "t1", "s", desk, seq, bytes(32), payload, bytes(16))


def problem(answer: requests.Response, status: int, code: str) -> wire.Problem:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = msgspec.json.decode(answer.content, type=wire.Problem)
    assert (said.status, said.code) == (status, code)
    assert said.detail
    return said


def test_who_answers_is_told_without_a_token(node: Node) -> None:
    answer = node.ask("GET", "/v1/hello", token="")
    hello = msgspec.json.decode(answer.content, type=wire.Hello)
    assert (hello.eventdesk, hello.node, hello.kind, hello.upstream_ms) == (1, "node1", "centre", None)
    assert abs(hello.now_ms - time.time() * 1000) < 5000


def test_facts_pushed_are_pulled(node: Node) -> None:
    pushed = node.ask("POST", "/v1/logs/e1/facts", wire.Push([fact(1), fact(2)]))
    assert msgspec.json.decode(pushed.content, type=wire.Pushed).taken == 2
    answer = node.ask("POST", "/v1/pull", wire.Pull("epoch1", {"e1": 1}), token="desk2:door:")
    pulled = msgspec.json.decode(answer.content, type=wire.Pulled)
    assert pulled.pages["e1"].facts == [fact(2)]
    assert pulled.pages["e1"].yours == 0


@pytest.mark.parametrize("coding", ["", "zstd", "gzip"])
@pytest.mark.parametrize("media", [wire.JSON, wire.MSGPACK])
def test_every_form_of_body_and_answer(node: Node, media: str, coding: str) -> None:
    facts = [fact(seq, payload=b"x" * 200) for seq in range(1, 50)]
    encode = msgspec.json.encode if media == wire.JSON else msgspec.msgpack.encode
    pack = PACK[coding]
    headers = {"Content-Type": media, "Accept": media, "Accept-Encoding": coding or "identity"}
    if coding:
        headers["Content-Encoding"] = coding
    node.ask("POST", "/v1/logs/e1/facts", pack(encode(wire.Push(facts))), headers=headers).raise_for_status()
    pull = pack(encode(wire.Pull("epoch1", {"e1": 0})))
    answer = node.ask("POST", "/v1/pull", pull, headers=headers, stream=True)
    raw = answer.raw.read(decode_content=False)
    assert answer.headers["content-type"] == media
    assert answer.headers.get("content-encoding", "") == coding
    decode = msgspec.json.decode if media == wire.JSON else msgspec.msgpack.decode
    assert decode(UNPACK[coding](raw), type=wire.Pulled).pages["e1"].facts == facts


def test_unknown_paths_and_methods_are_told_in_words(node: Node) -> None:
    problem(node.ask("GET", "/nowhere"), 404, "path")
    problem(node.ask("GET", "/v1/logs/a/b/heads"), 404, "path")
    said = node.ask("DELETE", "/v1/logs/e1/claims")
    problem(said, 405, "method")
    assert said.headers["allow"] == "GET, HEAD, POST"
    assert node.ask("HEAD", "/v1/hello", token="").status_code == 200


@pytest.mark.parametrize("log", ["a%0Ab", "a%00b", "%01", "x" * 201])
def test_an_id_with_a_line_break_or_without_end_is_none(node: Node, log: str) -> None:
    problem(node.ask("GET", f"/v1/logs/{log}/heads"), 400, "path")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"\xff"',
        b'{"key": "a\\nb", "subject": "s", "fact": "f"}',
        b'{"key": "a\\n", "subject": "s", "fact": "f"}',
        b'{"key": "", "subject": "s", "fact": "f"}',
        b'{"key": 1, "subject": "s", "fact": "f"}',
        b'{"key": "\\ud800", "subject": "s", "fact": "f"}',
        b'{"key": "k", "subject": "s", "fact": "f"} more',
        b'{"key": "k", "subject": "s", "fact": "' + b"x" * 400 + b'"}',
        b'{"x": ' + b"[" * 500_000,
    ],
    ids=range(12),
)
def test_a_body_that_does_not_fit_is_told_in_words(node: Node, body: bytes) -> None:
    problem(node.ask("POST", "/v1/logs/e1/claims", body), 400, "body")


def test_another_medium_or_coding_is_refused(node: Node) -> None:
    body = msgspec.json.encode(CLAIM)
    for headers, code in (
        ({"Content-Type": "text/plain"}, "type"),
        ({"Content-Type": ""}, "type"),
        ({"Content-Encoding": "br"}, "coding"),
    ):
        problem(node.ask("POST", "/v1/logs/e1/claims", body, headers=headers), 415, code)
    for coding in ("zstd", "gzip"):
        answer = node.ask("POST", "/v1/logs/e1/claims", body, headers={"Content-Encoding": coding})
        problem(answer, 400, "body")


@pytest.mark.parametrize("coding", ["zstd", "zstd unsized", "gzip"])
def test_a_bomb_is_refused_before_it_grows(node: Node, coding: str) -> None:
    size = 256 << 20
    if coding == "gzip":
        bomb = gzip.compress(bytes(size), 6)
    else:
        sized = coding == "zstd"
        bomb = zstandard.ZstdCompressor(level=19, write_content_size=sized).compress(bytes(size))
    assert len(bomb) < 1 << 20
    before = _peak_mib()
    answer = node.ask(
        "POST", "/v1/logs/e1/facts", bomb, headers={"Content-Encoding": coding.partition(" ")[0]}
    )
    problem(answer, 413, "length")
    assert _peak_mib() - before < 64


def _peak_mib() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_gzip_with_more_behind_it_is_refused(node: Node) -> None:
    body = gzip.compress(msgspec.json.encode(CLAIM))
    for damaged in (body + b"more", body[:-3]):
        answer = node.ask("POST", "/v1/logs/e1/claims", damaged, headers={"Content-Encoding": "gzip"})
        problem(answer, 400, "body")


def test_a_body_too_long_is_refused_by_its_announcement_alone(node: Node) -> None:
    with socket.create_connection(("127.0.0.1", node.thread.port), timeout=10) as line:
        line.sendall(_head("/v1/logs/e1/facts", f"Content-Length: {wire.MOST_BYTES + 1}"))
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_without_end_is_refused(node: Node) -> None:
    with socket.create_connection(("127.0.0.1", node.thread.port), timeout=10) as line:
        line.sendall(_head("/v1/logs/e1/facts", "Transfer-Encoding: chunked"))
        chunk = b"%x\r\n%b\r\n" % (1 << 20, bytes(1 << 20))
        try:
            for _ in range(12):
                line.sendall(chunk)
        except OSError:
            pass  # it has closed: its answer may still be read
        try:
            said = line.recv(100)
        except OSError:
            said = b""
        assert said.startswith(b"HTTP/1.1 413 ") or not said


def test_a_slow_body_is_not_waited_for(make_node: NodeMaker) -> None:
    node = make_node(Settings(body_s=0.3))
    with socket.create_connection(("127.0.0.1", node.thread.port), timeout=10) as line:
        line.sendall(_head("/v1/logs/e1/facts", "Content-Length: 100") + b"{")
        assert line.recv(100).startswith(b"HTTP/1.1 408 ")
        while line.recv(4096):
            pass  # and it closes


def test_too_many_facts_at_once_are_refused(node: Node) -> None:
    push = wire.Push([fact(seq) for seq in range(1, wire.MOST_FACTS + 2)])
    problem(node.ask("POST", "/v1/logs/e1/facts", push), 400, "body")


def test_a_request_whose_body_came_after_its_answer_keeps_no_node_from_its_end(node: Node) -> None:
    """Its connection is as good as any: it is closed at once when the node ends."""
    nowhere = _head("/nowhere", "Content-Length: 2")
    with socket.create_connection(("127.0.0.1", node.thread.port), timeout=15) as line:
        line.sendall(nowhere)
        assert b" 404 " in line.recv(65536)
        line.sendall(b"{}" + nowhere)
        assert b" 404 " in line.recv(65536)
        line.sendall(b"{}")
        assert node.ask("GET", "/health", token="").ok, "by now it has read that"
        started = time.monotonic()
        node.thread.stop()
        assert time.monotonic() - started < 15
        assert line.recv(65536) == b""


def _head(path: str, *headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Authorization: Bearer desk1:door:"]
    return "\r\n".join([*lines, "Content-Type: application/json", *headers, "", ""]).encode()


def test_who_asks_too_often_waits(make_node: NodeMaker) -> None:
    node = make_node(Settings(desk=Rate(1, 3)))
    answers = [node.ask("POST", "/v1/logs/e1/claims", CLAIM) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    problem(answers[-1], 429, "rate")
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 3
    assert node.ask("POST", "/v1/logs/e1/claims", CLAIM, token="desk2:door:").status_code == 200


def test_guesses_at_tokens_and_codes_are_limited(make_node: NodeMaker) -> None:
    node = make_node(Settings(entry=Rate(0.1, 3)))
    codes = [node.ask("GET", "/v1/desks", token=f"guess{n}").status_code for n in range(5)]
    assert codes == [401, 401, 401, 429, 429]
    asked = wire.SignInAsked("desk1", 1, b"")
    assert node.ask("POST", "/v1/sign-in", asked, token="").status_code == 429


def test_a_fault_of_the_store_is_told_without_its_words(node: Node) -> None:
    node.logs.broken = True
    said = problem(node.ask("POST", "/v1/logs/e1/facts", wire.Push([fact(1)])), 500, "fault")
    assert "Jane" not in said.detail
    assert node.ask("GET", "/health", token="").status_code == 503


def test_health_metrics_and_description(node: Node) -> None:
    assert node.ask("GET", "/health", token="").json() == {"status": "ok"}
    node.ask("POST", "/v1/logs/e1/facts", wire.Push([fact(1)]))
    text = node.ask("GET", "/metrics", token="").text
    assert 'eventdesk_requests_total{method="POST",route="/v1/logs/{log}/facts",status="200"} 1.0' in text
    assert 'eventdesk_facts_total{outcome="taken"} 1.0' in text
    assert "desk1" not in text
    description = node.ask("GET", "/openapi.json", token="").json()
    told = {(method.upper(), path) for path, of in description["paths"].items() for method in of}
    assert told == {(one.method, one.path) for one in ENDPOINTS}
    assert json.dumps(description).count("#/components/schemas/Push") > 0


def test_a_snapshot_comes_as_a_file(node: Node) -> None:
    answer = node.ask("GET", "/v1/logs/e1/snapshots/whole")
    assert answer.headers["eventdesk-cursor"] == "7"
    assert answer.headers["eventdesk-epoch"] == "epoch1"
    assert answer.content == b"ready " * 1000 + b"state"
    problem(node.ask("GET", "/v1/logs/e1/snapshots/none"), 404, "snapshot")


@pytest.mark.parametrize("first", [1, 5999, 6000, 6004])
def test_a_snapshot_that_was_cut_goes_on_where_it_was(node: Node, first: int) -> None:
    answer = node.ask("GET", "/v1/logs/e1/snapshots/whole", headers={"Range": f"bytes={first}-"})
    assert (answer.status_code, answer.content) == (206, (b"ready " * 1000 + b"state")[first:])
    assert answer.headers["content-range"] == f"bytes {first}-6004/6005"


@pytest.mark.parametrize("wanted", ["bytes=6005-", "bytes=-5", "bytes=1-2", "lines=1-", "bytes=x-"])
def test_another_range_is_answered_with_the_whole(node: Node, wanted: str) -> None:
    answer = node.ask("GET", "/v1/logs/e1/snapshots/whole", headers={"Range": wanted})
    assert (answer.status_code, len(answer.content)) == (200, 6005)
