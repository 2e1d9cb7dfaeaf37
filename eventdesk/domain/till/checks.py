"""Whether what a till wrote agrees with itself: every function returns what does not, in words.

`verify` asks; an empty list is a good one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.till import closing, refunding
from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.figures import Figures
from eventdesk.domain.till.folds import PAYMENT_KINDS
from eventdesk.domain.till.pricing import with_tax
from eventdesk.domain.till.sales import Payment, Reversal, Sale, Shift, Way
from eventdesk.domain.till.selling import paid
from eventdesk.domain.verdicts import Words


def check_sale(sale: Sale, payments: Iterable[Payment], credit: int = 0) -> list[Words]:
    """Lines, tax and payments of a sale. `payments` are those that name it; `credit` is what the sale that it
    was exchanged for gave (`exchange_credit`)."""
    name = {"number": sale.number, "sale": sale.id}
    own = [one for one in payments if one.id in sale.payments]
    found = [*_lines(sale, name)]
    if sum(line.gross for line in sale.lines) != sale.total:
        found.append(Words("Receipt {number} ({sale}): its lines are not its total.", name))
    if _taxes(sale) != _by_rate(sale.taxes):
        found.append(Words("Receipt {number} ({sale}): its taxes are not those of its lines.", name))
    if {one.id for one in own} != set(sale.payments):
        found.append(Words("Receipt {number} ({sale}): a payment is not there.", name))
    elif paid(own) != max(0, sale.total - credit):
        found.append(Words("Receipt {number} ({sale}): its payments are not its total.", name))
    if any(one.currency != sale.currency for one in own):
        found.append(Words("Receipt {number} ({sale}): it is paid in another currency.", name))
    if sum(one.rounding for one in own) != sale.rounding:
        found.append(Words("Receipt {number} ({sale}): its rounding is not that of its payments.", name))
    return found


def exchange_credit(sale: Sale, earlier: Sale | None) -> int:
    """What the earlier sale's reversal pays for this one."""
    if earlier is None or sale.exchange_of != earlier.id:
        return 0
    return sum(one.amount for one in earlier.reversals if one.exchanged_for == sale.id)


def _lines(sale: Sale, name: Mapping[str, object]) -> Iterator[Words]:
    for line in sale.lines:
        told = {**name, "line": line.name}
        base = line.net if sale.net_prices else line.gross
        if (line.gross, line.net, line.tax) != with_tax(base, line.rate, sale.net_prices):
            yield Words("Receipt {number} ({sale}): the tax of {line} is wrong.", told)
        full, _, _ = with_tax(line.price * line.quantity, line.rate, sale.net_prices)
        if line.gross + line.discount != full:
            yield Words("Receipt {number} ({sale}): {line} is not its price less its discount.", told)


def _taxes(sale: Sale) -> list[TaxSum]:
    sums: dict[tuple[int, str], TaxSum] = {}
    for line in sale.lines:
        key = line.rate, line.code
        one = sums.get(key, TaxSum(*key, 0, 0, 0))
        sums[key] = replace(one, net=one.net + line.net, tax=one.tax + line.tax, gross=one.gross + line.gross)
    return _by_rate(sums.values())


def _by_rate(taxes: Iterable[TaxSum]) -> list[TaxSum]:
    return sorted(taxes, key=lambda tax: (tax.rate, tax.code))


def check_reversals(
    sale: Sale, payments: Iterable[Payment], totals: Mapping[str, int] | None = None
) -> list[Words]:
    """No reversal passes its sale, and each went back as money. `payments` are those that name the sale;
    `totals` are the totals of the sales that it was exchanged for, by id."""
    found = []
    every = {one.id: one for one in payments}
    name = {"number": sale.number, "sale": sale.id}
    for one in refunding.left(sale).values():
        if min(one.quantity, one.gross, one.net, one.tax) < 0:
            found.append(Words("Receipt {number} ({sale}): more was given back than was sold.", name))
            break
    for reversal in sale.reversals:
        found += _reversal(sale, reversal, every, totals or {})
    return found


