"""A ready state brings what was sold elsewhere, and neither takes a desk's carts nor brings others'."""

import os
from datetime import UTC, datetime
from pathlib import Path

from eventdesk.domain.badges import JobState
from eventdesk.domain.till.cart import Cart, CartLine
from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.storage import adopting, ready
from eventdesk.storage.carts import CartState, KeptCart
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import LOG, setup
from tests.storage.till.made import PLAN, SEAT, completed, evening, opened

THEIRS, MINE = os.urandom(48), os.urandom(48)
AT = datetime(2026, 6, 10, 10, tzinfo=UTC)


def put(store: Store, name: str) -> None:
    """A cart and a receipt's job of this name."""
    with store.transaction() as tx:
        tx.put_cart(KeptCart(LOG, Cart(name, (CartLine("l1", "entry"),)), CartState.CURRENT, "", AT))
        tx.receipt_jobs.add(ReceiptJob(name, LOG, Printout.SALE, name, "p", JobState.QUEUED, AT, AT))


def test_sales_come_and_carts_stay(tmp_path: Path) -> None:
    with Store.open(tmp_path / "node.db", THEIRS, "node") as node:
        with node.transaction() as tx:
            tx.append(LOG, [*setup(), *evening()])
        put(node, "theirs")
    chunks = list(ready.compressed(tmp_path / "node.db", THEIRS))
    with Store.open(tmp_path / "desk.db", MINE, "desk1") as desk:
        put(desk, "mine")
        with desk.transaction() as tx:
            tx.append(LOG, [opened("own"), completed("own", 1, shift="own")])
        fresh = tmp_path / "fresh.db"
        ready.unpack(chunks, fresh, MINE)
        assert adopting.adopt(desk, fresh) == 2
        with desk.reader() as reader:
            assert [one.sale for one in reader.carts(LOG)] == ["mine"]
            assert [one.id for one in reader.receipt_jobs.waiting()] == ["mine"]
            assert {one.id for one in reader.sales(LOG)} == {"s1", "s2", "own"}
            assert set(reader.seats_taken(LOG, PLAN)) == {SEAT}
            assert reader.next_receipt_number(LOG, "desk1") == 2
            assert reader.next_receipt_number(LOG, "node") == 4
        assert not [one for one in verify(desk) if not one.startswith("Till of")]
