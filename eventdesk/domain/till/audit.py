"""Who did what at the tills: the facts of a shift that an owner asks about afterwards, one entry a deed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.till.rows import sale_line_from
from eventdesk.domain.till.sales import SaleLine


class Deed(StrEnum):
    OPENED = "opened"
    DISCOUNT = "discount"
    COMP = "comp"
    PRICE_CHANGE = "price_change"
    APPROVED_SALE = "approved_sale"  # allowed by a second person for another reason
    VOID = "void"
    REFUND = "refund"
    EXCHANGE = "exchange"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    DROP = "drop"
    NO_SALE = "no_sale"
    COUNTED = "counted"
    SETTLED = "settled"  # a person said what became of a payment
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`by` did it, `approved` allowed it: staff ids, empty for nobody named. `amount` in minor units: what
    was taken off, given back, moved, counted, or (CLOSED) the difference, over positive. `number` is that of
    the receipt, of the movement or of the shift (0: none); `what` a line's name; `fact` the fact's id."""

    fact: str
    at: datetime
    desk: str
    shift: str
    deed: Deed
    by: str
    approved: str
    amount: int
    number: int = 0
    what: str = ""
    reason: str = ""
    sale: str = ""


AUDITED = (
    Kind.SHIFT_OPENED,
    Kind.SALE_COMPLETED,
    Kind.SALE_REVERSED,
    Kind.CASH_MOVED,
    Kind.DRAWER_OPENED,
    Kind.CASH_COUNTED,
    Kind.PAYMENT_TAKEN,
    Kind.PAYMENT_RETURNED,
    Kind.PAYMENT_FAILED,
    Kind.SHIFT_CLOSED,
)
_PAYMENTS = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_RETURNED, Kind.PAYMENT_FAILED)


def deeds(fact: Fact) -> Iterator[AuditEntry]:
    """What of the fact is to be asked about: nothing of most sales. Raises BadPayload."""
    if fact.kind == Kind.SALE_COMPLETED:
        yield from _of_sale(fact)
    elif fact.kind in _PAYMENTS:
        if members.text(fact.payload, "settled_by", ""):
            what = members.text(fact.payload, "reference", "")
            amount = members.amount(fact.payload, "amount")
            yield _entry(fact, Deed.SETTLED, amount, what=what or fact.kind.value)
    elif fact.kind in AUDITED:
        yield _of_drawer(fact)


def _of_sale(fact: Fact) -> Iterator[AuditEntry]:
    number, told = members.amount(fact.payload, "number"), False
    for line in members.rows(fact.payload, "lines", sale_line_from):
        for deed, amount in _of_line(line):
            told = True
            yield _entry(fact, deed, amount, number, line.name, line.reason, fact.subject)
    if not told and members.text(fact.payload, "approved", ""):
        total = members.amount(fact.payload, "total")
        yield _entry(fact, Deed.APPROVED_SALE, total, number, sale=fact.subject)


def _of_line(line: SaleLine) -> Iterator[tuple[Deed, int]]:
    if line.comp:
        yield Deed.COMP, line.discount
    if line.changed_price:
        yield Deed.PRICE_CHANGE, line.price
    if line.manual and not line.comp:
        yield Deed.DISCOUNT, line.discount


def _of_drawer(fact: Fact) -> AuditEntry:
    payload = fact.payload
    if fact.kind == Kind.SHIFT_OPENED:
        amount, number = members.amount(payload, "float"), members.amount(payload, "number")
        return _entry(fact, Deed.OPENED, amount, number, members.text(payload, "drawer"))
    if fact.kind == Kind.SHIFT_CLOSED:
        amount, number = members.signed_amount(payload, "difference"), members.amount(payload, "number")
        return _entry(fact, Deed.CLOSED, amount, number)
    if fact.kind == Kind.DRAWER_OPENED:
        return _entry(fact, Deed.NO_SALE, 0, reason=members.text(payload, "reason", ""))
    if fact.kind == Kind.CASH_COUNTED:
        return _entry(fact, Deed.COUNTED, members.amount(payload, "amount"))
    amount, number = members.amount(payload, "amount"), members.amount(payload, "number")
    sale = fact.subject if fact.kind == Kind.SALE_REVERSED else ""
    deed = members.choice(payload, "way", Deed)
    return _entry(fact, deed, amount, number, "", members.text(payload, "reason", ""), sale)


def _entry(
    fact: Fact,
    deed: Deed,
    amount: int,
    number: int = 0,
    what: str = "",
    reason: str = "",
    sale: str = "",
) -> AuditEntry:
    payload = fact.payload
    return AuditEntry(
        fact.id,
        members.moment(payload, "at"),
        fact.desk,
        members.text(payload, "shift", "") or fact.subject,
        deed,
        members.text(payload, "by", ""),
        members.text(payload, "approved", ""),
        amount,
        number,
        what,
        reason,
        sale,
    )
