"""Records as they come in, told apart: which are new, which are known, which can't be taken.

Nothing is written here. One bad record stops none but those of its own chain after it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from eventdesk.domain import readable
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.stamps import Stamp
from eventdesk.storage import log
from eventdesk.storage.received import Refused
from eventdesk.storage.writer import Writer
from sync.chain import Break, Head, Record, breaks, fact_digest, head_of, payload_digest
from sync.wire import State, Why

SELECT_KNOWN = "SELECT digest, redacted FROM facts WHERE log = ? AND desk = ? AND seq = ?"
SELECT_IDS = "SELECT id FROM facts WHERE id IN (SELECT value FROM json_each(?))"

# 2200-01-01: a stamp beyond it is no clock's error, and nothing would sort after it any more.
LATEST_WALL = 7_258_118_400_000

Key = tuple[str, str, int]


class Amendment(NamedTuple):
    """A known fact that came in a fuller state. `before` is the state that it has here."""

    record: Record
    before: int


class Intake:
    """`new` in the order of arrival, each chain without gaps."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._heads: dict[tuple[str, str], Head] = {}
        self._pending: dict[Key, Record] = {}
        self._ids: set[str] = set()
        self._amended: dict[Key, Amendment] = {}
        self.whole_here: list[str] = []
        self.refused: list[Refused] = []
        self.known = 0

    @property
    def new(self) -> list[Record]:
        return list(self._pending.values())

    @property
    def amended(self) -> list[Amendment]:
        """Each fact once, however often it came."""
        return list(self._amended.values())

    def sort(self, records: Iterable[Record]) -> None:
        batch = [log.travelling(record) for record in records]
        ids = log.encode([record.id for record in batch]).decode()
        self._ids = {row[0] for row in self._writer.execute(SELECT_IDS, (ids,)).fetchall()}
        for record in batch:
            words = malformed(record)
            if words:
                self._refuse(record, Why.CHAIN, words)
            elif record.seq <= self._head(record).seq:
                self._known(record)
            else:
                self._new(record)

    def _head(self, record: Record) -> Head:
        key = record.log, record.desk
        if key not in self._heads:
            self._heads[key] = self._writer.head(*key)
        return self._heads[key]

    def _refuse(self, record: Record, why: Why, words: str) -> None:
        self.refused.append(Refused(record, why, words))

    def _new(self, record: Record) -> None:
        broken = set(breaks(self._head(record), record))
        if Break.GAP in broken:
            self._refuse(record, Why.GAP, "facts before it are missing")
        elif broken - {Break.PAYLOAD}:
            self._refuse(
                record, Why.CHAIN, "it does not follow from the fact before it, or was tampered with"
            )
        elif record.id in self._ids:
            self._refuse(record, Why.FORK, "another fact has its id here")
        else:
            self._keep(record, damaged=Break.PAYLOAD in broken)

    def _keep(self, record: Record, *, damaged: bool) -> None:
        if damaged:
            self._refuse(record, Why.PAYLOAD, "its payload was damaged on the way")
        if damaged or record.redacted == State.WITHHELD:
            record = record._replace(payload=b"", salt=b"", redacted=State.WITHHELD)
        self._ids.add(record.id)
        self._heads[record.log, record.desk] = head_of(record)
        self._pending[record.log, record.desk, record.seq] = record

    def _known(self, record: Record) -> None:
        here = self._here(record)
        if here is None or here[0] != record.digest or not _envelope_holds(record):
            self._refuse(record, Why.FORK, "another fact has its number here")
        elif not _is_fuller(record.redacted, here[1]):
            self.known += 1
            if record.redacted != State.WITHHELD:
                self.whole_here.append(record.id)
        elif record.redacted == State.WHOLE and not _payload_holds(record):
            self._refuse(record, Why.PAYLOAD, "its payload was damaged on the way")
        else:
            self._amend(record, here[1])

    def _amend(self, record: Record, before: int) -> None:
        key = record.log, record.desk, record.seq
        self.whole_here.append(record.id)
        if key in self._pending:  # both came in one delivery
            self._pending[key] = record
            self.known += 1
        elif key in self._amended:
            self._amended[key] = self._amended[key]._replace(record=record)
            self.known += 1
        else:
            self._amended[key] = Amendment(record, before)

    def _here(self, record: Record) -> tuple[bytes, int] | None:
        """Digest and state of the fact with the record's number."""
        key = record.log, record.desk, record.seq
        came = self._pending.get(key) or (self._amended[key].record if key in self._amended else None)
        if came is not None:
            return came.digest, came.redacted
        row: tuple[bytes, int] | None = self._writer.execute(SELECT_KNOWN, key).fetchone()
        return row


def _is_fuller(state: int, here: int) -> bool:
    """Withheld, then whole (read or not), then redacted: a fact goes on, and never back."""
    order = {State.WITHHELD: 0, State.WHOLE: 1, log.UNREADABLE: 1, State.REDACTED: 2}
    return order[state] > order[here]


def _envelope_holds(record: Record) -> bool:
    return record.digest == fact_digest(*record[:7], record.payload_digest)


def _payload_holds(record: Record) -> bool:
    return payload_digest(record.salt, record.payload) == record.payload_digest


def malformed(record: Record) -> str:
    """What of the envelope is not what it must be, in words; empty where all is well."""
    texts = {"id": record.id, "log": record.log, "kind": record.kind, "subject": record.subject}
    for name, text in {**texts, "desk": record.desk}.items():
        if not text or "\n" in text:
            return f"its {name} is malformed"
    if record.redacted not in tuple(State):
        return f"its state {record.redacted} is unknown"
    return _malformed_stamp(record)


def _malformed_stamp(record: Record) -> str:
    try:
        stamp = Stamp.parse(record.stamp)
    except ValueError:
        return "its stamp is malformed"
    if stamp.text() != record.stamp or stamp.desk != record.desk:
        return "its stamp is malformed, or of another desk"
    return "its stamp is beyond the year 2199" if stamp.wall >= LATEST_WALL else ""


def read(record: Record) -> tuple[Record, Fact | None, str]:
    """The record in its state here, the fact that it tells of, if it does, and why it can't be read."""
    if record.kind not in log.KINDS or record.redacted == State.WITHHELD:
        return record, None, ""
    kind = Kind(record.kind)
    try:
        payload = log.decode(record.payload)
        readable.check(kind, record.subject, payload)
    except BadPayload as error:
        return record._replace(redacted=log.UNREADABLE), None, error.told
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return record._replace(redacted=log.UNREADABLE), None, "the payload is no JSON"
    stamp = Stamp.parse(record.stamp)
    return record, Fact(record.id, record.log, kind, record.subject, stamp, record.seq, payload), ""


def unread_words(records: Sequence[Record]) -> list[str]:
    """Why each of these can't be read: found out anew, as the words may tell of personal data."""
    return [read(log.travelling(record))[2] for record in records]
