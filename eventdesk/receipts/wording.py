"""A receipt in the words of a language."""

from collections.abc import Iterator

from eventdesk import i18n
from eventdesk.domain.till.receipt import (
    FiscalMark,
    ReceiptContents,
    ReceiptKind,
    ReceiptLine,
    ReceiptPayment,
    TicketCode,
)
from eventdesk.receipts.blocks import (
    HUGE,
    LARGE,
    SMALL,
    Banner,
    Block,
    Code,
    Columns,
    Gap,
    Pair,
    Rule,
    Sheet,
    Text,
)
from eventdesk.receipts.marks import copy_mark, training_mark
from eventdesk.receipts.tenders import tender_word

INDENT = 24


def worded(contents: ReceiptContents, language: str) -> Sheet:
    """The receipt from top to bottom."""
    mark = training_mark(language) if contents.extras.training else ""
    return Sheet(tuple(_Receipt(contents, language).blocks()), mark)


class _Receipt:
    def __init__(self, contents: ReceiptContents, language: str) -> None:
        self._contents = contents
        self._language = language
        self._tr = i18n.speaker(language)

    def blocks(self) -> Iterator[Block]:
        tr, contents, extras = self._tr, self._contents, self._contents.extras
        if extras.training:
            yield Banner(training_mark(self._language), HUGE)
        yield from self._business()
        if extras.copy:
            yield Banner(copy_mark(extras.copy, self._language))
        yield from self._heading()
        yield from self._customer()
        yield Rule()
        for line in contents.lines:
            yield from self._line(line)
        yield Rule()
        yield from self._totals()
        for payment in contents.payments:
            yield from self._payment(payment)
        if contents.kind is ReceiptKind.EXCHANGE and not contents.payments:
            yield Text(tr("This amount counts for what was taken in exchange."), SMALL)
        yield from self._taxes()
        for note in extras.notes:
            yield Gap()
            yield Text(note)
        yield from self._fiscal(extras.fiscal)
        yield from self._codes(extras.codes)
        if contents.business.footer:
            yield Gap()
            yield Text(contents.business.footer, centered=True)
        if extras.training:
            yield Banner(training_mark(self._language), HUGE)

    def _business(self) -> Iterator[Block]:
        tr, business = self._tr, self._contents.business
        if business.name:
            yield Text(business.name, LARGE, bold=True, centered=True)
        for line in business.address:
            yield Text(line, SMALL, centered=True)
        if business.contact:
            yield Text(business.contact, SMALL, centered=True)
        if business.tax_number:
            yield Text(tr("Tax number {number}", number=business.tax_number), SMALL, centered=True)
        yield Gap()
        yield Text(self._contents.event, bold=True, centered=True)
        yield Gap()

    def _heading(self) -> Iterator[Block]:
        tr, contents = self._tr, self._contents
        title = {
            ReceiptKind.REFUND: tr("Refund"),
            ReceiptKind.VOID: tr("Void"),
            ReceiptKind.EXCHANGE: tr("Exchange"),
        }.get(contents.kind, "")
        if title:
            yield Text(title, LARGE, bold=True, centered=True)
        yield Pair(tr("Receipt"), str(contents.number), bold=True)
        if contents.original:
            yield Pair(tr("Gives back of receipt"), str(contents.original))
        yield Pair(tr("Till"), contents.desk)
        if contents.extras.cashier:
            yield Pair(tr("Served by"), contents.extras.cashier)
        yield Pair(tr("Time"), i18n.minute(contents.moment, self._language))

    def _customer(self) -> Iterator[Block]:
        tr, customer = self._tr, self._contents.extras.customer
        lines = [customer.company, customer.name, *customer.address.splitlines()]
        if any(lines):
            yield Gap()
            yield Text(tr("Customer"), SMALL)
        for line in filter(None, lines):
            yield Text(line)

    def _line(self, line: ReceiptLine) -> Iterator[Block]:
        tr = self._tr
        indent = INDENT if line.addon or line.fee else 0
        name = line.name if line.quantity == 1 else f"{line.quantity} × {line.name}"
        yield Pair(name, self._bare(line.amount + line.off), indent=indent, mark=line.code)
        indent += INDENT
        if line.quantity != 1:
            yield Text(tr("{price} each", price=self._bare(line.price)), SMALL, indent=indent)
        if line.seat:
            yield Text(tr("Seat {seat}", seat=line.seat), SMALL, indent=indent)
        if line.off:
            saves = line.off * (line.amount + line.off) > 0
            words = tr("Complimentary") if line.comp else tr("Discount") if saves else tr("Surcharge")
            yield Pair(words, self._bare(-line.off), SMALL, indent=indent)

    def _totals(self) -> Iterator[Block]:
        tr, contents = self._tr, self._contents
        if contents.net_prices:
            yield Pair(tr("Net"), self._bare(sum(line.amount for line in contents.lines)))
            yield Pair(tr("Tax"), self._bare(sum(tax.tax for tax in contents.taxes)))
        yield Pair(tr("Total"), self._money(contents.total), LARGE, bold=True)
        due = contents.total - contents.credit + contents.rounding
        if contents.credit:
            yield Pair(tr("Given back in exchange"), self._bare(-contents.credit))
        if contents.rounding:
            yield Pair(tr("Rounding"), self._bare(contents.rounding))
        if due != contents.total:
            yield Pair(tr("To pay"), self._money(due), bold=True)

    def _payment(self, payment: ReceiptPayment) -> Iterator[Block]:
        tr = self._tr
        tender = self._tender(payment)
        if payment.amount < 0:
            yield Pair(tr("{tender}, paid back", tender=tender), self._bare(payment.amount))
            return
        yield Pair(tender, self._bare(payment.given or payment.amount))
        if payment.change:
            yield Pair(tr("Change"), self._bare(payment.change))

    def _tender(self, payment: ReceiptPayment) -> str:
        word = tender_word(payment.tender, self._language)
        return " ".join(filter(None, (word, payment.brand, payment.last4 and f"*{payment.last4}")))

    def _taxes(self) -> Iterator[Block]:
        tr, taxes = self._tr, self._contents.taxes
        if not taxes:
            return
        yield Gap()
        yield Columns((tr("Rate"), tr("Net"), tr("Tax"), tr("Gross")), bold=True)
        for tax in taxes:
            rate = f"{tax.code} {i18n.percent(tax.rate, self._language)}".strip()
            yield Columns((rate, self._bare(tax.net), self._bare(tax.tax), self._bare(tax.gross)))

    def _fiscal(self, mark: FiscalMark) -> Iterator[Block]:
        if mark.lines or mark.code:
            yield Gap()
            yield Rule(1)
        for label, text in mark.lines:
            yield Text(f"{label}: {text}", SMALL)
        if mark.code:
            yield Code(mark.code)

    def _codes(self, codes: tuple[TicketCode, ...]) -> Iterator[Block]:
        for code in codes:
            yield Gap()
            yield Rule(1)
            yield Code(code.code, code.words)

    def _bare(self, amount: int) -> str:
        return i18n.bare_money(amount, self._contents.currency, self._language)

    def _money(self, amount: int) -> str:
        return i18n.money(amount, self._contents.currency, self._language)
