"""What a till finds again: sales, payments, shifts, seats, codes and what is left."""

from collections.abc import Iterator

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.sales import PaymentState
from eventdesk.storage.store import Reader, Store
from eventdesk.storage.verification import verify
from tests.storage.made import LOG, order, ticket
from tests.storage.till.made import (
    PLAN,
    SEAT,
    SHIFT,
    closed,
    completed,
    evening,
    failed,
    opened,
    reversed_,
    seat_freed,
    seat_taken,
    started,
    taken,
    till,
    used,
    voucher,
)


@pytest.fixture
def sold(event: Store) -> Store:
    """The event after an evening."""
    with event.transaction() as tx:
        tx.append(LOG, [order("o1"), ticket("t1", "o1")])
        tx.append(LOG, evening())
    return event


@pytest.fixture
def reader(sold: Store) -> Iterator[Reader]:
    with sold.reader() as reader:
        yield reader


def test_the_set_up_is_read_without_what_was_removed(sold: Store) -> None:
    with sold.transaction() as tx:
        tx.append(LOG, [Draft(Kind.CATEGORY_DEFINED, "drinks", {"removed": True})])
        setup = tx.till_setup(LOG)
    assert setup.rules.cash_step == 5
    assert setup.rules.business.name == "Hall Ltd"
    assert setup.categories == {}
    assert setup.taxes["full"].rate == 190_000
    assert {one.id: one.uses for one in setup.discounts.values()} == {"early": 5, "crew": None}
    assert setup.seatings[PLAN].sections[0].rows[0].seats == ("1", "2", "3")


def test_a_till_that_nobody_set_up_has_the_usual_rules(event: Store) -> None:
    with event.reader() as reader:
        assert reader.till_setup(LOG).rules.net_prices is False


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["s2", "s1"]),
        ("1", ["s1"]),
        ("2", ["s2"]),
        ("3", ["s2"]),  # the number of its refund
        ("4", []),
        ("O1", ["s1"]),
        ("o1", ["s1"]),
        ("secret-t1", ["s1"]),
        ("t1", ["s1"]),
        ("gross", ["s2"]),
        ("Gräfin", ["s2"]),
        ("ada", ["s2"]),
        ("nobody", []),
        ("9" * 40, []),
        ("\u0660", []),
    ],
)
def test_sales_are_found_by_what_people_have_in_hand(reader: Reader, text: str, found: list[str]) -> None:
    assert [sale.id for sale in reader.sales(LOG, text)] == found


def test_the_latest_sales_come_first(reader: Reader) -> None:
    assert [sale.id for sale in reader.sales(LOG, limit=1)] == ["s2"]


def test_a_sale_is_what_its_facts_tell(reader: Reader) -> None:
    sale = reader.sale(LOG, "s2")
    assert sale is not None
    assert (sale.number, sale.total, sale.customer) == (2, 23_80, "Gräfin Ada Groß")
    assert [(one.number, one.amount) for one in sale.reversals] == [(3, 11_90)]
    assert reader.sale_by_number(LOG, "desk1", 3) == sale
    assert reader.sale_by_number(LOG, "desk2", 3) is None
    assert reader.sale(LOG, "s3") is None
    assert [one.id for one in reader.sales_of_order(LOG, "o1")] == ["s1"]
    assert [one.id for one in reader.sales_of_ticket(LOG, "t1")] == ["s1"]
    assert [one.id for one in reader.sales_of_shift(LOG, SHIFT)] == ["s1", "s2"]


def test_payments_without_an_end_are_open(sold: Store) -> None:
    with sold.reader() as reader:
        [one] = reader.open_payments(LOG, "desk1")
        assert (one.id, one.state, one.key) == ("p2-s3", PaymentState.STARTED, "p2-s3")
        assert reader.open_payments(LOG, "desk2") == []
        assert [one.id for one in reader.payments_of(LOG, "s3")] == ["p2-s3", "p-s3"]
        assert {one.id for one in reader.payments_of_shift(LOG, SHIFT)} == {
            "p-s1",
            "p-s2",
            "r-s2",
            "p-s3",
            "p2-s3",
        }
    with sold.transaction() as tx:
        tx.append(LOG, [failed("p2-s3", "s3", shift="shift-2")])
        assert tx.open_payments(LOG, "desk1") == []
        assert [one.id for one in tx.payments_of_shift(LOG, "shift-2")] == ["p2-s3"]


def test_numbers_follow_one_another(sold: Store) -> None:
    with sold.transaction() as tx:
        assert tx.next_receipt_number(LOG, "desk1") == 4
        assert tx.next_receipt_number(LOG, "desk2") == 1
        assert tx.next_shift_number(LOG, "desk1") == 2
        tx.append(LOG, [completed("s3", 4)])
        assert tx.next_receipt_number(LOG, "desk1") == 5
        tx.append(LOG, [reversed_("s3", 5)])
        assert tx.next_receipt_number(LOG, "desk1") == 6


