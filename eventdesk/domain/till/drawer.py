"""What must lie in the drawer, as the payments and movements of a shift have it."""

from collections.abc import Iterable, Mapping
from typing import Final

from eventdesk.domain.till.sales import Movement, Payment, Shift
from eventdesk.domain.till.setup import Tender

SIGNS: Final[Mapping[Movement, int]] = {Movement.PAY_IN: 1, Movement.PAY_OUT: -1, Movement.DROP: -1}


def expected(shift: Shift, payments: Iterable[Payment]) -> int:
    """The cash that must be there; `payments` are the shift's. Whose fate is unknown do not count: no cash is
    of an unknown fate."""
    cash = sum(one.moved for one in payments if one.tender is Tender.CASH)
    return shift.float_ + cash + sum(SIGNS[move.way] * move.amount for move in shift.moves)


def sum_of(count: Mapping[int, int]) -> int:
    """What notes and coins come to: denomination and how many there are."""
    return sum(piece * number for piece, number in count.items())
