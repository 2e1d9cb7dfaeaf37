"""Is the database what its log says? The log is replayed into fresh tables, and all are compared."""

from collections.abc import Callable
from dataclasses import dataclass, field

from eventdesk.storage.faults import told
from eventdesk.storage.store import Store
from eventdesk.storage.verification.chains import check_chains
from eventdesk.storage.verification.compare import check_search, compare_tables
from eventdesk.storage.verification.replay import replayed
from eventdesk.storage.verification.till import check_till

__all__ = ["Findings", "examine", "verify"]


@dataclass(frozen=True, slots=True)
class Findings:
    """`differences` in words, empty when all is well; `facts` were read, `redacted` of them had been."""

    differences: list[str] = field(default_factory=list)
    facts: int = 0
    redacted: int = 0


def verify(store: Store) -> list[str]:
    """What differs, in words; empty when all is well."""
    return examine(store).differences


def examine(store: Store, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Findings:
    """Check the chains, replay the log, compare every table, add the tills up; `progress(done, total)` counts
    facts.

    Memory is bounded: the fresh tables lie in a temporary file, encrypted with a key that is
    forgotten. Whatever `progress` raises ends it. The store can be used meanwhile.
    """
    with told(store.path), replayed(store, progress) as (connection, unreadable):
        chains = check_chains(connection)
        differences = [
            *chains.differences,
            *unreadable,
            *compare_tables(connection),
            *check_search(connection),
            *check_till(connection),
        ]
        return Findings(differences, chains.facts, chains.redacted)
