"""Real sockets, and what networks do to them: each call ends in its time, and says what was wrong."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sync import wire
from sync.client.http import HttpUpstream, Times
from sync.errors import NotEventDesk, SyncError, Unreachable, WrongNode
from tests.replication.client.conftest import Connect
from tests.replication.client.serving import Asked, Certificate, Served, Told, hello, packed
from tests.rigs.wires import Wire

ASKED = wire.ClaimAsked("key", "t1", "f1")
GRANTED = wire.ClaimAnswer(True, "centre", None, 1)
BUDGET_S = 0.15
SHORT = Times(call=0.5, push=0.5, beyond_wait=0.5)


def node(asked: Asked) -> Told:
    if asked.path.endswith("/claims"):
        return packed(GRANTED)
    if asked.path.endswith("/pull"):
        return packed(wire.Pulled("e1", {}, [], 1))
    if asked.path.endswith("/facts"):
        return packed(wire.Pushed("e1", 1, 0, [], {}, 1))
    return hello()


@contextmanager
def lasting(least_s: float, most_s: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    took = time.monotonic() - begun
    assert least_s <= took <= most_s, f"{took:.3f} s"


def fails(call: Callable[[], object], words: str = ".") -> Unreachable:
    with pytest.raises(Unreachable, match=words) as raised:
        call()
    assert type(raised.value) is Unreachable
    return raised.value


@pytest.fixture
def served() -> Iterator[Served]:
    with Served(node) as server:
        yield server


@pytest.fixture
def line(served: Served) -> Iterator[Wire]:
    with Wire(served.port) as made:
        yield made


@pytest.fixture
def upstream(line: Wire, connect: Connect) -> HttpUpstream:
    return connect(f"http://127.0.0.1:{line.port}", times=SHORT)


def test_all_goes_well_on_a_good_line(upstream: HttpUpstream, line: Wire) -> None:
    assert upstream.hello().node == "node1"
    assert upstream.claim("log1", ASKED, 1.0) == GRANTED
    for _ in range(20):
        upstream.hello()
        upstream.claim("log1", ASKED, 1.0)
    assert line.connections == 2, "connections are kept, one a purpose"


def test_nobody_listens(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    upstream = connect(f"http://127.0.0.1:{port}")
    with lasting(0, 0.4):
        fails(upstream.hello, "refused")
    with lasting(0, 0.4):
        fails(lambda: upstream.claim("log1", ASKED, BUDGET_S), "refused")


def test_a_name_that_nobody_knows(connect: Connect) -> None:
    with lasting(0, 15):
        fails(connect("https://desk.invalid:8443").hello, "not known")


def test_no_way_to_the_address(connect: Connect) -> None:
    """An address of a net that no packet leaves for (the unspecified multicast is refused at once)."""
    with lasting(0, 3):
        fails(connect("http://255.255.255.255:8443", times=SHORT).hello, "no network|did not answer")


def test_a_computer_that_swallows_the_knock(connect: Connect) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        full = [socket.socket() for _ in range(4)]
        try:
            for knocking in full:
                knocking.setblocking(False)
                knocking.connect_ex(deaf.getsockname())
            upstream = connect(f"http://127.0.0.1:{deaf.getsockname()[1]}", times=SHORT)
            with lasting(0.45, 0.9):
                fails(upstream.hello, "in time")
            with lasting(BUDGET_S - 0.01, 0.4):
                fails(lambda: upstream.claim("log1", ASKED, BUDGET_S), "in time")
            with lasting(0, 1.5):
                upstream.close()
        finally:
            for knocking in full:
                knocking.close()


def test_a_claim_into_a_black_hole_ends_with_its_budget(upstream: HttpUpstream, line: Wire) -> None:
    assert upstream.claim("log1", ASKED, 1.0).granted
    line.black_hole = True
    for _ in range(3):
        with lasting(BUDGET_S - 0.01, 0.4):
            fails(lambda: upstream.claim("log1", ASKED, BUDGET_S), "in time")
    line.heal()
    assert upstream.claim("log1", ASKED, 2.0).granted, "it comes back by itself"


def test_a_claim_on_a_connection_that_just_died_is_asked_again(
    upstream: HttpUpstream, served: Served, line: Wire
) -> None:
    count = 0

    def answer(asked: Asked) -> Told:
        nonlocal count
        if asked.path.endswith("/claims"):
            count += 1
            if count == 2:
                line.reset()
        return node(asked)

    served.answer = answer
    assert upstream.claim("log1", ASKED, 1.0).granted
    assert upstream.claim("log1", ASKED, 1.0).granted
    assert count == 3


def test_late_claims_leave_no_threads_behind(upstream: HttpUpstream, line: Wire) -> None:
    assert upstream.claim("log1", ASKED, 1.0).granted
    line.black_hole = True
    before = threading.active_count()
    for _ in range(20):
        fails(lambda: upstream.claim("log1", ASKED, 0.02))
    assert threading.active_count() <= before + 3, "the server's and the wire's alone"


def test_an_answer_that_comes_late_is_never_taken_for_the_next(
    upstream: HttpUpstream, served: Served, line: Wire
) -> None:
    """After a claim that was too late, the next one's answer must be its own."""
    gate = threading.Event()
    count = 0

    def answer(asked: Asked) -> Told:
        nonlocal count
        if not asked.path.endswith("/claims"):
            return node(asked)
        count += 1
        if count == 2:
            gate.wait(5)
        return packed(wire.ClaimAnswer(True, f"answer {count}", None, 1))

    served.answer = answer
    assert upstream.claim("log1", ASKED, 1.0).level == "answer 1"
    fails(lambda: upstream.claim("log1", ASKED, 0.1))
    gate.set()
    assert upstream.claim("log1", ASKED, 1.0).level == "answer 3"


