"""What accounts and audits are made of, page by page: an evening has fifty thousand receipts.

Pages go by keys, so that each is a look-up of its own and nothing is read twice.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till.accounts import MinuteSum, PaymentKey, ReceiptKey, ShiftKey, SoldLine
from eventdesk.domain.till.audit import AUDITED, AuditEntry, deeds
from eventdesk.domain.till.sums import Span
from eventdesk.storage import log as facts
from eventdesk.storage.moments import from_column, to_column

Execute = Callable[..., Any]

SELECT_LINES = """
    SELECT page.desk, page.number, page.shift, page.id, page.sale, page.way, page.at, page.person,
        page.currency,
        coalesce(z.number, 0), coalesce(o.code, ''), coalesce(l.n, 0), coalesce(l.product, ''),
        coalesce(l.variation, ''), coalesce(l.name, ''), coalesce(l.rate, 0), coalesce(l.code, ''),
        coalesce(l.comp, 0), coalesce(l.fee, 0), coalesce(l.quantity, 0), coalesce(l.gross, 0),
        coalesce(l.net, 0), coalesce(l.tax, 0), coalesce(l.discount, 0)
    FROM (
        SELECT * FROM receipts INDEXED BY receipts_number
        WHERE log = ?1 AND (desk, number, shift, id) > (?2, ?3, ?4, ?5) AND at >= ?6 AND at < ?7
        ORDER BY desk, number, shift, id LIMIT ?8
    ) AS page
    LEFT JOIN receipt_lines l ON l.log = ?1 AND l.shift = page.shift AND l.receipt = page.id
    LEFT JOIN shifts z ON z.log = ?1 AND z.id = page.shift
    LEFT JOIN sales s ON s.log = ?1 AND s.id = page.sale
    LEFT JOIN orders o ON o.log = ?1 AND o.id = s.order_id
    ORDER BY page.desk, page.number, page.shift, page.id, l.n
"""
SELECT_PAYMENTS = """
    SELECT at, id FROM payments INDEXED BY payments_at
    WHERE log = ? AND at >= ? AND at < ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?
"""
SELECT_CLOSED = """
    SELECT desk, number, id FROM shifts INDEXED BY shifts_number
    WHERE log = ? AND (desk, number, id) > (?, ?, ?) AND closed >= ? AND closed < ?
    ORDER BY desk, number, id LIMIT ?
"""
SELECT_REVERSALS = """
    SELECT sale, id FROM receipts INDEXED BY receipts_at
    WHERE log = ? AND at >= ? AND at < ? AND way <> 'sale' ORDER BY at, id
"""
SELECT_MINUTES = """
    SELECT currency, substr(at, 1, 16), sum(CASE way WHEN 'sale' THEN gross ELSE 0 END),
        sum(CASE way WHEN 'sale' THEN 0 ELSE gross END), sum(net), sum(tax)
    FROM receipt_lines INDEXED BY receipt_lines_at WHERE log = ? AND at >= ? AND at < ? GROUP BY 1, 2
"""
COUNT_RECEIPTS = "SELECT count(*) FROM receipts INDEXED BY receipts_at WHERE log = ? AND at >= ? AND at < ?"
COUNT_PAYMENTS = "SELECT count(*) FROM payments INDEXED BY payments_at WHERE log = ? AND at >= ? AND at < ?"
SELECT_RECEIPT_NUMBER = "SELECT number FROM receipts WHERE log = ? AND shift = ? AND id = ?"
SELECT_AUDITED = """
    SELECT f.id, f.log, f.kind, f.subject, f.stamp, f.seq, f.payload
    FROM shift_facts m CROSS JOIN facts f ON f.id = m.fact
    WHERE m.log = ?1 AND m.shift = ?2 AND f.redacted < 2 AND f.kind IN (SELECT value FROM json_each(?3))
    ORDER BY m.desk, m.seq
"""
_AUDITED = facts.encode([kind.value for kind in AUDITED if kind is not Kind.SHIFT_CLOSED]).decode()
FLAGS = (17, 18)  # `comp` and `fee`


def sold_lines(
    execute: Execute, log: str, span: Span, after: ReceiptKey | None, receipts: int
) -> list[SoldLine]:
    start = after or ("", -1, "", "")
    rows = execute(SELECT_LINES, (log, *start, *_bounds(span), receipts)).fetchall()
    return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> SoldLine:
    values = list(row)
    values[6] = from_column(values[6])
    for at in FLAGS:
        values[at] = bool(values[at])
    return SoldLine(*values)


def payment_keys(
    execute: Execute, log: str, span: Span, after: PaymentKey | None, limit: int
) -> list[PaymentKey]:
    rows = execute(SELECT_PAYMENTS, (log, *_bounds(span), *(after or ("", "")), limit)).fetchall()
    return [(at, id_) for at, id_ in rows]


def closed_shifts(
    execute: Execute, log: str, span: Span, after: ShiftKey | None, limit: int
) -> list[ShiftKey]:
    start = after or ("", -1, "")
    rows = execute(SELECT_CLOSED, (log, *start, *_bounds(span), limit)).fetchall()
    return [(desk, number, id_) for desk, number, id_ in rows]


def reversals(execute: Execute, log: str, span: Span) -> list[tuple[str, str]]:
    rows = execute(SELECT_REVERSALS, (log, *_bounds(span))).fetchall()
    return [(sale, id_) for sale, id_ in rows]


def minutes(execute: Execute, log: str, span: Span) -> Iterator[MinuteSum]:
    for currency, minute, *sums in execute(SELECT_MINUTES, (log, *_bounds(span))):
        yield MinuteSum(currency, datetime.fromisoformat(minute).replace(tzinfo=UTC), *sums)


def count(execute: Execute, query: str, log: str, span: Span) -> int:
    return int(execute(query, (log, *_bounds(span))).fetchone()[0])


def receipt_number(execute: Execute, log: str, shift: str, id_: str) -> int:
    row = execute(SELECT_RECEIPT_NUMBER, (log, shift, id_)).fetchone()
    return int(row[0]) if row else 0


def audit(execute: Execute, log: str, shift: str) -> list[AuditEntry]:
    """One fact after the other: of thousands of sales a few are kept."""
    found = map(facts.fact_from_row, execute(SELECT_AUDITED, (log, shift, _AUDITED)))
    closes = facts.facts_of(execute, log, shift, Kind.SHIFT_CLOSED)
    entries: list[AuditEntry] = []
    for fact in chain(found, closes):
        try:
            entries += deeds(fact)
        except BadPayload:  # `verify` tells of it
            continue
    return entries


def _bounds(span: Span) -> tuple[str, str]:
    return to_column(span.begins), to_column(span.ends)
