"""Ways to pay on the real engine: split, cards whose answer is lost, gift cards, absurd sums."""

from dataclasses import replace

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import Pay
from eventdesk.desk.till.values import ApprovalNeeded
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.rights import Right
from eventdesk.domain.till.sales import PaymentState
from eventdesk.domain.till.setup import Tender
from tests.screens.boxoffice.conftest import Key, Office
from tests.screens.boxoffice.test_selling import last_sale


def test_a_part_in_cash_and_the_rest_by_card(office: Office) -> None:
    work = office.page.work
    office.add("workshop")
    office.press(Key.Key_Return)
    office.type("20")
    with office.cart_changes():
        office.press(Key.Key_Return)
    office.until(lambda: office.page.state.due == 1500)
    assert work.is_open(work.pay), "the sheet goes on with the rest"
    assert work.pay.line.text() == ""
    office.press(Key.Key_F10)
    office.until(lambda: work.is_open(work.card))
    office.desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    office.wait_done()
    _, payments = last_sale(office)
    assert [(one.tender, one.amount) for one in payments] == [(Tender.CASH, 2000), (Tender.CARD, 1500)]


def test_a_part_is_given_back(office: Office) -> None:
    office.add("workshop")
    office.press(Key.Key_Return)
    office.type("20")
    office.press(Key.Key_Return)
    office.until(lambda: office.page.state.due == 1500)
    (payment,) = office.page.cart_view.payments()
    office.page.cart_view.paid.returned.emit(payment.id)
    office.until(lambda: office.page.state.due == 3500)


def test_a_key_that_is_pressed_twice_pays_once(office: Office) -> None:
    office.add("workshop")
    office.press(Key.Key_Return)
    pay = office.page.work.pay
    pay.line.setText("10")
    pay.cash()
    pay.cash()
    office.until(lambda: office.page.state.due == 2500)
    office.add("coffee")
    assert [one.amount for one in office.page.cart_view.payments()] == [1000]


def test_an_absurd_sum_is_asked_about_once_more(office: Office) -> None:
    office.add("coffee")
    office.press(Key.Key_Return)
    office.type("4040")
    office.press(Key.Key_Return)
    pay = office.page.work.pay
    assert "once more" in pay.problem.text()
    assert office.page.work.is_open(pay)
    office.press(Key.Key_Return)
    office.wait_done()


def test_what_is_no_amount_takes_no_money(office: Office) -> None:
    office.add("coffee")
    office.press(Key.Key_Return)
    pay = office.page.work.pay
    for text in ("NaN", "-5", "1.2.3", "0", "9" * 30):
        pay.line.setText(text)
        pay.cash()
        assert pay.problem.text(), text
    pay.line.setText("5")
    office.press(Key.Key_F10)
    assert "not due" in pay.problem.text()
    assert not office.page.cart_view.payments()


def test_a_lost_answer_is_asked_about_and_never_charged_again(office: Office) -> None:
    card = office.page.work.card
    office.add("coffee")
    office.press(Key.Key_F10)
    office.until(lambda: office.page.work.is_open(card))
    office.desk.terminal.answers.put(Answer(Fate.UNKNOWN))
    office.until(lambda: card.can_ask())
    office.press(Key.Key_Escape)  # looked away; paying again shows the same payment
    office.press(Key.Key_Return)
    assert office.page.work.is_open(card)
    card.ask()
    office.desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    office.wait_done()
    assert [what for what, _ in office.desk.terminal.asked] == ["charge", "find"]


def test_a_person_settles_what_nobody_can_find_out(office: Office) -> None:
    card = office.page.work.card
    office.add("coffee")
    office.press(Key.Key_F10)
    office.until(lambda: office.page.work.is_open(card))
    office.desk.terminal.answers.put(Answer(Fate.UNKNOWN))
    office.until(lambda: card.can_ask())
    card.reference.setText("slip 17")
    card.settle(paid=True)
    office.wait_done()
    _, (payment,) = last_sale(office)
    assert (payment.state, payment.reference, payment.settled_by) == (PaymentState.TAKEN, "slip 17", "person")


def test_a_declined_card_leaves_the_cart_to_be_paid(office: Office) -> None:
    office.add("coffee")
    office.press(Key.Key_F10)
    office.until(lambda: office.page.work.is_open(office.page.work.card))
    office.desk.terminal.answers.put(Answer(Fate.DECLINED, words="Not enough money."))
    office.until(lambda: not office.page.work.is_open())
    assert "Not enough money." in office.page.cart_view.words()
    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()


def test_a_gift_card_is_sold_and_pays(office: Office) -> None:
    office.tile("gift")
    office.type("10")
    with office.cart_changes():
        office.press(Key.Key_Return)
    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()
    sale, _ = last_sale(office)
    with office.desk.store.reader() as reader:
        (bought,) = reader.gift_cards_of(LOG, sale.id)

    office.press(Key.Key_Return)
    office.add("soup")
    office.page.take_scan(bought.code, 0.0)
    choice = office.page.work.choice
    office.until(lambda: office.page.work.is_open(choice))
    assert choice.title() == "Gift card: €10.00 left"
    office.press(Key.Key_1)
    office.wait_done()
    _, (payment,) = last_sale(office)
    assert (payment.tender, payment.amount) == (Tender.GIFT_CARD, 950)


def test_an_invoice_carries_its_reference(office: Office) -> None:
    office.add("workshop")
    office.press(Key.Key_Return, Key.Key_F6)
    assert "F5" in "".join(office.texts(office.page.work.typing))
    office.type("Order 4711")
    office.press(Key.Key_Return)
    office.wait_done()
    _, (payment,) = last_sale(office)
    assert (payment.tender, payment.reference) == (Tender.INVOICE, "Order 4711")


def test_what_needs_a_second_person_is_said_and_asked_for(office: Office) -> None:
    office.add("coffee")
    told = office.page.state.cart
    assert told is not None
    office.desk.hooks.cart_changed(replace(told, needs=Right.COMP.value))
    office.until(lambda: "Giving away needs approval" in office.page.cart_view.words())
    office.press(Key.Key_Return)
    pay = office.page.work.pay
    pay.cash()
    assert pay.line.isReadOnly()
    command = Pay(Tender.CASH)
    office.page.taking.answered("of another command")
    office.desk.hooks.approval_needed(ApprovalNeeded(command.request, Right.COMP, command))
    office.until(office.page.approving.isVisible)
