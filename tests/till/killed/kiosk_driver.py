"""A whole kiosk that takes money, in a process of its own, for tests that kill it: FOLDER URL STEP.

`sell`, `before` and `answered` as in `driver`: the guest of an unpaid order pays. `again` starts on the same
database, waits until it is known what became of that, sends the guest once more, and prints what stands.
"""

import json
import sys
from pathlib import Path
from typing import Any

from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import FindByCode, PayAtKiosk
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.settings import KIOSK_PAYMENTS
from eventdesk.domain.tickets import OrderStatus
from eventdesk.storage.verification import verify
from tests.desk.conftest import Clock
from tests.desk.kiosk.paying_desk import PayingDesk
from tests.devices.terminals.guests import QUICK
from tests.rigs.payments import stripe
from tests.till.killed.driver import KEY, Stopping, say

OLE, ORDER, DUE = "hl-ole-1HP2X6", "demo-HL007", 14900


class KilledKiosk(PayingDesk):
    url = at_step = ""

    def card_terminal(self) -> Any:
        terminal = Stopping("t1", stripe.KEY, stripe.READER, QUICK, self.url)
        terminal.step = self.at_step
        return terminal


def main(folder: str, url: str, step: str) -> None:
    desk = KilledKiosk(Path(folder), KEY, Clock())
    desk.url, desk.at_step = url, step
    desk.start()
    if step == "again":
        desk.until(lambda: not desk.preferences.get(KIOSK_PAYMENTS) or None, "known")
        desk.wait(Page.WELCOME)
    else:
        desk.becomes_kiosk()
    desk.post(FindByCode(OLE, camera=True))
    if desk.wait(Page.PAYING, Page.DONE).page is Page.PAYING:
        desk.post(PayAtKiosk(visit=desk.visit))
        desk.wait(Page.DONE)
    desk.until(lambda: not desk.preferences.get(KIOSK_PAYMENTS) or None, "looked after")
    say(json.dumps(standing(desk)))
    desk.stop()


def standing(desk: PayingDesk) -> dict[str, object]:
    tickets = desk.reads(lambda reader: reader.order_tickets(LOG, ORDER))
    return {
        "sales": [one.total for one in desk.sales()],
        "taken": desk.taken(),
        "paid": tickets[0].order.status is OrderStatus.PAID,
        "passes": desk.passes(tickets[0].id),
        "open": len(desk.reads(lambda reader: reader.open_payments(LOG, desk.store.desk))),
        "carts": desk.carts(),
        "differences": verify(desk.store),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
