"""Facts that other desks wrote: checked against their chain, then kept and projected as our own are."""

from collections.abc import Iterable

from eventdesk.domain.stamps import Stamp
from eventdesk.errors import BadInput
from eventdesk.storage import log
from eventdesk.storage.projections import Target, project
from eventdesk.storage.writer import Writer
from sync.chain import Break, Head, Record, breaks

SELECT_DIGEST = "SELECT digest FROM facts WHERE log = ? AND desk = ? AND seq = ?"


def receive(writer: Writer, target: Target, records: Iterable[Record]) -> int:
    """Raises BadInput where a record does not hold or does not follow. Returns how many were new."""
    new = 0
    for record in records:
        head = writer.head(record.log, record.desk)
        if record.seq <= head.seq:
            _check_known(writer, record)
        else:
            _keep(writer, target, head, record)
            new += 1
    target.flush()
    return new


def _keep(writer: Writer, target: Target, head: Head, record: Record) -> None:
    broken = breaks(head, record)
    if broken:
        raise _refusal(
            record, "facts before it are missing" if Break.GAP in broken else "it was tampered with"
        )
    writer.execute(log.INSERT, record)
    writer.advance(record)
    writer.clock.observe(Stamp.parse(record.stamp))
    fact = log.fact_from_record(record)
    if fact is not None:
        project(target, fact)


def _check_known(writer: Writer, record: Record) -> None:
    row = writer.execute(SELECT_DIGEST, (record.log, record.desk, record.seq)).fetchone()
    if row is None or row[0] != record.digest:
        raise _refusal(record, "another fact has its number here")


def _refusal(record: Record, reason: str) -> BadInput:
    return BadInput(
        f"Fact {record.seq} of desk {record.desk} in event {record.log} can't be taken in: {reason}.",
        "Nothing of this delivery was kept. Fetch the desk's facts anew from its first one.",
    )
