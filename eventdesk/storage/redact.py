"""Taking personal data out of the log, which otherwise never changes.

A redacted fact keeps its envelope, its digests and its place in the chain; its payload loses the
members that `docs/facts.md` marks with P, and its salt, so that nobody can test guesses against
the payload's digest. What was digested is gone; that something was written stays provable.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.personal import PERSONAL, without_personal
from eventdesk.storage import log
from eventdesk.storage.carts import Carts
from eventdesk.storage.projections import Target, project
from eventdesk.storage.projections.erasures import KINDS as ERASURES
from eventdesk.storage.projections.erasures import subjects_of
from eventdesk.storage.reading.erasures import EVERYONE
from eventdesk.storage.reading.kiosks import SELECT_CALLS_ABOUT
from eventdesk.storage.search import index
from sync.chain import Record
from sync.wire import State

SELECT = """
    SELECT n, id, payload, redacted FROM facts
    WHERE log = ? AND subject = ? AND kind = ? AND redacted IN (0, 3)
"""
UPDATE = "UPDATE facts SET payload = ?, salt = x'', redacted = ? WHERE n = ?"
SELECT_TICKETS = "SELECT id FROM tickets WHERE log = ? AND order_id = ?"
SELECT_SALES = "SELECT id FROM sales WHERE log = ? AND order_id = ? AND order_id <> ''"
SELECT_LAST_TICKET = "SELECT max(n) FROM tickets"
SELECT_ERASED = "SELECT subject FROM erased WHERE log = ? AND subject IN (SELECT value FROM json_each(?))"
# A badge that a wave would still print bears no name any more: it is not printed.
FORGET_BADGES = """
    UPDATE jobs SET contents = json_object('ticket', ticket, 'name', ''), reason = '',
        state = CASE WHEN state = 'queued' AND wave != '' THEN 'canceled' ELSE state END
    WHERE log = ? AND ticket = ?
"""
FORGET_WORDS = """
    UPDATE refusals SET words = ''
    WHERE log = ? AND fact IN (SELECT id FROM facts WHERE log = ? AND subject = ?)
"""
SELECT_SUBJECTS = """
    SELECT DISTINCT subject FROM facts INDEXED BY facts_subject
    WHERE log = ? AND subject > ? ORDER BY subject LIMIT ?
"""
BEGIN = "INSERT OR REPLACE INTO forgetting (log, after) VALUES (?, ?)"
BEGIN_WORDS = "INSERT OR IGNORE INTO forgetting (log, after) VALUES (?, NULL)"
SELECT_BEGUN = "SELECT after FROM forgetting WHERE log = ?"
END = "DELETE FROM forgetting WHERE log = ?"

# Subjects a step: the write lock is held for some tens of milliseconds.
STEP = 200
# Where this desk has had more guests, of all events, the rest is done by its upkeep, not at once.
FEW = 500


def redact_order(target: Target, log_id: str, order: str) -> int:
    """Redact an order, its tickets and sales; returns how many facts lost something. Flushes the target."""
    rows = (target.execute(query, (log_id, order)).fetchall() for query in (SELECT_TICKETS, SELECT_SALES))
    number = redact(target, log_id, [order, *(id_ for found in rows for (id_,) in found)])
    finish(target, [log_id])
    return number


def erase(target: Target, facts: Iterable[Fact]) -> None:
    """Do what the erasures among the facts ask for with all that is here. Flushes the target.

    What arrives later is redacted on its way in (`forgetting`). Of large logs something is left to be done
    step by step (`forget_some`).
    """
    erasures = list[Fact]()
    for fact in facts:
        if fact.kind in ERASURES:
            erasures.append(fact)
        elif fact.kind is Kind.HELP_ASKED and erased_among(target.execute, fact.log, [fact.subject]):
            redact(target, fact.log, [fact.subject])  # of words that came before the call itself
    if not erasures:
        return
    for fact in erasures:
        subjects = subjects_of(fact)
        if EVERYONE in subjects:
            target.execute(BEGIN, (fact.log, ""))
            Carts(target.execute).forget(fact.log)
        else:
            calls = target.execute(SELECT_CALLS_ABOUT, (fact.log, log.encode(sorted(subjects)).decode()))
            redact(target, fact.log, sorted(subjects | {row[0] for row in calls.fetchall()}))
    finish(target, sorted({fact.log for fact in erasures}))


def redact(target: Target, log_id: str, subjects: Iterable[str]) -> int:
    number = sum(_redact_subject(target, log_id, subject) for subject in subjects)
    target.flush()
    if number:
        target.execute(BEGIN_WORDS, (log_id,))
    return number


def finish(target: Target, logs: Iterable[str]) -> None:
    """Do the rest at once where it is little: the search index is one for all events."""
    if (target.execute(SELECT_LAST_TICKET).fetchone()[0] or 0) > FEW:
        return
    for log_id in logs:
        while forget_some(target, log_id):
            pass


def forget_some(target: Target, log_id: str) -> bool:
    """A step of what is left of the log's erasures; returns False where nothing was. Flushes the target."""
    begun = target.execute(SELECT_BEGUN, (log_id,)).fetchone()
    if begun is None:
        return False
    rows = (
        target.execute(SELECT_SUBJECTS, (log_id, begun[0], STEP)).fetchall() if begun[0] is not None else []
    )
    if rows:
        redact(target, log_id, [row[0] for row in rows])
        target.execute(BEGIN, (log_id, rows[-1][0]))
    elif not index.forget_some_words(target.connection.cursor(), log_id):
        target.execute(END, (log_id,))
    return True


