"""What is set up for the till, written as facts and read back from a real store."""

from dataclasses import replace
from datetime import UTC, datetime

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.drafts import setup_drafts_between
from eventdesk.domain.till.setup import (
    Business,
    Category,
    Discount,
    Row,
    SeatingPlan,
    Section,
    TaxRate,
    Tender,
    TillRules,
    TillSetup,
)
from tests.desk.till.conftest import TillDesk

RULES = TillRules(
    Business("Sommerfest e.V.", ("Am Kai 1", "20457 Hamburg"), "DE1", "mail@example.org", "Danke!"),
    net_prices=True,
    cash_step=5,
    denominations=(1000, 500),
    tenders=(Tender.CASH, Tender.CARD),
    most_discount=200_000,
    most_refund=5000,
    most_comps=3,
    most_pay_out=10_000,
    blind=False,
)
MOMENT = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)
SETUP = TillSetup(
    RULES,
    {"c": Category("c", "Tickets", 1, "#2563eb")},
    {"t": TaxRate("t", "VAT 7 %", 70_000, "B")},
    {
        "d": Discount("d", "Group", percent=100_000, products=frozenset({"pass"}), free=True),
        "v": Discount("v", "Voucher", "ONCE", amount=500, uses=1, begins=MOMENT, ends=MOMENT),
        "p": Discount("p", "Staff", price=0, budget=10_000),
    },
    {"s": SeatingPlan("s", "Hall", (Section("x", "Stalls", (Row("A", ("1", "2")),)),))},
)


def written(desk: TillDesk, before: TillSetup, after: TillSetup) -> TillSetup:
    with desk.store.transaction() as tx:
        tx.append(LOG, setup_drafts_between(LOG, before, after))
    return stored(desk)


def stored(desk: TillDesk) -> TillSetup:
    with desk.store.reader() as reader:
        return reader.till_setup(LOG)


def test_a_set_up_is_read_as_it_was_written(desk: TillDesk) -> None:
    before = stored(desk)
    assert written(desk, before, SETUP) == SETUP
    assert setup_drafts_between(LOG, SETUP, SETUP) == []


def test_limits_are_lifted_and_things_removed_again(desk: TillDesk) -> None:
    written(desk, stored(desk), SETUP)
    bare = TillSetup()
    assert written(desk, SETUP, bare) == bare


def test_only_what_changed_is_written() -> None:
    other = replace(SETUP, taxes={"t": TaxRate("t", "VAT 8 %", 80_000, "B")})
    (draft,) = setup_drafts_between(LOG, SETUP, other)
    assert draft.subject == "t"
