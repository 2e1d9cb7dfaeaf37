"""A shift's figures from sums, as `domain.till.summing.figures` makes them from every sale and payment.

A till asks for them at each count: two thousand sales are summed in some milliseconds, and folded in half a
second. `verify` compares the two.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.drawer import SIGNS
from eventdesk.domain.till.figures import (
    Figures,
    OpenPayment,
    PersonFigures,
    ProductFigures,
    TenderFigures,
    WayFigures,
)
from eventdesk.domain.till.sales import Movement, PaymentState, ReversalWay, Shift, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.till.sums import SALE, ReceiptSum, Span, TenderSum, Turnover
from eventdesk.storage.reading.till import money, sums

Execute = Callable[..., Any]

SELECT_OPEN = """
    SELECT id, sale, way, tender, amount FROM payments INDEXED BY payments_shift
    WHERE log = ? AND shift = ? AND state = 'started' ORDER BY at, id
"""
MOVED = (PaymentState.TAKEN.value, PaymentState.RETURNED.value)


def shift_figures(execute: Execute, log: str, shift_id: str) -> Figures | None:
    """None where there is no such shift."""
    shift = money.shift(execute, log, shift_id)
    if shift is None:
        return None
    span = Span(shift=shift_id)
    lines, paid = sums.turnover(execute, log, span), sums.tenders(execute, log, span)
    rows = execute(SELECT_OPEN, (log, shift_id)).fetchall()
    open_ = (OpenPayment(id_, sale, Way(way), Tender(tender), n) for id_, sale, way, tender, n in rows)
    return _figures(shift, lines, paid, sums.receipts(execute, log, span), tuple(open_))


def _figures(
    shift: Shift,
    lines: Sequence[Turnover],
    paid: Sequence[TenderSum],
    receipts: Sequence[ReceiptSum],
    open_: tuple[OpenPayment, ...],
) -> Figures:
    made = [one for one in receipts if one.way == SALE]
    back = [one for one in receipts if one.way != SALE]
    comps = [one for one in lines if one.comp and one.way == SALE]
    comped = sum(one.discount for one in comps)
    tenders = _tenders([one for one in paid if one.state in MOVED])
    moves = _ways(Movement, ((one.way.value, 1, one.amount) for one in shift.moves))
    return Figures(
        sales=sum(one.number for one in made),
        sold=sum(one.amount for one in made),
        reversals=_ways(ReversalWay, ((one.way, one.number, -one.amount) for one in back)),
        reversed_=-sum(one.amount for one in back),
        tenders=tenders,
        taxes=_taxes(lines),
        products=_products(lines),
        persons=_persons(receipts),
        discounts=sum(one.discount for one in lines) - comped,
        comps=comped,
        comp_number=sum(one.quantity for one in comps),
        rounding=sum(one.rounding for one in tenders),
        no_sales=shift.no_sales,
        moves=moves,
        first=min((one.first for one in receipts), default=0),
        last=max((one.last for one in receipts), default=0),
        float_=shift.float_,
        expected_cash=_cash(shift, tenders),
        open=open_,
    )


def _cash(shift: Shift, tenders: Iterable[TenderFigures]) -> int:
    cash = sum(one.moved for one in tenders if one.tender is Tender.CASH)
    return shift.float_ + cash + sum(SIGNS[move.way] * move.amount for move in shift.moves)


def _ways(
    order: type[ReversalWay] | type[Movement], told: Iterable[tuple[str, int, int]]
) -> tuple[WayFigures, ...]:
    found: dict[str, list[int]] = {}
    for way, number, amount in told:
        _add(found, way, number, amount)
    return tuple(WayFigures(way.value, *found[way.value]) for way in order if way.value in found)


def _tenders(paid: Iterable[TenderSum]) -> tuple[TenderFigures, ...]:
    found: dict[str, list[int]] = {}
    for one in paid:
        taken = one.way == Way.IN
        moved = (one.amount, 0, one.rounding) if taken else (0, one.amount, -one.rounding)
        _add(found, one.tender, *moved, one.number)
    return tuple(TenderFigures(tender, *found[tender]) for tender in Tender if tender in found)


def _taxes(lines: Iterable[Turnover]) -> tuple[TaxSum, ...]:
    found: dict[tuple[int, str], list[int]] = {}
    for one in lines:
        _add(found, (one.rate, one.code), one.net, one.tax, one.gross)
    ordered = sorted(found.items(), key=lambda item: (-item[0][0], item[0][1]))
    return tuple(TaxSum(rate, code, *values) for (rate, code), values in ordered)


def _products(lines: Iterable[Turnover]) -> tuple[ProductFigures, ...]:
    """By product and variation, fees apart. Where one had several names, the last in order stands for all."""
    found: dict[tuple[str, str, bool], list[int]] = {}
    names: dict[tuple[str, str, bool], str] = {}
    for one in lines:
        key = ("", "", True) if one.fee else (one.product, one.variation, False)
        _add(found, key, one.quantity, one.gross)
        names[key] = "" if one.fee else max(names.get(key, ""), one.name)
    rows = [ProductFigures(*key[:2], names[key], *values) for key, values in found.items()]
    return tuple(sorted(rows, key=lambda row: (not row.product, row.name, row.product, row.variation)))


def _persons(receipts: Iterable[ReceiptSum]) -> tuple[PersonFigures, ...]:
    found: dict[str, list[int]] = {}
    for one in receipts:
        is_sale = one.way == SALE
        _add(found, one.person, *((one.number, one.amount, 0) if is_sale else (0, 0, -one.amount)))
    return tuple(PersonFigures(by, *values) for by, values in sorted(found.items()))


def _add(sums: dict[Any, list[int]], key: Any, *values: int) -> None:
    before = sums.get(key) or [0] * len(values)
    sums[key] = [one + more for one, more in zip(before, values, strict=True)]
