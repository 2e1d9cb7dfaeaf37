"""X and Z reports and slips for moved cash, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from eventdesk import i18n
from eventdesk.domain.catalogue import Event
from eventdesk.domain.till.figures import Figures
from eventdesk.domain.till.sales import CashMoved, Movement, ReversalWay, Shift
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.till.slips import Slip, SlipBlock, SlipRow
from eventdesk.receipts.tenders import tender_word


@dataclass(frozen=True, slots=True)
class Where:
    """What slips say of the till. `desk` is what people call it; `people` are names by staff id."""

    business: str
    event: Event
    desk: str
    language: str = "en"
    people: Mapping[str, str] | None = None
    training: bool = False
    copy: int = 0


def report(shift: Shift, figures: Figures, where: Where, show_expected: bool = True) -> Slip:
    """The Z report of a closed shift, the X report of an open one. `show_expected` false: what cash was
    taken and what the drawer must hold are left out, for whoever is still to count it."""
    tr = i18n.speaker(where.language)
    closed = shift.closed is not None
    title = tr("Z report {number}", number=shift.number) if closed else tr("X report")
    signatures = (tr("Cashier"), tr("Supervisor")) if closed else ()
    blocks = tuple(_Report(shift, figures, where, show_expected or closed).blocks())
    return Slip(title, shift.currency, blocks, _heading(shift, where), signatures, where.training, where.copy)


def cash_slip(shift: Shift, moved: CashMoved, where: Where) -> Slip:
    """A pay-in, a pay-out or a drop, to be signed and to lie with the money."""
    tr = i18n.speaker(where.language)
    title = {
        Movement.PAY_IN: tr("Pay-in {number}", number=moved.number),
        Movement.PAY_OUT: tr("Pay-out {number}", number=moved.number),
        Movement.DROP: tr("Drop {number}", number=moved.number),
    }[moved.way]
    rows = [SlipRow(tr("Time"), text=_moment(moved.at, where))]
    if moved.reason:
        rows.append(SlipRow(tr("Reason"), text=moved.reason))
    if moved.by:
        rows.append(SlipRow(tr("Person"), text=_name(moved.by, where)))
    rows.append(SlipRow(tr("Amount"), moved.amount, strong=True))
    signatures = (tr("Given by"), tr("Received by"))
    heading = _heading(shift, where)
    return Slip(
        title,
        shift.currency,
        (SlipBlock("", tuple(rows)),),
        heading,
        signatures,
        where.training,
        where.copy,
    )


class _Report:
    def __init__(self, shift: Shift, figures: Figures, where: Where, show_expected: bool) -> None:
        self._shift = shift
        self._figures = figures
        self._where = where
        self._show_expected = show_expected
        self._tr = i18n.speaker(where.language)

    def blocks(self) -> Iterator[SlipBlock]:
        tr = self._tr
        yield SlipBlock(tr("Turnover"), tuple(self._turnover()))
        for title, rows in (
            (tr("Tenders"), self._tenders()),
            (tr("Taxes"), self._taxes()),
            (tr("Products"), self._products()),
            (tr("People"), self._people()),
        ):
            if found := tuple(rows):
                yield SlipBlock(title, found)
        yield SlipBlock(tr("Drawer"), tuple(self._drawer()))
        if self._shift.count:
            yield SlipBlock(tr("Counted"), tuple(self._count()))
        if self._figures.open:
            yield SlipBlock(tr("Payments of unknown fate"), tuple(self._open()))
        if self._shift.digest:
            number = SlipRow(tr("Entries"), text=str(self._shift.facts))
            yield SlipBlock("", (number, SlipRow(f"SHA-256 {self._shift.digest}")))

    def _turnover(self) -> Iterator[SlipRow]:
        tr, figures = self._tr, self._figures
        yield SlipRow(_numbered(tr("Sales"), figures.sales), figures.sold)
        words = {
            ReversalWay.VOID: tr("Voids"),
            ReversalWay.REFUND: tr("Refunds"),
            ReversalWay.EXCHANGE: tr("Exchanges"),
        }
        for one in figures.reversals:
            yield SlipRow(_numbered(words[ReversalWay(one.way)], one.number), -one.amount)
        yield SlipRow(tr("Turnover"), figures.turnover, strong=True)
        yield SlipRow(tr("of it tax"), figures.tax)
        if figures.discounts:
            yield SlipRow(tr("Discounts"), figures.discounts)
        if figures.comp_number:
            yield SlipRow(_numbered(tr("Complimentary"), figures.comp_number), figures.comps)
        if figures.first:
            yield SlipRow(tr("Receipts"), text=f"{figures.first} – {figures.last}")

    def _tenders(self) -> Iterator[SlipRow]:
        tr = self._tr
        for one in self._figures.tenders:
            told = self._show_expected or one.tender is not Tender.CASH
            word = tender_word(one.tender, self._where.language)
            yield SlipRow(_numbered(word, one.number), one.moved if told else None)
        if self._figures.rounding:
            yield SlipRow(tr("of it rounding"), self._figures.rounding)

    def _taxes(self) -> Iterator[SlipRow]:
        tr = self._tr
        for tax in self._figures.taxes:
            rate = f"{tax.code} {i18n.percent(tax.rate, self._where.language)}".strip()
            yield SlipRow(tr("{rate}, net", rate=rate), tax.net)
            yield SlipRow(tr("{rate}, tax", rate=rate), tax.tax)

    def _products(self) -> Iterator[SlipRow]:
        tr = self._tr
        for one in self._figures.products:
            yield SlipRow(_numbered(one.name or tr("Fees"), one.quantity), one.gross)

    def _people(self) -> Iterator[SlipRow]:
        for one in self._figures.persons:
            yield SlipRow(_numbered(_name(one.by, self._where), one.sales), one.sold - one.reversed_)

    def _drawer(self) -> Iterator[SlipRow]:
        tr, shift, figures = self._tr, self._shift, self._figures
        yield SlipRow(tr("Float"), figures.float_)
        words = {
            Movement.PAY_IN: tr("Pay-ins"),
            Movement.PAY_OUT: tr("Pay-outs"),
            Movement.DROP: tr("Drops"),
        }
        for one in figures.moves:
            way = Movement(one.way)
            amount = one.amount if way is Movement.PAY_IN else -one.amount
            yield SlipRow(_numbered(words[way], one.number), amount)
        if figures.no_sales:
            yield SlipRow(tr("Opened without a sale"), text=str(figures.no_sales))
        if self._show_expected:
            yield SlipRow(tr("Expected"), figures.expected_cash)
        if shift.counted is not None:
            yield SlipRow(tr("Counted"), shift.counted)
        if shift.closed is not None:
            yield SlipRow(tr("Difference"), shift.difference, strong=True)

    def _count(self) -> Iterator[SlipRow]:
        for value, number in sorted(self._shift.count.items(), reverse=True):
            coin = i18n.money(value, self._shift.currency, self._where.language)
            yield SlipRow(f"{number} × {coin}", value * number)

    def _open(self) -> Iterator[SlipRow]:
        for one in self._figures.open:
            yield SlipRow(tender_word(one.tender, self._where.language), one.amount, one.id[:8])


def _heading(shift: Shift, where: Where) -> tuple[str, ...]:
    end = f" – {_moment(shift.closed, where)}" if shift.closed else ""
    place = ", ".join(filter(None, (where.desk, shift.drawer)))
    lines = (where.business, where.event.name, place, f"{_moment(shift.opened, where)}{end}")
    return tuple(filter(None, lines))


def _moment(moment: datetime, where: Where) -> str:
    return i18n.minute(moment.astimezone(where.event.zone), where.language)


def _name(by: str, where: Where) -> str:
    tr = i18n.speaker(where.language)
    return (where.people or {}).get(by) or by or tr("Nobody named")


def _numbered(label: str, number: int) -> str:
    """Not "3 × 15.00" beside each other: that would be read as a product."""
    return f"{label} ({number})"
