"""Sales and what was given back of them: the fold of `sale_completed` and `sale_reversed`, as receipts.

Receipts and their lines are what figures are sums of. What gives back is negative in them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till.folds import SALE_KINDS, fold_sale
from eventdesk.domain.till.refunding import reversal_lines
from eventdesk.domain.till.rows import sale_line_from
from eventdesk.domain.till.sales import Reversal, Sale, SaleLine
from eventdesk.domain.till.sums import SALE
from eventdesk.storage import log
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections.target import Target
from eventdesk.storage.search.fold import fold as plain

INSERT_SALE = "INSERT OR REPLACE INTO sales (log, id, at, order_id, words) VALUES (?, ?, ?, ?, ?)"
INSERT_TICKET = "INSERT OR IGNORE INTO sold_tickets (log, ticket, sale) VALUES (?, ?, ?)"
INSERT_RECEIPT = """
    INSERT OR REPLACE INTO receipts (log, shift, id, sale, number, desk, person, at, way, currency,
        amount, rounding)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_LINE = """
    INSERT OR REPLACE INTO receipt_lines (log, shift, receipt, n, desk, person, at, way, currency,
        product, variation, name, rate, code, comp, fee, quantity, gross, net, tax, discount)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
DELETE_TICKET = "DELETE FROM sold_tickets WHERE log = ? AND ticket = ? AND sale = ?"
DELETE_RECEIPT = "DELETE FROM receipts WHERE log = ? AND shift = ? AND id = ?"
DELETE_LINES = "DELETE FROM receipt_lines WHERE log = ? AND shift = ? AND receipt = ?"


def apply(target: Target, fact: Fact) -> None:
    """Fold the sale anew; a reversal that comes first waits for its sale."""
    facts = log.facts_of(target.execute, fact.log, fact.subject, *SALE_KINDS)
    try:
        sale = fold_sale(fact.subject, facts)
    except BadPayload:
        return
    if len(facts) > 1:
        _clear(target, facts)
    target.execute(INSERT_SALE, (fact.log, sale.id, to_column(sale.at), sale.order, plain(sale.customer)))
    target.connection.executemany(INSERT_TICKET, _tickets(fact.log, sale))
    target.connection.executemany(INSERT_RECEIPT, _receipts(fact.log, sale))
    target.connection.executemany(INSERT_LINE, _lines(fact.log, sale))


def _clear(target: Target, facts: Iterable[Fact]) -> None:
    """Whatever any of the facts may have made: a sale that was told twice is what the first one says."""
    for fact in facts:
        id_ = fact.id
        if fact.kind is Kind.SALE_COMPLETED:
            id_ = fact.subject
            sold = members.rows(fact.payload, "lines", sale_line_from)
            told = [(fact.log, ticket, id_) for line in sold for ticket in line.tickets]
            target.connection.executemany(DELETE_TICKET, told)
        key = fact.log, fact.payload.get("shift"), id_
        target.execute(DELETE_RECEIPT, key)
        target.execute(DELETE_LINES, key)


def _tickets(log_id: str, sale: Sale) -> list[tuple[str, str, str]]:
    return [(log_id, ticket, sale.id) for line in sale.lines for ticket in line.tickets]


def _receipts(log_id: str, sale: Sale) -> list[tuple[Any, ...]]:
    return [
        (
            log_id,
            sale.shift,
            sale.id,
            sale.id,
            sale.number,
            sale.desk,
            sale.by,
            to_column(sale.at),
            SALE,
            sale.currency,
            sale.total,
            sale.rounding,
        ),
        *(_given_back(log_id, sale, one) for one in sale.reversals),
    ]


def _given_back(log_id: str, sale: Sale, one: Reversal) -> tuple[Any, ...]:
    return (
        log_id,
        one.shift,
        one.id,
        sale.id,
        one.number,
        one.desk,
        one.by,
        to_column(one.at),
        one.way.value,
        sale.currency,
        -one.amount,
        -one.rounding,
    )


def _lines(log_id: str, sale: Sale) -> Iterable[tuple[Any, ...]]:
    at = to_column(sale.at)
    for n, line in enumerate(sale.lines):
        yield (
            *(log_id, sale.shift, sale.id, n, sale.desk, sale.by, at, SALE, sale.currency),
            *_of_line(line),
            *(line.quantity, line.gross, line.net, line.tax, line.discount),
        )
    for one in sale.reversals:
        yield from _lines_given_back(log_id, sale, one)


def _lines_given_back(log_id: str, sale: Sale, one: Reversal) -> Iterable[tuple[Any, ...]]:
    at = to_column(one.at)
    for n, (line, back) in enumerate(reversal_lines(sale, one)):
        yield (
            *(log_id, one.shift, one.id, n, one.desk, one.by, at, one.way.value, sale.currency),
            *_of_line(line),
            *(-back.quantity, -back.gross, -back.net, -back.tax, 0),
        )


def _of_line(line: SaleLine) -> Sequence[Any]:
    return (
        line.product,
        line.variation,
        line.name,
        line.rate,
        line.code,
        int(line.comp),
        int(line.fee),
    )
