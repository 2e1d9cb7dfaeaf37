"""Ten thousand desks that wait, and one admission that all are told of."""

import argparse
import re
import statistics
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

import msgspec

from eventdesk.bench.filling import LOG
from eventdesk.bench.sync.asking import Line, Lines, request
from eventdesk.bench.sync.nodes import Asker, Node, Served, askers, let_in
from eventdesk.bench.sync.writing import Writer
from sync import wire

# Files that this process, or the node's, has open beside the connections.
OTHERS = 200
AT_ONCE = 500
# A poll ends by itself after 55 seconds: on a busy computer fewer are asked, and so many are told of.
ASKING_S = 30.0
PATIENCE_S = 50.0
TURNS = 3
PULLS = "/v1/pull"


def measure(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """`fanout_s`: from the moment an admission is handed in until the last of `idle_connections` long polls,
    each of another desk, has it (the median of some turns). `kib_per_connection`: by how much the
    resident memory of the node's process grew for each, polls and all."""
    number = min(args.connections, _files() - OTHERS)
    node, desks = Node.prepare(folder / "node"), askers(number + 1)
    let_in(node, desks)
    writer, waiting = Writer(desks[0]), desks[1:]
    with node.served() as served, closing(Line(served.at)) as writing:
        cursor = _push(writing, writer)
        before = resident_kib(served.pid)
        with closing(Lines(served.at, number)) as lines:
            took = []
            for turn in range(TURNS):
                asked = _wait(served, lines, waiting[:number], cursor)
                if turn == 0:
                    number = asked
                    grown = resident_kib(served.pid) - before
                began = perf_counter()
                writing.ask(writer.request(writer.batch(1)))
                lines.wait_for(number)
                took.append(perf_counter() - began)
                cursor = _answered(writing).heads[writer.desk.id]
    return {
        "fanout_s": round(statistics.median(took), 3),
        "kib_per_connection": round(grown / number, 1),
        "idle_connections": number,
    }


def _push(line: Line, writer: Writer) -> int:
    """A first fact; the log's number of arrival, as nobody else writes."""
    line.ask(writer.request(writer.batch(1)))
    return _answered(line).heads[writer.desk.id]


def _answered(line: Line) -> wire.Pushed:
    while (body := line.answer()) is None:
        pass
    return msgspec.msgpack.decode(body, type=wire.Pushed)


def _wait(served: Served, lines: Lines, desks: Sequence[Asker], cursor: int) -> int:
    """Desks ask for what comes after `cursor`; returns how many, when the node says that all of them wait."""
    pull = wire.Pull(_epoch(served), {LOG: cursor}, wait_s=wire.MOST_WAIT_S)
    began, asked = monotonic(), 0
    while asked < len(desks) and monotonic() - began < ASKING_S:
        some = desks[asked : asked + AT_ONCE]
        for line, desk in zip(lines.all[asked:], some, strict=False):
            line.ask(request(desk, PULLS, pull))
        asked += len(some)
        while _waiting(served) < asked:
            if monotonic() - began > PATIENCE_S:
                raise RuntimeError("the node takes too long to let everyone wait")
            sleep(0.01)
    return asked


def _epoch(served: Served) -> str:
    with urllib.request.urlopen(f"{served.address}/v1/hello") as answer:
        return msgspec.json.decode(answer.read(), type=wire.Hello).epoch


def _waiting(served: Served) -> int:
    with urllib.request.urlopen(f"{served.address}/metrics") as answer:
        found = re.search(r"^eventdesk_waiting (\S+)$", answer.read().decode(), re.MULTILINE)
    return round(float(found[1])) if found else 0


def resident_kib(pid: int) -> int:
    """Of a process (Linux)."""
    found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def _files() -> int:
    """How many this process may have open, now that it has asked for as many as it may."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
