"""What people set up and settle: catalogue facts, settings. Lives on the engine's lane."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from eventdesk.desk.commands import OpenDemoEvent, PutSetting, RecordFacts
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.hooks import Hooks, Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.listings import EventsListed
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import FIXED_IN_TRAINING, LIMITS, TRAINING
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.present import Present
from eventdesk.domain.rights import Right
from eventdesk.errors import NotAllowed
from eventdesk.storage.store import Store


class Keeping:
    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        standing: Standing,
        preferences: Preferences,
        now: Callable[[], datetime],
        present: Present,
    ) -> None:
        self._store = store
        self._hooks = hooks
        self._standing = standing
        self._preferences = preferences
        self._now = now
        self._present = present

    def handlers(self) -> Handlers:
        return {RecordFacts: self.record, PutSetting: self.put, OpenDemoEvent: self.open_demo}

    def record(self, command: RecordFacts) -> None:
        """Write all of the facts or none; the door goes on by what they changed. Raises NotAllowed."""
        self._present.check_drafts(command.log, command.drafts)
        with self._store.transaction() as tx:
            facts = tx.append(command.log, self._present.signed(command.drafts))
        kinds = Counter(fact.kind.value for fact in facts)
        self._hooks.facts_recorded(Recorded(command.request, command.log, kinds))
        self._standing.refresh(command)

    def put(self, command: PutSetting) -> None:
        """Raises NotAllowed for a limit of this desk, where somebody in charge has let it in, and for what
        makes a training of a desk or a desk of a training."""
        is_training = bool(self._preferences.get(TRAINING))
        if command.key == TRAINING or (is_training and command.key in FIXED_IN_TRAINING):
            raise NotAllowed(
                "Training is a desk of its own: this can't be changed.", "Start it from the settings."
            )
        if command.key in LIMITS:
            self._present.check("", Right.DESK_LIMITS)
        self._preferences.put(command.key, command.value)
        self._hooks.setting_kept((command.key, command.value))

    def open_demo(self, command: OpenDemoEvent) -> None:
        """Raises NotAllowed where it would have to be written and nobody here may."""
        drafts = demo_drafts(self._now())
        if not self._is_here():
            self._present.check_drafts(LOG, drafts)
        with self._store.transaction() as tx:
            events = tx.events()
            if all(event.id != LOG for event in events):
                tx.append(LOG, drafts)
                events = tx.events()
        self._hooks.events_listed(EventsListed(command.request, events))

    def _is_here(self) -> bool:
        with self._store.reader() as reader:
            return any(event.id == LOG for event in reader.events())
