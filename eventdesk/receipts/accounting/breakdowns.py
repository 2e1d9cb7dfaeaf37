"""Turnover by product, tax rate, desk and person."""

from collections.abc import Callable, Iterator, Sequence

from reportlab.platypus import Flowable

from eventdesk import i18n
from eventdesk.domain.till.sums import Turnover
from eventdesk.receipts.accounting import sums
from eventdesk.receipts.accounting.part import Part
from eventdesk.receipts.accounting.tables import Cell, name, tables


class Breakdowns(Part):
    def products(self) -> Iterator[Flowable]:
        tr = self._tr

        def key(row: Turnover) -> tuple[str, str]:
            return ("", "") if row.fee else (row.product, row.name)

        found = sums.sold_by(self._part.turnover, key)
        rows: list[Sequence[Cell]] = [
            (
                name(label if product or label else tr("Fees")),
                str(one.quantity),
                *map(self._money, (one.sold, one.back, one.net, one.tax, one.gross)),
            )
            for (product, label), one in sorted(found.items(), key=lambda item: -item[1].gross)
        ]
        headers = (tr("Product"), tr("Number"), tr("Sold"), tr("Given back"), tr("Net"), tr("Tax"))
        label, *amounts = self._sum_row()
        total = (label, str(self._total.quantity), *amounts)
        yield from tables((*headers, tr("Turnover")), rows, (5, 1.4, 2, 2, 2, 2, 2), total=total)

    def rates(self) -> Iterator[Flowable]:
        tr = self._tr
        found = sums.sold_by(self._part.turnover, lambda row: (row.rate, row.code))
        rows: list[Sequence[Cell]] = [
            (
                f"{code} {i18n.percent(rate, self._language)}".strip(),
                *map(self._money, (one.net, one.tax, one.gross)),
            )
            for (rate, code), one in sorted(found.items(), key=lambda item: (-item[0][0], item[0][1]))
        ]
        total = (tr("Sum"), *map(self._money, (self._total.net, self._total.tax, self._total.gross)))
        yield from tables(
            (tr("Tax rate"), tr("Net"), tr("Tax"), tr("Gross")), rows, (3, 2, 2, 2), total=total
        )

    def desks(self) -> Iterator[Flowable]:
        yield from self._sold_by(self._tr("Desk"), lambda row: row.desk, lambda desk: desk)

    def people(self) -> Iterator[Flowable]:
        yield from self._sold_by(self._tr("Person"), lambda row: row.person, self._person)

    def _sold_by(
        self, header: str, key: Callable[[Turnover], str], called: Callable[[str], str]
    ) -> Iterator[Flowable]:
        tr = self._tr
        found = sums.sold_by(self._part.turnover, key)
        rows: list[Sequence[Cell]] = [
            (name(called(one)), *map(self._money, (of.sold, of.back, of.net, of.tax, of.gross)))
            for one, of in sorted(found.items(), key=lambda item: called(item[0]))
        ]
        headers = (header, tr("Sold"), tr("Given back"), tr("Net"), tr("Tax"), tr("Turnover"))
        yield from tables(headers, rows, (4, 2, 2, 2, 2, 2), total=self._sum_row())
