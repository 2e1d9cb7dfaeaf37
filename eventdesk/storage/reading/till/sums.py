"""What figures are made of: receipts and payments, summed by all that reports tell apart.

One pass over a shift's rows answers every question of a report, so that its parts can't disagree.
"""

from collections.abc import Callable
from typing import Any

from eventdesk.domain.till.sums import ReceiptSum, Span, TenderSum, Turnover
from eventdesk.storage.moments import to_column

Execute = Callable[..., Any]

_TURNOVER = """
    SELECT currency, desk, person, way, product, variation, name, rate, code, comp, fee,
        sum(quantity), sum(gross), sum(net), sum(tax), sum(discount)
    FROM receipt_lines {where} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
"""
_TENDERS = """
    SELECT currency, desk, person, tender, way, state, count(*), sum(amount), sum(rounding)
    FROM payments {where} GROUP BY 1, 2, 3, 4, 5, 6
"""
_RECEIPTS = """
    SELECT currency, desk, person, way, count(*), sum(amount), sum(rounding), min(number), max(number)
    FROM receipts {where} GROUP BY 1, 2, 3, 4
"""
FLAGS = (9, 10)  # `comp` and `fee`
OF_SHIFT = "{index} WHERE log = ? AND shift = ?"
BETWEEN = "{index} WHERE log = ? AND at >= ? AND at < ?"
TURNOVER_OF_SHIFT = _TURNOVER.format(where=OF_SHIFT.format(index=""))
TURNOVER_BETWEEN = _TURNOVER.format(where=BETWEEN.format(index="INDEXED BY receipt_lines_at"))
TENDERS_OF_SHIFT = _TENDERS.format(where=OF_SHIFT.format(index="INDEXED BY payments_shift"))
TENDERS_BETWEEN = _TENDERS.format(where=BETWEEN.format(index="INDEXED BY payments_at"))
RECEIPTS_OF_SHIFT = _RECEIPTS.format(where=OF_SHIFT.format(index=""))
RECEIPTS_BETWEEN = _RECEIPTS.format(where=BETWEEN.format(index="INDEXED BY receipts_at"))


def turnover(execute: Execute, log: str, span: Span) -> list[Turnover]:
    rows = _rows(execute, log, span, TURNOVER_OF_SHIFT, TURNOVER_BETWEEN)
    return [Turnover(*_with_flags(row)) for row in rows]


def _with_flags(row: tuple[Any, ...]) -> list[Any]:
    return [bool(value) if n in FLAGS else value for n, value in enumerate(row)]


def tenders(execute: Execute, log: str, span: Span) -> list[TenderSum]:
    return [TenderSum(*row) for row in _rows(execute, log, span, TENDERS_OF_SHIFT, TENDERS_BETWEEN)]


def receipts(execute: Execute, log: str, span: Span) -> list[ReceiptSum]:
    return [ReceiptSum(*row) for row in _rows(execute, log, span, RECEIPTS_OF_SHIFT, RECEIPTS_BETWEEN)]


def _rows(execute: Execute, log: str, span: Span, of_shift: str, between: str) -> list[tuple[Any, ...]]:
    if span.shift:
        values: tuple[str, ...] = (log, span.shift)
    else:
        values = (log, to_column(span.begins), to_column(span.ends))
    rows: list[tuple[Any, ...]] = execute(of_shift if span.shift else between, values).fetchall()
    return rows
