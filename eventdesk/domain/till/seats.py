"""Seats: how they are named, and which are the best of those that are free.

A seat's id is `{plan}/{section}/{row}/{seat}`, each part escaped as in a URL where it has a sign of its
own there; `place` adds the session, and is the subject of the facts.
"""

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import quote, unquote

from eventdesk.domain.till.setup import Row, SeatingPlan, Section


def seat_id(plan: str, section: str, row: str, seat: str) -> str:
    return "/".join(quote(part, safe=" ") for part in (plan, section, row, seat))


def place(seat: str, session: str | None = None) -> str:
    """What is taken: the seat, in that session where there is one."""
    return f"{seat}@{quote(session, safe=' ')}" if session else seat


def parts(seat: str) -> tuple[str, str, str, str] | None:
    """Plan, section, row and seat, of a seat's id or of a place; None for what is neither."""
    found = [unquote(part) for part in seat.partition("@")[0].split("/")]
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def seats_of(plan: SeatingPlan) -> Iterator[str]:
    """The ids of all seats, front to back."""
    for section in plan.sections:
        for row in section.rows:
            yield from _ids(plan, section, row)


def label(plans: Iterable[SeatingPlan], seat: str) -> str:
    """`Stalls 3/12`: section, row and seat, as a ticket shows it; empty for no seat."""
    found = parts(seat) if seat else None
    if found is None:
        return seat
    plan, section, row, name = found
    names = {
        one.id: one.name for each in plans if each.id == plan for one in each.sections if one.id == section
    }
    return f"{names.get(section, section)} {row}/{name}"


def best(plan: SeatingPlan, number: int, taken: Collection[str], section: str = "") -> tuple[str, ...]:
    """So many free seats together in one row: the row nearest the front, and in it nearest the middle.
    `taken` are ids of seats; `section` empty: any, in the plan's order.

    Where no row has so many together, the seats of as few rows as it takes, the largest group first, the
    front first; empty where there are not so many at all. `number` below 1: empty.
    """
    if number < 1:
        return ()
    rows = [
        _ids(plan, one, row) for one in plan.sections if not section or one.id == section for row in one.rows
    ]
    for seats in rows:
        groups = [group for group in _groups(seats, taken) if len(group) >= number]
        if groups:
            return min((_middle(group, number, len(seats)) for group in groups), key=lambda one: one[0])[1]
    return _scattered(rows, number, taken)


def _ids(plan: SeatingPlan, section: Section, row: Row) -> list[str]:
    return [seat_id(plan.id, section.id, row.name, seat) for seat in row.seats]


def _groups(seats: list[str], taken: Collection[str]) -> list[list[tuple[int, str]]]:
    """Runs of free seats, each with its place in the row."""
    groups: list[list[tuple[int, str]]] = [[]]
    for at, seat in enumerate(seats):
        if seat in taken:
            groups.append([])
        else:
            groups[-1].append((at, seat))
    return [group for group in groups if group]


def _middle(group: list[tuple[int, str]], number: int, width: int) -> tuple[tuple[int, int], tuple[str, ...]]:
    """Of a run the seats nearest the row's middle, and how far they are (the left where two are equal)."""
    windows = [group[at : at + number] for at in range(len(group) - number + 1)]

    def distance(window: list[tuple[int, str]]) -> tuple[int, int]:
        return abs(window[0][0] + window[-1][0] - (width - 1)), window[0][0]

    nearest = min(windows, key=distance)
    return distance(nearest), tuple(seat for _, seat in nearest)


def _scattered(rows: list[list[str]], number: int, taken: Collection[str]) -> tuple[str, ...]:
    groups = [group for seats in rows for group in _groups(seats, taken)]
    if sum(map(len, groups)) < number:
        return ()
    found: list[str] = []
    for group in sorted(groups, key=lambda group: -len(group)):  # stable: the front first
        found += [seat for _, seat in group[: number - len(found)]]
        if len(found) == number:
            break
    return tuple(found)
