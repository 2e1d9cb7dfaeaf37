"""What a receipt says: a pure function of what was sold, paid and given back.

`eventdesk/receipts` puts it into words of a language and draws it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from eventdesk.domain.catalogue import Event
from eventdesk.domain.till.cart import Customer, TaxSum
from eventdesk.domain.till.sales import (
    Payment,
    Reversal,
    ReversalWay,
    ReversedLine,
    Sale,
    SaleLine,
    Way,
)
from eventdesk.domain.till.setup import Business, Tender, TillSetup


class ReceiptKind(StrEnum):
    SALE = "sale"
    REFUND = "refund"
    VOID = "void"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """`amount` is what is paid for the line, net where the prices are; `off` what it would cost more
    without its discounts. Both are negative where it is given back."""

    name: str
    quantity: int
    price: int
    amount: int
    off: int = 0
    code: str = ""
    seat: str = ""
    comp: bool = False
    fee: bool = False
    addon: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptPayment:
    """`amount` is what went over the counter, rounded, negative where it is paid out; `given` and
    `change` in cash."""

    tender: Tender
    amount: int
    given: int = 0
    change: int = 0
    brand: str = ""
    last4: str = ""


@dataclass(frozen=True, slots=True)
class TicketCode:
    """`code` is what a door scans, `words` stand above it."""

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class FiscalMark:
    """What a fiscal device wants to stand on the receipt: label and text of each line, and what its QR
    code says."""

    lines: tuple[tuple[str, str], ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a receipt says beside the sale itself. `copy` counts from 0; `cashier` is a name or a number,
    as the organizer wants it; `notes` are sentences in the receipt's language."""

    cashier: str = ""
    customer: Customer = field(default_factory=Customer)
    codes: tuple[TicketCode, ...] = ()
    fiscal: FiscalMark = FiscalMark()
    notes: tuple[str, ...] = ()
    copy: int = 0
    training: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptContents:
    """`moment` is in the event's zone; amounts are minor units of `currency`. `original` is the number of
    the receipt that this one gives back (0: of none); `credit` what an exchange counts for; `rounding`
    what cash was rounded by."""

    kind: ReceiptKind
    business: Business
    event: str
    desk: str
    number: int
    moment: datetime
    currency: str
    lines: tuple[ReceiptLine, ...]
    total: int
    taxes: tuple[TaxSum, ...] = ()
    payments: tuple[ReceiptPayment, ...] = ()
    net_prices: bool = False
    credit: int = 0
    rounding: int = 0
    original: int = 0
    extras: Extras = Extras()


NOTHING_MORE = Extras()


def receipt_of_sale(
    sale: Sale,
    payments: Iterable[Payment],
    setup: TillSetup,
    event: Event,
    desk: str,
    extras: Extras = NOTHING_MORE,
) -> ReceiptContents:
    """The receipt of a completed sale. `payments` may hold others: those of the sale are looked out.
    `desk` is what people call the desk."""
    if sale.customer and not extras.customer.name:
        extras = replace(extras, customer=Customer(sale.customer, address=sale.address))
    paid = _of(payments, sale.payments)
    return ReceiptContents(
        ReceiptKind.SALE,
        setup.rules.business,
        event.name,
        desk,
        sale.number,
        sale.at.astimezone(event.zone),
        sale.currency,
        tuple(_line(line, sale.net_prices) for line in sale.lines),
        sale.total,
        sale.taxes,
        tuple(map(_payment, paid)),
        sale.net_prices,
        sale.total - sum(map(_signed, paid)) if sale.exchange_of else 0,
        sale.rounding,
        0,
        extras,
    )


def receipt_of_reversal(
    sale: Sale,
    reversal: Reversal,
    payments: Iterable[Payment],
    setup: TillSetup,
    event: Event,
    desk: str,
    extras: Extras = NOTHING_MORE,
) -> ReceiptContents:
    """The receipt of what was given back of a sale: as the sale's, with amounts below zero."""
    net = sale.net_prices
    lines = {line.id: line for line in sale.lines}
    return ReceiptContents(
        _KINDS[reversal.way],
        setup.rules.business,
        event.name,
        desk,
        reversal.number,
        reversal.at.astimezone(event.zone),
        sale.currency,
        tuple(_given_back(one, lines[one.line], net) for one in reversal.lines),
        -reversal.amount,
        _taxes_back(reversal.lines, lines),
        tuple(map(_payment, _of(payments, reversal.payments))),
        net,
        0,
        -reversal.rounding,
        sale.number,
        extras,
    )


_KINDS = {
    ReversalWay.VOID: ReceiptKind.VOID,
    ReversalWay.REFUND: ReceiptKind.REFUND,
    ReversalWay.EXCHANGE: ReceiptKind.EXCHANGE,
}


def _line(line: SaleLine, net: bool) -> ReceiptLine:
    amount = line.net if net else line.gross
    return ReceiptLine(
        line.name,
        line.quantity,
        line.price,
        amount,
        line.price * line.quantity - amount,
        line.code,
        line.seat,
        line.comp,
        line.fee,
        bool(line.parent),
    )


def _given_back(back: ReversedLine, line: SaleLine, net: bool) -> ReceiptLine:
    amount = back.net if net else back.gross
    return ReceiptLine(
        line.name,
        back.quantity,
        line.price,
        -amount,
        amount - line.price * back.quantity,
        line.code,
        line.seat,
        line.comp,
        line.fee,
        bool(line.parent),
    )


def _taxes_back(backs: Iterable[ReversedLine], lines: dict[str, SaleLine]) -> tuple[TaxSum, ...]:
    def rate(back: ReversedLine) -> tuple[int, str]:
        return lines[back.line].rate, lines[back.line].code

    sums = []
    for (of_rate, code), group in groupby(sorted(backs, key=rate, reverse=True), rate):
        same = list(group)
        net, tax = sum(one.net for one in same), sum(one.tax for one in same)
        sums.append(TaxSum(of_rate, code, -net, -tax, -sum(one.gross for one in same)))
    return tuple(sums)


def _of(payments: Iterable[Payment], ids: tuple[str, ...]) -> list[Payment]:
    """Those payments whose money moved, in the order of `ids`."""
    moved = {one.id: one for one in payments if one.counts}
    return [moved[id_] for id_ in ids if id_ in moved]


def _signed(payment: Payment) -> int:
    return payment.amount if payment.way is Way.IN else -payment.amount


def _payment(payment: Payment) -> ReceiptPayment:
    return ReceiptPayment(
        payment.tender,
        payment.moved,
        payment.given,
        payment.change,
        payment.brand,
        payment.last4,
    )
