"""How far the bridge has read: kept in the transaction of what was read, so that a cut loses nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from eventdesk.bridges.pretix.api import SETTLED_S
from eventdesk.storage.store import Reader, Transaction

KEY: Final = "pretix.cursor"


@dataclass(frozen=True, slots=True)
class Cursor:
    """`page`: the last whole page of the first download, 0 before it; `since`: what to ask changes since
    (empty until the first download is over), `begun`: what that was when the first download began.
    `marks`: by resource, what to ask newer rows since."""

    log: str
    page: int = 0
    total: int = 0
    begun: str = ""
    since: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_fetched(self) -> bool:
        return bool(self.since)

    def marked(self, resource: str, upto: str) -> "Cursor":
        return replace(self, marks={**self.marks, resource: upto}) if upto else self


def load(source: Reader | Transaction, log: str) -> Cursor:
    """From the beginning where another event was read before."""
    kept: Any = source.settings.get(KEY)
    if not isinstance(kept, dict) or kept.get("log") != log:
        return Cursor(log)
    return Cursor(**{name: kept[name] for name in kept if name in Cursor.__slots__})


def keep(tx: Transaction, cursor: Cursor) -> None:
    tx.settings.put(KEY, asdict(cursor))


def overlapping(since: str) -> str:
    """A little earlier: what pretix had begun to write by then may have become visible only later."""
    if not since:
        return ""
    return (datetime.fromisoformat(since) - timedelta(seconds=SETTLED_S)).isoformat()
