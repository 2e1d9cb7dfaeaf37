"""What must lie in the drawer, as the payments and movements of a shift have it."""

from collections.abc import Iterable, Mapping
from typing import Final

from eventdesk.domain.till.sales import Movement, Payment, PaymentState, Shift, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.till.sums import TenderSum

SIGNS: Final[Mapping[Movement, int]] = {Movement.PAY_IN: 1, Movement.PAY_OUT: -1, Movement.DROP: -1}
MOVED: Final = (PaymentState.TAKEN.value, PaymentState.RETURNED.value)


def expected(shift: Shift, payments: Iterable[Payment]) -> int:
    """The cash that must be there; `payments` are the shift's. Whose fate is unknown do not count: no cash is
    of an unknown fate."""
    return _with_cash(shift, sum(one.moved for one in payments if one.tender is Tender.CASH))


def expected_by(shift: Shift, sums: Iterable[TenderSum]) -> int:
    """The same from the sums of the shift's payments."""
    moved = (one for one in sums if one.tender == Tender.CASH and one.state in MOVED)
    return _with_cash(
        shift, sum((one.amount + one.rounding) * (1 if one.way == Way.IN else -1) for one in moved)
    )


def _with_cash(shift: Shift, cash: int) -> int:
    return shift.float_ + cash + sum(SIGNS[move.way] * move.amount for move in shift.moves)


def sum_of(count: Mapping[int, int]) -> int:
    """What notes and coins come to: denomination and how many there are."""
    return sum(piece * number for piece, number in count.items())
