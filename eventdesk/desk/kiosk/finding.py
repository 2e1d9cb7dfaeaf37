"""How a guest at the kiosk finds themselves, and nobody else: one ticket, those of one order, or nothing.

Whether the name is unknown or the second fact wrong, the same is asked of the database and the same said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eventdesk.domain.kiosk import identity, wording
from eventdesk.domain.kiosk.identity import Candidate
from eventdesk.domain.kiosk.setup import KioskSetup, Second
from eventdesk.domain.kiosk.wording import BadWording
from eventdesk.storage.search import fold
from eventdesk.storage.search.whole_names import same
from eventdesk.storage.store import Reader

# So many are compared at least, strangers made up to fill them: nobody shall tell from the time that it
# takes whether the name is somebody's.
COMPARED = 16
_STRANGER = Candidate("", "", "\u2014", ("-@-",), ("\u2014",), "-", "-")


@dataclass(frozen=True, slots=True)
class Found:
    """The guests of whom name (or order code) and second fact are right: all of one order."""

    tickets: tuple[str, ...] = ()
    order: str = ""
    compared: int = field(default=0, compare=False)


def by_name(
    reader: Reader, log: str, setup: KioskSetup, name: str, second: str, passes: Callable[[str], bool]
) -> Found:
    """`passes`: whether a ticket may go in here; it tells apart two orders of one person."""
    name, second = _typed(name), _typed(second)
    candidates = reader.guests_named(log, name)
    return _confirmed(candidates, lambda one: same(one.name, name), setup.second, second, passes)


def by_order(
    reader: Reader, log: str, setup: KioskSetup, code: str, second: str, passes: Callable[[str], bool]
) -> Found:
    code, second = _typed(code), _typed(second)
    candidates = reader.guests_ordered(log, code)
    seconds = identity.others_than(setup.second, (Second.ORDER,))
    return _confirmed(
        candidates, lambda one: _as_code(one.order_code) == _as_code(code), seconds, second, passes
    )


def _confirmed(
    candidates: Sequence[Candidate],
    is_named: Callable[[Candidate], bool],
    seconds: Sequence[Second],
    said: str,
    passes: Callable[[str], bool],
) -> Found:
    compared = [*candidates, *[_STRANGER] * (COMPARED - len(candidates))]
    # Both are worked out for each: no answer comes sooner than another.
    marks = [(is_named(one), _confirms(one, seconds, said), one) for one in compared]
    right = [one for named, confirmed, one in marks if named and confirmed and one.ticket]
    if not right:
        return Found(compared=len(compared))
    orders = {one.order for one in right}
    if len(orders) > 1:
        right = [one for one in right if passes(one.ticket)] or right
    order = right[0].order
    tickets = tuple(sorted(one.ticket for one in right if one.order == order))
    return Found(tickets, order, len(compared))


def _confirms(candidate: Candidate, seconds: Sequence[Second], said: str) -> bool:
    second = identity.second_of(candidate, seconds)
    told = candidate.told(second) if second is not None else ()
    if second is Second.COMPANY:
        return any(same(one, said) for one in told)
    if second is Second.EMAIL:
        return any(fold.fold(one.strip()) == fold.fold(said.strip()) for one in told)
    return any(_as_code(one) == _as_code(said) for one in told)


def _as_code(text: str) -> str:
    return text.strip().casefold()


def _typed(text: str) -> str:
    """What can be no guest's is looked up all the same, as nothing."""
    try:
        return wording.line(text, wording.LONGEST_TYPED)
    except BadWording:
        return ""
