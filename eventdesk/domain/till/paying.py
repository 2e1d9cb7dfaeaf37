"""Payments: what cash comes to, and the facts of each step of a payment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till.sales import Failure, Payment, PaymentState, Way
from eventdesk.domain.till.setup import Tender


@dataclass(frozen=True, slots=True)
class Cash:
    """`given` - `change` = `amount` + `rounding`."""

    amount: int
    given: int
    change: int
    rounding: int = 0


def rounded(amount: int, step: int) -> int:
    """To a multiple of `step`, half away from zero."""
    if step <= 1:
        return amount
    sign = -1 if amount < 0 else 1
    return sign * ((abs(amount) * 2 + step) // (2 * step)) * step


def cash_for(amount: int, step: int, given: int | None = None, *, is_last: bool = True) -> Cash | None:
    """What is handed over for `amount`; `is_last`: nothing is left to pay after it, so that it is rounded.
    `given` None: just so. None where too little was given."""
    to_pay = rounded(amount, step) if is_last else amount
    given = to_pay if given is None else given
    if given < to_pay:
        return None
    return Cash(amount, given, given - to_pay, to_pay - amount)


def started(payment: Payment) -> Draft:
    members = _members(payment) | {"way": payment.way.value} | _filled(key=payment.key, of=payment.of)
    return Draft(Kind.PAYMENT_STARTED, payment.id, members)


def ended(payment: Payment, settled_by: str = "") -> Draft:
    """Taken, or returned, by its way."""
    kind = Kind.PAYMENT_TAKEN if payment.way is Way.IN else Kind.PAYMENT_RETURNED
    members = _members(payment) | _filled(
        given=payment.given,
        change=payment.change,
        rounding=payment.rounding,
        reference=payment.reference,
        of=payment.of,
        settled_by=settled_by,
    )
    if payment.brand or payment.last4:
        members["card"] = _filled(brand=payment.brand, last4=payment.last4)
    return Draft(kind, payment.id, members)


def failed(payment: Payment, why: Failure, at: datetime, words: str = "", settled_by: str = "") -> Draft:
    members = {"sale": payment.sale, "shift": payment.shift, "at": moment_text(at), "why": why.value}
    return Draft(Kind.PAYMENT_FAILED, payment.id, members | _filled(words=words, settled_by=settled_by))


def returning(of: Payment, amount: int, shift: str, desk: str, at: datetime, rounding: int = 0) -> Payment:
    """`amount` of a payment on its way back by the tender that it came by. In cash `rounding` is handed over
    beside it."""
    id_ = new_id()
    cash = of.tender is Tender.CASH
    return Payment(
        id=id_,
        sale=of.sale,
        shift=shift,
        desk=desk,
        way=Way.OUT,
        tender=of.tender,
        amount=amount,
        currency=of.currency,
        at=at,
        state=PaymentState.STARTED,
        given=amount + rounding if cash else 0,
        rounding=rounding,
        terminal=of.terminal,
        key=id_ if of.tender is Tender.CARD else "",
        reference=of.reference if of.tender is Tender.GIFT_CARD else "",
        of=of.id,
    )


def _members(payment: Payment) -> dict[str, Any]:
    return {
        "sale": payment.sale,
        "shift": payment.shift,
        "tender": payment.tender.value,
        "amount": payment.amount,
        "currency": payment.currency,
        "at": moment_text(payment.at),
        **_filled(terminal=payment.terminal),
    }


def _filled(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in ("", 0)}
