"""A till at the demo event: a real encrypted store and engine; a test speaks for the card terminal."""

import queue
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks, Trouble
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import TERMINALS
from eventdesk.desk.till.commands import OpenShift, OpenTill
from eventdesk.desk.till.till import Till
from eventdesk.desk.till.values import CartChanged, PaymentChanged, SaleMade
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.line import Line
from eventdesk.devices.receipts.addresses import open_receipt_printer
from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Return
from eventdesk.domain.decision import Mode
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store
from tests.desk.conftest import NOON, Clock, Heard
from tests.devices.receipts.no_queues import NO_QUEUES


class Spoken:
    """A card terminal whose answers a test gives; it remembers what it was asked, and what it holds."""

    name = "t1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, Charge | Return]] = []
        self.answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()

    def state(self) -> DeviceState:
        return DeviceState(self.name, Status.READY, "The terminal is ready.")

    def charge(self, charge: Charge, canceled: threading.Event) -> Answer:
        self.asked.append(("charge", charge))
        return self.answers.get(timeout=10)

    def find(self, charge: Charge, reference: str = "") -> Answer:
        self.asked.append(("find", charge))
        return self.answers.get(timeout=10)

    def give_back(self, wanted: Return) -> Answer:
        self.asked.append(("give_back", wanted))
        return self.answers.get(timeout=10)

    def find_return(self, wanted: Return) -> Answer:
        self.asked.append(("find_return", wanted))
        return self.answers.get(timeout=10)

    def close(self) -> None:
        self.answers.put(Answer(Fate.UNKNOWN))


class TillDesk:
    """`do` posts a command; `cart` and others wait for what is told."""

    def __init__(self, folder: Path, key: bytes, clock: Clock) -> None:
        self.clock = clock
        self.terminal = Spoken()
        self.store = Store.open(folder / "desk.db", key, "desk-a", lambda: int(clock.now.timestamp() * 1000))
        with self.store.transaction() as tx:
            if not tx.events():
                tx.append(LOG, demo_drafts(NOON))
        self.hooks = Hooks()
        self.heard = Heard(self.hooks)
        preferences = self.preferences = Preferences(self.store)
        preferences.put(TERMINALS, [{"name": "t1"}])
        line = Line(self.store, Secrets(self.store), self.hooks, preferences, DeskClock(), dial)
        opened = lambda address: open_receipt_printer(address, NO_QUEUES)  # noqa: E731
        self.till = Till(
            self.store, self.hooks, preferences, line, lambda _name: self.terminal, opened, self.post, clock
        )
        lanes = {**self.till.lanes(), **self.errands()}
        self.engine = Engine(self.store, self.hooks, preferences, None, lanes, clock, line.at_door, self.till)

    def errands(self) -> dict[str, Handlers]:
        """More lanes."""
        return {}

    def post(self, command: Command) -> None:
        self.engine.post(command)

    def start(self) -> None:
        self.engine.start()

    def stop(self) -> None:
        self.till.close()
        self.engine.stop()
        self.store.close()

    def do(self, command: Command) -> None:
        self.engine.post(command)

    def opened(self, float_: int = 10000) -> None:
        """The till of the demo event, a shift open at it."""
        self.do(ChooseDoor(LOG, LIST, None, Mode.ENTRY))
        self.do(OpenTill(LOG))
        self.heard.next(self.hooks.shift_changed)
        self.cart()
        self.do(OpenShift("main", float_))
        assert self.heard.next(self.hooks.shift_changed).shift is not None

    def cart(self) -> CartChanged:
        return self.heard.next(self.hooks.cart_changed)

    def made(self) -> SaleMade:
        return self.heard.next(self.hooks.sale_made)

    def payment(self) -> PaymentChanged:
        return self.heard.next(self.hooks.payment_changed)

    def trouble(self) -> Trouble:
        return self.heard.next(self.hooks.trouble_told)


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(48)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desks(tmp_path: Path, key: bytes, clock: Clock) -> Iterator[Callable[[], TillDesk]]:
    """Makes desks on one database, one after the other: a restart."""
    made: list[TillDesk] = []

    def make() -> TillDesk:
        desk = TillDesk(tmp_path, key, clock)
        made.append(desk)
        desk.start()
        return desk

    yield make
    for desk in made:
        desk.stop()


@pytest.fixture
def desk(desks: Callable[[], TillDesk]) -> TillDesk:
    desk = desks()
    desk.opened()
    return desk
