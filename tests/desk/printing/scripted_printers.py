"""Printers that do what a test tells them: a second implementation of the seam, not a patch of the first."""

from dataclasses import dataclass, field

from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    PageSize,
    PrintSystemSilent,
    Progress,
    QueueInfo,
    QueueRefused,
)
from eventdesk.devices.printers.words import TAKEN_BACK
from eventdesk.devices.states import DeviceState, Status

CANCELED = JobStatus(Progress.FAILED, TAKEN_BACK)
SILENCE = "The print system does not answer."


@dataclass
class ScriptedPrinters:
    """Set `silent`, `refused`, `busy` (queues), `broken` (queues with reasons) or `lost` before; move jobs
    by `jobs[title] = JobStatus(...)`.

    `lost` says what becomes of a hand-over that breaks off: "arrived" or "vanished"; `ends_as`, how a job
    ends that is canceled.
    """

    silent: bool = False
    lost: str = ""
    refused: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ("left", "right")
    jobs: dict[str, JobStatus] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    stubborn: bool = False
    ends_as: JobStatus = CANCELED

    def queues(self) -> list[QueueInfo]:
        self._speak()
        return [QueueInfo(name, name, self._state(name)) for name in self.names]

    def _state(self, name: str) -> DeviceState:
        if name in self.broken:
            return DeviceState(name, Status.DEGRADED, self.broken[name])
        return DeviceState(name, Status.READY)

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        self._speak()
        if queue in self.refused:
            raise QueueRefused(f"{queue} takes no jobs.")
        if self.lost != "vanished":
            self.sent.append((queue, title))
            self.jobs[title] = JobStatus(Progress.SENT)
        if self.lost:
            raise HandOverUncertain(SILENCE)
        return title

    def takes_more(self, queue: str) -> bool:
        return queue not in self.busy

    def find(self, queue: str, title: str) -> str:
        self._speak()
        return title if title in self.jobs else ""

    def status(self, queue: str, reference: str) -> JobStatus:
        self._speak()
        return self.jobs.get(reference, JobStatus(Progress.GONE, "unknown"))

    def cancel(self, queue: str, reference: str) -> None:
        self._speak()
        over = {Progress.PRINTED, Progress.FAILED}
        if reference in self.jobs and self.jobs[reference].progress not in over and not self.stubborn:
            self.jobs[reference] = self.ends_as

    def close(self) -> None:
        pass

    def move_all(self, progress: Progress, detail: str = "") -> None:
        """Every job that is not over moves on."""
        for title, status in self.jobs.items():
            if status.progress not in {Progress.PRINTED, Progress.FAILED}:
                self.jobs[title] = JobStatus(progress, detail)

    def _speak(self) -> None:
        if self.silent:
            raise PrintSystemSilent(SILENCE, "Start CUPS.")
