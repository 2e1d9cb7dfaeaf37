"""A whole till in a process of its own, for tests that kill it: FOLDER URL STEP.

`sell` sells a ticket by card; `before` stops when the intent is on the disk and the terminal has not heard of
it, `answered` when the terminal has answered and nothing is written. `again` starts on the same database,
finds out about what is open, sells what still lies in the cart, and prints what stands.
"""

import json
import sys
import threading
from pathlib import Path

from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.till.commands import AddProduct, OpenTill, Pay
from eventdesk.devices.terminals.port import Answer, Charge
from eventdesk.devices.terminals.stripe import StripeTerminal
from eventdesk.domain.decision import Mode
from eventdesk.domain.till.sales import PaymentState
from eventdesk.domain.till.setup import Tender
from eventdesk.storage.verification import verify
from tests.desk.conftest import Clock
from tests.desk.till.conftest import TillDesk
from tests.devices.terminals.guests import LONG_S, QUICK
from tests.rigs.payments import stripe

KEY = bytes(range(48))
PRICE = 3500  # of a place in the workshop


class Stopping(StripeTerminal):
    """Says that it has come to the step, and stays there until it is killed."""

    step = ""

    def charge(self, charge: Charge, canceled: threading.Event) -> Answer:
        if self.step == "before":
            stop()
        answer = super().charge(charge, canceled)
        if self.step == "answered":
            stop()
        return answer


def stop() -> None:
    say("here")
    threading.Event().wait()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(folder: str, url: str, step: str) -> None:
    desk = TillDesk(Path(folder), KEY, Clock())
    terminal = Stopping("t1", stripe.KEY, stripe.READER, QUICK, url)
    terminal.step = step
    desk.terminal = terminal  # type: ignore[assignment]
    desk.start()
    if step == "again":
        again(desk)
    else:
        desk.opened()
        desk.do(AddProduct("workshop"))
        desk.do(Pay(Tender.CARD))
        desk.heard.next(desk.hooks.sale_made, LONG_S)
    say(json.dumps(standing(desk)))
    desk.stop()


def again(desk: TillDesk) -> None:
    desk.do(ChooseDoor(LOG, LIST, None, Mode.ENTRY))
    desk.do(OpenTill(LOG))
    cart = desk.cart()
    if not cart.cart.lines:
        return
    is_open = any(one.state is PaymentState.STARTED for one in cart.paid)
    while is_open:
        told = desk.heard.next(desk.hooks.payment_changed, LONG_S)
        is_open = told.payment.state is PaymentState.STARTED
    if not cart.paid or told.payment.state is PaymentState.FAILED:
        desk.do(Pay(Tender.CARD))
    desk.heard.next(desk.hooks.sale_made, LONG_S)


def standing(desk: TillDesk) -> dict[str, object]:
    with desk.store.reader() as reader:
        sales = reader.sales(LOG)
        tickets = [reader.ticket(LOG, id_) for one in sales for line in one.lines for id_ in line.tickets]
        payments = [one for sale in sales for one in reader.payments_of(LOG, sale.id)]
        return {
            "sales": [one.total for one in sales],
            "tickets": sum(one is not None and not one.canceled for one in tickets),
            "taken": [one.amount for one in payments if one.state is PaymentState.TAKEN],
            "open": len(reader.open_payments(LOG, desk.store.desk)),
            "differences": verify(desk.store),
        }


if __name__ == "__main__":
    main(*sys.argv[1:])
