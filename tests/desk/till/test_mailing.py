"""A sale is asked to be mailed: written where a server is there, refused in words where nobody could send."""

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, MailTickets, Pay
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.personal import PERSONAL
from eventdesk.domain.till.sales import Sale
from eventdesk.domain.till.setup import Tender
from tests.desk.till.conftest import TillDesk

ADA = "ada@example.org"


def sold(desk: TillDesk) -> Sale:
    desk.do(AddProduct("workshop"))
    desk.do(Pay(Tender.CASH))
    return desk.made().sale


def lined(desk: TillDesk) -> None:
    """Paired with a node that nobody meets: what is asked waits for the line."""
    desk.till._mailing._is_lined = lambda: True


def asked(desk: TillDesk, sale: Sale) -> list[Fact]:
    with desk.store.reader() as reader:
        return reader.facts(LOG, sale.order or sale.id, Kind.MAIL_ASKED)


def test_the_address_stands_in_a_fact_of_the_order_that_erasure_reaches(desk: TillDesk) -> None:
    sale = sold(desk)
    lined(desk)
    desk.do(MailTickets(sale.id, f" {ADA} "))
    assert desk.heard.next(desk.hooks.mail_asked).sale == sale.id
    (fact,) = asked(desk, sale)
    assert (fact.payload["to"], fact.payload["what"], fact.payload["sale"]) == (ADA, "tickets", sale.id)
    assert "to" in PERSONAL[Kind.MAIL_ASKED]
    with desk.store.transaction() as tx:
        tx.redact_order(LOG, sale.order)
    (fact,) = asked(desk, sale)
    assert ADA not in str(fact.payload)


def test_a_desk_that_works_alone_says_so_and_writes_nothing(desk: TillDesk) -> None:
    sale = sold(desk)
    desk.do(MailTickets(sale.id, ADA))
    assert "has no server" in desk.trouble().message
    assert not asked(desk, sale)


@pytest.mark.parametrize(
    "to",
    ["", "ada", "ada@", "a b@example.org", "ada@example", f"{ADA}\nBcc: eve@x.org", f"a@{'x' * 260}.org"],
)
def test_what_can_be_no_address_is_refused(desk: TillDesk, to: str) -> None:
    sale = sold(desk)
    lined(desk)
    desk.do(MailTickets(sale.id, to))
    assert "no e-mail address" in desk.trouble().message
    assert not asked(desk, sale)
