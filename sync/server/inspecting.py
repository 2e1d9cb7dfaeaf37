"""A look at what a node keeps, for its admin: chains that hold, facts that wait."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from sync.chain import Break, Head, breaks, head_of
from sync.server import schema
from sync.server.store import rows

_AT_ONCE = 1000


def check(connection: Connection) -> tuple[int, list[str]]:
    """The number of facts read, and a sentence for each that does not hold in its desk's chain."""
    records = schema.records
    ordered = select(records).order_by(records.c.log, records.c.desk, records.c.seq)
    number, said = 0, []
    chain: tuple[str, str] = ("", "")
    head = Head()
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(ordered):
        if (row.log, row.desk) != chain:
            chain, head = (row.log, row.desk), Head()
        found = set(breaks(head, rows.kept(row))) - ({Break.PAYLOAD} if row.why else set())
        if found:
            words = " and ".join(sorted(found))
            said.append(f"{row.log}: fact {row.seq} of desk {row.desk} ({row.id}) does not hold: {words}.")
        head = head_of(rows.kept(row))
        number += 1
    return number, said


def withheld(connection: Connection) -> Sequence[Any]:
    """The rows of `records` that wait for a person, in their order of arrival."""
    records = schema.records
    return connection.execute(
        select(records).where(records.c.why != "").order_by(records.c.log, records.c.n)
    ).all()
