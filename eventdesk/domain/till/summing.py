"""The figures of a shift, from its sales and payments."""

from collections.abc import Iterable

from eventdesk.domain.till import drawer
from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.figures import (
    Figures,
    OpenPayment,
    PersonFigures,
    ProductFigures,
    TenderFigures,
    WayFigures,
)
from eventdesk.domain.till.refunding import reversal_lines
from eventdesk.domain.till.sales import (
    Movement,
    Payment,
    PaymentState,
    Reversal,
    ReversalWay,
    Sale,
    Shift,
    Way,
)
from eventdesk.domain.till.setup import Tender


def figures(shift: Shift, sales: Iterable[Sale], payments: Iterable[Payment]) -> Figures:
    """`sales`: each that the shift made or gave something back of; `payments`: those that ended in the shift,
    or are still open in it. Others among them are passed over."""
    every, payments = list(sales), [one for one in payments if one.shift == shift.id]
    made = [sale for sale in every if sale.shift == shift.id]
    back = [(sale, one) for sale in every for one in sale.reversals if one.shift == shift.id]
    numbers = [sale.number for sale in made] + [one.number for _, one in back]
    comps = [line for sale in made for line in sale.lines if line.comp]
    off = sum(line.discount for sale in made for line in sale.lines)
    comped = sum(line.discount for line in comps)
    return Figures(
        sales=len(made),
        sold=sum(sale.total for sale in made),
        reversals=_ways((one.way.value, one.amount) for _, one in back),
        reversed_=sum(one.amount for _, one in back),
        tenders=_tenders(payments),
        taxes=_taxes(made, back),
        products=_products(made, back),
        persons=_persons(made, back),
        discounts=off - comped,
        comps=comped,
        comp_number=sum(line.quantity for line in comps),
        rounding=sum(_sign(one) * one.rounding for one in payments if one.counts),
        no_sales=shift.no_sales,
        moves=_ways((move.way.value, move.amount) for move in shift.moves),
        first=min(numbers, default=0),
        last=max(numbers, default=0),
        float_=shift.float_,
        expected_cash=drawer.expected(shift, payments),
        open=tuple(
            OpenPayment(one.id, one.sale, one.way, one.tender, one.amount)
            for one in payments
            if one.state is PaymentState.STARTED
        ),
    )


def _sign(payment: Payment) -> int:
    return 1 if payment.way is Way.IN else -1


def _ways(told: Iterable[tuple[str, int]]) -> tuple[WayFigures, ...]:
    sums: dict[str, list[int]] = {}
    for way, amount in told:
        one = sums.setdefault(way, [0, 0])
        one[0] += 1
        one[1] += amount
    order = [*ReversalWay, *Movement]
    return tuple(WayFigures(way.value, *sums[way.value]) for way in order if way.value in sums)


def _tenders(payments: Iterable[Payment]) -> tuple[TenderFigures, ...]:
    sums: dict[Tender, list[int]] = {}
    for one in payments:
        if one.counts:
            found = sums.setdefault(one.tender, [0, 0, 0, 0])
            found[0 if one.way is Way.IN else 1] += one.amount
            found[2] += _sign(one) * one.rounding
            found[3] += 1
    return tuple(TenderFigures(tender, *sums[tender]) for tender in Tender if tender in sums)


def _taxes(made: Iterable[Sale], back: Iterable[tuple[Sale, Reversal]]) -> tuple[TaxSum, ...]:
    sums: dict[tuple[int, str], list[int]] = {}

    def add(rate: int, code: str, sign: int, net: int, tax: int, gross: int) -> None:
        one = sums.setdefault((rate, code), [0, 0, 0])
        for at, value in enumerate((net, tax, gross)):
            one[at] += sign * value

    for sale in made:
        for tax in sale.taxes:
            add(tax.rate, tax.code, 1, tax.net, tax.tax, tax.gross)
    for sale, reversal in back:
        for line, part in reversal_lines(sale, reversal):
            add(line.rate, line.code, -1, part.net, part.tax, part.gross)
    ordered = sorted(sums.items(), key=lambda item: (-item[0][0], item[0][1]))
    return tuple(TaxSum(rate, code, *values) for (rate, code), values in ordered)


def _products(made: Iterable[Sale], back: Iterable[tuple[Sale, Reversal]]) -> tuple[ProductFigures, ...]:
    """By product and variation, fees apart. Of several names the last in order of text stands for all."""
    sums: dict[tuple[str, str, bool], tuple[str, list[int]]] = {}
    told = [(line, 1, line.quantity, line.gross) for sale in made for line in sale.lines]
    told += [
        (line, -1, part.quantity, part.gross)
        for sale, reversal in back
        for line, part in reversal_lines(sale, reversal)
    ]
    for line, sign, quantity, gross in told:
        key = ("", "", True) if line.fee else (line.product, line.variation, False)
        name, one = sums.get(key, ("", [0, 0]))
        one[0] += sign * quantity
        one[1] += sign * gross
        sums[key] = ("" if line.fee else max(name, line.name), one)
    rows = [
        ProductFigures(product, variation, name, *values)
        for (product, variation, _), (name, values) in sums.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.product, row.name, row.product, row.variation)))


def _persons(made: Iterable[Sale], back: Iterable[tuple[Sale, Reversal]]) -> tuple[PersonFigures, ...]:
    sums: dict[str, list[int]] = {}
    for sale in made:
        one = sums.setdefault(sale.by, [0, 0, 0])
        one[0] += 1
        one[1] += sale.total
    for _, reversal in back:
        sums.setdefault(reversal.by, [0, 0, 0])[2] += reversal.amount
    return tuple(PersonFigures(by, *values) for by, values in sorted(sums.items()))
