"""What a cart costs: docs/decisions/0090-till.md says the rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.members import MILLION, MOST_MONEY
from eventdesk.domain.till.cart import Cart, Priced, PricedLine, TaxSum
from eventdesk.domain.till.money import fraction, spread
from eventdesk.domain.till.offers import Offer, offers
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import Discount, TillSetup
from eventdesk.domain.till.vouchers import covers, limit, why_not
from eventdesk.domain.verdicts import Words


@dataclass(slots=True)
class _Row:
    """A line on its way through the discounts. `now` is what it costs as yet, as the prices are."""

    offer: Offer
    id: str
    quantity: int
    price: int
    now: int
    fee: bool = False
    included: bool = False
    manual: bool = False
    comp: bool = False
    discounts: list[str] = field(default_factory=list)


def price(
    cart: Cart,
    catalogue: Catalogue,
    setup: TillSetup,
    moment: datetime,
    left: Mapping[str, int] | None = None,
    credit: int = 0,
) -> Priced:
    """What the cart costs at the `moment`.

    `left`: of each discount with a limit what this desk may still use of it (uses, or money of a budget;
    absent: all of it). `credit`: the gross that the lines of `cart.exchange` give back
    (`refunding.give_back`). A discount that does not count is passed over; `vouchers.refusals` says why.
    Raises Refused, which names the line, for what can't be sold so.
    """
    rows = [row for offer in offers(cart, catalogue, setup) for row in _rows(offer)]
    used = tuple(_discounted(rows, cart, catalogue, setup, moment, left or {}))
    _off_whole(rows, cart)
    lines = tuple(_line(row, setup.rules.net_prices) for row in rows)
    total = sum(line.gross for line in lines)
    if total > MOST_MONEY:
        raise Refused(Words("This is far too much for one sale."), Words("Check numbers and prices."))
    return Priced(lines, total, taxes(lines), credit, used)


def with_tax(amount: int, rate: int, net_prices: bool) -> tuple[int, int, int]:
    """Gross, net and tax of a line's total, as the prices are; the tax half away from zero."""
    if net_prices:
        tax = fraction(amount, rate)
        return amount + tax, amount, tax
    tax = fraction(amount, rate, MILLION + rate)
    return amount, amount - tax, tax


def taxes(lines: Iterable[PricedLine]) -> tuple[TaxSum, ...]:
    """The sums by rate and code, the highest rate first."""
    sums: dict[tuple[int, str], list[int]] = {}
    for line in lines:
        one = sums.setdefault((line.rate, line.code), [0, 0, 0])
        for at, value in enumerate((line.net, line.tax, line.gross)):
            one[at] += value
    ordered = sorted(sums.items(), key=lambda item: (-item[0][0], item[0][1]))
    return tuple(TaxSum(rate, code, *values) for (rate, code), values in ordered)


def _rows(offer: Offer) -> Iterator[_Row]:
    """The line itself, what of it comes without charge, and its fee."""
    line, paid = offer.line, offer.line.quantity - offer.included
    if offer.included:
        yield _Row(offer, f"{line.id}/included" if paid else line.id, offer.included, 0, 0, included=True)
    if not paid:
        return
    row = _Row(offer, line.id, paid, offer.price, offer.price * paid)
    _off_line(row)
    yield row
    if offer.product.fee and not line.comp:
        fee = offer.product.fee
        yield _Row(offer, f"{line.id}/fee", paid, fee, fee * paid, fee=True)


def _off_line(row: _Row) -> None:
    """What a person takes off this line."""
    line = row.offer.line
    if line.comp:
        row.now, row.comp = 0, True
    elif line.percent or line.off:
        row.now -= _off(row.now, line.percent, line.off, line.id)
        row.manual = True


def _off(amount: int, percent: int, off: int, line: str = "") -> int:
    taken = fraction(amount, percent) + off
    if not 0 <= percent <= MILLION or off < 0 or taken > amount:
        raise Refused(
            Words("The discount is larger than the price."), Words("Give a smaller discount."), line
        )
    return taken


def _off_whole(rows: Sequence[_Row], cart: Cart) -> None:
    """What a person takes off the whole; fees stay."""
    if not (cart.percent or cart.off):
        return
    rows = [row for row in rows if not row.fee and row.now]
    whole = [row.now for row in rows]
    for row, off in zip(rows, spread(_off(sum(whole), cart.percent, cart.off), whole), strict=True):
        row.now -= off
        row.manual = True


def _discounted(
    rows: Sequence[_Row],
    cart: Cart,
    catalogue: Catalogue,
    setup: TillSetup,
    moment: datetime,
    left: Mapping[str, int],
) -> Iterator[tuple[str, int]]:
    """Apply the catalogue's discounts, in their order; those with a limit, and how much of it is used."""
    for id_ in dict.fromkeys(cart.discounts):
        discount = setup.discounts.get(id_)
        if discount is None or why_not(discount, moment, left):
            continue
        eligible = [
            row for row in rows if not row.fee and row.now and covers(discount, row.offer.line, catalogue)
        ]
        used = _applied(discount, eligible, left.get(id_, limit(discount) or 0))
        if used and limit(discount) is not None:
            yield id_, used


def _applied(discount: Discount, rows: Sequence[_Row], left: int) -> int:
    """What it takes off, within what is left; how much of its limit that uses."""
    pieces = left if discount.uses is not None else sum(row.quantity for row in rows)
    offs = _offs(discount, rows, pieces)
    if discount.budget is not None and sum(offs) > left:
        offs = spread(left, offs)
    used = 0
    for row, off in zip(rows, offs, strict=True):
        if off:
            row.now -= off
            row.discounts.append(discount.id)
            # One that not everyone may give was given by a person with the right to it.
            row.manual = row.manual or not (discount.code or discount.free)
            used += min(row.quantity, pieces - used) if discount.amount is None else 0
    if discount.budget is not None:
        return sum(offs)
    return used if discount.amount is None else int(any(offs))


def _offs(discount: Discount, rows: Sequence[_Row], pieces: int) -> list[int]:
    """Off each row: an amount is spread over all; a percentage and a price are of each piece, while there
    are uses."""
    if discount.amount is not None:
        whole = [row.now for row in rows]
        return spread(min(discount.amount, sum(whole)), whole)
    offs = []
    for row in rows:
        counted = min(row.quantity, pieces)
        covered = fraction(row.now, counted, row.quantity)
        if discount.percent is not None:
            off = fraction(covered, discount.percent)
        else:
            off = max(0, covered - (discount.price or 0) * counted)
        offs.append(off)
        pieces -= counted if off else 0
    return offs


def _line(row: _Row, net_prices: bool) -> PricedLine:
    offer, tax = row.offer, row.offer.tax
    gross, net, amount = with_tax(row.now, tax.rate, net_prices)
    full, _, _ = with_tax(row.price * row.quantity, tax.rate, net_prices)
    return PricedLine(
        line=row.id,
        name=offer.name,
        quantity=row.quantity,
        price=row.price,
        discount=full - gross,
        gross=gross,
        net=net,
        tax=amount,
        rate=tax.rate,
        code=tax.code,
        discounts=tuple(row.discounts),
        fee=row.fee,
        of=offer.line.id,
        product=offer.product.id,
        variation=offer.line.variation or "",
        parent=offer.line.parent,
        comp=row.comp,
        manual=row.manual,
        changed_price=offer.changed_price and not row.fee and not row.included,
    )
