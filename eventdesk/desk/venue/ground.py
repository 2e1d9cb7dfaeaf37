"""What calls, orders and reports stand on alike: the desk's store and line, its name and its event."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from eventdesk.desk.hooks import Hooks, Recorded
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import DOOR
from eventdesk.desk.station import station_name
from eventdesk.desk.upstream.line import Line
from eventdesk.domain.facts import Draft
from eventdesk.storage.store import Store


@dataclass(frozen=True)
class Ground:
    line: Line
    now: Callable[[], datetime]

    @property
    def store(self) -> Store:
        return self.line.store

    @property
    def hooks(self) -> Hooks:
        return self.line.hooks

    @property
    def preferences(self) -> Preferences:
        return self.line.preferences

    @property
    def log(self) -> str:
        """The event of the door where the desk stands; empty: at none. Calls and orders are of this event."""
        return str((self.preferences.get(DOOR) or {}).get("log", ""))

    @property
    def name(self) -> str:
        """What people call this desk."""
        return station_name(self.preferences)

    def write(self, log: str, drafts: Iterable[Draft], request: str = "") -> None:
        """In the name of whoever is there. Raises NotAllowed."""
        signed = self.line.present.signed(drafts)
        self.line.present.check_drafts(log, signed)
        with self.store.transaction() as tx:
            tx.append(log, signed)
        self.hooks.facts_recorded(Recorded(request, log, {draft.kind.value: 1 for draft in signed}))
