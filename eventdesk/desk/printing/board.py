"""What people see of waves and printers: told when it changes, to whoever has asked for it once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from eventdesk.desk.printing.fleet import Fleet
from eventdesk.desk.printing.routes import Load
from eventdesk.desk.printing.values import PrintersTold, PrinterTold, Wave, WavesListed
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.storage.store import Store

WAVES_SHOWN: Final = 30


def _nothing(_told: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watchers:
    """Called on the spool's thread."""

    on_waves: Callable[[WavesListed], None] = _nothing
    on_printers: Callable[[PrintersTold], None] = _nothing


class Board:
    """`show_waves`, `show_printers` and `wave_changed` from any thread, the rest on the spool's."""

    def __init__(self, store: Store, fleet: Fleet, watchers: Watchers) -> None:
        self._store = store
        self._fleet = fleet
        self._watchers = watchers
        self._waves_wanted = False
        self._printers_wanted = False
        self._changed: set[str] = set()
        self._is_new = False
        self._states: dict[str, dict[JobState, int]] = {}
        self._told: PrintersTold | None = None

    @property
    def watches_printers(self) -> bool:
        return self._printers_wanted

    def show_waves(self) -> None:
        self._waves_wanted = self._is_new = True

    def show_printers(self) -> None:
        self._printers_wanted = True
        self._told = None

    def wave_changed(self, wave: str) -> None:
        self._changed.add(wave)

    def job_changed(self, job: BadgeJob) -> None:
        if job.wave:
            self._changed.add(job.wave)

    def tell(self, now: Load) -> None:
        """Whatever has changed since it was told."""
        if self._waves_wanted and (self._changed or self._is_new):
            self._is_new = False
            self._watchers.on_waves(self._waves())
        if self._printers_wanted:
            self._fleet.look()
            told = self._printers(now)
            # Before the first answer no printer is gone: nobody knows yet.
            if told != self._told and self._fleet.has_looked:
                self._told = told
                self._watchers.on_printers(told)

    def _waves(self) -> WavesListed:
        changed, self._changed = self._changed, set()
        with self._store.reader() as reader:
            kept = reader.waves.latest(WAVES_SHOWN)
            for wave in kept:
                if wave.id in changed or wave.id not in self._states:
                    self._states[wave.id] = dict(reader.waves.states(wave.id))
        return WavesListed(
            [
                Wave(
                    one.id, one.log, one.name, one.created, one.total, one.paused, dict(self._states[one.id])
                )
                for one in kept
            ]
        )

    def _printers(self, now: Load) -> PrintersTold:
        return PrintersTold([self._printer(now, queue) for queue in now.setup.queues])

    def _printer(self, now: Load, queue: str) -> PrinterTold:
        left = now.left.get(queue)
        state = self._fleet.state(queue, out=left == 0)
        return PrinterTold(queue, state, now.before[queue], left, now.setup.of(queue).warn)
