"""What is owed at a kiosk, over the port that a till fills."""

from collections.abc import Callable, Sequence

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import PayAtKiosk
from eventdesk.desk.kiosk.ports import Outcome, Owed, Paid, Wanted
from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.catalogue import Product, Question
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.currencies import Currency
from eventdesk.domain.venue import Reason
from eventdesk.storage.store import Store
from tests.desk.kiosk.conftest import KioskDesk, set_up

OLE = "hl-ole-1HP2X6"
Make = Callable[..., KioskDesk]


class ScriptedTill:
    """`answer` is what the card terminal says; YES writes what a till would."""

    def __init__(self, desk: KioskDesk, answer: Paid) -> None:
        self.desk = desk
        self.answer = answer
        self.asked = 0
        self.looked_after: list[str] = []

    def owed(self, log: str, order: str) -> Owed | None:
        assert (log, order) == (LOG, "demo-HL007")
        return Owed(order, 14900, Currency("EUR"))

    def offers(self, log: str) -> Sequence[Product]:
        return ()

    def questions(self, product: str) -> Sequence[Question]:
        return ()

    def price(self, log: str, wanted: Wanted) -> Owed | None:
        return None

    def cancel(self) -> None:
        """Each answer is there at once."""

    def noted(self, sale: str) -> None:
        self.looked_after.append(sale)

    def ask_again(self) -> bool:
        return False

    def tell_late(self, told: Callable[[Outcome], None]) -> None:
        """Nothing comes late."""

    def pay(self, log: str, owed: Owed, done: Callable[[Outcome], None]) -> None:
        self.asked += 1
        if self.answer is Paid.YES:
            self.desk.write(Draft(Kind.ORDER_CHANGED, owed.order, {"status": "paid"}))
        done(Outcome(self.answer, "sale"))


def paying(store: Store, make: Make, answer: Paid) -> tuple[KioskDesk, ScriptedTill]:
    set_up(store, pays=True)
    desk = make()
    till = ScriptedTill(desk, answer)
    desk.engine.kiosk.use_till(till)
    return desk, till


def test_who_pays_goes_in(store: Store, make: Make) -> None:
    desk, till = paying(store, make, Paid.YES)
    state = desk.scan(OLE, Page.PAYING)
    assert (state.due, state.currency and state.currency.code) == (14900, "EUR")
    desk.step(PayAtKiosk(visit=desk.visit), Page.DONE)
    assert (desk.passes(OLE), till.looked_after) == (1, ["sale"])


def test_who_does_not_pay_may_try_again_and_is_not_in(store: Store, make: Make) -> None:
    desk, till = paying(store, make, Paid.NO)
    desk.scan(OLE, Page.PAYING)
    for _ in range(2):
        assert desk.step(PayAtKiosk(visit=desk.visit), Page.PAYING).words
    assert (till.asked, desk.passes(OLE)) == (2, 0)


def test_nobody_knows_whether_it_was_paid(store: Store, make: Make) -> None:
    desk, _ = paying(store, make, Paid.UNSURE)
    desk.scan(OLE, Page.PAYING)
    desk.step(PayAtKiosk(visit=desk.visit), Page.SORRY)
    desk.called(Reason.PAYMENT_UNSURE, f"demo-{OLE}")
    assert desk.passes(OLE) == 0


@pytest.mark.parametrize("pays", [True, False])
def test_without_a_till_unpaid_guests_go_to_the_box_office(store: Store, make: Make, pays: bool) -> None:
    set_up(store, pays=pays)
    desk = make()
    state = desk.scan(OLE, Page.SORRY)
    assert str(state.words) == "This ticket is not paid yet: please go to the box office."
    desk.called(Reason.NOT_ADMITTED, f"demo-{OLE}")
