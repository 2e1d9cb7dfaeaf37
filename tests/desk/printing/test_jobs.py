"""Which badges may be queued, and what they say."""

from dataclasses import replace

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing.jobs import contents_of
from eventdesk.desk.settings import LAYOUT
from eventdesk.domain.badges import JobState
from eventdesk.domain.catalogue import Product
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.tickets import Order, Ticket
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import choose_printer, wish


def test_the_first_badge_is_queued_once(store: Store) -> None:
    choose_printer(store, "left")
    with store.transaction() as tx:
        job = badge_jobs.first(tx, wish(tx, printer=""))
        assert badge_jobs.first(tx, wish(tx, printer="")) is None
        assert tx.jobs.waiting() == [job]
    assert job is not None
    assert (job.printer, job.state, job.copy, job.layout) == ("left", JobState.QUEUED, 0, "card")


def test_no_badge_without_a_printer(store: Store) -> None:
    with store.transaction() as tx:
        assert badge_jobs.first(tx, wish(tx, printer="")) is None
        with pytest.raises(BadInput, match="No printer is chosen"):
            badge_jobs.another(tx, wish(tx, printer=""))


def test_a_badge_and_its_admission_are_one_transaction(store: Store) -> None:
    def fail_before_the_commit() -> None:
        with store.transaction() as tx:
            assert badge_jobs.first(tx, wish(tx)) is not None
            raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError):
        fail_before_the_commit()
    with store.reader() as reader:
        assert reader.jobs.waiting() == []


def test_a_failed_badge_gives_way_to_a_new_first_one(store: Store) -> None:
    with store.transaction() as tx:
        failed = badge_jobs.another(tx, wish(tx))
        tx.jobs.move(failed.id, JobState.FAILED, detail="Paper jam")
        job = badge_jobs.first(tx, wish(tx))
        assert job is not None
        assert job.copy == 0
        replaced = tx.jobs.get(failed.id)
    assert replaced is not None
    assert (replaced.state, replaced.detail) == (JobState.CANCELED, badge_jobs.REPLACED)


@pytest.mark.parametrize("state", [JobState.PRINTED, JobState.UNKNOWN])
def test_a_badge_that_may_be_out_makes_the_next_one_a_copy_with_a_reason(
    store: Store, state: JobState
) -> None:
    with store.transaction() as tx:
        tx.jobs.move(badge_jobs.another(tx, wish(tx)).id, state)
        assert badge_jobs.first(tx, wish(tx)) is None
        with pytest.raises(BadInput, match="needs a reason"):
            badge_jobs.another(tx, wish(tx, reason="  "))
        copy = badge_jobs.another(tx, wish(tx, reason="lost it"))
        assert (copy.copy, copy.contents.copy, copy.reason) == (1, 1, "lost it")
        tx.jobs.move(copy.id, JobState.PRINTED)
        assert badge_jobs.another(tx, wish(tx, reason="lost it again")).copy == 2


def test_a_badge_that_another_desk_has_printed_counts(store: Store) -> None:
    with store.transaction() as tx:
        printed = {"job": "elsewhere", "printer": "right", "copy": 0}
        tx.append(LOG, [Draft(Kind.BADGE_PRINTED, wish(tx).ticket.id, printed)])
        assert badge_jobs.first(tx, wish(tx)) is None
        assert badge_jobs.another(tx, wish(tx, reason="lost it")).copy == 1


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.SENT, JobState.PRINTING])
def test_none_is_queued_while_one_is_under_way(store: Store, state: JobState) -> None:
    with store.transaction() as tx:
        tx.jobs.move(badge_jobs.another(tx, wish(tx)).id, state)
        with pytest.raises(BadInput, match="being printed already"):
            badge_jobs.another(tx, wish(tx, reason="impatient"))


def test_the_layout_is_the_products_then_the_desks(store: Store) -> None:
    with store.transaction() as tx:
        tx.settings.put(LAYOUT, "label62")
        order = wish(tx)
        assert badge_jobs.another(tx, order).layout == "label62"
        own = {order.ticket.product: Product(order.ticket.product, "Speaker", layout="a6-folded")}
        other = wish(tx, number=1)
        other = replace(other, catalogue=replace(other.catalogue, products=own))
        assert badge_jobs.another(tx, other).layout == "a6-folded"


def test_the_contents_are_names_not_ids(store: Store) -> None:
    with store.reader() as reader:
        catalogue = reader.catalogue(LOG)
    product = next(one for one in catalogue.products.values() if one.variations)
    order = replace(_order(store), company="Order's company")
    addon = Ticket("a1", order, "s1", product.id)
    ticket = Ticket(
        "t1", order, "secret", product.id, product.variations[0].id, name="Ada", seat="3-4",
        addons=(addon, replace(addon, canceled=True)),
    )  # fmt: skip
    contents = contents_of(ticket, catalogue, copy=2)
    assert (contents.product, contents.variation) == (product.name, product.variations[0].name)
    assert (contents.company, contents.order, contents.seat) == ("Order's company", order.code, "3-4")
    assert (contents.event, contents.code, contents.copy) == (catalogue.event.name, "secret", 2)
    assert contents.addons == (product.name,)


def _order(store: Store) -> Order:
    with store.transaction() as tx:
        return wish(tx).ticket.order
