"""The answer is lost on the wire between a till and Stripe: a person is told, nothing is charged again, and
the next asking finds the one charge."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.desk.till.commands import AddProduct, AskPayment, Pay, ReverseSale
from eventdesk.devices.terminals.stripe import StripeTerminal
from eventdesk.domain.till.sales import PaymentState, ReversalWay
from eventdesk.domain.till.setup import Tender
from tests.desk.conftest import Clock
from tests.desk.till.conftest import TillDesk
from tests.devices.terminals.guests import LONG_S, VAIN, until
from tests.rigs.payments.stripe import KEY, READER, StripeRig
from tests.rigs.wires import Wire
from tests.till.killed.driver import KEY as DATABASE_KEY
from tests.till.killed.driver import PRICE, standing


@pytest.fixture
def stripe() -> Iterator[StripeRig]:
    with StripeRig() as rig:
        yield rig


@pytest.fixture
def wire(stripe: StripeRig) -> Iterator[Wire]:
    with Wire(stripe.port) as wire:
        yield wire


@pytest.fixture
def desk(tmp_path: Path, wire: Wire) -> Iterator[TillDesk]:
    desk = TillDesk(tmp_path, DATABASE_KEY, Clock())
    terminal = StripeTerminal("t1", KEY, READER, VAIN, f"http://127.0.0.1:{wire.port}")
    desk.terminal = terminal  # type: ignore[assignment]
    desk.start()
    desk.opened()
    yield desk
    desk.stop()


def unknown(desk: TillDesk) -> str:
    """The id of the payment whose answer was lost."""
    while (told := desk.heard.next(desk.hooks.payment_changed, LONG_S)).busy:
        pass
    assert told.payment.state is PaymentState.STARTED
    return told.payment.id


def test_a_charge(desk: TillDesk, stripe: StripeRig, wire: Wire) -> None:
    desk.do(AddProduct("workshop"))
    with stripe.held("process_payment_intent", acted=True) as door:
        desk.do(Pay(Tender.CARD))
        until(door.reached.is_set)
        wire.lose_answers = True
        door.opened.set()
        stripe.guest_pays()
        payment = unknown(desk)
    desk.do(Pay(Tender.CARD))
    assert "not finished" in desk.trouble().message
    desk.do(AskPayment(payment))
    assert unknown(desk) == payment, "as long as nobody can be asked"
    wire.heal()
    desk.do(AskPayment(payment))
    made = desk.heard.next(desk.hooks.sale_made, LONG_S)
    assert (made.sale.total, stripe.charged) == (PRICE, [PRICE])
    stands = standing(desk)
    assert (stands["sales"], stands["tickets"], stands["differences"]) == ([PRICE], 1, [])


def test_a_return(desk: TillDesk, stripe: StripeRig, wire: Wire) -> None:
    desk.do(AddProduct("workshop"))
    desk.do(Pay(Tender.CARD))
    until(lambda: stripe.waiting)
    stripe.guest_pays()
    sale = desk.heard.next(desk.hooks.sale_made, LONG_S).sale.id
    while not desk.heard.nothing(desk.hooks.payment_changed):
        desk.payment()
    back = ReverseSale(sale, ReversalWay.REFUND, "ill")
    with stripe.held("POST /v1/refunds", acted=True) as door:
        desk.do(back)
        until(door.reached.is_set)
        wire.lose_answers = True
        door.opened.set()
        payment = unknown(desk)
    desk.do(back)
    assert "on its way back already" in desk.trouble().message
    wire.heal()
    desk.do(AskPayment(payment))
    assert desk.heard.next(desk.hooks.sale_reversed, LONG_S).reversal.amount == PRICE
    assert [one["amount"] for one in stripe.refunds] == [PRICE]
    stands = standing(desk)
    assert (stands["tickets"], stands["open"], stands["differences"]) == (0, 0, [])
