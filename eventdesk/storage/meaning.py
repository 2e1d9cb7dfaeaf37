"""What `sync` asks about facts, answered for tickets: rights, claims, counters, erasure (`sync/meaning.py`).

Runs for every fact that a node takes: the payload is decoded once, and only where the kind has an answer.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import MsgspecError

from eventdesk.domain import members
from eventdesk.domain.claims import holder_of
from eventdesk.domain.definitions import staff_from
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import standing
from eventdesk.domain.members import BadPayload
from eventdesk.domain.personal import PERSONAL, without_personal
from eventdesk.domain.readable import check
from eventdesk.domain.rights import OF_THE_DESK, may, right_for
from eventdesk.domain.till.taken import SEAT_KINDS, seat_holder
from eventdesk.storage import log
from eventdesk.storage.projections.counters import MOVED
from sync.chain import Record
from sync.meaning import Counter, Erasure, Member, Use

_EMPTY = b"{}"
_NO_JSON = "the payload is no JSON"
_CLAIMED = frozenset({Kind.ADMITTED, Kind.LEFT, Kind.ADMISSION_UNDONE, *SEAT_KINDS})
# Members that name persons: who wrote it, and who approved it.
_PERSONS = ("by", "approved")
# What defines a counter, and the members that may say its size.
_COUNTERS: Mapping[str, Sequence[str]] = {
    Kind.QUOTA_DEFINED: ("size",),
    Kind.DISCOUNT_DEFINED: ("uses", "budget"),
    Kind.GIFT_CARD_ISSUED: ("amount",),
}
# What decoding may raise: no UTF-8, no JSON, nested too deep.
_FAULTS = (MsgspecError, UnicodeDecodeError, RecursionError)


class TicketMeaning:
    """Implements `sync.meaning.Meaning`. Holds nothing but the payload that was decoded last."""

    def __init__(self) -> None:
        self._last: tuple[bytes, Any] = (b"{}", {})

    def unreadable(self, record: Record) -> str:
        """Names the member and what it must be, never what was found there."""
        try:
            check(record.kind, record.subject, self._decoded(record.payload))
        except BadPayload as error:
            return error.told
        except _FAULTS:
            return _NO_JSON if record.kind in log.KINDS else ""
        return ""

    def actors(self, record: Record) -> Sequence[str]:
        """None where a person's roles add nothing to the desk's."""
        members = self._members(record)
        named = tuple(one for name in _PERSONS if isinstance(one := members.get(name), str) and one)
        return () if named and right_for(record.kind, members) in OF_THE_DESK else named

    def may_write(self, record: Record, roles: Collection[str]) -> bool:
        return may(roles, right_for(record.kind, self._members(record)))

    def member(self, record: Record) -> Member | None:
        if record.kind != Kind.STAFF_DEFINED:
            return None
        staff = staff_from(record.subject, self._members(record))
        return Member(staff.id, frozenset(role.value for role in staff.roles))

    def holder(self, key: str, records: Sequence[Record]) -> Record | None:
        facts = [fact for record in records if (fact := self._claimed(record)) is not None]
        if not facts:
            return None
        found = seat_holder(key, facts) or holder_of(key, facts[0].subject, standing(facts))
        return next((record for record in records if found and record.id == found.id), None)

    def counter(self, record: Record) -> Counter | None:
        """Of what was removed nothing is left."""
        sizes = _COUNTERS.get(record.kind)
        if sizes is None:
            return None
        payload = self._members(record)
        if members.flag(payload, "removed"):
            return Counter(record.subject, 0)
        if record.kind == Kind.QUOTA_DEFINED and "size" not in payload:
            return None  # as it was
        limited = next((name for name in sizes if payload.get(name) is not None), None)
        return Counter(record.subject, None if limited is None else members.number(payload, limited))

    def uses(self, record: Record) -> Sequence[Use]:
        moved = MOVED.get(record.kind)
        if moved is None:
            return ()
        return (Use(record.subject, moved.sign * members.number(self._members(record), moved.member)),)

    def erasure(self, record: Record) -> Erasure | None:
        if record.kind == Kind.GUESTS_PURGED:
            return Erasure(frozenset())
        if record.kind != Kind.GUEST_ERASED:
            return None
        payload = self._members(record)
        return Erasure(members.ids(payload, "tickets") | members.ids(payload, "sales") | {record.subject})

    def redacted(self, record: Record) -> bytes | None:
        """What can't be read may hold anyone's name: nothing of it is kept."""
        if record.kind not in PERSONAL or not record.payload:
            return None
        if self.unreadable(record):
            return _EMPTY if record.payload != _EMPTY else None
        left = without_personal(Kind(record.kind), self._members(record))
        return None if left is None else log.encode(left)

    def _members(self, record: Record) -> Mapping[str, Any]:
        """The payload's members; none where it is withheld or can't be read."""
        try:
            decoded = self._decoded(record.payload)
        except _FAULTS:
            return {}
        return decoded if isinstance(decoded, dict) else {}

    def _decoded(self, payload: bytes) -> Any:
        # One slot, replaced as a whole: threads may share it.
        last, decoded = self._last
        if last is not payload:
            decoded = log.decode(payload)
            self._last = (payload, decoded)
        return decoded

    def _claimed(self, record: Record) -> Fact | None:
        """The fact, where it tells of a pass or a seat and can be read."""
        if record.kind not in _CLAIMED or self.unreadable(record):
            return None
        return log.fact_from_record(record, self._members(record))
