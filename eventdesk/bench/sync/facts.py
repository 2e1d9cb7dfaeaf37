"""Facts handed in: batches of 100 over HTTP from 16 desks, against raw batches of the same rows."""

import argparse
import statistics
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from eventdesk.bench.sync.asking import Lines
from eventdesk.bench.sync.nodes import Node, askers, let_in
from eventdesk.bench.sync.postgres import Postgres, programs
from eventdesk.bench.sync.raw import RawPostgres, RawSqlite, Rows
from eventdesk.bench.sync.writing import BATCH, Writer
from sync.chain import Record
from sync.wire import Pushed

DESKS = 16
PROCESSES = 2
NO_POSTGRES = "PostgreSQL's programs (initdb, postgres) are not on this computer"


def measure(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """`facts_per_s_...`: taken, on the disk, answered; real chains and signed heads, rights and payloads
    judged. `facts_vs_raw_...`: that by what raw statements write in a second, each batch in a
    commit, into a database with the same key, pragmas, tables and indexes. Rounds by turns, medians."""
    raw = RawSqlite(folder / "raw")
    with closing(raw):
        figures = _figures("sqlite", _rounds(Node.prepare(folder / "node"), 1, raw, args))
    where = programs()
    if where is None:
        return figures | dict.fromkeys(_names("postgresql")) | {"postgresql": NO_POSTGRES}
    at = folder / "pg"
    at.mkdir()
    folder.chmod(0o755)
    server = Postgres(at, where, {})
    try:
        node = Node.prepare(folder / "node2", server.new_database())
        with closing(RawPostgres(folder / "raw2", server.new_database(), PROCESSES)) as raw_postgres:
            return figures | _figures("postgresql", _rounds(node, PROCESSES, raw_postgres, args))
    finally:
        server.stop()


def _rounds(
    node: Node, processes: int, raw: RawSqlite | RawPostgres, args: argparse.Namespace
) -> list[tuple[float, float]]:
    """Facts a second of ours and of raw, by rounds; the first one is for warming up."""
    desks = askers(DESKS)
    let_in(node, desks)
    writers, rows, found = [Writer(desk) for desk in desks], Rows(), []
    with node.served(processes) as served, closing(Lines(served.at, DESKS)) as lines:
        for _ in range(args.rounds + 1):
            batches = [[writer.batch() for writer in writers] for _ in range(args.batches)]
            facts = DESKS * args.batches * BATCH
            ours = _ours(lines, writers, batches)
            flat = [rows.of(records) for by_desk in batches for records in by_desk]
            found.append((facts / ours, facts / raw.seconds(flat)))
    return found[1:]


def _ours(lines: Lines, writers: Sequence[Writer], batches: Sequence[Sequence[list[Record]]]) -> float:
    """Seconds until the last batch is answered."""
    queues = [[writer.request(by_desk[place]) for by_desk in batches] for place, writer in enumerate(writers)]
    answers = lines.in_turn(queues)
    taken = sum(msgspec.msgpack.decode(body, type=Pushed).taken for body in answers.bodies)
    if taken != len(writers) * len(batches) * BATCH:
        raise RuntimeError(f"the node took {taken} facts alone")
    return answers.seconds


def _figures(name: str, rounds: Sequence[tuple[float, float]]) -> dict[str, Any]:
    ours = statistics.median(ours for ours, _ in rounds)
    raw = statistics.median(raw for _, raw in rounds)
    return dict(zip(_names(name), (round(ours), round(raw), round(ours / raw, 2)), strict=True))


def _names(name: str) -> tuple[str, str, str]:
    return f"facts_per_s_{name}", f"raw_facts_per_s_{name}", f"facts_vs_raw_{name}"