@pytest.mark.parametrize("call", ["hello", "push", "pull"])
def test_a_server_that_drips_holds_no_call(upstream: HttpUpstream, line: Wire, call: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "hello": upstream.hello,
        "push": lambda: upstream.push("log1", wire.Push([])),
        "pull": lambda: upstream.pull(wire.Pull("", {})),
    }
    line.drip_s = 0.1
    with lasting(0.45, 0.9):
        fails(calls[call], "in time")


def test_a_delayed_line_is_slow_and_good(upstream: HttpUpstream, line: Wire) -> None:
    line.delay_s = 0.1
    with lasting(0.2, 0.5):
        upstream.hello()
    contact = upstream.last_contact()
    assert contact is not None
    assert 95 <= contact.within_ms <= 200


def test_a_line_that_is_cut(upstream: HttpUpstream, line: Wire) -> None:
    upstream.hello()
    line.cut()
    with lasting(0, 0.4):
        fails(upstream.hello, "cut|refused")
    line.heal()
    assert upstream.hello().node == "node1"


def test_a_kept_connection_that_died_is_replaced_without_a_word(upstream: HttpUpstream, line: Wire) -> None:
    upstream.hello()
    line.reset()
    assert upstream.hello().node == "node1"
    assert line.connections == 2


def test_a_lost_answer_is_a_cut_line_though_the_server_did_the_work(
    upstream: HttpUpstream, served: Served, line: Wire
) -> None:
    line.lose_answers = True
    fails(lambda: upstream.push("log1", wire.Push([])), "cut")
    assert [asked.path for asked in served.asked] == ["/v1/logs/log1/facts"]
    line.heal()
    upstream.push("log1", wire.Push([]))


def test_an_answer_that_is_cut_off_is_not_taken_for_whole(upstream: HttpUpstream, line: Wire) -> None:
    line.cut_after = 30
    fails(upstream.hello, "cut")
    line.cut_after = 190
    fails(upstream.hello, "cut|in time")


def test_a_connection_that_is_half_open_is_given_up(upstream: HttpUpstream, line: Wire) -> None:
    upstream.hello()
    line.half_open = True
    line.black_hole = True
    with lasting(0.45, 1.2):
        fails(upstream.hello, "in time")


def test_closing_ends_what_waits_in_another_thread(upstream: HttpUpstream, served: Served) -> None:
    arrived, gate = threading.Event(), threading.Event()

    def answer(asked: Asked) -> Told:
        arrived.set()
        gate.wait(10)
        return node(asked)

    served.answer = answer
    ended: list[SyncError] = []

    def wait() -> None:
        try:
            upstream.pull(wire.Pull("", {}, wait_s=55))
        except SyncError as error:
            ended.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert arrived.wait(5)
    with lasting(0, 0.5):
        upstream.close()
        waiting.join(5)
    gate.set()
    assert isinstance(ended[0], Unreachable)
    fails(upstream.hello, "closed")


