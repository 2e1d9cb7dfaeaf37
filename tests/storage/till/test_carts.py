"""Carts and receipts' jobs are this desk's own: kept over a restart, and nameless once that was asked for."""

from datetime import UTC, datetime

import pytest

from eventdesk.domain.badges import JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.cart import Cart, CartLine, Customer, Exchange
from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.storage.carts import CartState, KeptCart
from eventdesk.storage.store import Store
from tests.storage.conftest import OpenStore
from tests.storage.made import LOG, order, ticket

AT = datetime(2026, 6, 10, 10, tzinfo=UTC)
LATER = datetime(2026, 6, 10, 11, tzinfo=UTC)


def kept(sale: str, order_id: str = "", **members: object) -> KeptCart:
    answers = ((("q1", "vegan"),), ())
    line = CartLine("l1", "entry", quantity=2, names=("Ada", "Grace"), answers=answers, reason="friend")
    customer = Customer("Ada", "ada@example.org", "Engines", "Street 1", order_id)
    cart = Cart(sale, (line,), ("early",), 5, 6, "wish", customer, Exchange("s0", (("l1", 1),)), True)
    base: dict[str, object] = {"state": CartState.CURRENT, "name": "", "changed": AT}
    return KeptCart(LOG, cart, **{**base, **members})  # type: ignore[arg-type]


def test_a_cart_comes_back_as_it_was_put_after_a_restart(open_store: OpenStore) -> None:
    store = open_store()
    with store.transaction() as tx:
        tx.put_cart(kept("s2", changed=LATER))
        tx.put_cart(kept("s1", state=CartState.PARKED, name="red coat"))
        tx.put_cart(kept("s3"))
        tx.drop_cart("s3")
    store.close()
    with open_store().reader() as reader:
        parked, current = reader.carts(LOG)
        assert parked == kept("s1", state=CartState.PARKED, name="red coat")
        assert current == kept("s2", changed=LATER)
        assert reader.cart("s2") == current
        assert reader.cart("s3") is None
        assert reader.carts("another") == []


def test_a_cart_is_not_kept_where_its_transaction_fails(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as tx:
            tx.put_cart(kept("s1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reader() as reader:
        assert reader.carts(LOG) == []


@pytest.mark.parametrize("everyone", [False, True])
def test_an_erasure_takes_names_out_of_carts(event: Store, everyone: bool) -> None:
    with event.transaction() as tx:
        tx.append(LOG, [order("o1"), ticket("t1", "o1")])
        tx.put_cart(kept("s1", "o1", name="Ada"))
        tx.put_cart(kept("s2", "o2"))
        tx.put_cart(kept("s3"))
        draft = Draft(Kind.GUESTS_PURGED, LOG, {})
        if not everyone:
            draft = Draft(Kind.GUEST_ERASED, "o1", {"tickets": ["t1"]})
        tx.append(LOG, [draft])
        named = [one.sale for one in tx.carts(LOG) if one.cart != nameless(one.sale, one.cart.customer.order)]
        assert named == ([] if everyone else ["s2", "s3"])
        assert {one.name for one in tx.carts(LOG)} == {""}


def nameless(sale: str, order_id: str) -> Cart:
    line = CartLine("l1", "entry", quantity=2, reason="-")
    customer = Customer(order=order_id)
    return Cart(sale, (line,), ("early",), 5, 6, "", customer, Exchange("s0", (("l1", 1),)), True)


def job(id_: str, what: Printout = Printout.SALE, subject: str = "s1") -> ReceiptJob:
    return ReceiptJob(id_, LOG, what, subject, "till", JobState.QUEUED, AT, AT)


def test_receipts_wait_over_a_restart_and_move_on(open_store: OpenStore) -> None:
    store = open_store()
    with store.transaction() as tx:
        tx.receipt_jobs.add(job("j1"))
        tx.receipt_jobs.add(job("j2", Printout.SHIFT, "z1"))
        moved = tx.receipt_jobs.move("j1", JobState.PRINTED, LATER, reference="7", attempts=2)
    store.close()
    with open_store().reader() as reader:
        assert [one.id for one in reader.receipt_jobs.waiting()] == ["j2"]
        assert [one.id for one in reader.receipt_jobs.recent(LOG)] == ["j2", "j1"]
        assert reader.receipt_jobs.of_subject(LOG, "s1") == [moved]
        assert (moved.state, moved.changed, moved.reference, moved.attempts) == (
            JobState.PRINTED,
            LATER,
            "7",
            2,
        )


def test_an_unknown_receipt_can_not_move(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction() as tx:
        tx.receipt_jobs.move("nothing", JobState.PRINTED, AT)
