"""Sales on the real engine, by keys and by fingers: from the first tile to the change."""

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import ChangeLine
from eventdesk.domain.till.sales import Payment, Sale
from eventdesk.domain.till.setup import Tender
from tests.screens.boxoffice.conftest import Key, Office


def last_sale(office: Office) -> tuple[Sale, list[Payment]]:
    with office.desk.store.reader() as reader:
        sale = reader.sales(LOG)[0]
        return sale, reader.payments_of(LOG, sale.id)


def test_a_sale_by_keys_alone_shows_the_change_until_the_next_guest(office: Office) -> None:
    office.press(Key.Key_PageDown, Key.Key_2)
    with office.cart_changes():
        office.press(Key.Key_B)  # coffee, the second tile of the bar
    assert "6.40" in office.rows()[0]
    assert office.page.cart_view.total.text() == "€6.40"

    office.press(Key.Key_Return)
    assert office.page.work.is_open(office.page.work.pay)
    office.type("10")
    office.press(Key.Key_Return)
    office.wait_done()
    assert office.page.side.done.sum.text() == "€3.60"
    assert "Receipt 1" in office.page.side.done.words()
    sale, (payment,) = last_sale(office)
    assert (sale.total, payment.tender, payment.given, payment.change) == (640, Tender.CASH, 1000, 360)

    with office.cart_changes():
        office.press(Key.Key_A)  # the next guest begins by any product
    office.until(lambda: not office.page.side.is_done_shown())
    assert len(office.rows()) == 1


def test_two_keys_pay_just_what_is_due(office: Office) -> None:
    office.add("coffee")
    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()
    assert office.page.side.done.sum.text() == "€3.20"
    assert last_sale(office)[1][0].change == 0


def test_a_variation_a_name_and_an_addon_are_asked_for_in_turn(office: Office) -> None:
    work = office.page.work
    office.tile("pass")
    assert work.is_open(work.choice)
    office.press(Key.Key_2)  # one day
    assert work.is_open(work.names)
    office.type("Ada Lovelace")
    office.press(Key.Key_Return)
    office.until(lambda: work.is_open(work.choice))  # what may be added
    with office.cart_changes():
        office.press(Key.Key_1)
    office.until(lambda: not work.is_open())
    assert ["Ada Lovelace" in row for row in office.rows()] == [True, False]
    assert office.page.cart_view.total.text() == "€124.00"
    assert office.page.state.lines[1].parent == office.page.state.lines[0].id

    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()
    sale, _ = last_sale(office)
    with office.desk.store.reader() as reader:
        tickets = reader.order_tickets(LOG, sale.order)
    assert {one.name for one in tickets} >= {"Ada Lovelace"}
    assert any(one.addon_to for one in tickets)


def test_a_name_that_was_put_off_is_asked_for_before_the_money(office: Office) -> None:
    work = office.page.work
    office.tile("student")
    with office.cart_changes():
        office.press(Key.Key_Escape)  # later
    assert any("name is missing" in words for words in office.page.cart_view.words())
    office.press(Key.Key_Return)
    assert work.is_open(work.names)
    office.type("Grace Hopper")
    with office.cart_changes():
        office.press(Key.Key_Return)
    assert not office.page.cart_view.words()
    office.press(Key.Key_Return)
    assert work.is_open(work.pay)


def test_a_free_price_is_typed_within_its_limits(office: Office) -> None:
    typing = office.page.work.typing
    office.tile("donation")
    office.type("0.50")
    office.press(Key.Key_Return)
    assert "lowest" in typing.problem.text()
    typing.line.setText("nan")
    office.press(Key.Key_Return)
    assert "no amount" in typing.problem.text()
    typing.line.setText("-5")
    office.press(Key.Key_Return)
    assert "negative" in typing.problem.text()
    typing.line.setText("12,50")
    with office.cart_changes():
        office.press(Key.Key_Return)
    assert office.page.cart_view.total.text() == "€12.50"


def test_the_best_seats_are_proposed_and_others_can_be_chosen(office: Office) -> None:
    seats = office.page.work.seats
    office.type("2")
    office.tile("concert")
    office.until(lambda: len(seats.chosen) == 2)
    assert [one.rsplit("/", 1)[1] for one in seats.chosen] == ["5", "6"]
    office.press(Key.Key_Space)  # give the first back ...
    office.press(Key.Key_Down, Key.Key_Space)  # ... for the one behind it
    assert [one.split("/")[2:] for one in seats.chosen] == [["A", "6"], ["B", "5"]]
    with office.cart_changes():
        office.press(Key.Key_Return)
    assert "Stalls A/6, Stalls B/5" in office.rows()[0]

    office.tile("concert")  # those in the cart are taken now
    office.until(lambda: len(seats.chosen) == 1)
    assert not set(seats.chosen) & set(office.page.state.lines[0].seats)


