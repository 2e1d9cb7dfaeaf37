"""The account in short, over time and by tender, with plots."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from eventdesk.domain.till.sales import PaymentState, ReversalWay
from eventdesk.receipts.accounting import plots, sums
from eventdesk.receipts.accounting.lettering import text
from eventdesk.receipts.accounting.part import Part
from eventdesk.receipts.accounting.tables import WIDTH, Cell, tables
from eventdesk.receipts.tenders import tender_word


class Overview(Part):
    def summary(self) -> Iterator[Flowable]:
        tr, part, total = self._tr, self._part, self._total
        words = {
            "sale": tr("Sales"),
            ReversalWay.VOID.value: tr("Voids"),
            ReversalWay.REFUND.value: tr("Refunds"),
            ReversalWay.EXCHANGE.value: tr("Exchanges"),
        }
        rows: list[Sequence[Cell]] = []
        for way, label in words.items():
            of_way = [one for one in part.receipts if one.way == way]
            if of_way:
                number, amount = sum(one.number for one in of_way), sum(one.amount for one in of_way)
                rows.append((label, str(number), self._money(amount)))
        rows.append((tr("Turnover"), "", self._money(total.gross)))
        rows.append((tr("of it tax"), "", self._money(total.tax)))
        rows.append((tr("Turnover without tax"), "", self._money(total.net)))
        comps = [one for one in part.turnover if one.comp and one.way == "sale"]
        comped = sum(one.discount for one in comps)
        rows.append((tr("Discounts"), "", self._money(sum(one.discount for one in part.turnover) - comped)))
        number = sum(one.quantity for one in comps)
        rows.append((tr("Complimentary"), str(number), self._money(comped)))
        kept = sum(one.taken - one.returned for one in self._paid.values())
        rows.append((tr("Paid, less what was paid back"), "", self._money(kept)))
        rows.append((tr("Difference to the turnover"), "", self._money(kept - total.gross)))
        yield from tables((tr("What"), tr("Number"), part.currency), rows, (6, 2, 3))
        yield from self._remarks(kept - total.gross)

    def _remarks(self, difference: int) -> Iterator[Flowable]:
        tr = self._tr
        if difference:
            yield text(
                tr(
                    "Turnover and payments differ where a payment and its sale or reversal are not both in"
                    " this time, or a payment belongs to a sale that was never completed."
                )
            )
        unknown = [one for one in self._part.tenders if one.state == PaymentState.STARTED]
        if unknown:
            number, amount = sum(one.number for one in unknown), sum(one.amount for one in unknown)
            told = self._money(amount)
            yield text(tr("Payments of unknown fate: {number}, {amount}.", number=number, amount=told))
        if self._part.open_shifts:
            zs = ", ".join(f"{one.desk} {one.number}" for one in self._part.open_shifts)
            yield text(tr("Shifts that are still open: {shifts}.", shifts=zs))

    def times(self) -> Iterator[Flowable]:
        tr, part = self._tr, self._part
        if not part.hours:
            return
        unit, steps = sums.steps(part.hours)
        form = {"hours": "%H:%M", "days": "%d.%m.", "months": "%m/%Y"}[unit]
        labels, amounts = [f"{one.hour:{form}}" for one in steps], [one.sold + one.back for one in steps]
        yield plots.columns(labels, amounts, self._currency, self._language, WIDTH)
        days = sums.by_day(part.hours)
        rows: list[Sequence[Cell]] = [
            (
                self._day(start),
                *map(self._money, (one.sold, one.back, one.net, one.tax, one.sold + one.back)),
            )
            for start, one in days.items()
        ]
        headers = (tr("Day"), tr("Sold"), tr("Given back"), tr("Net"), tr("Tax"), tr("Turnover"))
        yield from tables(headers, rows, (3, 2, 2, 2, 2, 2), total=self._sum_row())

    def tenders(self) -> Iterator[Flowable]:
        tr = self._tr
        if not self._paid:
            return
        labels = [tender_word(tender, self._language) for tender in self._paid]
        moved = [one.moved for one in self._paid.values()]
        yield plots.rows(labels, moved, self._currency, self._language, WIDTH)
        rows: list[Sequence[Cell]] = [
            (label, str(one.number), *map(self._money, (one.taken, one.returned, one.rounding, one.moved)))
            for label, one in zip(labels, self._paid.values(), strict=True)
        ]
        headers = (tr("Tender"), tr("Number"), tr("Taken"), tr("Paid back"), tr("Rounding"))
        every = self._paid.values()
        amounts = (
            sum(one.taken for one in every),
            sum(one.returned for one in every),
            sum(one.rounding for one in every),
            sum(moved),
        )
        total = (tr("Sum"), str(sum(one.number for one in every)), *map(self._money, amounts))
        yield from tables((*headers, tr("Over the counter")), rows, (4, 1.4, 2, 2, 2, 2.4), total=total)
