"""Tickets of a sale on paper: a badge is the guest's badge, a sheet is not."""

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.printing.jobs import Order, first, is_sheet
from eventdesk.desk.settings import PRINTER, SHEET_PRINTER, TICKETS_AS
from eventdesk.desk.till.commands import AddProduct, Pay
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.till.setup import Tender
from tests.desk.conftest import NOON
from tests.desk.till.conftest import TillDesk


def sold(desk: TillDesk, way: str, product: str = "student") -> list[BadgeJob]:
    """What stands in the spool after a sale of two."""
    desk.preferences.put(TICKETS_AS, way)
    names = ["Ada", "Bo"] if product == "student" else []
    desk.do(AddProduct(product, quantity=2, names=names))
    desk.do(Pay(Tender.CASH))
    made = desk.heard.next(desk.hooks.sale_made)
    with desk.store.reader() as reader:
        return [job for id_ in made.tickets for job in reader.jobs.for_ticket(LOG, id_)]


def test_badges_are_queued_with_the_sale_and_not_again_at_the_door(desk: TillDesk) -> None:
    desk.preferences.put(PRINTER, "labels")
    jobs = sold(desk, "badge")
    assert [(job.printer, is_sheet(job.id)) for job in jobs] == [("labels", False)] * 2
    with desk.store.transaction() as tx:
        ticket = tx.ticket(LOG, jobs[0].ticket)
        assert ticket is not None
        assert first(tx, Order(tx.catalogue(LOG), ticket, NOON)) is None


@pytest.mark.parametrize("sheets", ["", "office"])
def test_a_sheet_is_no_badge(desk: TillDesk, sheets: str) -> None:
    desk.preferences.put(PRINTER, "labels")
    desk.preferences.put(SHEET_PRINTER, sheets)
    jobs = sold(desk, "a4")
    assert [(job.printer, job.layout) for job in jobs] == [(sheets or "labels", "ticket-a4")] * 2
    with desk.store.transaction() as tx:
        ticket = tx.ticket(LOG, jobs[0].ticket)
        assert ticket is not None
        badge = first(tx, Order(tx.catalogue(LOG), ticket, NOON))
    assert badge is not None
    assert (badge.layout, badge.copy) == ("card", 0)


@pytest.mark.parametrize("way", ["receipt", "none"])
def test_nothing_is_queued_where_the_code_is_elsewhere(desk: TillDesk, way: str) -> None:
    desk.preferences.put(PRINTER, "labels")
    assert sold(desk, way) == []


def test_goods_have_no_tickets_and_no_printer_is_told(desk: TillDesk) -> None:
    desk.preferences.put(PRINTER, "labels")
    assert sold(desk, "badge", "coffee") == []
    desk.preferences.put(PRINTER, "")
    desk.do(AddProduct("student", names=["Ada"]))
    desk.do(Pay(Tender.CASH))
    assert "no printer is chosen" in desk.heard.next(desk.hooks.trouble_told).message