def check_returned(payments: Iterable[Payment]) -> list[Words]:
    """No payment went back further than it was taken; `payments` are all of an event, or at least those of
    sales that exchanges join (`refunding.related`)."""
    return [
        Words(
            "More went back than was paid by {payment}, sale {sale}.", {"payment": one.id, "sale": one.sale}
        )
        for one, left in refunding.returnable(payments)
        if left < 0
    ]


def _reversal(
    sale: Sale, reversal: Reversal, payments: Mapping[str, Payment], totals: Mapping[str, int]
) -> Iterator[Words]:
    name = {"number": reversal.number, "sale": sale.id}
    if {part.line for part in reversal.lines} - {line.id for line in sale.lines}:
        yield Words("Receipt {number} gives a line back that {sale} does not have.", name)
    if sum(part.gross for part in reversal.lines) != reversal.amount or any(
        part.gross != part.net + part.tax for part in reversal.lines
    ):
        yield Words("Receipt {number} ({sale}): its lines are not its total.", name)
    credited = min(reversal.amount, totals.get(reversal.exchanged_for, 0)) if reversal.exchanged_for else 0
    back = [payments[id_] for id_ in reversal.payments if id_ in payments]
    money = sum(one.amount for one in back if one.way is Way.OUT and one.counts)
    if len(back) != len(reversal.payments) or money != reversal.amount - credited:
        yield Words("Receipt {number} ({sale}): what went back is not its total.", name)
    if sum(one.rounding for one in back) != reversal.rounding:
        yield Words("Receipt {number} ({sale}): its rounding is not that of its payments.", name)


def check_payment(payment: str, facts: Iterable[Fact]) -> list[Words]:
    """A payment begins at most once and ends at most once. `facts` are its own."""
    own = [fact for fact in facts if fact.kind in PAYMENT_KINDS]
    starts = sum(fact.kind == Kind.PAYMENT_STARTED for fact in own)
    if starts > 1:
        return [Words("Payment {payment} was started twice.", {"payment": payment})]
    if len(own) - starts > 1:
        return [Words("Payment {payment} ended twice.", {"payment": payment})]
    return []


def check_numbers(desk: str, numbers: Iterable[int]) -> list[Words]:
    """Receipts of one desk (or its shifts) are numbered from 1, none missing and none twice."""
    found = []
    expected = 1
    for number in sorted(numbers):
        told = {"desk": desk, "number": number, "missing": expected}
        if number < expected:
            found.append(Words("Desk {desk}: number {number} stands twice.", told))
        elif number > expected:
            found.append(Words("Desk {desk}: number {missing} is missing before {number}.", told))
        expected = number + 1
    return found


def check_shift(
    shift: Shift,
    stored: Figures,
    facts: Sequence[Fact],
    sales: Iterable[Sale],
    payments: Iterable[Payment],
) -> list[Words]:
    """The close of a shift against what it closed; nothing for one that is open. `stored` are the figures
    that it was closed with; `facts` are all that name it, the close among them."""
    if shift.closed is None:
        return []
    name = {"number": shift.number, "shift": shift.id}
    end = min((fact.seq for fact in facts if fact.kind == Kind.SHIFT_CLOSED), default=0)
    own = [fact for fact in facts if closing.belongs(fact, shift)]
    late = [fact for fact in own if fact.seq > end]
    strangers = [fact for fact in facts if fact.desk != shift.desk]
    before = [fact for fact in own if fact.seq < end]
    found = []
    if late:
        found.append(Words("Shift {number} ({shift}): something was added after its close.", name))
    if strangers:
        found.append(Words("Shift {number} ({shift}): another desk wrote of it.", name))
    if (shift.facts, shift.digest) != (len(before), closing.digest(before)):
        found.append(Words("Shift {number} ({shift}): what it closed is not what is there.", name))
    again = closing.figures(shift, sales, payments)
    # What became of an open payment is told by a later shift.
    if not late and replace(again, open=()) != replace(stored, open=()):
        found.append(Words("Shift {number} ({shift}): its figures do not add up.", name))
    if shift.expected != stored.expected_cash or shift.difference != (shift.counted or 0) - shift.expected:
        found.append(Words("Shift {number} ({shift}): its cash does not add up.", name))
    return found
