"""A door whose badges go to a queue, timed from the verdict on."""

import secrets
import statistics
import time
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from eventdesk.bench.filling import LIST, LOG, fill
from eventdesk.bench.guests import made_guests
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import ChooseDoor, ScanCode
from eventdesk.desk.engine import Engine, utc_now
from eventdesk.desk.hooks import Given, Hooks, Trouble
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing import jobs
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.devices.printers.queues import Printers
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.decision import Outcome
from eventdesk.storage.store import Store

PATIENCE_S = 120.0
WARM_UP = 3
# Between two guests: no door is faster, and the spool has looked after the last one meanwhile.
PAUSE_S = 0.1


class Door:
    """Use it in a `with`. As many guests again as `scans` wait for their badges afterwards."""

    def __init__(self, folder: Path, printers: Printers, queue: str, scans: int) -> None:
        self._printers = printers
        self._guests = list(made_guests(2 * scans + WARM_UP))
        self._store = Store.open(folder / "bench.db", secrets.token_bytes(32), "bench01")
        fill(self._store, self._guests)
        self._hooks, preferences = Hooks(), Preferences(self._store)
        preferences.put(keys.PRINTER, queue)
        self._given, self._sent = SimpleQueue[tuple[float, Given]](), SimpleQueue[float]()
        self._troubles: list[Trouble] = []
        self._hooks.verdict_given.connect(lambda given: self._given.put((time.perf_counter(), given)))
        self._hooks.trouble_told.connect(self._troubles.append)
        listeners = Listeners(self._changed, self._troubles.append)
        self._spool = Spool(self._store, printers, BadgeMaker(self._store), listeners)
        self._engine = Engine(self._store, self._hooks, preferences, self._spool)

    def __enter__(self) -> Self:
        self._engine.start()
        self._spool.start()
        self._engine.post(ChooseDoor(LOG, LIST, None))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.stop()
        self._spool.stop()
        self._printers.close()
        self._store.close()

    def measure(self, scans: int) -> dict[str, float]:
        """Raises RuntimeError where the desk told of trouble."""
        times = sorted([self._scan(guest.secret) for guest in self._guests[: scans + WARM_UP]][WARM_UP:])
        figures = {
            "verdict_to_queue_ms_p50": round(statistics.median(times) * 1e3, 2),
            "verdict_to_queue_ms_p95": round(times[int(len(times) * 0.95)] * 1e3, 2),
            "badges_per_min": round(60 * scans / self._wave(scans)),
        }
        if self._troubles:
            raise RuntimeError(f"{self._troubles[0].message} {self._troubles[0].remedy}")
        return figures

    def _scan(self, code: str) -> float:
        """Seconds from the verdict, which is told after its commit, until the queue had the badge."""
        self._engine.post(ScanCode(code))
        began, given = self._given.get(timeout=PATIENCE_S)
        if given.verdict.outcome is not Outcome.OK:
            raise RuntimeError(f"{code} was refused: {given.verdict.headline}")
        ended = self._sent.get(timeout=PATIENCE_S)
        time.sleep(PAUSE_S)
        return ended - began

    def _wave(self, number: int) -> float:
        """Seconds until as many badges that wait on the disk are handed over."""
        with self._store.transaction() as tx:
            catalogue = tx.catalogue(LOG)
            for guest in self._guests[-number:]:
                ticket = tx.presented(LOG, guest.secret).ticket
                if ticket is None or jobs.first(tx, Order(catalogue, ticket, utc_now())) is None:
                    raise RuntimeError(f"{guest.secret} gets no badge")
        begin = time.perf_counter()
        self._spool.nudge()
        ended = [self._sent.get(timeout=PATIENCE_S) for _ in range(number)]
        return ended[-1] - begin

    def _changed(self, job: BadgeJob) -> None:
        if job.state is JobState.SENT:
            self._sent.put(time.perf_counter())
        elif job.state in {JobState.FAILED, JobState.UNKNOWN}:
            self._troubles.append(Trouble("", f"A badge is {job.state}: {job.detail}", ""))
