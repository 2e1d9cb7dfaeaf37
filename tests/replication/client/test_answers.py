"""What comes back, told apart: a node's word, its refusals, and everybody else's pages."""

import gzip

import msgspec
import pytest
import zstandard

from sync import wire
from sync.client.http import HttpUpstream
from sync.errors import (
    Forbidden,
    NotEventDesk,
    Refused,
    Revoked,
    ServerFault,
    SyncError,
    TooMany,
    Unauthorized,
    WrongNode,
)
from tests.replication.client.conftest import Connect
from tests.replication.client.serving import Asked, Certificate, Served, Told, hello, packed, problem

HTML = {"Content-Type": "text/html; charset=utf-8"}
PUSHED = wire.Pushed("e1", 1, 0, [], {"d1": 1}, 5)


def trouble(connect: Connect, told: Told) -> SyncError:
    """What asking for heads raises where this is the answer."""
    with Served(lambda asked: told) as server:
        upstream = connect(server.url, lambda: "token")
        with pytest.raises(SyncError) as raised:
            upstream.heads("log1")
        upstream.close()
        assert len(server.asked) == 1, "neither repeated nor followed"
        return raised.value


def test_a_page_of_html_is_the_networks_log_in_page(connect: Connect) -> None:
    found = trouble(connect, Told(200, b"<html>Welcome to the hotel</html>", HTML))
    assert isinstance(found, NotEventDesk)
    assert "log-in page" in found.message
    assert "browser" in found.remedy


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(connect: Connect, status: int) -> None:
    elsewhere: list[Asked] = []

    def answer(asked: Asked) -> Told:
        elsewhere.append(asked)
        return hello()

    with Served(answer) as other:
        found = trouble(connect, Told(status, b"", {"Location": f"{other.url}/login"}))
    assert isinstance(found, NotEventDesk)
    assert not elsewhere, "a token went to a stranger"


def test_network_authentication_required(connect: Connect) -> None:
    found = trouble(connect, Told(511, b"<html>", HTML))
    assert isinstance(found, NotEventDesk)
    assert "log-in page" in found.message


def test_a_proxy_that_wants_a_password_says_so(connect: Connect) -> None:
    found = trouble(connect, Told(407, b"", {"Proxy-Authenticate": "Basic"}))
    assert isinstance(found, NotEventDesk)
    assert "proxy" in found.message


@pytest.mark.parametrize(
    "told",
    [
        Told(200, b"", {"Content-Type": wire.MSGPACK}),
        Told(200, b"\xc1\x00", {"Content-Type": wire.MSGPACK}),
        Told(200, b'{"hello": "world"}', {"Content-Type": wire.JSON}),
        Told(200, b"[" * 100_000, {"Content-Type": wire.JSON}),
        Told(200, b'{"epoch": "\xff"}', {"Content-Type": wire.JSON}),
        Told(200, b"pong", {"Content-Type": "text/plain"}),
        Told(200, b"pong"),
        Told(204, b""),
        Told(404, b"<html>not here", HTML),
        Told(200, b"no zstd", {"Content-Type": wire.MSGPACK, "Content-Encoding": "zstd"}),
        Told(200, gzip.compress(b"x" * 9)[:-9], {"Content-Type": wire.MSGPACK, "Content-Encoding": "gzip"}),
        Told(200, b"x", {"Content-Type": wire.MSGPACK, "Content-Encoding": "br"}),
    ],
)
def test_rubbish_is_no_node(connect: Connect, told: Told) -> None:
    assert isinstance(trouble(connect, told), NotEventDesk)


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_an_answer_that_swells_beyond_measure_is_refused(connect: Connect, coding: str) -> None:
    zeros = bytes(80 << 20)
    body = zstandard.compress(zeros) if coding == "zstd" else gzip.compress(zeros, 9)
    headers = {"Content-Type": wire.MSGPACK, "Content-Encoding": coding}
    assert isinstance(trouble(connect, Told(200, body, headers)), NotEventDesk)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "body", Refused),
        (401, "token", Unauthorized),
        (403, "right", Forbidden),
        (403, "revoked", Revoked),
        (404, "log", Refused),
        (409, "desk", Refused),
        (413, "length", Refused),
        (429, "rate", TooMany),
        (500, "fault", ServerFault),
        (503, "busy", ServerFault),
    ],
)
def test_a_nodes_refusal_keeps_its_code_and_words(
    connect: Connect, status: int, code: str, kind: type[Refused]
) -> None:
    found = trouble(connect, problem(status, code, "These words."))
    assert type(found) is kind
    assert isinstance(found, Refused)
    assert (found.status, found.code, found.message) == (status, code, "These words.")


