"""The one who stands at a desk of the fleet: takes orders, works at the door, tells all that is shown."""

import json
import logging
import sys
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.desk import settings
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import MakeCode, PairDesk
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from tests.e2e.fleet import party, telling
from tests.e2e.fleet.shift import Shift

IDLE_S = 3600.0
CLAIM_MS = 500  # more than at a real door: all desks and nodes share the test's computer
Order = dict[str, Any]


class Attendant:
    """Each order is answered by one line with its number; verdicts are told by the hooks' own thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counter = telling.Counter(desk.hooks)
        self._shift: Shift | None = None
        self._orders: SimpleQueue[Order | None] = SimpleQueue()

    def listen(self) -> None:
        for line in sys.stdin:
            self._orders.put(json.loads(line))
        self._orders.put(None)  # the test is gone

    def work(self) -> None:
        while True:
            wait = IDLE_S if self._shift is None else self._shift.wait_s()
            try:
                order = self._orders.get(timeout=wait)
            except Empty:
                self._next()
                continue
            if order is None or order["do"] == "end":
                return
            answer = getattr(self, f"do_{order.pop('do')}")(**order.pop("with"))
            telling.tell({"answer": order["number"], **(answer or {})})

    def _next(self) -> None:
        if self._shift is not None and not self._shift.act():
            self._shift = None

    # Orders

    def do_set_up(self, tickets: int, places: int) -> None:
        with self._desk.store.transaction() as tx:
            tx.append(party.LOG, party.drafts(tickets, places))

    def do_pair(self, text: str, address: str, name: str) -> Order:
        told = self._counter.ask(self._desk, PairDesk(text, address, name))
        return {"fault": told.message} if isinstance(told, Trouble) else {"roles": list(told.roles)}

    def do_code(self, roles: list[str]) -> Order:
        told = self._counter.ask(self._desk, MakeCode("", roles))
        return {"fault": told.message} if isinstance(told, Trouble) else {"text": told.text}

    def do_go(self, **how: Any) -> None:
        self._shift = Shift(self._desk, self._counter, **how)

    def do_halt(self) -> None:
        self._shift = None

    def do_state(self) -> Order:
        with self._desk.store.reader() as reader:
            guests = reader.guest_count(party.LOG) if party.LOG in reader.logs() else 0
        line = self._desk.line.board.state()
        return {
            "guests": guests,
            "heads": telling.heads(self._desk.store),
            "waiting": line.waiting,
            "reach": line.reach.value,
            "asks": self._desk.line.at_door.may_ask,
            "clock_error_ms": line.clock_error_ms,
        }

    def do_account(self) -> Order:
        return telling.account(self._desk)


def run(folder: Path, key: bytes) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(threadName)s %(name)s %(message)s")
    rack = Rack(None, FolderPrinters(folder / "badges"), ("", ""))
    desk = compose(config.load(folder), key, printers=rack)
    desk.preferences.put(settings.CAMERA_SOURCE, "")
    desk.preferences.put(settings.AUTO_PRINT, False)
    desk.preferences.put(settings.CLAIM_MS, CLAIM_MS)
    attendant = Attendant(desk)
    desk.start()
    telling.tell({"began": time.monotonic()})
    threading.Thread(target=attendant.listen, name="orders", daemon=True).start()
    attendant.work()
    desk.stop()
    telling.tell({"ended": time.monotonic()})
