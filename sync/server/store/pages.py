"""Pages of a log by number of arrival, amendments among them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, func, select

from sync.server.schema import amendments as A  # noqa: N812 - the table
from sync.server.schema import chains, logs, signed_heads
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.store.rows import wire_of
from sync.wire import MOST_BYTES, SignedHead, WireFact

# About what a fact's envelope and digests take on the wire.
ENVELOPE_BYTES = 250


class Facts(NamedTuple):
    """`ends`: the last number of every desk in the log, as it was when the page was read."""

    facts: list[WireFact]
    heads: list[SignedHead]
    cursor: int
    more: bool
    ends: Mapping[str, int]


def read(connection: Connection, log: str, after: int, limit: int) -> Facts:
    """What arrived after a number: at most `limit` facts and about MOST_BYTES."""
    found = _merged(connection, log, after, _fewer(connection, log, after, limit) + 1)
    page = _fitting(found[:limit])
    more = len(page) < len(found)
    facts = [wire_of(row) for _, row in page]
    cursor = page[-1][0] if page else max(after, head(connection, log))
    return Facts(facts, _heads(connection, log, facts), cursor, more, ends(connection, log))


def _fewer(connection: Connection, log: str, after: int, limit: int) -> int:
    """How many facts to read at most: a thousand of the longest would fill the memory."""
    rows = select(func.length(R.c.payload)).where(R.c.log == log, R.c.n > after).order_by(R.c.n).limit(limit)
    room = 2 * MOST_BYTES
    for place, length in enumerate(connection.execute(rows).scalars(), 1):
        room -= length
        if room < 0:
            return place
    return limit


def ends(connection: Connection, log: str) -> dict[str, int]:
    query = select(chains.c.desk, chains.c.seq).where(chains.c.log == log)
    return {row.desk: row.seq for row in connection.execute(query)}


def head(connection: Connection, log: str) -> int:
    return connection.execute(select(logs.c.head).where(logs.c.id == log)).scalar() or 0


def _merged(connection: Connection, log: str, after: int, limit: int) -> list[tuple[int, Row[Any]]]:
    first = select(R).where(R.c.log == log, R.c.n > after).order_by(R.c.n).limit(limit)
    found: list[tuple[int, Row[Any]]] = [(row.n, row) for row in connection.execute(first)]
    same = and_(R.c.log == A.c.log, R.c.desk == A.c.desk, R.c.seq == A.c.seq)
    again = select(A.c.n.label("again"), R).join(R, same).where(A.c.log == log, A.c.n > after)
    amended = [(row.again, row) for row in connection.execute(again.order_by(A.c.n).limit(limit))]
    return sorted(found + amended, key=_number)[:limit] if amended else found


def _fitting(rows: list[tuple[int, Row[Any]]]) -> list[tuple[int, Row[Any]]]:
    """As many as fit, one at least."""
    room = MOST_BYTES
    for place, (_, row) in enumerate(rows):
        room -= ENVELOPE_BYTES + len(row.payload) + len(row.id) + len(row.subject) + len(row.kind)
        if room < 0 and place:
            return rows[:place]
    return rows


def _heads(connection: Connection, log: str, facts: list[WireFact]) -> list[SignedHead]:
    """Signed heads that the asker can check with what it then has."""
    last: dict[str, int] = {}
    for fact in facts:
        last[fact.desk] = max(fact.seq, last.get(fact.desk, 0))
    if not last:
        return []
    query = select(signed_heads).where(signed_heads.c.log == log, signed_heads.c.desk.in_(sorted(last)))
    return [
        SignedHead(row.desk, row.seq, row.chain, row.signature)
        for row in connection.execute(query)
        if row.seq <= last[row.desk]
    ]


def _number(found: tuple[int, Row[Any]]) -> int:
    return found[0]