def test_a_long_poll_stands_in_nobodys_way(upstream: HttpUpstream, served: Served) -> None:
    arrived, gate = threading.Event(), threading.Event()

    def answer(asked: Asked) -> Told:
        if asked.path.endswith("/pull"):
            arrived.set()
            gate.wait(10)
        return node(asked)

    served.answer = answer
    waiting = threading.Thread(target=lambda: upstream.pull(wire.Pull("", {}, wait_s=10)))
    waiting.start()
    assert arrived.wait(5)
    with lasting(0, 0.4):
        upstream.push("log1", wire.Push([]))
        upstream.claim("log1", ASKED, 0.4)
    gate.set()
    waiting.join(5)
    assert not waiting.is_alive()


def test_the_pinned_certificate_is_the_only_one(
    connect: Connect, known: Certificate, stranger: Certificate
) -> None:
    with Served(node, known.context) as server:
        upstream = connect(server.url, fingerprint=known.fingerprint)
        assert upstream.hello().node == "node1"
        assert upstream.claim("log1", ASKED, 1.0).granted
        upstream.close()
    with Served(node, stranger.context) as server:
        upstream = connect(server.url, lambda: "secret", fingerprint=known.fingerprint)
        with pytest.raises(WrongNode, match="certificate"):
            upstream.heads("log1")
        with pytest.raises(WrongNode, match="certificate"):
            upstream.claim("log1", ASKED, 1.0)
        upstream.close()
        assert not server.asked, "not a byte was told to a stranger"


def test_without_a_pin_the_systems_authorities_decide(connect: Connect, stranger: Certificate) -> None:
    with Served(node, stranger.context) as server:
        upstream = connect(server.url)
        with pytest.raises(WrongNode, match="not trusted"):
            upstream.hello()
        upstream.close()


def test_a_server_without_encryption_where_it_was_expected(connect: Connect, served: Served) -> None:
    upstream = connect(f"https://127.0.0.1:{served.port}")
    with pytest.raises(NotEventDesk):
        upstream.hello()


def test_an_encrypted_server_where_none_was_expected(connect: Connect, known: Certificate) -> None:
    with Served(node, known.context) as server:
        upstream = connect(f"http://127.0.0.1:{server.port}")
        with pytest.raises((NotEventDesk, Unreachable)):
            upstream.hello()
        upstream.close()


@pytest.mark.parametrize("noise", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00" * 5000, b"HTTP/9.9 abc\r\n\r\n"])
def test_another_protocol_answers(connect: Connect, noise: bytes) -> None:
    with noisy(noise) as port, pytest.raises(NotEventDesk):
        connect(f"http://127.0.0.1:{port}", times=SHORT).hello()


def test_headers_without_end(connect: Connect) -> None:
    with noisy(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000) as port, pytest.raises(SyncError):
        connect(f"http://127.0.0.1:{port}", times=SHORT).hello()


@contextmanager
def noisy(noise: bytes) -> Iterator[int]:
    """Says the same to everyone who asks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            taken, _ = listening.accept()
            with taken:
                taken.recv(1 << 16)
                taken.sendall(noise)

        speaking = threading.Thread(target=speak)
        speaking.start()
        yield listening.getsockname()[1]
        speaking.join(5)


def test_a_proxy_that_wants_a_password(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with Served(lambda asked: Told(407, b"", {"Proxy-Authenticate": "Basic"})) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        upstream = connect("https://centre.example", lambda: "secret")
        with pytest.raises(NotEventDesk, match="proxy asks for a password"):
            upstream.heads("log1")
        upstream.close()
        assert proxy.asked[0].path == "centre.example:443"
        assert "authorization" not in proxy.asked[0].headers


def test_a_proxy_is_told_its_own_password(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with Served(lambda asked: Told(502)) as proxy:
        monkeypatch.setenv("https_proxy", f"http://me:w%20rd@127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        upstream = connect("https://centre.example")
        fails(upstream.hello, "proxy does not reach")
        upstream.close()
        assert proxy.asked[0].headers["proxy-authorization"] == "Basic bWU6dyByZA=="


@pytest.mark.parametrize(
    "near", ["https://127.0.0.1", "https://192.168.7.7", "https://hub.local", "https://hub"]
)
def test_no_proxy_for_what_is_near(monkeypatch: pytest.MonkeyPatch, near: str) -> None:
    from sync.client.address import proxy_for, read_address

    monkeypatch.setenv("https_proxy", "http://127.0.0.1:3128")
    assert proxy_for(read_address(near)) is None
    assert proxy_for(read_address("https://centre.example")) is not None