def test_tiles_tell_how_many_are_left(office: Office) -> None:
    office.add("workshop")
    tile = office.page.work.tiles.tiles()["workshop"]
    assert tile.left_text() == "23 left"
    line = office.page.state.lines[0].id
    office.page.state.post(ChangeLine(line, quantity=24))
    office.until(lambda: tile.left_text() == "Sold out")
    assert not tile.isEnabled()


def test_a_line_is_changed_by_keys(office: Office) -> None:
    office.add("coffee")
    with office.cart_changes():
        office.press(Key.Key_Plus)
    assert office.page.state.lines[0].quantity == 2
    with office.cart_changes():
        office.press(Key.Key_Minus)
    office.press(Key.Key_F2, Key.Key_1)  # how many
    office.type("7")
    with office.cart_changes():
        office.press(Key.Key_Return)
    assert office.page.cart_view.total.text() == "€22.40"
    with office.cart_changes():
        office.press(Key.Key_Delete)
    assert office.rows() == []


def test_what_is_off_has_its_reason(office: Office) -> None:
    office.add("soup")
    office.press(Key.Key_F4, Key.Key_2)  # percent off the whole
    office.type("50")
    office.press(Key.Key_Return)
    with office.cart_changes():
        office.press(Key.Key_1)
    assert office.page.cart_view.total.text() == "€4.75"
    assert "Complaint" in office.rows()[1]
    assert office.page.state.cart is not None
    assert office.page.state.cart.cart.percent == 500_000

    office.press(Key.Key_Delete)  # the discount stands last; the line is selected still
    office.until(lambda: office.page.state.lines == ())


def test_something_is_given_away_with_a_reason(office: Office) -> None:
    office.add("coffee")
    office.press(Key.Key_F2, Key.Key_5)
    with office.cart_changes():
        office.press(Key.Key_4)
    assert "given away: Press" in office.rows()[0]
    office.press(Key.Key_Return)  # nothing is due
    office.wait_done()
    sale, payments = last_sale(office)
    assert (sale.total, payments, sale.lines[0].comp) == (0, [], True)


def test_a_voucher_is_scanned_and_what_it_does_not_do_is_said(office: Office) -> None:
    office.add("coffee")
    with office.cart_changes():
        assert office.page.take_scan("COFFEE-ONCE", 0.0)
    assert office.page.cart_view.total.text() == "€0.00"
    with office.cart_changes():
        office.press(Key.Key_Down, Key.Key_Delete)
    assert office.page.cart_view.total.text() == "€3.20"
    office.press(Key.Key_F3)
    office.type("HARBOUR-20")
    with office.cart_changes():
        office.press(Key.Key_Return)
    assert any("Harbour voucher" in row for row in office.rows())


def test_a_cart_is_put_aside_and_taken_again(office: Office) -> None:
    office.add("coffee")
    office.press(Key.Key_F6)
    office.type("Red hat")
    with office.cart_changes():
        office.press(Key.Key_Return)
    assert office.rows() == []
    work = office.page.work
    office.press(Key.Key_F7)
    office.until(lambda: work.is_open(work.choice))
    assert "Red hat" in work.choice.choices()[0].accessibleName()
    with office.cart_changes():
        office.press(Key.Key_1)
    assert len(office.rows()) == 1


def test_a_guest_who_is_here_already_becomes_the_customer(office: Office) -> None:
    guest = office.page.work.guest
    office.add("workshop")
    office.press(Key.Key_F5)
    office.type("ada quist")
    office.until(lambda: guest.search.results.model().rowCount() > 0)
    with office.cart_changes():
        guest.submit()  # as the button does
    assert any("Ada Quist" in words for words in office.page.cart_view.words())
    office.press(Key.Key_Return, Key.Key_Return)
    office.wait_done()
    with office.desk.store.reader() as reader:
        ada = reader.ticket(LOG, "demo-hl-ada-7QX4M2")
    assert ada is not None
    assert last_sale(office)[0].order == ada.order.id


def test_admit_at_once_is_asked_for_by_a_key(office: Office) -> None:
    office.add("workshop")
    with office.cart_changes():
        office.press(Key.Key_F8)
    assert office.page.state.cart is not None
    assert office.page.state.cart.cart.admit
