"""A desk that is killed (SIGKILL) just before or just after it hands a badge to CUPS, or just before or after
it notes that the badge came out. Its badge carries a check-in.

Run by `test_spool_on_cups.py`: python killed_while_printing.py DATABASE KEY PORT QUEUE MOMENT. MOMENT is
before, after, unnoted or noted; or `wave`: killed when 30 badges of a wave of 60 were handed over.
"""

import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

from eventdesk.badges import fonts
from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.printing.filling import fill
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.notes import Notes
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.queues import PageSize
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import NOON, wish

FACT = "0" * 31 + "1"
HALF = 30


class Deadly(CupsPrinters):
    moment = "after"
    sent = 0

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        self.sent += 1
        if self.moment == "before" or (self.moment == "wave" and self.sent > HALF):
            die()
        reference = super().send(queue, pdf, title, size)
        if self.moment == "after":
            die()
        return reference


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("killed processes do not go on")


def kill_at_note(moment: str) -> None:
    printed = Notes.printed

    def note(self: Notes, job: BadgeJob) -> None:
        if moment == "noted":
            printed(self, job)
        die()

    Notes.printed = note  # type: ignore[method-assign]


def main(database: str, key: str, port: str, queue: str, moment: str) -> None:
    fonts.prepare()
    store = Store.open(Path(database), bytes.fromhex(key), "d001")
    printers = Deadly("127.0.0.1", int(port))
    printers.moment = moment
    if moment in ("unnoted", "noted"):
        kill_at_note(moment)
    spool = Spool(store, printers, BadgeMaker(store), Listeners(lambda _: None, lambda _: None))
    if moment == "wave":
        begin_wave(store)
    else:
        with store.transaction() as tx:
            order = wish(tx, printer=queue)
            spool.enqueue_another(tx, waiting(order))
    spool.start()
    threading.Event().wait(120)


def waiting(order: Order) -> Order:
    return replace(order, entry=Entry(LIST, NOON, FACT, claimed=True))


def begin_wave(store: Store) -> None:
    wave = KeptWave("w", LOG, "Morning", NOON, wish={"products": ["wave"]})
    with store.transaction() as tx:
        tx.waves.add(wave)
    fill(store, wave, lambda: NOON, lambda _done, _all: None, lambda: False, lambda: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
