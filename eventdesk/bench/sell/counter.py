"""A till whose commands are served on the calling thread, and what it sells."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from eventdesk.desk.commands import Command
from eventdesk.desk.engine import utc_now
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import RECEIPT_PRINTER
from eventdesk.desk.till.commands import AddProduct, OpenShift, OpenTill, Pay
from eventdesk.desk.till.till import Till
from eventdesk.desk.till.values import SaleMade
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.line import Line
from eventdesk.devices.receipts.port import ReceiptPrinter
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import DeviceError
from eventdesk.storage.store import Store

LOG = "bench"
GIVEN = 10_000
SOLD = ("day", "soup", "shirt")
PRINTER = "bench"


def drafts() -> list[Draft]:
    """An event with a ticket that has a quota, and goods."""
    products: dict[str, dict[str, Any]] = {
        "day": {"name": "Day ticket", "price": 4_900, "tax": "full", "category": "tickets"},
        "soup": {"name": "Fish soup", "price": 950, "tax": "reduced", "ticket": False},
        "shirt": {"name": "T-shirt", "price": 2_500, "tax": "full", "ticket": False},
    }
    quota = {"name": "Day tickets", "size": 1_000_000, "products": ["day"]}
    event = {
        "name": "Bench",
        "timezone": "Europe/Berlin",
        "currency": "EUR",
        "begins": "2026-06-10T08:00:00Z",
    }
    return [
        Draft(Kind.EVENT_DEFINED, LOG, event),
        Draft(Kind.TAX_DEFINED, "full", {"name": "VAT 19 %", "rate": 190_000, "code": "A"}),
        Draft(Kind.TAX_DEFINED, "reduced", {"name": "VAT 7 %", "rate": 70_000, "code": "B"}),
        Draft(Kind.CATEGORY_DEFINED, "tickets", {"name": "Tickets"}),
        *(Draft(Kind.PRODUCT_DEFINED, id_, members) for id_, members in products.items()),
        Draft(Kind.QUOTA_DEFINED, "days", quota),
        Draft(Kind.TILL_DEFINED, LOG, {"business": {"name": "Bench e.V."}}),
    ]


def opened(path: Path, key: bytes) -> Store:
    store = Store.open(path, key, "bench01")
    with store.transaction() as tx:
        tx.append(LOG, drafts())
    return store


class Pocket:
    """Secrets for as long as it lasts; no keyring of this computer is asked."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._held.get(name)

    def put(self, name: str, value: bytes) -> None:
        self._held[name] = value

    def delete(self, name: str) -> None:
        self._held.pop(name, None)


class Took(NamedTuple):
    """Seconds until the sale was on the disk, and until the till was free for the next command."""

    durable: float
    free: float


def made_till(
    store: Store,
    hooks: Hooks,
    post: Callable[[Command], None],
    printer: Callable[[str], ReceiptPrinter],
) -> Till:
    """A till that works alone, with a receipt printer."""
    preferences = Preferences(store)
    preferences.put(RECEIPT_PRINTER, PRINTER)
    line = Line(store, Pocket(), hooks, preferences, DeskClock(), dial)
    line.signer.prepare(LOG)
    return Till(store, hooks, preferences, line, _no_terminal, printer, post, utc_now)


class Counter:
    """What is posted to other lanes is passed over: only the till's own work is timed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        hooks = Hooks()
        hooks.sale_made.connect(self._made)
        self._handlers = made_till(store, hooks, lambda _command: None, _no_printer).writing()
        self._at = 0.0
        self.number = 0

    def _made(self, made: SaleMade) -> None:
        self._at, self.number = time.perf_counter(), made.sale.number

    def do(self, command: Command) -> float:
        """Seconds until the till may serve the next one. Raises what the handler does."""
        begin = time.perf_counter()
        self._handlers[type(command)](command)
        return time.perf_counter() - begin

    def open(self) -> None:
        self.stand()
        self.do(OpenShift("1", 20_000))

    def stand(self) -> None:
        """In the shift that is open already."""
        self.do(OpenTill(LOG))

    def fill(self) -> None:
        for product in SOLD:
            self.do(AddProduct(product))

    def pay(self) -> Took:
        begin = time.perf_counter()
        free = self.do(Pay(Tender.CASH, given=GIVEN))
        return Took(self._at - begin, free)

    def sell(self) -> Took:
        self.fill()
        return self.pay()


def _no_terminal(name: str) -> Any:
    raise DeviceError(f"No card terminal {name} is at the bench.", "")


def _no_printer(name: str) -> Any:
    raise DeviceError(f"Nothing is printed by {name} on this thread.", "")