def test_a_refusal_in_json_is_read_too(connect: Connect) -> None:
    body = msgspec.json.encode(wire.Problem(401, "token", "Unauthorized", "Sign in."))
    found = trouble(connect, Told(401, body, {"Content-Type": "application/problem+json"}))
    assert type(found) is Unauthorized


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, NotEventDesk),
        (403, NotEventDesk),
        (409, Refused),
        (413, Refused),
        (429, TooMany),
        (500, ServerFault),
        (502, ServerFault),
    ],
)
def test_a_status_without_a_nodes_words_is_somebody_elses(
    connect: Connect, status: int, kind: type[SyncError]
) -> None:
    assert type(trouble(connect, Told(status, b"<html>No", HTML))) is kind


def test_a_strangers_problem_of_another_status_is_not_believed(connect: Connect) -> None:
    told = problem(403, "revoked")._replace(status=500)
    assert type(trouble(connect, told)) is ServerFault


@pytest.mark.parametrize(
    ("said", "seconds"), [("7", 7.0), ("999999999", 3600.0), ("soon", 0.0), ("-3", 0.0), ("٣", 0.0)]
)
def test_how_long_to_wait_is_told(connect: Connect, said: str, seconds: float) -> None:
    raw = said.encode().decode("latin-1")
    found = trouble(connect, problem(429, "rate", **{"Retry-After": raw}))
    assert isinstance(found, TooMany)
    assert found.retry_after == seconds


def test_being_shut_out_is_believed_from_a_checked_node_alone(
    connect: Connect, known: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands in between on plain HTTP could have every desk wipe its guests."""
    told = problem(403, "revoked")
    with Served(lambda asked: told, known.context) as server:
        upstream = connect(server.url, fingerprint=known.fingerprint)
        with pytest.raises(Revoked):
            upstream.heads("log1")
        upstream.close()
    with Served(lambda asked: told) as server:
        upstream = connect(f"http://{_other_name()}:{server.port}")
        with pytest.raises(Forbidden) as raised:
            upstream.heads("log1")
        assert type(raised.value) is Forbidden
        upstream.close()


def _other_name() -> str:
    """This computer, by an address that does not look like its own."""
    import socket

    name = socket.gethostname()
    try:
        found = socket.gethostbyname(name)
    except OSError:
        pytest.skip("this computer does not know its own name")
    if not found.startswith("127."):
        pytest.skip("this computer's name is an address that the server does not listen on")
    return name


def test_a_token_is_never_sent_to_ask_who_answers(connect: Connect) -> None:
    with Served(lambda asked: hello()) as server:
        upstream = connect(server.url, lambda: "secret")
        assert upstream.hello().node == "node1"
        upstream.close()
        assert "authorization" not in server.asked[0].headers


def test_another_node_at_the_address_is_told(connect: Connect) -> None:
    with Served(lambda asked: hello("node2")) as server:
        upstream = connect(server.url, node="node1")
        with pytest.raises(WrongNode):
            upstream.hello()
        upstream.close()


def test_a_node_of_another_protocol_is_told(connect: Connect) -> None:
    told = packed(wire.Hello(9, "node1", "e1", "centre", "Centre", "9", 1))
    with Served(lambda asked: told) as server:
        upstream = connect(server.url)
        with pytest.raises(NotEventDesk, match="another version"):
            upstream.hello()
        upstream.close()


def test_large_bodies_go_compressed_with_the_token_and_no_secret_in_the_path(connect: Connect) -> None:
    with Served(lambda asked: packed(PUSHED)) as server:
        upstream = connect(server.url, lambda: "secret")
        facts = [_fact(seq) for seq in range(1, 50)]
        assert upstream.push("log/1", wire.Push(facts)) == PUSHED
        upstream.close()
        asked = server.asked[0]
    assert asked.path == "/v1/logs/log%2F1/facts"
    assert asked.headers["authorization"] == "Bearer secret"
    assert asked.headers["content-encoding"] == "zstd"
    plain = zstandard.ZstdDecompressor().decompress(asked.body, 1 << 20)
    assert msgspec.msgpack.decode(plain, type=wire.Push).facts == facts


def test_an_upstream_has_every_method_of_the_port(connect: Connect) -> None:
    from sync.client.port import Upstream

    upstream: Upstream = HttpUpstream("http://127.0.0.1:1")
    assert upstream.last_contact() is None
    upstream.close()


def _fact(seq: int) -> wire.WireFact:
    return wire.WireFact(f"f{seq}", "admitted", "t1", "s", "d1", seq, bytes(32), b"{}", bytes(16))
