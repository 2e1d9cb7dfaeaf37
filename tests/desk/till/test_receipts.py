"""Receipts of a till on a printer that speaks ESC/POS: each comes out once, or a person is told."""

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import RECEIPT_PRINTER
from eventdesk.desk.till.commands import (
    AddProduct,
    CloseShift,
    CountCash,
    MoveCash,
    Pay,
    PrintReceipt,
    ShowShift,
)
from eventdesk.desk.till.values import PrintState, ReceiptChanged
from eventdesk.domain.facts import Kind
from eventdesk.domain.till.sales import Movement
from eventdesk.domain.till.setup import Tender
from tests.desk.till.conftest import TillDesk
from tests.rigs.printers.escpos import EscposPrinter, on_network

pytestmark = pytest.mark.usefixtures("qapp")


def told(desk: TillDesk) -> ReceiptChanged:
    return desk.heard.next(desk.hooks.receipt_changed)


def test_a_receipt_comes_out_the_drawer_opens_and_a_second_one_is_a_copy(desk: TillDesk) -> None:
    printer = EscposPrinter()
    with on_network(printer) as port:
        desk.preferences.put(RECEIPT_PRINTER, f"tcp://127.0.0.1:{port}")
        desk.do(AddProduct("workshop"))
        desk.do(Pay(Tender.CASH, given=5000))
        made = desk.made()
        assert told(desk).state is PrintState.PRINTED
        desk.do(PrintReceipt(made.sale.id))
        assert told(desk).state is PrintState.PRINTED
        first, copy = (one.height for one in printer.receipts)
        assert 400 < first < copy  # the word COPY
        assert printer.kicks == 1
    with desk.store.reader() as reader:
        facts = reader.facts(LOG, made.sale.id, Kind.RECEIPT_PRINTED)
    assert [(fact.payload["number"], fact.payload["copy"]) for fact in facts] == [(1, 0), (1, 1)]


def test_without_its_printer_the_sale_stands_and_a_person_is_told(desk: TillDesk) -> None:
    printer = EscposPrinter()
    with on_network(printer) as port:
        desk.preferences.put(RECEIPT_PRINTER, f"tcp://127.0.0.1:{port}")
    desk.do(AddProduct("coffee"))
    desk.do(Pay(Tender.CASH))
    made = desk.made()
    failed = told(desk)
    assert (failed.sale, failed.state) == (made.sale.id, PrintState.FAILED)
    assert "can't be reached" in failed.words


def test_the_close_prints_its_z_report_and_cash_its_slip(desk: TillDesk) -> None:
    printer = EscposPrinter()
    with on_network(printer) as port:
        desk.preferences.put(RECEIPT_PRINTER, f"tcp://127.0.0.1:{port}")
        desk.do(MoveCash(Movement.DROP, 2000))
        assert told(desk).state is PrintState.PRINTED
        desk.do(CountCash(8000))
        desk.do(CloseShift())
        assert desk.heard.next(desk.hooks.shift_closed).shift.difference == 0
        assert told(desk).state is PrintState.PRINTED
    assert len(printer.receipts) == 2


def test_who_counts_the_drawer_is_not_shown_what_it_must_hold(desk: TillDesk) -> None:
    def labels() -> set[str]:
        desk.do(ShowShift())
        report = desk.heard.next(desk.hooks.shift_shown).report
        assert report is not None
        return {row.label for block in report.blocks for row in block.rows}

    assert "Float" in labels()
    assert "Expected" not in labels()
    desk.do(CountCash(9900))
    assert {"Expected", "Counted"} <= labels()
