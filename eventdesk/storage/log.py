"""The log of facts: written once, read by subject or in order of arrival.

The caller holds the write transaction wherever something is written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.stamps import Stamp
from sync.chain import Head, Record, payload_digest
from sync.wire import State

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
    "SELECT id, log, kind, subject, stamp, seq, payload FROM facts "
    "WHERE log = ? AND subject = ? AND kind = ? AND redacted < 2"
)
SELECT_BY_ID = "SELECT id, log, kind, subject, stamp, seq, payload FROM facts WHERE id = ? AND redacted < 2"
SELECT_AFTER = f"SELECT {COLUMNS} FROM facts WHERE log = ? AND desk = ? AND seq > ? ORDER BY seq LIMIT ?"
SELECT_NEXT_DESK = "SELECT desk FROM facts WHERE log = ? AND desk > ? ORDER BY desk LIMIT 1"
SELECT_LOGS = """
    WITH RECURSIVE logs(log) AS (
        SELECT min(log) FROM facts
        UNION ALL
        SELECT (SELECT min(log) FROM facts WHERE log > logs.log) FROM logs WHERE logs.log IS NOT NULL
    )
    SELECT log FROM logs WHERE log IS NOT NULL
"""
# A state beside those of `sync.wire.State`: the payload is here, but is not what its kind says. It is kept
# for the chain and for others, and means nothing to this program.
UNREADABLE = 3

# Members in one order: the bytes that are digested are the same whoever made the payload.
_encoder = msgspec.json.Encoder(order="deterministic")
encode = _encoder.encode
decode = msgspec.json.decode


def head(execute: Execute, log: str, desk: str) -> Head:
    row = execute(SELECT_HEAD, (log, desk)).fetchone()
    return Head(*row) if row else Head()


def heads(execute: Execute) -> dict[tuple[str, str], Head]:
    """The end of every chain, by log and desk."""
    return {(log, desk): head(execute, log, desk) for log, desk in desks(execute)}


def heads_of(execute: Execute, log: str) -> dict[str, Head]:
    """The end of each desk's chain in a log."""
    return {desk: head(execute, log, desk) for desk in desks_of(execute, log)}


def desks(execute: Execute) -> list[tuple[str, str]]:
    """Every log with each of its desks: found one by one, without reading the facts between them."""
    return [(log, desk) for log in logs(execute) for desk in desks_of(execute, log)]


def desks_of(execute: Execute, log: str) -> list[str]:
    found = [""]
    while row := execute(SELECT_NEXT_DESK, (log, found[-1])).fetchone():
        found.append(row[0])
    return found[1:]


def logs(execute: Execute) -> list[str]:
    """Every log that has facts."""
    return [row[0] for row in execute(SELECT_LOGS).fetchall()]


def records_after(execute: Execute, log: str, desk: str, after: int, limit: int) -> list[Record]:
    """A desk's facts after a number of its own, as they travel."""
    return [travelling(Record(*row)) for row in execute(SELECT_AFTER, (log, desk, after, limit)).fetchall()]


def travelling(record: Record) -> Record:
    """The record in a state that others know: unreadable is what each finds by itself."""
    if record.redacted != UNREADABLE:
        return record
    whole = payload_digest(record.salt, record.payload) == record.payload_digest
    return record._replace(redacted=State.WHOLE if whole else State.REDACTED)


def last_stamp(execute: Execute) -> Stamp | None:
    """The newest stamp in the database: a desk's stamps ascend with its numbers."""
    query = "SELECT stamp FROM facts WHERE log = ? AND desk = ? ORDER BY seq DESC LIMIT 1"
    found = (execute(query, one).fetchone()[0] for one in desks(execute))
    return max((Stamp.parse(stamp) for stamp in found), default=None)


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
    """None for a kind that this version does not know, and where the payload is withheld or unreadable:
    it is kept, and means nothing here."""
    if record.kind not in KINDS or record.redacted > State.REDACTED:
        return None
    members = decode(record.payload) if payload is None else payload
    stamp = Stamp.parse(record.stamp)
    return Fact(record.id, record.log, Kind(record.kind), record.subject, stamp, record.seq, members)


KINDS = frozenset(Kind)
