"""Cards: one charge and one sale, whatever becomes of the answer, the power or the shift."""

from collections.abc import Callable

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import (
    AddProduct,
    AskPayment,
    ChangeLine,
    CloseShift,
    CountCash,
    DropCart,
    OpenShift,
    Pay,
    ReturnPayment,
    SettlePayment,
)
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.till.sales import PaymentState
from eventdesk.domain.till.setup import Tender
from tests.desk.till.conftest import TillDesk


def pay_by_card(desk: TillDesk, answer: Answer | None) -> str:
    """A coffee, by card: the payment's id."""
    desk.do(AddProduct("coffee"))
    desk.cart()
    desk.do(Pay(Tender.CARD))
    told = desk.payment()
    assert told.busy
    if answer is not None:
        desk.terminal.answers.put(answer)
    return told.payment.id


def test_a_card_pays_and_the_sale_is_made(desk: TillDesk) -> None:
    pay_by_card(desk, Answer(Fate.PAID, "ref-1", brand="visa", last4="4242"))
    made = desk.made()
    with desk.store.reader() as reader:
        (payment,) = reader.payments_of(LOG, made.sale.id)
    assert (payment.state, payment.amount, payment.reference, payment.last4) == (
        PaymentState.TAKEN,
        320,
        "ref-1",
        "4242",
    )


def test_a_declined_card_leaves_the_cart_as_it_was(desk: TillDesk) -> None:
    pay_by_card(desk, Answer(Fate.DECLINED, words="Not enough money."))
    told = desk.payment()
    assert (told.payment.state, told.words) == (PaymentState.FAILED, "Not enough money.")
    desk.cart()
    assert desk.cart().due == 320
    desk.do(Pay(Tender.CASH))
    assert desk.made().sale.total == 320


def test_a_lost_answer_is_asked_about_and_never_charged_again(desk: TillDesk) -> None:
    payment = pay_by_card(desk, Answer(Fate.UNKNOWN))
    assert "nobody knows yet" in desk.payment().words
    desk.do(Pay(Tender.CARD))
    assert "not finished" in desk.trouble().message
    desk.do(ChangeLine(desk.cart().cart.lines[0].id, quantity=2))
    assert "not finished" in desk.trouble().message
    desk.do(AskPayment(payment))
    assert desk.payment().busy
    desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    assert desk.made().sale.total == 320
    assert [what for what, _ in desk.terminal.asked] == ["charge", "find"]


def test_after_a_power_cut_the_payment_is_found_and_the_sale_is_made(
    desks: Callable[[], TillDesk],
) -> None:
    desk = desks()
    desk.opened()
    pay_by_card(desk, None)
    again = desks()  # the first one never hears the answer
    told = again.payment()
    assert told.busy
    again.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    made = again.made()
    assert (made.sale.total, len(made.sale.payments)) == (320, 1)
    assert [what for what, _ in again.terminal.asked] == ["find"]


def test_a_person_settles_what_nobody_can_find_out(desk: TillDesk) -> None:
    payment = pay_by_card(desk, Answer(Fate.UNKNOWN))
    desk.payment()
    desk.do(SettlePayment(payment, paid=True, reference="slip 17"))
    assert desk.payment().payment.state is PaymentState.TAKEN
    assert desk.made().sale.total == 320


def test_money_taken_for_a_cart_is_given_back_before_it_is_dropped(desk: TillDesk) -> None:
    desk.do(AddProduct("coffee", quantity=2))
    desk.cart()
    desk.do(Pay(Tender.CASH, amount=300))
    cart = desk.cart()
    assert cart.due == 340
    desk.do(DropCart())
    assert "Money was taken" in desk.trouble().message
    desk.do(ReturnPayment(cart.paid[0].id))
    assert desk.cart().due == 640
    desk.do(DropCart())
    assert desk.cart().cart.lines == ()


def test_a_payment_found_after_its_shift_belongs_to_the_next(desk: TillDesk) -> None:
    payment = pay_by_card(desk, Answer(Fate.UNKNOWN))
    desk.payment()
    desk.do(CountCash(10000))
    desk.heard.next(desk.hooks.shift_changed)
    desk.do(CloseShift())
    closed = desk.heard.next(desk.hooks.shift_closed)
    assert [one.id for one in closed.figures.open] == [payment]
    assert desk.heard.next(desk.hooks.shift_changed).shift is None

    desk.do(AskPayment(payment))
    desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    desk.payment()
    assert "no shift" in desk.payment().words.lower()
    desk.do(OpenShift("main", 10000))
    desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    made = desk.made()
    assert made.sale.shift != closed.shift.id
