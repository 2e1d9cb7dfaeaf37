"""A seating plan as lines of text, as people have them in a table: section; row; seats."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

from eventdesk.domain.till.setup import Row, Section
from eventdesk.i18n import tr
from eventdesk.screens.manage.field import Wrong

MOST_SEATS = 500  # of a row


def plan_text(sections: tuple[Section, ...]) -> str:
    """One line a row, consecutive numbers drawn together: `Stalls; A; 1-12, 14`."""
    lines = [
        f"{section.name}; {row.name}; {', '.join(_ranges(row.seats))}"
        for section in sections
        for row in section.rows
    ]
    return "\n".join(lines)


def plan_from(text: str, known: Mapping[str, str]) -> tuple[Section, ...]:
    """`known` are ids by section's name: seats that were sold are named by them. Raises Wrong, which names
    the line."""
    rows: dict[str, list[Row]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("\t", ";").split(";")]
        if len(parts) != 3 or not all(parts):
            raise Wrong(tr("Line {line}: write section; row; seats.", line=number))
        section, row, seats = parts
        if any(one.name == row for one in rows.get(section, [])):
            raise Wrong(tr("Line {line}: row {row} stands there twice.", line=number, row=row))
        rows.setdefault(section, []).append(Row(row, _seats(seats, number)))
    return tuple(
        Section(known.get(name) or uuid4().hex[:8], name, tuple(found)) for name, found in rows.items()
    )


def _seats(text: str, line: int) -> tuple[str, ...]:
    seats: list[str] = []
    for part in (part.strip() for part in text.split(",")):
        first, dash, last = (one.strip() for one in part.partition("-"))
        if dash and first.isdecimal() and last.isdecimal() and 0 <= int(last) - int(first) < MOST_SEATS:
            seats += [str(seat) for seat in range(int(first), int(last) + 1)]
        elif part:
            seats.append(part)
    doubled = next((seat for seat in seats if seats.count(seat) > 1), None)
    if doubled is not None:
        raise Wrong(tr("Line {line}: seat {seat} stands there twice.", line=line, seat=doubled))
    if not seats or len(seats) > MOST_SEATS:
        raise Wrong(tr("Line {line}: write section; row; seats.", line=line))
    return tuple(seats)


def _ranges(seats: tuple[str, ...]) -> Iterator[str]:
    """`1, 2, 3, 5` as `1-3`, `5`; what is no plain number stands as it is."""
    at = 0
    while at < len(seats):
        end = at
        while end + 1 < len(seats) and _follows(seats[end], seats[end + 1]):
            end += 1
        yield seats[at] if end == at else f"{seats[at]}-{seats[end]}"
        at = end + 1


def _follows(one: str, other: str) -> bool:
    plain = one.isdecimal() and other.isdecimal() and one == str(int(one)) and other == str(int(other))
    return plain and int(other) == int(one) + 1
