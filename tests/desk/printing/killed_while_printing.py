"""A desk that is killed (SIGKILL) just before or just after it hands a badge to CUPS.

Run by `test_spool_on_cups.py`: python killed_while_printing.py DATABASE KEY PORT QUEUE before|after
"""

import os
import signal
import sys
import threading
from pathlib import Path

from eventdesk.badges import fonts
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.queues import PageSize
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import wish


class Deadly(CupsPrinters):
    moment = "after"

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        if self.moment == "after":
            super().send(queue, pdf, title, size)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed processes do not go on")


def main(database: str, key: str, port: str, queue: str, moment: str) -> None:
    fonts.prepare()
    store = Store.open(Path(database), bytes.fromhex(key), "d001")
    printers = Deadly("127.0.0.1", int(port))
    printers.moment = moment
    spool = Spool(store, printers, BadgeMaker(store), Listeners(lambda _: None, lambda _: None))
    with store.transaction() as tx:
        spool.enqueue_another(tx, wish(tx, printer=queue))
    spool.start()
    threading.Event().wait(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