def test_a_shift_is_open_until_it_is_closed(sold: Store) -> None:
    with sold.transaction() as tx:
        [shift] = tx.open_shifts(LOG, "desk1")
        assert (shift.id, shift.float_, [one.amount for one in shift.moves]) == (SHIFT, 100_00, [50_00])
        tx.append(LOG, [closed(), opened("shift-2", 2, minute=601)])
        assert [one.id for one in tx.open_shifts(LOG, "desk1")] == ["shift-2"]
        assert [one.id for one in tx.shifts(LOG)] == ["shift-2", SHIFT]
        assert [one.id for one in tx.shifts(LOG, 1, "desk1")] == ["shift-2"]
        assert tx.shifts(LOG, desk="desk2") == []
        assert tx.shift(LOG, "nothing") is None


def test_the_facts_of_a_shift_are_those_that_name_it_in_the_order_of_the_chain(sold: Store) -> None:
    with sold.transaction() as tx:
        tx.append(LOG, [closed()])
        found = tx.shift_facts(LOG, SHIFT)
    assert [fact.seq for fact in found] == sorted(fact.seq for fact in found)
    kinds = {Kind.SEAT_TAKEN, Kind.DISCOUNT_USED, Kind.GIFT_CARD_ISSUED, Kind.GIFT_CARD_CHARGED}
    named = [one for one in evening()[len(till()) :] if one.kind not in kinds]
    assert [(fact.kind, fact.subject) for fact in found] == [(one.kind, one.subject) for one in named]


def test_seats_that_are_taken(sold: Store) -> None:
    with sold.transaction() as tx:
        assert {seat: one.ticket for seat, one in tx.seats_taken(LOG, PLAN).items()} == {SEAT: "t1"}
        tx.append(LOG, [seat_taken("t2", f"{SEAT}@day1"), seat_taken("t3", "hall2/stalls/1/2")])
        assert set(tx.seats_taken(LOG, PLAN)) == {SEAT}
        assert set(tx.seats_taken(LOG, PLAN, "day1")) == {f"{SEAT}@day1"}
        assert tx.seats_of_ticket(LOG, "t2") == [f"{SEAT}@day1"]
        tx.append(LOG, [seat_freed("t1")])
        assert tx.seats_taken(LOG, PLAN) == {}
    assert verify(sold) == []


@pytest.mark.parametrize("code", ["EARLY 26", "early26", " Early  26 "])
def test_vouchers_are_found_as_people_type_them(reader: Reader, code: str) -> None:
    found = reader.discount_by_code(LOG, code)
    assert found is not None
    assert found.id == "early"


def test_a_voucher_goes_by_its_last_code(sold: Store) -> None:
    with sold.transaction() as tx:
        tx.append(LOG, [Draft(Kind.DISCOUNT_DEFINED, "early", voucher("LATE"))])
        assert tx.discount_by_code(LOG, "EARLY26") is None
        assert tx.discount_by_code(LOG, "late") is not None
        tx.append(LOG, [Draft(Kind.DISCOUNT_DEFINED, "early", voucher("LATE", removed=True))])
        assert tx.discount_by_code(LOG, "late") is None
        assert tx.discount_by_code(LOG, "") is None
    assert verify(sold) == []


def test_gift_cards_know_what_is_left(reader: Reader) -> None:
    card = reader.gift_card(LOG, "gc-1")
    assert card is not None
    assert (card.id, card.amount, card.left.number) == ("card1", 50_00, 38_00)
    assert reader.gift_card(LOG, "card1") == card
    assert reader.gift_card(LOG, "gc-2") is None


def test_what_is_left_of_quotas_discounts_and_cards(sold: Store) -> None:
    with sold.transaction() as tx:
        tx.append(LOG, [Draft(Kind.QUOTA_DEFINED, "q", {"name": "Seats", "size": 10})])
        tx.append(LOG, [Draft(Kind.QUOTA_USED, "q", {"number": 3})])
        tx.append(LOG, [used("early", 1, kind=Kind.DISCOUNT_RETURNED), used("crew", 20_00)])
        left = tx.left_of_many(LOG, ["q", "early", "crew", "card1", "nothing"])
        assert {id_: one.number for id_, one in left.items()} == {
            "q": 7,
            "early": 5,
            "crew": 30_00,
            "card1": 38_00,
        }
        assert left["q"].by_desk == {"desk1": 3}
        tx.append(LOG, [Draft(Kind.DISCOUNT_DEFINED, "early", voucher("E", removed=True))])
        gone = tx.left(LOG, "early")
        assert gone is not None
        assert gone.number == 0
    assert verify(sold) == []


def test_a_payment_that_ended_before_it_began_is_known(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, [taken("p", "s", 5), failed("q", "s")])
        assert [one.id for one in tx.payments_of(LOG, "s")] == ["p"]
        tx.append(LOG, [started("q", "s", 5)])
        assert [one.state for one in tx.payments_of(LOG, "s")] == [PaymentState.TAKEN, PaymentState.FAILED]
    assert verify(event) == []
