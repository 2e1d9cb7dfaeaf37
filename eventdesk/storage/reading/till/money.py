"""Sales, payments and shifts: the folds of their facts, and which of them there are."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from eventdesk.domain.facts import Fact
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till.folds import (
    PAYMENT_KINDS,
    SALE_KINDS,
    SHIFT_KINDS,
    fold_payment,
    fold_sale,
    fold_shift,
)
from eventdesk.domain.till.sales import Payment, Sale, Shift
from eventdesk.storage import log as facts

Execute = Callable[..., Any]
T = TypeVar("T")

SELECT_OF_SALE = "SELECT id FROM payments INDEXED BY payments_sale WHERE log = ? AND sale = ? ORDER BY at, id"
SELECT_OPEN = """
    SELECT id FROM payments INDEXED BY payments_open
    WHERE log = ? AND desk = ? AND state = 'started' ORDER BY at, id
"""
SELECT_OF_SHIFT = (
    "SELECT id FROM payments INDEXED BY payments_shift WHERE log = ? AND shift = ? ORDER BY at, id"
)
SELECT_SALES_OF_SHIFT = (
    "SELECT sale FROM receipts WHERE log = ? AND shift = ? GROUP BY sale ORDER BY min(number)"
)
SELECT_OPEN_SHIFTS = """
    SELECT id FROM shifts INDEXED BY shifts_number
    WHERE log = ? AND desk = ? AND closed = '' ORDER BY number, id
"""
SELECT_SHIFTS = (
    "SELECT id FROM shifts INDEXED BY shifts_opened WHERE log = ? ORDER BY opened DESC, id LIMIT ?"
)
SELECT_SHIFTS_OF_DESK = """
    SELECT id FROM shifts INDEXED BY shifts_number WHERE log = ? AND desk = ? ORDER BY number DESC, id LIMIT ?
"""
# All at once: a shift has thousands.
SELECT_MEMBERS = """
    SELECT f.id, f.log, f.kind, f.subject, f.stamp, f.seq, f.payload
    FROM shift_facts m CROSS JOIN facts f ON f.id = m.fact
    WHERE m.log = ? AND m.shift = ? ORDER BY m.desk, m.seq
"""


def sale(execute: Execute, log: str, id_: str) -> Sale | None:
    return _folded(fold_sale, id_, facts.facts_of(execute, log, id_, *SALE_KINDS))


def payment(execute: Execute, log: str, id_: str) -> Payment | None:
    return _folded(fold_payment, id_, facts.facts_of(execute, log, id_, *PAYMENT_KINDS))


def shift(execute: Execute, log: str, id_: str) -> Shift | None:
    return _folded(fold_shift, id_, facts.facts_of(execute, log, id_, *SHIFT_KINDS))


def payments_of(execute: Execute, log: str, sale_id: str) -> list[Payment]:
    return _payments(execute, log, execute(SELECT_OF_SALE, (log, sale_id)).fetchall())


def open_payments(execute: Execute, log: str, desk: str) -> list[Payment]:
    return _payments(execute, log, execute(SELECT_OPEN, (log, desk)).fetchall())


def payments_of_shift(execute: Execute, log: str, shift_id: str) -> list[Payment]:
    return _payments(execute, log, execute(SELECT_OF_SHIFT, (log, shift_id)).fetchall())


def sales_of_shift(execute: Execute, log: str, shift_id: str) -> list[Sale]:
    rows = execute(SELECT_SALES_OF_SHIFT, (log, shift_id)).fetchall()
    return [one for (id_,) in rows if (one := sale(execute, log, id_)) is not None]


def open_shifts(execute: Execute, log: str, desk: str) -> list[Shift]:
    return _shifts(execute, log, execute(SELECT_OPEN_SHIFTS, (log, desk)).fetchall())


def shifts(execute: Execute, log: str, desk: str, limit: int) -> list[Shift]:
    if desk:
        return _shifts(execute, log, execute(SELECT_SHIFTS_OF_DESK, (log, desk, limit)).fetchall())
    return _shifts(execute, log, execute(SELECT_SHIFTS, (log, limit)).fetchall())


def shift_facts(execute: Execute, log: str, shift_id: str) -> list[Fact]:
    return [facts.fact_from_row(row) for row in execute(SELECT_MEMBERS, (log, shift_id)).fetchall()]


def _folded(fold: Callable[[str, list[Fact]], T], id_: str, found: list[Fact]) -> T | None:
    """None where the fact with which it began is not here."""
    try:
        return fold(id_, found)
    except BadPayload:
        return None


def _payments(execute: Execute, log: str, rows: Iterable[tuple[str]]) -> list[Payment]:
    return [one for (id_,) in rows if (one := payment(execute, log, id_)) is not None]


def _shifts(execute: Execute, log: str, rows: Iterable[tuple[str]]) -> list[Shift]:
    return [one for (id_,) in rows if (one := shift(execute, log, id_)) is not None]
