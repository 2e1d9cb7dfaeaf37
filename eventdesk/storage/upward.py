"""The desk's line to nodes above it, as it is remembered: cursors, what was taken, what was refused.

The facts themselves are the outbox: what follows the number that a node has of this desk still waits.
Nothing here is needed to send it, and nothing that is lost here is lost for good.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from eventdesk.domain.stamps import Stamp
from eventdesk.storage import log
from eventdesk.storage.log import Execute
from sync.wire import Refusal, SignedHead

SELECT_LINE = "SELECT log, node, epoch, cursor, acked, heard_ms FROM line WHERE log = ? AND node = ?"
SELECT_LINES = "SELECT log, node, epoch, cursor, acked, heard_ms FROM line WHERE node = ? ORDER BY log"
PUT_CURSOR = """
    INSERT INTO line (log, node, epoch, cursor, acked, heard_ms) VALUES (?1, ?2, ?3, ?4, 0, ?5)
    ON CONFLICT DO UPDATE SET epoch = ?3, cursor = ?4, heard_ms = ?5
"""
PUT_ACKED = """
    INSERT INTO line (log, node, epoch, cursor, acked, heard_ms) VALUES (?1, ?2, '', 0, ?3, 0)
    ON CONFLICT DO UPDATE SET acked = ?3
"""
NOTE_ATTEMPT = """
    INSERT INTO attempts (log, first_ms, tried_ms, tries, answer) VALUES (?1, ?2, ?2, 1, ?3)
    ON CONFLICT DO UPDATE SET tried_ms = ?2, tries = tries + 1, answer = ?3
"""
END_ATTEMPTS = "DELETE FROM attempts WHERE log = ?"
SELECT_ATTEMPTS = "SELECT tries, tried_ms, answer FROM attempts WHERE log = ?"
PUT_REFUSAL = """
    INSERT INTO refusals (fact, log, desk, seq, why, words, first_ms, tried_ms, tries)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1)
    ON CONFLICT DO UPDATE SET why = ?5, words = ?6, tried_ms = ?7, tries = tries + 1
"""
DELETE_REFUSAL = "DELETE FROM refusals WHERE fact = ?"
ANY_REFUSAL = "SELECT 1 FROM refusals LIMIT 1"
COUNT_REFUSALS = "SELECT count(*) FROM refusals"
SELECT_REFUSALS = """
    SELECT r.fact, r.log, r.desk, r.seq, f.kind, f.subject, f.stamp, r.tries, r.tried_ms, r.why, r.words
    FROM refusals r JOIN facts f ON f.id = r.fact
"""
SELECT_WAITING = """
    SELECT id, log, desk, seq, kind, subject, stamp FROM facts
    WHERE log = ? AND desk = ? AND seq > ? ORDER BY seq LIMIT ?
"""
PUT_HEAD = """
    INSERT OR REPLACE INTO signed_heads (log, desk, seq, chain, signature) VALUES (?, ?, ?, ?, ?)
"""
SELECT_HEADS = "SELECT seq FROM signed_heads WHERE log = ? AND desk = ? ORDER BY seq DESC LIMIT 3"
DELETE_HEAD = "DELETE FROM signed_heads WHERE log = ? AND desk = ? AND seq = ?"
SELECT_HEAD = """
    SELECT desk, seq, chain, signature FROM signed_heads
    WHERE log = ? AND desk = ? AND seq <= ? ORDER BY seq DESC LIMIT 1
"""

# Signed heads lie no nearer to each other than they must, that one is within each batch that is sent on.
NEAR = 500
MOST_SEQ = 2**62
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Line(NamedTuple):
    """What is known of a node for one log. `cursor`: what was read there, under `epoch`; `acked`: the last
    of this desk's own facts that is there; `heard_ms`: when all was read that it had (0: never)."""

    log: str
    node: str
    epoch: str
    cursor: int
    acked: int
    heard_ms: int


class Backlog(NamedTuple):
    """How many facts have no number upstream, and how many were refused there."""

    waiting: int
    refused: int


class OutboxRow(NamedTuple):
    """A fact of the outbox. `why` is empty while it was not refused. `answer`: what the last try brought."""

    fact: str
    log: str
    desk: str
    seq: int
    kind: str
    subject: str
    since: datetime
    tries: int = 0
    tried_at: datetime | None = None
    why: str = ""
    answer: str = ""


class Outbox(NamedTuple):
    items: Sequence[OutboxRow]
    total: int


def line(execute: Execute, log_id: str, node: str) -> Line | None:
    row = execute(SELECT_LINE, (log_id, node)).fetchone()
    return Line(*row) if row else None


