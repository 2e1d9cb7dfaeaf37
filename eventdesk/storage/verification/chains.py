"""The chain of each desk, from its first fact to its last."""

from dataclasses import dataclass, field
from typing import Any

from eventdesk.storage import log
from sync.chain import Break, Head, Record, breaks, head_of
from sync.wire import State

SHOWN = 20

_SENTENCES = {
    Break.PAYLOAD: "its payload is not what was written (the digest does not match)",
    Break.ENVELOPE: "its id, kind, subject, stamp or number is not what was written",
    Break.CHAIN: "it does not follow from the fact before it",
    Break.GAP: "the number before it is missing",
}


@dataclass(slots=True)
class Chains:
    differences: list[str] = field(default_factory=list)
    facts: int = 0
    redacted: int = 0


def check_chains(connection: Any, schema: str = "kept") -> Chains:
    """Read every fact of the schema and check it against the one before it."""
    found, broken = Chains(), 0
    desk, head = ("", ""), Head()
    for record in log.records(connection.execute, schema):
        if (record.log, record.desk) != desk:
            desk, head = (record.log, record.desk), Head()
        found.facts += 1
        found.redacted += record.redacted == State.REDACTED
        problems = breaks(head, log.travelling(record))
        broken += bool(problems)
        if problems and broken <= SHOWN:
            found.differences.append(_sentence(record, problems))
        head = head_of(record)
    if broken > SHOWN:
        found.differences.append(f"Log: {broken - SHOWN} more facts do not hold.")
    return found


def _sentence(record: Record, problems: list[Break]) -> str:
    reasons = "; ".join(_SENTENCES[problem] for problem in problems)
    return (
        f"Log of event {record.log}, desk {record.desk}, fact {record.seq} "
        f"({record.kind} {record.subject}): {reasons}."
    )
