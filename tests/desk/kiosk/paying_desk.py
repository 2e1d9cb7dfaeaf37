"""A kiosk with a till of its own at the demo event: real store, engine and till; a test speaks for the card
terminal."""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.kiosk.commands import FindByCode, OpenKiosk
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import CAMERA_SOURCE
from eventdesk.desk.till.commands import OpenShift, OpenTill
from eventdesk.desk.venue.commands import AskHelp, SettleHelp
from eventdesk.devices.terminals.port import Answer, Charge, Fate
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till.sales import Payment, PaymentState, Sale
from eventdesk.domain.venue import HelpCall, Reason
from eventdesk.storage.store import Reader
from eventdesk.storage.verification import verify
from tests.desk.conftest import NOON
from tests.desk.till.conftest import Spoken, TillDesk

T = TypeVar("T")
PATIENCE_S = 30.0
SETUP: Mapping[str, Any] = {
    "finds": ["code"],
    "languages": ["en"],
    "amends": [],
    "photo": "off",
    "pays": True,
    "sells": ["workshop", "pass"],
}
LOOK_S = 0.01


class Patient(Spoken):
    """Hears that the till gave up, as a real one does; `too_late`: the guest had paid by then."""

    too_late = False

    def charge(self, charge: Charge, canceled: threading.Event) -> Answer:
        self.asked.append(("charge", charge))
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            try:
                return self.answers.get(timeout=LOOK_S)
            except queue.Empty:
                if canceled.is_set():
                    return paid(charge) if self.too_late else Answer(Fate.CANCELED)
        return Answer(Fate.EXPIRED)

    @property
    def charges(self) -> list[Charge]:
        return [one for what, one in self.asked if what == "charge" and isinstance(one, Charge)]


def paid(charge: Charge) -> Answer:
    return Answer(Fate.PAID, f"pi_{charge.id[:6]}", charge.amount, "visa", "4242")


class PayingDesk(TillDesk):
    """`state` is what the screen shows."""

    state: KioskState | None = None
    terminal: Patient

    def start(self) -> None:
        self.terminal = self.card_terminal()
        self.preferences.put(CAMERA_SOURCE, "")
        self.troubles: list[str] = []
        self.hooks.kiosk_changed.connect(self._told)
        self.hooks.trouble_told.connect(lambda told: self.troubles.append(told.message))
        self.engine.kiosk.use_till(self.till.at_kiosk)
        super().start()

    def card_terminal(self) -> Patient:
        return Patient()

    def becomes_kiosk(self, *, shift: bool = True, **setup: Any) -> None:
        documents = self.reads(lambda reader: reader.documents(LOG))
        unsigned = [Draft(Kind.DOCUMENT_DEFINED, one.id, {"removed": True}) for one in documents]
        self.write(Draft(Kind.KIOSK_DEFINED, LOG, {**SETUP, **setup}), *unsigned)
        self.do(ChooseDoor(LOG, LIST, None, Mode.ENTRY))
        self.do(OpenTill(LOG))
        if shift:
            self.do(OpenShift("kiosk", 0))
        self.do(OpenKiosk())
        self.wait(Page.WELCOME)

    def errands(self) -> dict[str, Handlers]:
        return {"venue": {AskHelp: self._ask, SettleHelp: lambda _: None}}

    def _told(self, state: KioskState) -> None:
        self.state = state

    def _ask(self, command: AskHelp) -> None:
        """As the venue writes it."""
        if any((one.reason, one.ticket) == (command.reason, command.ticket) for one in self.calls()):
            return
        asked = {"desk": "kiosk", "reason": command.reason.value, "words": command.words}
        asked |= {"ticket": command.ticket, "at": moment_text(self.clock())}
        self.write(Draft(Kind.HELP_ASKED, new_id(), asked))

    # What guests do

    def until(self, is_so: Callable[[], T | None], what: object = "") -> T:
        ends = time.monotonic() + PATIENCE_S
        while not (found := is_so()):
            assert time.monotonic() < ends, f"not {what}: {self.state} {self.troubles}"
            time.sleep(LOOK_S)
        return found

    def wait(self, *pages: Page) -> KioskState:
        return self.until(lambda: self.state if self.state and self.state.page in pages else None, pages)

    def step(self, command: Command, *pages: Page) -> KioskState:
        self.post(command)
        self.settled()
        return self.wait(*pages)

    def settled(self) -> None:
        done: list[bool] = []
        self.hooks.door_chosen.connect(lambda _: done.append(True))
        self.post(ChooseDoor(LOG, LIST, None, Mode.ENTRY))
        self.until(lambda: done or None, "served")

    def scan(self, code: str, *pages: Page) -> KioskState:
        return self.step(FindByCode(code, camera=True), *pages)

    @property
    def visit(self) -> str:
        assert self.state is not None
        return self.state.visit

    def asked(self, number: int = 1) -> Charge:
        """The terminal was asked for money so often; the last time."""
        self.until(lambda: len(self.terminal.charges) >= number or None, "asked")
        assert len(self.terminal.charges) == number
        return self.terminal.charges[-1]

    def answers(self, fate: Fate = Fate.PAID) -> None:
        charge = self.asked(len(self.terminal.charges) or 1)
        self.terminal.answers.put(paid(charge) if fate is Fate.PAID else Answer(fate))

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
        return self.until(
            lambda: next((one for one in self.calls() if (one.reason, one.ticket) == (reason, ticket)), None),
            f"{reason} {ticket}",
        )

    def passes(self, ticket: str) -> int:
        return len(self.reads(lambda reader: reader.facts(LOG, ticket, Kind.ADMITTED)))

    def sales(self) -> list[Sale]:
        return self.reads(lambda reader: reader.sales(LOG))

    def payments(self) -> list[Payment]:
        def every(reader: Reader) -> list[Payment]:
            return [one for shift in reader.shifts(LOG) for one in reader.payments_of_shift(LOG, shift.id)]

        return self.reads(every)

    def taken(self) -> list[int]:
        return [one.amount for one in self.payments() if one.state is PaymentState.TAKEN]

    def carts(self) -> int:
        return len(self.reads(lambda reader: reader.carts(LOG)))

    def checks(self) -> None:
        """The evening's account, and what the shift says of itself."""
        assert verify(self.store) == []
        (shift,) = self.reads(lambda reader: reader.open_shifts(LOG, self.store.desk))
        figures = self.reads(lambda reader: reader.shift_figures(LOG, shift.id))
        assert figures is not None
        assert figures.expected_cash == 0
