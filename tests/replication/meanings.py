"""Facts that mean nothing, for tests of what the replication does by itself."""

from collections.abc import Collection, Sequence

from sync.chain import Record
from sync.meaning import Counter, Erasure, Member, Use


class NoMeaning:
    """Facts that mean nothing to the replication: everyone may write them, nothing is claimed."""

    def unreadable(self, record: Record) -> str:
        return ""

    def actors(self, record: Record) -> Sequence[str]:
        return ()

    def may_write(self, record: Record, roles: Collection[str]) -> bool:
        return True

    def member(self, record: Record) -> Member | None:
        return None

    def holder(self, key: str, records: Sequence[Record]) -> Record | None:
        return None

    def counter(self, record: Record) -> Counter | None:
        return None

    def uses(self, record: Record) -> Sequence[Use]:
        return ()

    def erasure(self, record: Record) -> Erasure | None:
        return None

    def redacted(self, record: Record) -> bytes | None:
        return None
