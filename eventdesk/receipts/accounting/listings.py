"""One row each: shifts that were closed, and receipts that gave something back."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from eventdesk.domain.till.sales import ReversalWay
from eventdesk.receipts.accounting.part import Part
from eventdesk.receipts.accounting.tables import Cell, name, tables


class Listings(Part):
    def closings(self) -> Iterator[Flowable]:
        tr = self._tr
        rows: list[Sequence[Cell]] = [
            (
                name(f"{one.shift.desk} {one.shift.number}"),
                self._minute(one.shift.closed),
                name(self._person(one.by)),
                *map(self._money, (one.figures.turnover, one.shift.expected, one.shift.counted or 0)),
                self._money(one.shift.difference),
            )
            for one in self._part.closings
        ]
        headers = (tr("Shift"), tr("Closed"), tr("Person"), tr("Turnover"), tr("Expected"), tr("Counted"))
        turnover = sum(one.figures.turnover for one in self._part.closings)
        difference = sum(one.shift.difference for one in self._part.closings)
        total = (tr("Sum"), "", "", self._money(turnover), "", "", self._money(difference))
        widths = (2.6, 3, 3, 2, 2, 2, 2)
        yield from tables((*headers, tr("Difference")), rows, widths, 3, total)

    def reversals(self) -> Iterator[Flowable]:
        tr = self._tr
        words = {
            ReversalWay.VOID: tr("Void"),
            ReversalWay.REFUND: tr("Refund"),
            ReversalWay.EXCHANGE: tr("Exchange"),
        }
        rows: list[Sequence[Cell]] = []
        for back in self._part.reversals:
            one = back.reversal
            people = " / ".join(
                filter(None, (self._person(one.by), one.approved and self._person(one.approved)))
            )
            receipt, of = f"{one.desk} {one.number}", f"{back.original_desk} {back.original}"
            what = words[one.way]
            rows.append(
                (
                    receipt,
                    of,
                    self._minute(one.at),
                    what,
                    name(people),
                    name(one.reason),
                    self._money(-one.amount),
                )
            )
        headers = (tr("Receipt"), tr("Of receipt"), tr("Time"), tr("Way"), tr("Person"), tr("Reason"))
        total = (
            tr("Sum"),
            "",
            "",
            "",
            "",
            "",
            self._money(-sum(o.reversal.amount for o in self._part.reversals)),
        )
        widths = (2, 2, 2.9, 2.1, 3.4, 2.9, 1.9)
        yield from tables((*headers, tr("Amount")), rows, widths, 6, total)
