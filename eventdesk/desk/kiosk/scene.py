"""What the parts of a kiosk share: the door, its set-up, the visit under way, and the telling of it."""

from collections.abc import Callable
from datetime import datetime

from eventdesk.desk.hooks import Door, Hooks
from eventdesk.desk.kiosk.calls import Calls
from eventdesk.desk.kiosk.showing import shown
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.desk.kiosk.works import Working
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import KIOSK_TRIES
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.domain.facts import Draft
from eventdesk.domain.kiosk import tries
from eventdesk.domain.kiosk.setup import Document, KioskSetup
from eventdesk.domain.kiosk.tries import Tries
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words
from eventdesk.storage.store import Store


class Scene:
    """Lives on the engine's lane."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        standing: Standing,
        preferences: Preferences,
        line: AtDoor,
        calls: Calls,
        now: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.hooks = hooks
        self.standing = standing
        self.preferences = preferences
        self.line = line
        self.calls = calls
        self.now = now
        self.working = Working()
        self.setup = KioskSetup()
        self.documents: list[Document] = []
        self.visit: Visit | None = None
        self.closed: Words | None = None
        self._told: KioskState | None = None

    @property
    def door(self) -> Door:
        return self.standing.door

    @property
    def log(self) -> str:
        return self.standing.log

    @property
    def tries(self) -> Tries:
        return tries.read(self.preferences.get(KIOSK_TRIES))

    def put_tries(self, now_: Tries) -> None:
        self.preferences.put(KIOSK_TRIES, tries.kept(now_))

    def write(self, *drafts: Draft) -> None:
        """In one transaction, in the name of whoever is at the desk. Raises NotAllowed."""
        self.line.present.check_drafts(self.log, drafts)
        with self.store.transaction() as tx:
            tx.append(self.log, self.line.present.signed(drafts))

    def send_to_staff(self, party: Party, reason: Reason, words: Words) -> None:
        """This guest can't be served here: staff is told who and why."""
        party.goes(Fate.SENT, words)
        self.calls.guest(reason, "" if party.wanted else party.ticket.id, str(words))

    def tell(self) -> None:
        """Show how it stands, where that has changed."""
        state = shown(self)
        if state != self._told:
            self._told = state
            self.hooks.kiosk_changed(state)
