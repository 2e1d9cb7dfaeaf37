"""A durable admission, from code to commit, against raw sqlcipher3 doing the same look-up and writes.

Both stand on equal databases: encrypted, WAL, synchronous FULL, the same guests, the same indexes.
They take turns, so that a noisy machine is noisy for both.
"""

import json
import secrets
import statistics
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlcipher3 import dbapi2

from eventdesk.bench.filling import LIST, LOG, fill
from eventdesk.bench.guests import made_guests
from eventdesk.desk.commands import ChooseDoor, ScanCode
from eventdesk.desk.door import DoorKeeper
from eventdesk.desk.engine import utc_now
from eventdesk.desk.hooks import Given, Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.alone import alone
from eventdesk.domain.decision import Outcome
from eventdesk.domain.moments import moment_text
from eventdesk.storage.store import Store

WARM_UP = 50

_LOOK_UP = """
    SELECT t.id, t.product, t.canceled, t.blocked, o.status
    FROM tickets t JOIN orders o ON o.log = t.log AND o.id = t.order_id WHERE t.log = ? AND t.secret = ?
"""
_PASSES = "SELECT id, list, direction, at FROM admissions WHERE log = ? AND ticket = ? ORDER BY at"
_FACT = "INSERT INTO facts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
_ADMISSION = """
    INSERT INTO admissions (log, ticket, at, stamp, id, list, direction, desk, gate, nonce, forced, confirmed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNT = """
    INSERT INTO occupancy (log, place, id, inside, entered, people) VALUES (?, 'list', ?, 1, 1, 1)
    ON CONFLICT DO UPDATE SET inside = inside + 1, entered = entered + 1
"""


def measure_admissions(folder: Path, guests: int, scans: int) -> dict[str, float]:
    """Medians in microseconds and their ratio, `admission_vs_raw`."""
    key = secrets.token_bytes(32)
    with _filled(folder / "ours.db", key, guests) as store, _filled(folder / "raw.db", key, guests):
        ours = Ours(store)
        raw = Raw(folder / "raw.db", key)
        codes = [guest.secret for guest in made_guests(scans + WARM_UP)]
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(scans + WARM_UP):
            # Whoever goes first finds the disk in another state: they change places.
            for which in (0, 1) if number % 2 else (1, 0):
                times[which].append((ours, raw)[which].admit(codes[number]))
        raw.close()
    ours_s, raw_s = (statistics.median(one[WARM_UP:]) for one in times)
    return {
        "admission_us_p50": round(ours_s * 1e6, 1),
        "raw_us_p50": round(raw_s * 1e6, 1),
        "admission_vs_raw": round(ours_s / raw_s, 3),
    }


def _filled(path: Path, key: bytes, guests: int) -> Store:
    store = Store.open(path, key, "bench01")
    fill(store, made_guests(guests))
    return store


class Ours:
    """The door as the desk runs it, on this thread."""

    def __init__(self, store: Store) -> None:
        hooks = Hooks()
        hooks.verdict_given.connect(self._given)
        preferences = Preferences(store)
        standing = Standing(store, hooks, preferences)
        standing.choose(ChooseDoor(LOG, LIST, None))
        self._keeper = DoorKeeper(
            store, hooks, standing, preferences, None, utc_now, alone(store, preferences)
        )
        self._at = 0.0

    def _given(self, given: Given) -> None:
        self._at = time.perf_counter()
        if given.verdict.outcome is not Outcome.OK:
            raise RuntimeError(f"{given.code} was refused: {given.verdict.headline}")

    def admit(self, code: str) -> float:
        """Seconds from the code to the verdict that may be shown."""
        start = time.perf_counter()
        self._keeper.scan(ScanCode(code))
        return self._at - start


class Raw:
    """What a script would do by hand: no rules, no chain, no words."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._connection: Any = dbapi2.connect(str(path), isolation_level=None)
        self._connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._seq = 1_000_000

    def admit(self, code: str) -> float:
        start = time.perf_counter()
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        ticket, _product, canceled, blocked, status = execute(_LOOK_UP, (LOG, code)).fetchone()
        passes = execute(_PASSES, (LOG, ticket)).fetchall()
        if passes or canceled or blocked or status != "paid":
            raise RuntimeError(f"{code} was refused")
        self._write(execute, ticket)
        execute("COMMIT")
        return time.perf_counter() - start

    def _write(self, execute: Any, ticket: str) -> None:
        self._seq += 1
        id_, now, stamp = uuid4().hex, moment_text(utc_now()), f"{time.time_ns():020x}-bench01"
        payload = json.dumps({"list": LIST, "at": now, "nonce": id_}).encode()
        digest = bytes(32)
        fact = (id_, LOG, "admitted", ticket, stamp, "bench01", self._seq)
        execute(_FACT, (*fact, payload, digest[:16], digest, digest, digest))
        execute(_ADMISSION, (LOG, ticket, now, stamp, id_, LIST, "entry", "bench01", "", id_, 0, 1))
        execute(_COUNT, (LOG, LIST))

    def close(self) -> None:
        self._connection.close()
