"""What `sync` has to ask about facts, as it reads no payload: answered by whoever composes a node.

Each answer depends on its arguments alone. `eventdesk.storage.meaning` is the one for tickets.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from sync.chain import Record


class Member(NamedTuple):
    """A person who may write facts at a desk. No roles: not (any more)."""

    id: str
    roles: frozenset[str]


class Counter(NamedTuple):
    """`size` None: unlimited."""

    key: str
    size: int | None


class Use(NamedTuple):
    counter: str
    number: int  # negative: given back


class Erasure(NamedTuple):
    """Whose personal data must go. `subjects` empty: everyone's in this log."""

    subjects: frozenset[str]


class Meaning(Protocol):
    def unreadable(self, record: Record) -> str:
        """Why the payload is not what its kind says, in words; empty where it is, or the kind is unknown."""

    def actors(self, record: Record) -> Sequence[str]:
        """The ids of the members whose roles count beside the desk's: whom the fact names as its writer, and
        as having approved it."""

    def may_write(self, record: Record, roles: Collection[str]) -> bool:
        """Whether these roles (of the desk, and of the members whom the fact names) may write the fact."""

    def member(self, record: Record) -> Member | None:
        """The member whom the fact defines, if it does; the latest stamp counts."""

    def holder(self, key: str, records: Sequence[Record]) -> Record | None:
        """Of all facts of a claim's subject: the one that holds the claim `key` now, by stamp order."""

    def counter(self, record: Record) -> Counter | None:
        """The counter that the fact defines, if it does; the latest stamp counts."""

    def uses(self, record: Record) -> Sequence[Use]:
        """What the fact takes from counters or gives back."""

    def erasure(self, record: Record) -> Erasure | None:
        """Whose personal data the fact asks to forget, if it does."""

    def redacted(self, record: Record) -> bytes | None:
        """The payload without its personal members; None where it has none."""
