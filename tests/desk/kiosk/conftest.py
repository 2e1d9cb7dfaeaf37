"""A kiosk at the demo event: a real store, engine and spool, printers that do what a test tells them."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest

from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks, Recorded
from eventdesk.desk.kiosk.commands import BeginVisit, EndVisit, FindByCode, FindByName, FindByOrder, OpenKiosk
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.maker import Renderer
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.desk.settings import CAMERA_SOURCE, PRINTER, TURNSTILE
from eventdesk.desk.venue.commands import AskHelp, SettleHelp
from eventdesk.devices.gates.port import Gate
from eventdesk.devices.printers.queues import Progress
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import HelpCall, Reason
from eventdesk.storage.store import Reader, Store
from tests.desk.conftest import NOON, Clock
from tests.desk.kiosk.machine.machine import Kiosks
from tests.desk.printing.scripted_printers import ScriptedPrinters
from tests.desk.printing.spooling import blank

T = TypeVar("T")
PATIENCE_S = 30.0
ADA, BO = "hl-ada-7QX4M2", "hl-bo-9TR3K8"
SETUP: Mapping[str, Any] = {
    "finds": ["code", "order", "name"],
    "second": ["email", "order"],
    "languages": ["en", "de"],
}


class KioskDesk:
    """`states` are all that the screen was told, the last one what it shows."""

    def __init__(
        self,
        store: Store,
        printers: ScriptedPrinters | None = None,
        *,
        render: Renderer = blank,
        gate: Gate | None = None,
    ) -> None:
        self.store = store
        self.clock = Clock()
        self.hooks = Hooks()
        self.state: KioskState | None = None
        self.pages: list[Page] = []
        self.troubles: list[str] = []
        self.hooks.kiosk_changed.connect(self._told)
        self.hooks.trouble_told.connect(lambda told: self.troubles.append(told.message))
        preferences = Preferences(store)
        preferences.put(CAMERA_SOURCE, "")
        preferences.put(PRINTER, "left" if printers else "")
        self.printers = printers
        self.spool: Spool | None = None
        if printers is not None:
            listeners = Listeners(self.hooks.job_changed, self.hooks.trouble_told, self.hooks.badge_entered)
            self.spool = Spool(store, printers, render, listeners)
        errands: dict[str, Handlers] = {
            "venue": {AskHelp: lambda command: self.ask(command), SettleHelp: self._settle}
        }
        self.ask: Callable[[AskHelp], None] = self._ask
        preferences.put(TURNSTILE, "scripted" if gate else "")
        self.engine = Engine(
            store,
            self.hooks,
            preferences,
            self.spool,
            errands,
            self.clock,
            gate=lambda *_: gate or _no_gate(),
        )

    def start(self) -> None:
        self.engine.start()
        if self.spool is not None:
            self.spool.start()
        self.engine.post(ChooseDoor(LOG, LIST, "north", Mode.ENTRY))
        self.engine.post(OpenKiosk())
        self.wait(Page.WELCOME, Page.CLOSED)

    def stop(self) -> None:
        self.engine.stop()
        if self.spool is not None:
            self.spool.stop()

    def _told(self, state: KioskState) -> None:
        self.state = state
        self.pages.append(state.page)

    def _ask(self, command: AskHelp) -> None:
        """As the venue writes it."""
        if any((one.reason, one.ticket) == (command.reason, command.ticket) for one in self.calls()):
            return
        asked = {"desk": "kiosk", "reason": command.reason.value, "words": command.words}
        asked |= {"ticket": command.ticket, "at": moment_text(self.clock())}
        self.write(Draft(Kind.HELP_ASKED, new_id(), asked))
        self.hooks.facts_recorded(Recorded(command.request, LOG, {Kind.HELP_ASKED.value: 1}))

    def _settle(self, command: SettleHelp) -> None:
        given = {"at": moment_text(self.clock())}
        for one in self.calls():
            if one.reason is command.reason:
                self.write(Draft(Kind.HELP_GIVEN, one.id, given))

    # What guests do

    def post(self, command: Command) -> None:
        self.engine.post(command)

    def wait(self, *pages: Page) -> KioskState:
        return self.until(lambda: self.state if self.state and self.state.page in pages else None, pages)

    def until(self, is_so: Callable[[], T | None], what: object = "") -> T:
        ends = time.monotonic() + PATIENCE_S
        while not (found := is_so()):
            assert time.monotonic() < ends, f"not {what}: {self.state} {self.troubles}"
            time.sleep(0.01)
        return found

    def step(self, command: Command, *pages: Page) -> KioskState:
        """Post, and wait until all that was posted is served; the page that is shown then must be one of
        these."""
        self.post(command)
        self.settled()
        return self.wait(*pages)

    def settled(self) -> None:
        """Everything posted so far is served."""
        done: list[bool] = []
        hook = self.hooks.door_chosen
        hook.connect(lambda _: done.append(True))
        self.engine.post(ChooseDoor(LOG, LIST, "north", Mode.ENTRY))
        self.until(lambda: done or None, "served")

    def begin(self) -> str:
        return self.step(BeginVisit(language="en"), Page.FINDING).visit

    def scan(self, code: str, *pages: Page) -> KioskState:
        return self.step(FindByCode(code, camera=True), *pages)

    def name(self, name: str, second: str, *pages: Page) -> KioskState:
        return self.step(FindByName(name, second, visit=self.visit), *pages)

    def order(self, code: str, second: str, *pages: Page) -> KioskState:
        return self.step(FindByOrder(code, second, visit=self.visit), *pages)

    def end(self) -> None:
        self.step(EndVisit(visit=self.visit), Page.WELCOME)

    @property
    def visit(self) -> str:
        assert self.state is not None
        return self.state.visit

    # What stands on the disk

    def write(self, *drafts: Draft) -> None:
        with self.store.transaction() as tx:
            tx.append(LOG, drafts)

    def reads(self, question: Callable[[Reader], T]) -> T:
        with self.store.reader() as reader:
            return question(reader)

    def calls(self) -> list[HelpCall]:
        found = self.reads(lambda reader: reader.help_calls(LOG, NOON))
        return [one for one in found if one.ended is None]

    def called(self, reason: Reason, ticket: str = "") -> HelpCall:
        def there() -> HelpCall | None:
            return next((one for one in self.calls() if (one.reason, one.ticket) == (reason, ticket)), None)

        return self.until(there, f"{reason} {ticket}")

    def passes(self, code: str) -> int:
        found = self.reads(lambda reader: reader.facts(LOG, f"demo-{code}", Kind.ADMITTED))
        return len(found)

    def badges(self, code: str) -> int:
        return self.reads(lambda reader: reader.badges_printed(LOG, f"demo-{code}"))

    def facts(self, code: str, kind: Kind) -> list[Mapping[str, Any]]:
        found = self.reads(lambda reader: reader.facts(LOG, f"demo-{code}", kind))
        return [one.payload for one in found]

    def print_all(self, progress: Progress = Progress.PRINTED, detail: str = "") -> None:
        """All that was sent, as soon as there is any, comes to this."""
        printers = self.printers
        assert printers is not None
        open_ = (Progress.SENT, Progress.PRINTING, Progress.HELD)
        self.until(lambda: any(one.progress in open_ for one in printers.jobs.values()) or None, "sent")
        printers.move_all(progress, detail)
        assert self.spool is not None
        self.spool.nudge()


def _no_gate() -> Gate:
    raise AssertionError("there is no turnstile here")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", secrets.token_bytes(32), "d001") as store:
        with store.transaction() as tx:
            own = (Kind.KIOSK_DEFINED, Kind.DOCUMENT_DEFINED)
            tx.append(LOG, [one for one in demo_drafts(NOON) if one.kind not in own])
        set_up(store)
        yield store


def set_up(store: Store, **members: Any) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.KIOSK_DEFINED, LOG, {**SETUP, **members})])


@pytest.fixture
def make(store: Store) -> Iterator[Callable[..., KioskDesk]]:
    """Makes kiosks that run, and are stopped in the end."""
    made: list[KioskDesk] = []

    def new(printers: ScriptedPrinters | None = None, **how: Any) -> KioskDesk:
        desk = KioskDesk(store, printers, **how)
        made.append(desk)
        desk.start()
        return desk

    yield new
    for desk in made:
        desk.stop()


@pytest.fixture
def desk(make: Callable[..., KioskDesk]) -> KioskDesk:
    """Without a printer."""
    return make()


@pytest.fixture
def world() -> Iterator[Kiosks]:
    """Some kiosks of one event, and what may happen to them."""
    world = Kiosks()
    world.set_up()
    yield world
    world.teardown()
