"""A record as it travels, and back."""

from collections.abc import Iterable

from sync.chain import Record, fact_digest, payload_digest
from sync.wire import State, WireFact


def to_wire(record: Record) -> WireFact:
    """The record in the state that it is in here; what follows from the rest is left out."""
    whole = record.redacted == State.WHOLE
    return WireFact(
        id=record.id,
        kind=record.kind,
        subject=record.subject,
        stamp=record.stamp,
        desk=record.desk,
        seq=record.seq,
        chain=record.chain,
        payload=record.payload,
        salt=record.salt,
        payload_digest=b"" if whole else record.payload_digest,
        state=record.redacted,
    )


def from_wire(log: str, fact: WireFact) -> Record:
    """The record that a fact stands for; whether its chain holds is another question (`chain.breaks`).

    Raises ValueError where the envelope holds a line break.
    """
    of_payload = fact.payload_digest
    if fact.state == State.WHOLE and not of_payload:
        of_payload = payload_digest(fact.salt, fact.payload)
    envelope = (fact.id, log, fact.kind, fact.subject, fact.stamp, fact.desk, fact.seq)
    digest = fact_digest(*envelope, of_payload)
    return Record(*envelope, fact.payload, fact.salt, of_payload, digest, fact.chain, fact.state)


def in_runs(facts: Iterable[WireFact]) -> list[list[WireFact]]:
    """Facts by arrival as pushes, in each of which those of a desk follow each other: one that was released
    comes again amid later ones."""
    pushes: list[list[WireFact]] = []
    places: dict[str, tuple[int, int]] = {}  # by desk: the push it has come to, and its last number there
    for fact in facts:
        at, last = places.get(fact.desk, (0, fact.seq - 1))
        at += fact.seq != last + 1
        places[fact.desk] = at, fact.seq
        if at == len(pushes):
            pushes.append([])
        pushes[at].append(fact)
    return pushes
