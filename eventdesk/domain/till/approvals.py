"""What a sale or a reversal needs beside the right to sell, and the limits that an event sets to everyone.

Rights are checked where facts are let in (`domain.rights`); these say before what will be needed.
"""

from collections.abc import Iterable

from eventdesk.domain.members import MILLION
from eventdesk.domain.rights import Right
from eventdesk.domain.till.cart import Priced, PricedLine
from eventdesk.domain.till.sales import Movement
from eventdesk.domain.till.setup import Tender, TillRules
from eventdesk.domain.verdicts import Words

NOTHING = Words("")
_MARKS = {"comp": Right.COMP, "changed_price": Right.PRICE_CHANGE, "manual": Right.DISCOUNT}


def needed(priced: Priced) -> tuple[Right, ...]:
    """The rights that the cart needs beside `sell`."""
    return tuple(right for mark, right in _MARKS.items() if any(getattr(line, mark) for line in priced.lines))


def needed_to_move(way: Movement) -> Right:
    """The right to put money into the drawer, or take it out, without a sale."""
    return Right.NO_SALE if way is Movement.PAY_OUT else Right.SELL


def over_limits(priced: Priced, rules: TillRules, comps: int = 0) -> Words:
    """Why nobody may sell this so; empty where they may. `comps`: pieces that the shift gave away before."""
    given = sum(line.quantity for line in priced.lines if line.comp)
    if rules.most_comps is not None and given and comps + given > rules.most_comps:
        return Words("No more than {most} may be given away in a shift.", {"most": rules.most_comps})
    share = discount_share(priced.lines)
    if rules.most_discount is not None and share > rules.most_discount:
        return Words(
            "No discount may be larger than {percent} %.", {"percent": percent_text(rules.most_discount)}
        )
    return NOTHING


def discount_share(lines: Iterable[PricedLine]) -> int:
    """The largest part of a line's price that a person takes off, in parts per million, rounded up: changed
    prices and what is given away have rights of their own."""
    return max(
        (
            -(-line.discount * MILLION // (line.gross + line.discount))
            for line in lines
            if line.manual and not line.comp and line.discount
        ),
        default=0,
    )


def over_refund(amount: int, rules: TillRules) -> Words:
    """Why nobody may give so much back at once; empty where they may."""
    if rules.most_refund is not None and amount > rules.most_refund:
        return Words("This is more than may be given back at once.")
    return NOTHING


def over_pay_out(amount: int, rules: TillRules) -> Words:
    if rules.most_pay_out is not None and amount > rules.most_pay_out:
        return Words("This is more than may be paid out at once.")
    return NOTHING


def tender_refused(tender: Tender, rules: TillRules) -> Words:
    """Why it is not taken here; empty where it is."""
    return NOTHING if tender in rules.tenders else Words("This event does not take that.")


def percent_text(rate: int) -> str:
    """Parts per million as percent: `12.5`."""
    whole, part = divmod(rate, 10_000)
    return f"{whole}.{part:04}".rstrip("0").rstrip(".")
