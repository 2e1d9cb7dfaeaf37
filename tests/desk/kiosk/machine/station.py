"""A kiosk of the machine: real store, claims, spool and engine, each step taken when the test says so."""

from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.kiosk.commands import ChooseGuests, EndVisit, FindByCode, OpenKiosk
from eventdesk.desk.kiosk.kiosk import Kiosk
from eventdesk.desk.kiosk.ports import Alarms
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.commands import ListPrinters
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.desk.settings import CAMERA_SOURCE, PRINTER
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.desk.venue.commands import AskHelp, SettleHelp
from eventdesk.devices.printers.queues import JobStatus, PageSize, Progress
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import HelpCall
from tests.desk.printing.scripted_printers import ScriptedPrinters
from tests.desk.printing.spooling import blank
from tests.replication.fleet.doors import FleetDesk
from tests.replication.fleet.fated import FatedLine
from tests.storage.made import LIST, LOG

ROUNDS = 6


class HandAlarms(Alarms):
    """Rings when the test says that the time has come."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[str, Callable[[], None]] = {}

    def set(self, name: str, seconds: float, ring: Callable[[], None]) -> None:
        assert seconds > 0
        self.waiting[name] = ring

    def drop(self, name: str) -> None:
        self.waiting.pop(name, None)

    def ring(self) -> None:
        for name in list(self.waiting):
            if ring := self.waiting.pop(name, None):
                ring()


class PaperPrinters(ScriptedPrinters):
    """`out` counts what came out of the slot, by title."""

    def __init__(self) -> None:
        super().__init__()
        self.out: Counter[str] = Counter()

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        assert title not in self.jobs, "sent twice under one title"
        return super().send(queue, pdf, title, size)

    def print_out(self) -> None:
        for title, status in self.jobs.items():
            if status.progress in (Progress.SENT, Progress.PRINTING, Progress.HELD):
                self.jobs[title] = JobStatus(Progress.PRINTED)
                self.out[title] += 1

    def forget(self, *, printed: bool) -> None:
        """Everything under way is gone from the print system; what was there may have come out."""
        for title, status in self.jobs.items():
            if status.progress in (Progress.SENT, Progress.PRINTING, Progress.HELD):
                self.out[title] += printed
        self.jobs.clear()


class KioskStation(FleetDesk):
    def __init__(
        self,
        folder: Path,
        name: str,
        line: FatedLine,
        wall_s: Callable[[], float],
        steady: Callable[[], float],
    ) -> None:
        self.printers = PaperPrinters()
        self.found: set[str] = set()  # tickets of guests who were asked to wait for their badge, or refused
        super().__init__(folder, name, line, wall_s, steady)

    def open(self) -> None:
        super().open()
        self.queue: deque[Command] = deque()
        self.alarms = HandAlarms()
        hooks = Hooks()
        preferences = Preferences(self.store)
        preferences.put(CAMERA_SOURCE, "")
        preferences.put(PRINTER, "left")
        listeners = Listeners(hooks.job_changed, hooks.trouble_told, hooks.badge_entered)
        self.spool = Spool(self.store, self.printers, blank, listeners)
        self.claims.meant.append(self.spool.means)
        standing = Standing(self.store, hooks, preferences)
        self._kiosk_standing = standing
        line = AtDoor(self._present, self.claims)
        self.kiosk = Kiosk(
            self.store,
            hooks,
            standing,
            preferences,
            self.spool,
            line,
            self._now,
            self.queue.append,
            alarms=self.alarms,
        )
        self.state: KioskState | None = None
        hooks.kiosk_changed.connect(self._shown)
        self._handlers: dict[type[Command], Callable[[Any], None]] = {
            **self.kiosk.handlers(),
            AskHelp: self._ask,
            SettleHelp: self._settle,
            ListPrinters: lambda _: None,
        }

    def close(self) -> None:
        super().close()

    def stand(self) -> None:
        """At the door, as a kiosk."""
        self._kiosk_standing.choose(ChooseDoor(LOG, LIST))
        self.post(OpenKiosk())

    def crash(self) -> None:
        super().crash()
        self.stand()

    def _shown(self, state: KioskState) -> None:
        self.state = state
        if state.page in (Page.PRINTING, Page.SORRY, Page.DONE):
            self.found.update(one.ticket for one in state.guests if one.here)

    def post(self, command: Command) -> None:
        """Everything that follows from it happens, as far as the printers let it."""
        self.queue.append(command)
        self.settle_down()

    def settle_down(self) -> None:
        before = self._entries()
        for _ in range(ROUNDS):
            self._serve()
            self.spool._round()
        self._serve()
        for ticket, entries in self._entries().items():
            known = before.get(ticket, 0)
            assert not known or entries == known, f"{ticket} was known to be in, and was let in again"

    def _entries(self) -> dict[str, int]:
        with self.store.reader() as reader:
            passes = reader.admissions(LOG)
        return Counter(one.ticket for one in passes)

    def _serve(self) -> None:
        while self.queue:
            told = self.queue.popleft()
            self._handlers[type(told)](told)

    # What guests and printers do

    def guest(self, ticket: str, *, all_of_them: bool) -> None:
        self.post(FindByCode(f"secret-{ticket}", camera=True))
        if self.state is not None and self.state.page is Page.CHOOSING:
            here = [one.ticket for one in self.state.guests if all_of_them or one.ticket == ticket]
            self.post(ChooseGuests(tuple(here), visit=self.state.visit))

    def leave_it(self, *, idle: bool = False) -> None:
        if self.state is not None and self.state.visit:
            self.post(EndVisit(visit=self.state.visit, idle=idle))

    def time_passes(self) -> None:
        self.alarms.ring()
        self.settle_down()

    # Calls, as the venue writes them

    def _ask(self, command: AskHelp) -> None:
        if any((one.reason, one.ticket) == (command.reason, command.ticket) for one in self.calls()):
            return
        asked = {"desk": self.name, "reason": command.reason.value, "words": command.words}
        asked |= {"ticket": command.ticket, "at": moment_text(self._now())}
        self.write(Draft(Kind.HELP_ASKED, new_id(), asked))

    def _settle(self, command: SettleHelp) -> None:
        for one in self.calls():
            if one.reason is command.reason and one.desk == self.name:
                self.write(Draft(Kind.HELP_GIVEN, one.id, {"at": moment_text(self._now())}))

    def calls(self) -> list[HelpCall]:
        with self.store.reader() as reader:
            found = reader.help_calls(LOG, self._now())
        return [one for one in found if one.ended is None]

    def badges(self, ticket: str) -> int:
        with self.store.reader() as reader:
            return reader.badges_printed(LOG, ticket)

    def came_out(self, ticket: str) -> int:
        """Of this kiosk's slot."""
        with self.store.reader() as reader:
            jobs = reader.jobs.for_ticket(LOG, ticket)
        return sum(n for title, n in self.printers.out.items() if any(one.id in title for one in jobs))
