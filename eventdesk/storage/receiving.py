"""Facts that other desks wrote: checked against their chain, then kept and projected as our own are."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.personal import PERSONAL
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till.taken import SeatConflict
from eventdesk.storage import intake, log, redact, upward
from eventdesk.storage.intake import Amendment, Intake
from eventdesk.storage.projections import Target, project
from eventdesk.storage.projections.many import project_many
from eventdesk.storage.received import Found, FoundSeat, Received, Unread
from eventdesk.storage.writer import Writer
from sync.chain import Record
from sync.wire import State

SELECT = f"SELECT {log.COLUMNS} FROM facts WHERE id = ?"
UPDATE = "UPDATE facts SET payload = ?, salt = ?, redacted = ? WHERE id = ?"


def receive(writer: Writer, target: Target, records: Iterable[Record]) -> Received:
    """Take in what can be taken and name what can't; the caller holds the write transaction."""
    sorted_in = Intake(writer)
    sorted_in.sort(records)
    unread, facts = list[Unread](), list[Fact]()
    new = _keep(writer, sorted_in.new, unread, facts)
    for log_id, group in groupby(sorted(facts, key=_log), key=_log):
        project_many(target, log_id, list(group))
    for amendment in sorted_in.amended:
        facts += _amend(target, amendment, unread)
    target.flush()
    redact.erase(target, facts)
    redact.finish(target, sorted({one.record.log for one in sorted_in.amended if one.before == State.WHOLE}))
    upward.clear_refusals(writer.execute, sorted_in.whole_here)
    seats, doors = list[FoundSeat](), list[Found]()
    for (log_id, _), one in target.conflicts.items():
        if isinstance(one, SeatConflict):
            seats.append(FoundSeat(log_id, one))
        else:
            doors.append(Found(log_id, one))
    target.conflicts.clear()
    return Received(new, sorted_in.known, len(sorted_in.amended), sorted_in.refused, unread, doors, seats)


def _log(fact: Fact) -> str:
    return fact.log


def _keep(writer: Writer, records: Sequence[Record], unread: list[Unread], facts: list[Fact]) -> int:
    """Write new records to the log; `unread` and `facts` take what they tell of."""
    read = _read(writer.execute, records)
    writer.connection.executemany(log.INSERT, [record for record, _, _ in read])
    for record, fact, words in read:
        writer.advance(record)
        writer.clock.observe(Stamp.parse(record.stamp))
        if fact is not None:
            facts.append(fact)
        elif words:
            unread.append(Unread(record, words))
    return len(read)


def _read(execute: log.Execute, records: Sequence[Record]) -> list[tuple[Record, Fact | None, str]]:
    """The records in the states that they are kept in, without what is to be forgotten."""
    read = [intake.read(record) for record in records]
    kept = redact.forgetting(execute, [record for record, _, _ in read])
    return [was if was[0] is now else intake.read(now) for was, now in zip(read, kept, strict=True)]


def _amend(target: Target, amendment: Amendment, unread: list[Unread]) -> list[Fact]:
    """Put a fact into its fuller state and fold its subject anew; returns it where it tells something new."""
    record, before = amendment
    if before == State.WHOLE:
        record = _redacted_here(target, record)
    [(record, fact, words)] = _read(target.execute, [record])
    target.execute(UPDATE, (record.payload, record.salt, record.redacted, record.id))
    if before == State.WHOLE:
        target.execute(redact.BEGIN_WORDS, (record.log,))
    if words:
        unread.append(Unread(record, words))
    if fact is None:
        return []
    if before != State.WHOLE or fact.kind in PERSONAL:
        project(target, fact)
    return [fact] if before != State.WHOLE else []


def _redacted_here(target: Target, record: Record) -> Record:
    """What was redacted elsewhere, made from what is here: a redaction's payload can't be checked, so none
    may change what a fact that was read whole has told."""
    if record.kind not in log.KINDS:
        return record
    whole = Record(*target.execute(SELECT, (record.id,)).fetchone())
    payload = whole.payload
    if record.kind in PERSONAL:
        payload, _ = redact.stripped(Kind(record.kind), payload, State.WHOLE)
    return record._replace(payload=payload, salt=b"", redacted=State.REDACTED)