def lines(execute: Execute, node: str) -> list[Line]:
    return [Line(*row) for row in execute(SELECT_LINES, (node,)).fetchall()]


def put_acked(execute: Execute, log_id: str, node: str, seq: int) -> None:
    execute(PUT_ACKED, (log_id, node, seq))
    execute(END_ATTEMPTS, (log_id,))


def put_refusals(execute: Execute, log_id: str, refusals: Iterable[Refusal], now_ms: int) -> None:
    for one in refusals:
        execute(PUT_REFUSAL, (one.id, log_id, one.desk, one.seq, one.why, one.words, now_ms))


def clear_refusals(execute: Execute, facts: Iterable[str]) -> int:
    """For facts that the upstream has whole; returns how many were cleared."""
    ids = list(facts)
    if not ids or execute(ANY_REFUSAL).fetchone() is None:
        return 0
    return sum(int(execute(DELETE_REFUSAL, (id_,)).rowcount) for id_ in ids)


def put_signed_heads(execute: Execute, log_id: str, heads: Iterable[SignedHead]) -> None:
    for head in heads:
        execute(PUT_HEAD, (log_id, head.desk, head.seq, head.chain, head.signature))
        _thin_out(execute, log_id, head.desk)


def _thin_out(execute: Execute, log_id: str, desk: str) -> None:
    """Drop the last but one, where the one before it is near enough to the last."""
    last = [row[0] for row in execute(SELECT_HEADS, (log_id, desk)).fetchall()]
    if len(last) == 3 and last[0] - last[2] <= NEAR:
        execute(DELETE_HEAD, (log_id, desk, last[1]))


def signed_head(execute: Execute, log_id: str, desk: str, upto: int = MOST_SEQ) -> SignedHead | None:
    """The last head at or before a number, that the desk signed."""
    row = execute(SELECT_HEAD, (log_id, desk, upto)).fetchone()
    return SignedHead(*row) if row else None


def waiting(execute: Execute, desk: str, node: str) -> dict[str, tuple[int, int]]:
    """By log: the last own fact that the node has, and the last one that there is. Logs without any waiting
    are left out."""
    acked = {one.log: one.acked for one in lines(execute, node)} if node else {}
    found = {one: (acked.get(one, 0), log.head(execute, one, desk).seq) for one in log.logs(execute)}
    return {one: numbers for one, numbers in found.items() if numbers[0] < numbers[1]}


def backlog(execute: Execute, desk: str, node: str) -> Backlog:
    """From numbers alone: it costs the same, however much waits."""
    number = sum(last - acked for acked, last in waiting(execute, desk, node).values())
    return Backlog(number, int(execute(COUNT_REFUSALS).fetchone()[0]))


def outbox(execute: Execute, desk: str, node: str, limit: int) -> Outbox:
    """What was refused and what waits, the oldest first: `limit` of them, and how many there are."""
    items = [_refused(row) for row in execute(SELECT_REFUSALS).fetchall()]
    ids, total = {one.fact for one in items}, len(items)
    for log_id, (acked, last) in waiting(execute, desk, node).items():
        attempts = execute(SELECT_ATTEMPTS, (log_id,)).fetchone() or (0, 0, "")
        rows = execute(SELECT_WAITING, (log_id, desk, acked, limit + len(ids))).fetchall()
        # A refused one that a restored node has lost waits again, and is one item all the same.
        both = sum(one.log == log_id and one.desk == desk and one.seq > acked for one in items if one.why)
        items += [_waiting(row, attempts) for row in rows if row[0] not in ids]
        total += last - acked - both
    return Outbox(sorted(items, key=lambda one: (one.since, one.seq))[:limit], total)


def _refused(row: Sequence[Any]) -> OutboxRow:
    fact, log_id, desk, seq, kind, subject, stamp, tries, tried_ms, why, words = row
    since, tried_at = since_of(stamp), at_ms(tried_ms)
    return OutboxRow(fact, log_id, desk, seq, kind, subject, since, tries, tried_at, why, words)


def _waiting(row: Sequence[Any], attempts: tuple[int, int, str]) -> OutboxRow:
    fact, log_id, desk, seq, kind, subject, stamp = row
    tries, tried_ms, answer = attempts
    tried_at = at_ms(tried_ms) if tries else None
    return OutboxRow(fact, log_id, desk, seq, kind, subject, since_of(stamp), tries, tried_at, "", answer)


def since_of(stamp: str) -> datetime:
    """The moment that a stamp tells, by the clock of its desk."""
    return at_ms(Stamp.parse(stamp).wall)


def at_ms(wall_ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=wall_ms)
