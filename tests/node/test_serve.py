"""`eventdesk serve` as a process: desks come in, push, wait, claim; it ends in peace, or says why not."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from eventdesk.__main__ import main
from sync import wire
from sync.carrying import to_wire
from sync.errors import Revoked, Unauthorized
from tests.node.conftest import Enroller, Starter
from tests.rigs.nodes import ROOT, Desk, NodeProcess
from tests.rigs.postgres import Postgres

PLAIN = "--behind-proxy"
LOG = "event1"
EVENT = json.dumps({"name": "Fair", "timezone": "Europe/Berlin", "begins": "2026-06-10T08:00:00Z"}).encode()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def node(request: pytest.FixtureRequest, start: Starter) -> NodeProcess:
    """On SQLite in one process, on PostgreSQL in two."""
    if request.param == "sqlite":
        return start(PLAIN)
    server: Postgres = request.getfixturevalue("postgres")
    return start(PLAIN, "--processes", "2", database=server.new_database())


def push(desk: Desk, kind: str, subject: str, payload: bytes, id_: str = "") -> wire.Pushed:
    record = desk.fact(LOG, kind, subject, payload, id_)
    return desk.upstream.push(LOG, wire.Push([to_wire(record)]))


def test_two_desks_share_a_log_and_a_claim(node: NodeProcess, enrol: Enroller) -> None:
    one, two = enrol(node, "desk1", "organizer"), enrol(node, "desk2", "door")
    assert push(one, "event_defined", LOG, EVENT).refused == []
    epoch = one.signed_in.epoch
    first = two.upstream.pull(wire.Pull(epoch, {LOG: 0}))
    assert [fact.kind for fact in first.pages[LOG].facts] == ["event_defined"]
    cursor = {LOG: first.pages[LOG].cursor}
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(two.upstream.pull, wire.Pull(epoch, cursor, wait_s=30))
        until_waiting(node, 1)
        started = time.monotonic()
        assert push(one, "gate_defined", "g1", b'{"name": "North"}').taken == 1
        news = waiting.result()
        assert time.monotonic() - started < 3
    assert [fact.subject for fact in news.pages[LOG].facts] == ["g1"]
    claims = [desk.upstream.claim(LOG, _claim(desk), 5.0) for desk in (one, two)]
    assert [answer.granted for answer in claims] == [True, False]
    holder = claims[1].holder
    assert holder is not None
    assert holder.desk == "desk1"
    assert claims[0].level == "centre"


def _claim(desk: Desk) -> wire.ClaimAsked:
    return wire.ClaimAsked("admission/l1/t1", "t1", f"{desk.id}-admits")


def test_two_hundred_claims_at_once_are_granted_once_each(node: NodeProcess, enrol: Enroller) -> None:
    desks = [enrol(node, f"desk{n}", "door") for n in range(5)]

    def ask(desk: Desk) -> list[bool]:
        wanted = [wire.ClaimAsked(f"k{key}", f"t{key}", f"{desk.id}-{key}") for key in range(40)]
        return [desk.upstream.claim(LOG, one, 20.0).granted for one in wanted]

    with ThreadPoolExecutor(5) as pool:
        rounds = [pool.submit(ask, desk) for desk in desks]
        granted = [sum(of_key) for of_key in zip(*(one.result() for one in rounds), strict=True)]
    assert granted == [1] * 40


def test_a_desk_that_is_shut_out_hears_it_within_two_seconds(node: NodeProcess, enrol: Enroller) -> None:
    chief, lost = enrol(node, "desk1", "supervisor"), enrol(node, "desk2", "door")
    lost.upstream.heads(LOG)
    chief.upstream.revoke("desk2", "stolen")
    deadline = time.monotonic() + 2
    with pytest.raises(Revoked):
        ask_until(lost, deadline)
    pushed = push(lost, "gate_defined", "g1", b'{"name": "North"}')
    assert [refusal.why for refusal in pushed.refused] == [wire.Why.REVOKED]
    assert [one.fact.id for one in chief.upstream.quarantine(LOG)] == ["desk2-event1-1"]


def ask_until(desk: Desk, deadline: float) -> None:
    while time.monotonic() < deadline:
        desk.upstream.heads(LOG)
        threading.Event().wait(0.05)


def test_a_token_of_no_one_is_refused(node: NodeProcess, enrol: Enroller) -> None:
    desk = enrol(node, "desk1", "door")
    desk._token = "x" * 40
    with pytest.raises(Unauthorized):
        desk.upstream.heads(LOG)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_end_comes_in_peace_while_desks_wait(
    node: NodeProcess, enrol: Enroller, how: signal.Signals
) -> None:
    desk = enrol(node, "desk1", "organizer")
    push(desk, "event_defined", LOG, EVENT)
    with ThreadPoolExecutor(3) as pool:
        pull = wire.Pull(desk.signed_in.epoch, {LOG: 1}, wait_s=50)
        waiting = [pool.submit(desk.upstream.pull, pull) for _ in range(3)]
        until_waiting(node, 3)
        started = time.monotonic()
        assert node.stop(how) == 0, node.errors()
        assert time.monotonic() - started < 10
        assert [one.result().pages for one in waiting] == [{}, {}, {}]
    assert "Traceback" not in node.errors()


def until_waiting(node: NodeProcess, number: int) -> None:
    """Of one process or several: each tells of itself alone."""
    deadline = time.monotonic() + 20
    found: dict[str, int] = {}
    while sum(found.values()) < number:
        assert time.monotonic() < deadline, found
        lines = requests.get(node.address + "/metrics", timeout=10).text.splitlines()
        told = {line.split()[0]: line.split()[1] for line in lines if line.startswith("eventdesk_")}
        found[told["eventdesk_process"]] = int(float(told["eventdesk_waiting"]))
        threading.Event().wait(0.02)


def test_what_was_pushed_outlives_a_kill(start: Starter, enrol: Enroller) -> None:
    node = start(PLAIN)
    desk = enrol(node, "desk1", "organizer")
    push(desk, "event_defined", LOG, EVENT)
    node.process.send_signal(signal.SIGKILL)
    node.process.wait()
    again = start(PLAIN)
    later = enrol(again, "desk2", "door")
    assert later.upstream.heads(LOG).heads == {"desk1": 1}
    assert later.signed_in.node == desk.signed_in.node


def test_logs_hold_no_token_and_no_name(start: Starter, enrol: Enroller) -> None:
    node = start(PLAIN, "--log-level", "debug")
    desk = enrol(node, "desk1", "organizer")
    push(desk, "event_defined", LOG, EVENT)
    node.stop()
    lines = [json.loads(line) for line in node.errors().splitlines()]
    routes = [line["route"] for line in lines if line["event"] == "request"]
    assert "/v1/logs/{log}/facts" in routes
    assert desk.signed_in.token not in node.errors()
    assert "Fair" not in node.errors()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def refused(*words: str) -> str:
    """What it says where it can't begin."""
    done = subprocess.run(
        [sys.executable, "-m", "eventdesk", *words], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_what_keeps_it_from_beginning_is_told_in_a_sentence(
    tmp_path: Path, taken_port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    def refused_here(*words: str) -> str:
        """As `refused`, of what is seen before a node is begun: it needs no process of its own."""
        assert main(words) == 2
        return capfd.readouterr().err

    folder = ["--folder", str(tmp_path / "n"), "--key-file", str(tmp_path / "key")]
    told = refused("serve", *folder, PLAIN, "--port", str(taken_port))
    assert f"Port {taken_port} of 127.0.0.1 can't be used" in told
    (tmp_path / "file").write_text("")
    assert "can't be made" in refused("serve", "--folder", str(tmp_path / "file" / "n"), PLAIN)
    nowhere = "postgresql://eventdesk@127.0.0.1:1/none"
    assert "can't be used" in refused("serve", *folder, PLAIN, "--database", nowhere)
    secret = refused_here("serve", *folder, PLAIN, "--database", "postgresql://a:secret@127.0.0.1:1/none")
    assert "EVENTDESK_DATABASE" in secret
    assert "secret@" not in secret
    assert "PostgreSQL" in refused_here("serve", *folder, PLAIN, "--processes", "2")
    assert "needs its key" in refused_here("serve", *folder, "--tls-cert", str(tmp_path / "file"))
    (tmp_path / "key").unlink()
    assert "is not there" in refused("serve", *folder, PLAIN)
