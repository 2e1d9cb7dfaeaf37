"""The way of a sale through the desk's own threads: engine, spool, receipt's printer."""

import time
from queue import SimpleQueue

from eventdesk.bench.sell.counter import GIVEN, SOLD, made_till
from eventdesk.desk.commands import Command
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks, Trouble
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.till.commands import AddProduct, Pay
from eventdesk.devices.receipts import encoding
from eventdesk.devices.receipts.port import Drawing, Outcome, Printed, PrinterState
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.paper import Paper
from eventdesk.domain.till.setup import Tender
from eventdesk.storage.store import Store

PATIENCE_S = 60.0
WARM_UP = 3


class Printer:
    """Makes the bytes for a roll of 80 mm, and throws them away."""

    name = "bench"

    def __init__(self, printed: "SimpleQueue[float]") -> None:
        self._printed = printed

    def state(self) -> PrinterState:
        return PrinterState(DeviceState(self.name, Status.READY, "Ready."))

    def print(self, drawing: Drawing, _title: str) -> Printed:
        b"".join(encoding.bands(drawing.raster(Paper.ROLL_80)))
        self._printed.put(time.perf_counter())
        return Printed(Outcome.PRINTED)

    def kick(self) -> None:
        """The drawer is a matter of one byte."""

    def close(self) -> None:
        """Nothing is open."""


class Watched:
    """A till at its engine; each thing that is waited for has its queue of moments."""

    def __init__(self, store: Store) -> None:
        hooks = Hooks()
        self._made, self._printed, self._ended, self._carts = (SimpleQueue[float]() for _ in range(4))
        self.troubles: list[Trouble] = []
        till = made_till(store, hooks, self._post, lambda _address: Printer(self._printed))
        self._till = till
        self._engine = Engine(store, hooks, Preferences(store), None, till.lanes(), till=till)
        hooks.sale_made.connect(lambda _made: self._made.put(time.perf_counter()))
        hooks.receipt_changed.connect(lambda _changed: self._ended.put(time.perf_counter()))
        hooks.cart_changed.connect(lambda _changed: self._carts.put(time.perf_counter()))
        hooks.trouble_told.connect(self.troubles.append)
        self._engine.start()
        self.wait_for_carts(1)

    def _post(self, command: Command) -> None:
        self._engine.post(command)

    def wait_for_carts(self, number: int) -> None:
        for _ in range(number):
            self._carts.get(timeout=PATIENCE_S)

    def sell(self) -> tuple[float, float]:
        """Seconds from the key to the job in the spool, and to the printer's bytes."""
        for product in SOLD:
            self._post(AddProduct(product))
        self.wait_for_carts(len(SOLD))
        begin = time.perf_counter()
        self._post(Pay(Tender.CASH, given=GIVEN))
        # The job is written in the transaction of the sale, which is told of after its commit.
        spooled, printed = self._made.get(timeout=PATIENCE_S), self._printed.get(timeout=PATIENCE_S)
        self.wait_for_carts(1)
        self._ended.get(timeout=PATIENCE_S)
        return spooled - begin, printed - begin

    def stop(self) -> None:
        self._till.close()
        self._engine.stop()


def measure(store: Store, sales: int) -> dict[str, list[float]]:
    """Seconds by figure. Raises RuntimeError where the till told of trouble."""
    watched = Watched(store)
    try:
        times = [watched.sell() for _ in range(WARM_UP + sales)][WARM_UP:]
    finally:
        watched.stop()
    if watched.troubles:
        raise RuntimeError(f"{watched.troubles[0].message} {watched.troubles[0].remedy}")
    return {
        "key_to_spool_ms": [spooled for spooled, _ in times],
        "key_to_receipt_ms": [printed for _, printed in times],
    }
