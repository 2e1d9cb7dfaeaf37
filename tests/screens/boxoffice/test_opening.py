"""A till that is not open, without a shift, in training; codes that are scanned there."""

from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import TERMINALS
from eventdesk.desk.till.commands import StartExchange
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.facts import Draft, Kind
from tests.screens.boxoffice.conftest import Key, Office


def test_event_and_float_are_asked_for_then_it_sells(closed_office: Office) -> None:
    office, work = closed_office, closed_office.page.work
    office.until(lambda: work.is_open(work.choice))
    assert "Harbour Lights" in work.choice.choices()[0].accessibleName()
    office.press(Key.Key_1)
    office.until(lambda: work.is_open(work.shift))
    assert "No shift is open" in work.shift.title()
    office.press(Key.Key_Return)
    assert work.shift.problem.text(), "an empty float is not taken for nothing"
    office.type("150,50")
    office.press(Key.Key_Return)
    office.until(lambda: office.page.state.can_sell)
    assert not work.is_open()
    assert office.page.state.shift is not None
    assert office.page.state.shift.float_ == 15050
    office.add("coffee")


def test_nothing_is_sold_without_a_shift(closed_office: Office) -> None:
    office = closed_office
    office.until(lambda: office.page.work.is_open(office.page.work.choice))
    office.press(Key.Key_1)
    office.until(lambda: office.page.work.is_open(office.page.work.shift))
    assert office.page.take_scan("HARBOUR-20", 0.0), "and no guest is admitted by it"
    office.press(Key.Key_Escape)
    office.tile("coffee")
    office.press(Key.Key_Return)
    assert office.page.work.is_open(office.page.work.shift), "it is asked for again"
    assert office.rows() == []


def test_a_terminal_beside_the_till_is_settled_by_what_it_says(office: Office) -> None:
    office.page.state.terminals = [{"name": "t1", "kind": "beside"}]
    office.desk.preferences.put(TERMINALS, [{"name": "t1", "kind": "beside"}])
    card = office.page.work.card
    office.add("coffee")
    office.press(Key.Key_F10)
    office.until(lambda: office.page.work.is_open(card))
    assert "beside the till" in "".join(office.texts(card))
    card.settle(paid=True)
    office.wait_done()
    office.desk.terminal.answers.put(Answer(Fate.CANCELED))


def test_a_ticket_that_is_scanned_is_no_entry_and_offers_its_order(office: Office) -> None:
    work = office.page.work
    office.page.take_scan("hl-ada-7QX4M2", 0.0)
    office.until(lambda: work.is_open(work.choice))
    assert work.choice.title() == "A ticket of this event"
    with office.cart_changes():
        office.press(Key.Key_1)
    assert office.page.state.cart is not None
    assert office.page.state.cart.cart.customer.order == "demo-HL001"


def test_questions_are_asked_for_each_piece(closed_office: Office) -> None:
    office = closed_office
    questions = (
        ("dish", {"text": "Which meal?", "type": "choice", "options": [{"id": "f", "text": "Fish"}]}),
        ("allergies", {"text": "Allergies?", "type": "text"}),
    )
    with office.desk.store.transaction() as tx:
        drafts = [
            Draft(Kind.QUESTION_DEFINED, id_, {**members, "required": True, "products": ["workshop"]})
            for id_, members in questions
        ]
        tx.append(LOG, drafts)
    office.desk.opened()
    office.until(lambda: office.page.state.can_sell and office.page.state.cart is not None)
    sheet = office.page.work.questions
    office.type("2")
    office.tile("workshop")
    for allergy in ("nuts", "none"):
        office.until(lambda: office.page.work.is_open(sheet))
        for field in sheet.fields():
            field.fill("Fish" if field.question.id == "dish" else allergy)
        with office.cart_changes():
            sheet.submit()
    office.until(lambda: not office.page.work.is_open())
    answers = [dict(one) for one in office.page.state.lines[0].answers]
    assert answers == [{"dish": "Fish", "allergies": one} for one in ("nuts", "none")]
    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()


def test_an_exchange_that_leaves_money_says_what_is_handed_back(office: Office) -> None:
    office.add("workshop")
    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()
    with office.desk.store.reader() as reader:
        (sale,) = reader.sales(LOG)
    with office.cart_changes():
        office.page.state.post(StartExchange(sale.id, [(sale.lines[0].id, 1)]))
    assert any("€35.00" in words for words in office.page.cart_view.words())
    office.add("soup")
    assert office.page.cart_view.total.text() == "€25.50"
    office.press(Key.Key_Return)  # nothing is due
    office.wait_done()
    office.until(lambda: "Give back in cash" in office.page.side.done.words())
    assert office.page.side.done.sum.text() == "€25.50"
