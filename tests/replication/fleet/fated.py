"""An upstream over a wire whose fate the test decides, call by call."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from sync import wire
from sync.client.port import Contact, Snapshot
from sync.errors import Unreachable
from sync.server.ports import Principal
from tests.replication.fleet.stations import Station

T = TypeVar("T")


class Fate(StrEnum):
    """What becomes of a call. A late one reaches the node after all, when nobody waits for it any more."""

    WELL = "well"
    LOST = "lost"
    UNANSWERED = "unanswered"
    TWICE = "twice"
    LATE = "late"


class FatedLine:
    """`sync.client.port.Upstream` of one desk or hub. `cut`: nothing passes. `fates`: of the calls to come;
    then all goes well. `clock_error_ms` is what its contacts measure."""

    def __init__(self, station: Station, by: Principal, clock_error_ms: Callable[[], int]) -> None:
        self.station = station
        self.by = by
        self.cut = False
        self.fates: list[Fate] = []
        self.late: list[Callable[[], object]] = []
        self._clock_error_ms = clock_error_ms
        self._heard = False

    def deliver_late(self) -> None:
        """In the wrong order, too."""
        while self.late:
            self.late.pop()()

    def _call(self, serve: Callable[[], T]) -> T:
        fate = self.fates.pop(0) if self.fates else Fate.WELL
        if self.cut or fate is Fate.LOST:
            raise Unreachable("The line is cut.")
        if fate is Fate.LATE:
            self.late.append(serve)
            raise Unreachable("No answer in time.")
        if fate is Fate.TWICE:
            serve()
        answer = serve()
        if fate is Fate.UNANSWERED:
            raise Unreachable("The answer was lost.")
        self._heard = True
        return answer

    def hello(self) -> wire.Hello:
        station = self.station
        epoch = station.run(station.logs.identity()).epoch
        return self._call(
            lambda: wire.Hello(1, station.name, epoch, station.kind, station.name, "0", station.now_ms())
        )

    def push(self, log: str, push: wire.Push) -> wire.Pushed:
        return self._call(lambda: self.station.run(self.station.logs.push(log, self.by, push)))

    def pull(self, pull: wire.Pull) -> wire.Pulled:
        return self._call(lambda: self.station.run(self.station.logs.pull(self.by, pull)))

    def heads(self, log: str) -> wire.Heads:
        return self._call(lambda: self.station.run(self.station.logs.heads(log)))

    def claim(self, log: str, asked: wire.ClaimAsked, _timeout_s: float) -> wire.ClaimAnswer:
        return self._call(lambda: self.station.run(self.station.claiming.claim(log, self.by.desk, asked)))

    def release(self, log: str, key: str, fact: str = "", reason: str = "") -> wire.ClaimReleased:
        released = self._call(
            lambda: self.station.run(self.station.claiming.release(log, self.by.desk, key, fact=fact))
        )
        return wire.ClaimReleased(released)

    def held(self, log: str) -> list[wire.HeldClaim]:
        return self._call(lambda: self.station.run(self.station.logs.held(log, self.by.desk)))

    def allot(self, log: str, asked: wire.AllotmentAsked) -> wire.Allotment:
        return self._call(lambda: self.station.run(self.station.claiming.allot(log, self.by.desk, asked)))

    def counters(self, log: str) -> list[wire.CounterState]:
        return self._call(lambda: self.station.run(self.station.logs.counters(log)))

    def last_contact(self) -> Contact | None:
        return Contact(self._clock_error_ms(), 1) if self._heard else None

    def close(self) -> None:
        pass

    # Not of this game

    def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        raise NotImplementedError(asked.desk)

    def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        raise NotImplementedError(asked.desk)

    def take_back(self, log: str, counter: str, holder: str, reason: str) -> wire.Allotment:
        raise NotImplementedError(log, counter, holder, reason)

    def snapshot(self, _log: str, _form: str) -> Snapshot | None:
        return None

    def desks(self) -> list[wire.DeskKnown]:
        return []

    def give_notes(self, notes: Sequence[wire.Note]) -> None:
        raise NotImplementedError(notes)

    def notes(self, after: int) -> wire.Notes:
        raise NotImplementedError(after)

    def revoke(self, desk: str, reason: str) -> None:
        raise NotImplementedError(desk, reason)

    def make_code(self, asked: wire.CodeAsked) -> None:
        raise NotImplementedError(asked.name)

    def quarantine(self, _log: str) -> list[wire.Quarantined]:
        return []

    def review(self, log: str, fact: str, reason: str) -> bool:
        raise NotImplementedError(log, fact, reason)

    def learn(self, desks: Sequence[wire.DeskKnown]) -> None:
        pass


def calm(lines: Iterator[FatedLine]) -> None:
    """Every line carries again, and whatever was late arrives."""
    for line in lines:
        line.cut = False
        line.fates.clear()
        line.deliver_late()
