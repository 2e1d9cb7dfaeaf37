"""A desk that is the bridge and nothing else: no door, no till, no window."""

from collections.abc import Callable

from eventdesk.desk.commands import Command
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.pretix.exclusive import Exclusive
from eventdesk.desk.pretix.pretix import Pretix
from eventdesk.desk.pretix.values import PretixEvent
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.enrolling import enrolled
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.parts import lanes_of
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store


class Windowless:
    """`tell` gets each state and each trouble, on any thread. `start`, then ask `pretix`; `stop` once."""

    def __init__(self, store: Store, tell: Callable[[object], None], clock: DeskClock | None = None) -> None:
        clock = clock or DeskClock()
        clock.keep(store)
        secrets, self.hooks = Secrets(store), Hooks()
        self.preferences = Preferences(store)
        self.line = Line(store, secrets, self.hooks, self.preferences, clock, dial)
        self._clock = clock
        self.exclusive = Exclusive(self.line.claims)
        self.pretix = Pretix(
            store, secrets, self.hooks, self.preferences, self.exclusive, self.line.present, clock.now
        )
        lanes = {"pretix": self.pretix.handlers(), **lanes_of(self.line, clock.now)}
        self._engine = Engine(store, self.hooks, self.preferences, None, lanes, clock.now, self.line.at_door)
        self.line.attach(self._engine.post)
        self.hooks.pretix_changed.connect(tell)
        self.hooks.trouble_told.connect(tell)

    def join(self, invitation: str, address: str, name: str) -> None:
        """Raises BadInput, NotAllowed or EventDeskError where the node lets it in not."""
        enrolled(self.line.membership, self.line.reach, self._clock, invitation, address, name)
        self.line.exchange.wake()

    @property
    def post(self) -> Callable[[Command], None]:
        return self._engine.post

    def start(self) -> None:
        self._engine.start()
        self.line.start()

    def stop(self) -> None:
        self.pretix.stop()
        self.line.stop()
        self._engine.stop()

    def events(self) -> list[PretixEvent]:
        """Those that pretix lets this device see. Raises PretixError, BadInput where it is no device."""
        return list(self.pretix.events())

    def holds(self) -> bool:
        """Whether a node keeps the bridge for this desk, as far as it answers: silence is yes."""
        return self.exclusive.is_held(self.pretix.log)
