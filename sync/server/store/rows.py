"""Facts as the database keeps them, and as they leave it."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from sync.chain import Record
from sync.server.schema import records as R  # noqa: N812 - the table, in every line below
from sync.server.sql.engines import is_postgres
from sync.server.sql.hot import Hot
from sync.wire import State, WireFact

COLUMNS = (
    "log", "n", "id", "kind", "subject", "stamp", "desk", "seq", "payload", "salt",
    "payload_digest", "digest", "chain", "redacted", "why", "words", "arrived_ms", "pushed_by",
)  # fmt: skip
_TYPES = ("text", "bigint", *["text"] * 5, "bigint", *["bytea"] * 5, "bigint", "text", "text")

# The two hot statements are written out: a statement a batch, and no objects between.
# On SQLite several rows a statement: each statement is one hand-over between the threads of this process.
ROWS = 50
_INTO = f"INSERT INTO records ({', '.join(COLUMNS)}) VALUES "
_ROW = f"({', '.join('?' * len(COLUMNS))})"
_UNLESS = " ON CONFLICT (id) DO NOTHING"
_SQLITE = _INTO + _ROW + _UNLESS
_SQLITE_ROWS = _INTO + ", ".join([_ROW] * ROWS) + _UNLESS
_POSTGRES = (
    f"INSERT INTO records ({', '.join(COLUMNS)})"
    f" SELECT %s, {', '.join(COLUMNS[1:16])}, %s, %s"
    f" FROM unnest({', '.join(f'%b::{type_}[]' for type_ in _TYPES[1:])})"
    f" AS t ({', '.join(COLUMNS[1:16])}) ON CONFLICT (id) DO NOTHING"
)

_OF_SUBJECT = Hot(
    "SELECT id, log, kind, subject, stamp, desk, seq, payload, salt, payload_digest, digest, chain, redacted"
    " FROM records WHERE log = ? AND subject = ? AND why = '' AND redacted < 2"
)

NewRow = tuple[
    str, int, str, str, str, str, str, int, bytes, bytes, bytes, bytes, bytes, int, str, str, int, str
]


def insert(connection: Connection, rows: Sequence[NewRow]) -> int:
    """How many were written: a row whose id another fact has is passed over."""
    raw: Any = connection.connection.driver_connection
    if not is_postgres(connection):
        return _insert_sqlite(raw, rows)
    columns = list(zip(*rows, strict=True))
    values = [columns[0][0], *map(list, columns[1:16]), columns[16][0], columns[17][0]]
    # The scalars stand where the statement has them: the log first, the moment and the asker after the list.
    log, *arrays, moment, asker = values
    return int(raw.execute(_POSTGRES, [log, moment, asker, *arrays]).rowcount)


def _insert_sqlite(raw: Any, rows: Sequence[NewRow]) -> int:
    written, whole = 0, len(rows) - len(rows) % ROWS
    for first in range(0, whole, ROWS):
        written += raw.execute(_SQLITE_ROWS, tuple(chain(*rows[first : first + ROWS]))).rowcount
    if whole < len(rows):
        written += raw.executemany(_SQLITE, rows[whole:]).rowcount
    return int(written)


def record_of(row: Row[Any]) -> Record:
    """As it is handed on: of a withheld fact, envelope and digests."""
    hidden = bool(row.why) or row.redacted == State.WITHHELD
    payload, salt = (b"", b"") if hidden else (row.payload, row.salt)
    state = State.WITHHELD if hidden else row.redacted
    return kept(row)._replace(payload=payload, salt=salt, redacted=state)


def kept(row: Row[Any]) -> Record:
    """As it is kept here, withheld or not."""
    return Record(
        row.id, row.log, row.kind, row.subject, row.stamp, row.desk, row.seq, row.payload, row.salt,
        row.payload_digest, row.digest, row.chain, row.redacted,
    )  # fmt: skip


def wire_of(row: Row[Any]) -> WireFact:
    if row.why or row.redacted == State.WITHHELD:
        payload, salt, of_payload, state = b"", b"", row.payload_digest, State.WITHHELD
    elif row.redacted:
        payload, salt, of_payload, state = row.payload, b"", row.payload_digest, State.REDACTED
    else:
        payload, salt, of_payload, state = row.payload, row.salt, b"", State.WHOLE
    return WireFact(
        row.id,
        row.kind,
        row.subject,
        row.stamp,
        row.desk,
        row.seq,
        row.chain,
        payload,
        salt,
        of_payload,
        state,
    )


def of_subject(connection: Connection, log: str, subject: str) -> list[Record]:
    """The facts that count, in stamp order."""
    found = [Record(*row) for row in _OF_SUBJECT.run(connection, log, subject).fetchall()]
    return sorted(found, key=lambda record: record.stamp.encode())


def existing(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these ids facts here have, in any log."""
    return set(connection.execute(select(R.c.id).where(R.c.id.in_(list(ids)))).scalars())


def one(connection: Connection, log: str, id_: str) -> Row[Any] | None:
    query: Select[Any] = select(R).where(R.c.id == id_, R.c.log == log)
    return connection.execute(query).one_or_none()
