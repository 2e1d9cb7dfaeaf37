"""Badges and turns of the gate that are under way. They outlive their visit, as guests go away."""

from collections.abc import Callable
from dataclasses import dataclass

from eventdesk.desk.commands import Command
from eventdesk.desk.kiosk.news import Overdue
from eventdesk.desk.kiosk.ports import Alarms
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.visit import Party, Visit
from eventdesk.desk.upstream.at_door import Word
from eventdesk.domain.tickets import Direction


@dataclass(slots=True)
class Awaited:
    """A badge (by its job's id) or a turn of the gate (by the ticket's) that is under way. No name stands
    here: it may outlive its visit."""

    log: str
    ticket: str
    visit: str
    word: Word | None
    carries: bool
    recalled: bool = False
    opening: int = 0  # of the gate


class UnderWay:
    """Lives on the engine's lane. What does not come in its time is told as `Overdue`."""

    def __init__(self, scene: Scene, alarms: Alarms, post: Callable[[Command], None]) -> None:
        self._scene = scene
        self._alarms = alarms
        self._post = post
        self._jobs: dict[str, Awaited] = {}
        self._turns: dict[str, Awaited] = {}

    def job(self, job: str) -> Awaited | None:
        return self._jobs.get(job)

    def await_job(self, job: str, awaited: Awaited, seconds: float) -> None:
        self._jobs[job] = awaited
        self.ring(job, seconds)

    def drop_job(self, job: str) -> None:
        self._jobs.pop(job, None)
        self._alarms.drop(job)

    def await_turn(self, awaited: Awaited, seconds: float) -> None:
        self._turns[awaited.ticket] = awaited
        self.ring(awaited.ticket, seconds)

    def overdue_turn(self, ticket: str) -> Awaited | None:
        """The turn that was waited for, and is no more."""
        return self._turns.pop(ticket, None)

    def turn(self, opening: int) -> Awaited | None:
        """The turn that the gate has told of, no more waited for. None: nobody waits for it any more."""
        found = next((one for one in self._turns.values() if one.opening == opening), None)
        if found is not None:
            self._alarms.drop(found.ticket)
            del self._turns[found.ticket]
        return found

    def ring(self, what: str, seconds: float) -> None:
        self._alarms.set(what, seconds, lambda: self._post(Overdue(what)))

    def everything(self) -> list[Awaited]:
        return [*self._jobs.values(), *self._turns.values()]

    def of(self, log: str, ticket: str) -> Awaited | None:
        return next((one for one in self.everything() if (one.log, one.ticket) == (log, ticket)), None)

    # The guest, who may have gone away

    def visit(self, awaited: Awaited) -> Visit | None:
        visit = self._scene.visit
        return visit if visit is not None and visit.id == awaited.visit else None

    def party(self, awaited: Awaited) -> Party | None:
        visit = self.visit(awaited)
        parties = visit.parties if visit is not None else []
        return next((one for one in parties if one.ticket.id == awaited.ticket), None)

    def found(self, awaited: Awaited) -> Party | None:
        """As `party`, read anew where the guest went away. None where the door has another event by now."""
        party = self.party(awaited)
        if party is not None:
            return party
        with self._scene.store.reader() as reader:
            ticket = reader.ticket(awaited.log, awaited.ticket)
        return Party(ticket) if ticket is not None and self._scene.log == awaited.log else None

    def is_in(self, awaited: Awaited) -> bool:
        """Whether this very desk has let the guest in."""
        with self._scene.store.reader() as reader:
            passes = reader.passes(awaited.log, awaited.ticket)
        desk = self._scene.store.desk
        return bool(passes) and passes[-1].direction is Direction.ENTRY and passes[-1].desk == desk
