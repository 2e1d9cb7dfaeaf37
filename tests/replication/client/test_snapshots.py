"""Ready states over real sockets: whole, cut and gone on with, damaged, exchanged meanwhile."""

import os
import re
from collections.abc import Iterator
from hashlib import sha256

import pytest

from sync.client.http import HttpUpstream
from sync.client.port import Snapshot
from sync.errors import NotEventDesk, Refused, SyncError, Unreachable
from tests.replication.client.conftest import Connect
from tests.replication.client.serving import Asked, Served, Told, problem
from tests.rigs.wires import Wire

FILE = os.urandom(3 << 20)


def told(file: bytes, *, digest: bytes | None = None, first: int = 0, status: int = 200) -> Told:
    headers = {
        "Content-Type": "application/zstd",
        "EventDesk-Cursor": "77",
        "EventDesk-Epoch": "e1",
        "EventDesk-Sha256": (digest or sha256(file).digest()).hex(),
    }
    return Told(status, file[first:], headers)


def whole(asked: Asked) -> Told:
    return told(FILE)


def ranged(asked: Asked) -> Told:
    found = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
    return told(FILE, first=int(found[1]), status=206) if found else told(FILE)


@pytest.fixture
def served() -> Iterator[Served]:
    with Served(whole) as server:
        yield server


@pytest.fixture
def line(served: Served) -> Iterator[Wire]:
    with Wire(served.port) as made:
        yield made


def begun(upstream: HttpUpstream, line: Wire) -> tuple[Snapshot, list[bytes]]:
    """Under way, and most of the file still beyond the wire."""
    line.delay_s = 0.02
    found = started(upstream)
    parts = [next(found.chunks)]
    assert line.answers < len(FILE) // 2
    return found, parts


@pytest.fixture
def upstream(line: Wire, connect: Connect) -> HttpUpstream:
    return connect(f"http://127.0.0.1:{line.port}", lambda: "secret")


def started(upstream: HttpUpstream) -> Snapshot:
    found = upstream.snapshot("log1", "whole")
    assert found is not None
    return found


def test_a_file_arrives_with_its_cursor(upstream: HttpUpstream, served: Served) -> None:
    found = started(upstream)
    assert (found.cursor, found.epoch, found.size) == (77, "e1", len(FILE))
    assert found.sha256 == sha256(FILE).digest()
    assert b"".join(found.chunks) == FILE
    assert served.asked[0].path == "/v1/logs/log1/snapshots/whole"
    assert served.asked[0].headers["authorization"] == "Bearer secret"


@pytest.mark.parametrize("answer", [whole, ranged])
def test_a_cut_line_is_gone_on_with(
    upstream: HttpUpstream, served: Served, line: Wire, answer: object
) -> None:
    served.answer = whole if answer is whole else ranged
    found, parts = begun(upstream, line)
    line.reset()
    line.heal()
    parts += found.chunks
    assert b"".join(parts) == FILE
    assert len(served.asked) > 1
    assert served.asked[1].headers["range"].startswith("bytes=")


def test_a_line_that_is_cut_again_and_again_is_given_up(upstream: HttpUpstream, line: Wire) -> None:
    line.cut_after = 1 << 19
    with pytest.raises(Unreachable):
        b"".join(started(upstream).chunks)


def test_a_line_that_stays_cut_is_told(upstream: HttpUpstream, line: Wire) -> None:
    found, _ = begun(upstream, line)
    line.cut()
    with pytest.raises(Unreachable):
        b"".join(found.chunks)


def test_a_damaged_file_is_told(upstream: HttpUpstream, served: Served) -> None:
    served.answer = lambda asked: told(FILE, digest=bytes(32))
    with pytest.raises(NotEventDesk, match="damaged"):
        b"".join(started(upstream).chunks)


def test_another_file_meanwhile_is_told(upstream: HttpUpstream, served: Served, line: Wire) -> None:
    found, _ = begun(upstream, line)
    served.answer = lambda asked: told(FILE[::-1])
    line.reset()
    line.heal()
    with pytest.raises(Unreachable, match="newer"):
        b"".join(found.chunks)


def test_none_ready_is_none(upstream: HttpUpstream, served: Served) -> None:
    served.answer = lambda asked: problem(404, "snapshot")
    assert upstream.snapshot("log1", "scan") is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Told(200, b"<html>", {"Content-Type": "text/html"}), NotEventDesk),
        (Told(404, b"<html>", {"Content-Type": "text/html"}), NotEventDesk),
        (Told(204, b""), NotEventDesk),
        (problem(403, "log"), Refused),
    ],
)
def test_other_answers_are_told(
    upstream: HttpUpstream, served: Served, answer: Told, kind: type[SyncError]
) -> None:
    served.answer = lambda asked: answer
    with pytest.raises(kind):
        upstream.snapshot("log1", "whole")


def test_a_file_that_nobody_wants_any_more_is_let_go(upstream: HttpUpstream) -> None:
    found = started(upstream)
    next(found.chunks)
    del found


def test_a_file_that_was_never_begun_is_let_go(upstream: HttpUpstream) -> None:
    started(upstream)
