"""X and Z reports and cash slips in words."""

from dataclasses import replace

import pytest

from eventdesk.domain.till.figures import (
    Figures,
)
from eventdesk.domain.till.sales import CashMoved, Movement, Shift
from eventdesk.domain.till.slips import Slip, SlipRow
from eventdesk.receipts.reports import cash_slip, report
from tests.receipts.samples import AT
from tests.receipts.shifts import CLOSED, FIGURES, OPEN, WHERE


def rows(slip: Slip) -> dict[str, SlipRow]:
    return {row.label: row for block in slip.blocks for row in block.rows}


def test_a_z_report_holds_what_the_close_holds() -> None:
    slip = report(CLOSED, FIGURES, WHERE)
    told = rows(slip)
    assert slip.title == "Z report 17"
    assert slip.heading[-1] == "Jun 10, 2026 20:15 – Jun 11, 2026 02:15"
    assert told["Sales (300)"].amount == 1_234_567
    assert (
        sum(told[one].amount or 0 for one in ("Sales (300)", "Refunds (10)"))
        == told["Turnover"].amount
        == 1_220_958
    )
    assert told["Cash (120)"].amount == 34_050
    assert told["Fees (300)"].amount == 20_000
    assert told["Anna (300)"].amount == 1_220_958
    assert told["Drops (1)"].amount == -2_500
    assert told["Expected"].amount == 51_550
    assert told["Difference"].amount == -50
    assert told["10 × €50.00"].amount == 50_000
    assert f"SHA-256 {CLOSED.digest}" in told
    assert len(slip.signatures) == 2


def test_an_x_report_shows_who_must_still_count_no_cash() -> None:
    blind, seen = rows(report(OPEN, FIGURES, WHERE, show_expected=False)), rows(report(OPEN, FIGURES, WHERE))
    assert report(OPEN, FIGURES, WHERE).title == "X report"
    assert "Expected" not in blind
    assert blind["Cash (120)"].amount is None
    assert seen["Expected"].amount == 51_550
    assert "Difference" not in seen


def test_a_close_is_never_blind() -> None:
    assert "Expected" in rows(report(CLOSED, FIGURES, WHERE, show_expected=False))


def test_a_payment_of_unknown_fate_is_listed() -> None:
    slip = report(CLOSED, FIGURES, WHERE)
    assert any(block.title == "Payments of unknown fate" for block in slip.blocks)
    quiet = report(CLOSED, replace(FIGURES, open=()), WHERE)
    assert not any(block.title == "Payments of unknown fate" for block in quiet.blocks)


def test_an_empty_shift_has_a_report_too() -> None:
    told = rows(report(Shift("sh1", "d1", 1, "A", "EUR", AT, 0), Figures(), WHERE))
    assert told["Turnover"].amount == 0


@pytest.mark.parametrize(
    ("way", "title"),
    [(Movement.DROP, "Abschöpfung 3"), (Movement.PAY_IN, "Einlage 3"), (Movement.PAY_OUT, "Auszahlung 3")],
)
def test_moved_cash_has_a_slip_to_sign(way: Movement, title: str) -> None:
    slip = cash_slip(OPEN, CashMoved("c1", way, 50_000, 3, AT, "Bank", "st1"), replace(WHERE, language="de"))
    assert slip.title == title
    assert rows(slip)["Betrag"].amount == 50_000
    assert rows(slip)["Person"].text == "Anna"
    assert len(slip.signatures) == 2
