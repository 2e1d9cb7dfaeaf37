"""A large event on an empty desk: until its door may open, and until all of it is there."""

import argparse
import asyncio
import os
import shutil
import statistics
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from eventdesk.bench.admission import Ours
from eventdesk.bench.filling import LOG, fill
from eventdesk.bench.guests import made_guests
from eventdesk.bench.sync.nodes import Asker, Node, Served, askers, let_in
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.filling import Filling
from eventdesk.node.ready_states import SCAN, WHOLE
from eventdesk.storage import ready, scan_sets
from eventdesk.storage.meaning import TicketMeaning
from eventdesk.storage.store import Store
from eventdesk.storage.swapping import sync
from sync import wire
from sync.carrying import to_wire
from sync.chain import Record
from sync.client.http import HttpUpstream
from sync.server.database import Database
from sync.server.ports import Principal
from sync.server.store.logs import SqlLogs

TURNS = 3
# The least of them: a virtual machine whose memory is not there yet takes several times as long for one.
COPIES = 3
WRITER = Principal("office", frozenset({"organizer"}), frozenset())


def measure(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """`first_scan_s`: from the desk's first request to the node (which logs there are) until its door has
    judged and admitted a ticket of the event, on the disk. `whole_desk_s`: from the same moment until every
    guest is in the desk's own database, sealed with its key, on the disk, adopted with that admission.
    `whole_desk_vs_copy`: that by `copy_s`, copying and fsyncing the finished file. By turns,
    medians (of `copy_s` the least). The node's ready states were made before; both files are in the
    system's memory."""
    node = Node.prepare(folder / "node")
    (desk,) = askers(1)
    let_in(node, [desk])
    asyncio.run(_prepare(node, args.guests))
    *_, last = made_guests(args.guests)
    with node.served() as served:
        turns = [_turn(folder, served, desk, last.secret, args.guests) for _ in range(TURNS)]
    firsts, wholes, copies, sizes = zip(*turns, strict=True)
    first, whole, copy, size = statistics.median(firsts), statistics.median(wholes), min(copies), sizes[0]
    return {
        "first_scan_s": round(first, 2),
        "whole_desk_s": round(whole, 2),
        "copy_s": round(copy, 2),
        "whole_desk_vs_copy": round(whole / copy, 2),
        "whole_desk_mib": round(size / 2**20),
    }


def _turn(
    folder: Path, served: Served, desk: Asker, code: str, guests: int
) -> tuple[float, float, float, float]:
    """Seconds to the first scan, to the whole, of a copy; and the file's bytes."""
    path, copied = folder / "desk.db", folder / "copy.db"
    with Store.open(path, os.urandom(48), desk.id) as store:
        first, whole = _filled(store, served, desk, code)
        with store.reader() as reader:
            if reader.guest_count(LOG) != guests:
                raise RuntimeError(f"{reader.guest_count(LOG)} of {guests} guests came")
    copy, size = min(_copied(path, copied) for _ in range(COPIES)), path.stat().st_size
    for made in folder.glob("*.db*"):
        made.unlink()
    return first, whole, copy, size


def _copied(path: Path, target: Path) -> float:
    target.unlink(missing_ok=True)
    began = perf_counter()
    shutil.copyfile(path, target)
    sync(target)
    return perf_counter() - began


def _filled(store: Store, served: Served, desk: Asker, code: str) -> tuple[float, float]:
    scanned: list[float] = []

    def filled(_log: str) -> None:
        if not scanned:
            Ours(store).admit(code)
            scanned.append(perf_counter())

    filling = Filling(store, DeskClock(), filled, lambda: False)
    with closing(HttpUpstream(served.address, lambda: desk.token)) as upstream:
        began = perf_counter()
        for log_id in upstream.pull(wire.Pull("", {})).logs:
            filling.fill(upstream, upstream.hello().node, log_id)
        ended = perf_counter()
    return scanned[0] - began, ended - began


async def _prepare(node: Node, guests: int) -> None:
    """The event in the node's log, and its ready states: of the desk that wrote it all, as a mirror of the
    log would be the same, made in ten times the time."""
    path, scan, key = node.folder / "office.db", node.folder / "office.scan", os.urandom(48)
    database = Database.open(node.url, node.key)
    logs = SqlLogs(database, TicketMeaning(), _no_keys)
    try:
        with Store.open(path, key, WRITER.desk) as store:
            fill(store, made_guests(guests))
            await _push(store, logs)
        scan_sets.make(path, key, LOG, scan, key)
        heads = await logs.heads(LOG)
        for form, file in ((WHOLE, path), (SCAN, scan)):
            packed = ready.compressed(file, key)
            await asyncio.to_thread(logs.put_snapshot, LOG, form, heads.epoch, heads.cursor, packed)
            file.unlink()
    finally:
        await logs.close()
        database.close()


async def _push(store: Store, logs: SqlLogs) -> None:
    done = 0
    while records := _unsent(store, done):
        pushed = await logs.push(LOG, WRITER, wire.Push([to_wire(record) for record in records]))
        if pushed.refused:
            raise RuntimeError(f"the node refused a fact: {pushed.refused[0].words}")
        done = records[-1].seq


def _unsent(store: Store, after: int) -> list[Record]:
    with store.reader() as reader:
        return reader.unsent(LOG, WRITER.desk, after, wire.MOST_FACTS)


async def _no_keys(_desks: Collection[str]) -> Mapping[str, bytes]:
    return {}
