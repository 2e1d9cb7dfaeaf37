"""The log of facts: written once, read by subject or in order of arrival.

The caller holds the write transaction wherever something is written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.stamps import Stamp
from sync.chain import Head, Record

Execute = Callable[..., Any]

_BYTES = {"payload", "salt", "payload_digest", "digest", "chain"}
COLUMNS = "id, log, kind, subject, stamp, desk, seq, payload, salt, payload_digest, digest, chain, redacted"

# Whoever tampers with a file may leave other types behind.
_AS_BYTES = ", ".join(
    f"CAST({column} AS BLOB)" if column in _BYTES else column for column in COLUMNS.split(", ")
)

INSERT = f"INSERT INTO facts ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
SELECT_HEAD = "SELECT seq, chain FROM facts WHERE log = ? AND desk = ? ORDER BY seq DESC LIMIT 1"
SELECT_OF_KIND = (
    "SELECT id, log, kind, subject, stamp, seq, payload FROM facts WHERE log = ? AND subject = ? AND kind = ?"
)
SELECT_BY_ID = "SELECT id, log, kind, subject, stamp, seq, payload FROM facts WHERE id = ?"
# A loose index scan: each desk's last fact is found without reading those before it.
SELECT_DESKS = """
    WITH RECURSIVE desks(log, desk) AS (
        SELECT * FROM (SELECT log, desk FROM facts ORDER BY log, desk LIMIT 1)
        UNION ALL
        SELECT
            (SELECT log FROM facts WHERE (log, desk) > (d.log, d.desk) ORDER BY log, desk LIMIT 1),
            (SELECT desk FROM facts WHERE (log, desk) > (d.log, d.desk) ORDER BY log, desk LIMIT 1)
        FROM desks d WHERE d.log IS NOT NULL
    )
    SELECT log, desk FROM desks WHERE log IS NOT NULL
"""

# Members in one order: the bytes that are digested are the same whoever made the payload.
_encoder = msgspec.json.Encoder(order="deterministic")
encode = _encoder.encode
decode = msgspec.json.decode


def head(execute: Execute, log: str, desk: str) -> Head:
    row = execute(SELECT_HEAD, (log, desk)).fetchone()
    return Head(*row) if row else Head()


def heads(execute: Execute) -> dict[tuple[str, str], Head]:
    """The end of every chain, by log and desk."""
    desks = execute(SELECT_DESKS).fetchall()
    return {(log, desk): head(execute, log, desk) for log, desk in desks}


def last_stamp(execute: Execute) -> Stamp | None:
    """The newest stamp in the database: a desk's stamps ascend with its numbers."""
    query = "SELECT stamp FROM facts WHERE log = ? AND desk = ? ORDER BY seq DESC LIMIT 1"
    desks = execute(SELECT_DESKS).fetchall()
    return max((Stamp.parse(execute(query, desk).fetchone()[0]) for desk in desks), default=None)


def fact_from_row(row: Sequence[Any]) -> Fact:
    """A row of SELECT_OF_KIND or SELECT_BY_ID."""
    id_, log, kind, subject, stamp, seq, payload = row
    return Fact(id_, log, Kind(kind), subject, Stamp.parse(stamp), seq, decode(payload))


def facts_of(execute: Execute, log: str, subject: str, *kinds: Kind) -> list[Fact]:
    """The subject's facts of these kinds, in stamp order."""
    found = [row for kind in kinds for row in execute(SELECT_OF_KIND, (log, subject, kind))]
    found.sort(key=_stamp_of_row)
    return [fact_from_row(row) for row in found]


def _stamp_of_row(row: Sequence[Any]) -> str:
    return str(row[4])


def fact(execute: Execute, id_: str) -> Fact | None:
    row = execute(SELECT_BY_ID, (id_,)).fetchone()
    return fact_from_row(row) if row else None


def records(execute: Execute, schema: str = "main") -> Iterator[Record]:
    """Every record in the order of its chain: log, desk, number."""
    for row in execute(f"SELECT {_AS_BYTES} FROM {schema}.facts ORDER BY log, desk, seq"):
        yield Record(*row)


def fact_from_record(record: Record, payload: Mapping[str, Any] | None = None) -> Fact | None:
    """None for a kind that this version does not know: it is kept, and means nothing here."""
    if record.kind not in KINDS:
        return None
    members = decode(record.payload) if payload is None else payload
    stamp = Stamp.parse(record.stamp)
    return Fact(record.id, record.log, Kind(record.kind), record.subject, stamp, record.seq, members)


KINDS = frozenset(Kind)