def is_personal(draft: Draft) -> bool:
    return not PERSONAL.get(draft.kind, frozenset()).isdisjoint(draft.payload)


def forgetting(execute: log.Execute, records: Sequence[Record]) -> list[Record]:
    """The records as they may be kept: redacted where their subject was erased."""
    kept = list[Record]()
    for log_id, group in groupby(records, lambda record: record.log):
        batch = list(group)
        erased = erased_among(execute, log_id, {one.subject for one in batch if one.kind in PERSONAL})
        kept += [redacted(one) if EVERYONE in erased or one.subject in erased else one for one in batch]
    return kept


def erased_among(execute: log.Execute, log_id: str, subjects: Iterable[str]) -> frozenset[str]:
    """Which of these were erased; with EVERYONE among them, all of the log."""
    asked = set(subjects)
    if not asked:
        return frozenset()
    rows = execute(SELECT_ERASED, (log_id, log.encode([EVERYONE, *asked]).decode())).fetchall()
    return frozenset(row[0] for row in rows)


def redacted(record: Record) -> Record:
    """The record without its personal members; as it is, where it has none."""
    if record.kind not in PERSONAL or record.redacted == State.WITHHELD:
        return record
    payload, state = stripped(Kind(record.kind), record.payload, record.redacted)
    if (payload, state) == (record.payload, record.redacted):
        return record
    return record._replace(payload=payload, salt=b"", redacted=state)


def stripped(kind: Kind, payload: bytes, state: int) -> tuple[bytes, int]:
    """The payload without personal members, and the state it is in then; what nobody can read goes whole."""
    if state == log.UNREADABLE:
        return b"", State.WITHHELD
    left = without_personal(kind, log.decode(payload))
    return (payload, state) if left is None else (log.encode(left), State.REDACTED)


def _redact_subject(target: Target, log_id: str, subject: str) -> int:
    """A subject's facts, its badges and carts, which bear the name too, and what was said of its facts."""
    target.execute(FORGET_BADGES, (log_id, subject))
    target.execute(FORGET_WORDS, (log_id, log_id, subject))
    Carts(target.execute).forget(log_id, subject)
    number, last = 0, dict[Kind, str]()
    for kind in PERSONAL:
        for row, id_, payload, state in target.execute(SELECT, (log_id, subject, kind)).fetchall():
            left, now = stripped(kind, payload, state)
            if now != state:
                target.execute(UPDATE, (left, now, row))
                number += 1
                last |= {kind: id_} if now == State.REDACTED else {}
    for id_ in last.values():
        fact = log.fact(target.execute, id_)
        if fact is not None:
            project(target, fact)
    return number
