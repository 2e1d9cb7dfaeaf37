"""What of a sale may still be given back, and on which way the money goes: never more than was paid.

A part of a line is given back in proportion, the last part taking what is left, so that any parts add up
to the line. Cash is rounded by all that went back so far, so that parts never come to more than was paid.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eventdesk.domain.till.money import fraction
from eventdesk.domain.till.paying import rounded
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import (
    Payment,
    PaymentState,
    Reversal,
    ReversedLine,
    Sale,
    SaleLine,
    Way,
)
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.verdicts import Words

# Money that a card or an invoice stands for is no money of the till's to hand out.
ONLY_BACK = frozenset({Tender.GIFT_CARD, Tender.INVOICE})


@dataclass(frozen=True, slots=True)
class Repayment:
    """Give `amount` back by `tender`; `of` is the payment that it returns. In cash `amount` + `rounding` is
    handed over; `rounding` is 0 else."""

    of: str
    tender: Tender
    amount: int
    rounding: int = 0


def left(sale: Sale) -> dict[str, ReversedLine]:
    """Of each line what may still be given back, in the sale's order; lines of which nothing is left too."""
    gone: dict[str, list[ReversedLine]] = {}
    for reversal in sale.reversals:
        for part in reversal.lines:
            gone.setdefault(part.line, []).append(part)
    return {line.id: _less(line, gone.get(line.id, ())) for line in sale.lines}


def left_to_reverse(sale: Sale) -> int:
    """The gross that may still be given back."""
    return sum(one.gross for one in left(sale).values())


def give_back(sale: Sale, lines: Sequence[tuple[str, int]] = ()) -> tuple[ReversedLine, ...]:
    """The parts for so many of those lines (line id and how many); none named: all that is left, fees too.
    Raises Refused, which names the line, where so many are not left."""
    remaining = left(sale)
    if not lines:
        parts = tuple(one for one in remaining.values() if one.quantity)
        if not parts:
            raise Refused(Words("Everything of this sale was given back."), Words("Look at its receipts."))
        return parts
    wanted: dict[str, int] = {}
    for id_, quantity in lines:
        wanted[id_] = wanted.get(id_, 0) + quantity
    sold = {line.id: line for line in sale.lines}
    return tuple(_part(sold.get(id_), remaining.get(id_), id_, number) for id_, number in wanted.items())


def amount(lines: Iterable[ReversedLine]) -> int:
    """The gross money that they come to."""
    return sum(line.gross for line in lines)


def reversal_lines(sale: Sale, reversal: Reversal) -> Iterator[tuple[SaleLine, ReversedLine]]:
    """Each part with its line."""
    sold = {line.id: line for line in sale.lines}
    return ((sold[part.line], part) for part in reversal.lines if part.line in sold)


def returnable(payments: Iterable[Payment]) -> list[tuple[Payment, int]]:
    """Payments that were taken, and what of each may still go back. What is on its way back, its fate
    unknown, counts as gone."""
    every = list(payments)
    return [
        (one, one.amount - sum(back.amount for back in _backs(one, every)))
        for one in every
        if one.way is Way.IN and one.state is PaymentState.TAKEN
    ]


def related(sale: Sale, find: Callable[[str], Sale | None]) -> tuple[str, ...]:
    """The ids of all sales that exchanges join with this one, itself first, then in the order in which they
    are found: what was paid for one may go back for another, so their payments count together."""
    found: dict[str, Sale] = {}
    wanted = [sale]
    while wanted:
        one = wanted.pop(0)
        if one.id in found:
            continue
        found[one.id] = one
        ids = [one.exchange_of, *(reversal.exchanged_for for reversal in one.reversals)]
        wanted += [other for id_ in ids if id_ and (other := find(id_)) is not None]
    return tuple(found)


def repay(
    owed: int, payments: Iterable[Payment], tender: Tender | None = None, step: int = 1
) -> tuple[Repayment, ...]:
    """How `owed` goes back: to the tenders that it came from, in the order of `payments`. `tender`: by this
    one; cash may stand for cards and the like, but a gift card is credited and an invoice is reduced.
    `payments`: those of all `related` sales, those that went back among them. `step` is the smallest coin.

    Raises Refused where so much was not paid, or not by what may go back so.
    """
    every, rest, found = list(payments), owed, []
    for one, most in returnable(every):
        by = _by(one, tender)
        if by is None or not rest or most <= 0:
            continue
        part = min(rest, most)
        rest -= part
        rounding = _rounding(one, _backs(one, every), part, step) if by is Tender.CASH else 0
        found.append(Repayment(one.id, by, part, rounding))
    if rest:
        raise Refused(
            Words("More than was paid can't be given back."),
            Words("Choose fewer lines, or give it back as it was paid."),
        )
    return tuple(found)


def _less(line: SaleLine, gone: Iterable[ReversedLine]) -> ReversedLine:
    gone = list(gone)
    return ReversedLine(
        line.id,
        line.quantity - sum(part.quantity for part in gone),
        line.gross - sum(part.gross for part in gone),
        line.net - sum(part.net for part in gone),
        line.tax - sum(part.tax for part in gone),
    )


def _part(line: SaleLine | None, remaining: ReversedLine | None, id_: str, quantity: int) -> ReversedLine:
    if line is None or remaining is None:
        raise Refused(Words("The sale has no such line."), Words("Choose another one."), id_)
    if not 1 <= quantity <= remaining.quantity:
        raise Refused(
            Words("{name}: {left} may still be given back.", {"name": line.name, "left": remaining.quantity}),
            Words("Choose fewer."),
            id_,
        )
    if quantity == remaining.quantity:
        return remaining
    # By all parts so far, so that each is within half a unit of its share.
    before = line.quantity - remaining.quantity
    gross = fraction(line.gross, before + quantity, line.quantity) - (line.gross - remaining.gross)
    tax = fraction(line.tax, before + quantity, line.quantity) - (line.tax - remaining.tax)
    # Neither here nor in what is left may there be more tax than money.
    tax = max(remaining.tax - (remaining.gross - gross), min(tax, gross))
    return ReversedLine(id_, quantity, gross, gross - tax, tax)


def _backs(payment: Payment, every: Iterable[Payment]) -> list[Payment]:
    return [
        one
        for one in every
        if one.way is Way.OUT and one.of == payment.id and one.state is not PaymentState.FAILED
    ]


def _by(payment: Payment, tender: Tender | None) -> Tender | None:
    """By what the payment may go back; None: not so."""
    if tender is None or tender is payment.tender:
        return payment.tender
    return Tender.CASH if tender is Tender.CASH and payment.tender not in ONLY_BACK else None


def _rounding(payment: Payment, backs: Iterable[Payment], part: int, step: int) -> int:
    """What is handed over more than `part`, or less: all that went back in cash is rounded as one sum. What
    was not paid in cash is rounded down, as the rest of it may go back to the cent."""
    cash = [one for one in backs if one.tender is Tender.CASH]
    gone = sum(one.amount for one in cash) + part
    handed = sum(one.amount + one.rounding for one in cash)
    if payment.tender is not Tender.CASH:
        due = gone // step * step
    elif gone == payment.amount:
        due = payment.amount + payment.rounding
    else:
        due = min(payment.amount + payment.rounding, rounded(gone, step))
    return max(0, due - handed) - part
