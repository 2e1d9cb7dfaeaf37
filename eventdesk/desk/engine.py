"""The engine: commands in from any thread, hooks out. It knows no widget.

Lanes (docs/decisions/0002): *engine* writes, *lookups* only reads, *errands* wait for the world. So no
search and no printer ever stands before a ticket. Long operations run beside them.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from eventdesk.desk.check_out import CheckOut
from eventdesk.desk.commands import (
    Command,
    FindGuests,
    ListGuests,
    ListJobs,
    ListPasses,
    PrepareSearch,
    RefreshDoor,
    ResumeDoor,
    RunOperation,
    ShowTicket,
)
from eventdesk.desk.design.commands import FindSamples
from eventdesk.desk.design.looking import DesignLooking
from eventdesk.desk.door import DoorKeeper
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.keeping import Keeping
from eventdesk.desk.kiosk.commands import ListSignatures, OpenKiosk
from eventdesk.desk.kiosk.gatekeeper import Opener
from eventdesk.desk.kiosk.kiosk import Kiosk
from eventdesk.desk.kiosk.setting_up import SettingUp
from eventdesk.desk.lane import Handlers, Lane, closed_while
from eventdesk.desk.lookups import Lookups
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.requests import BadgeRequests
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.printing.waves import FillWaves, WaveRequests
from eventdesk.desk.settings import KIOSK
from eventdesk.desk.standing import Standing
from eventdesk.desk.till.commands import FindSales, ListAudit, ShowSale
from eventdesk.desk.till.till import Till
from eventdesk.desk.upstream.alone import alone
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.desk.work import Workshop
from eventdesk.devices.gates.addresses import open_gate
from eventdesk.storage.store import Store

# What shows people's data: not at a desk that is locked.
OF_GUESTS = frozenset({ListSignatures, FindGuests, FindSamples, ListGuests, ListPasses, ShowTicket})

# A kiosk has no more to do with what was sold, printed and noted.
NOT_AT_KIOSK = OF_GUESTS | {FindSales, ShowSale, ListJobs, ListAudit}


def utc_now() -> datetime:
    return datetime.now(UTC)


class Engine:
    """`post` from any thread; connect to `hooks` before `start`.

    `errands` are the handlers of what may wait for devices, by the name of the lane that they run on;
    they may be filled until `start`, as some of them need `post`.
    """

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        preferences: Preferences,
        spool: Spool | None = None,
        errands: Mapping[str, Handlers] | None = None,
        now: Callable[[], datetime] = utc_now,
        line: AtDoor | None = None,
        till: Till | None = None,
        gate: Opener = open_gate,
    ) -> None:
        """`line`: to the upstream; None: a desk that works alone. `till`: None where nothing is sold. `gate`:
        reaches the turnstile of a kiosk."""
        self.hooks = hooks
        line = line or alone(store, preferences)
        self._preferences = preferences
        self._standing = Standing(store, hooks, preferences)
        self._lookups = Lookups(store, hooks)
        self._workshop = Workshop(store, hooks, line.present.check)
        writing = dict(self._standing.handlers())
        writing |= DoorKeeper(store, hooks, self._standing, preferences, spool, now, line).handlers()
        writing |= Keeping(store, hooks, self._standing, preferences, now, line.present).handlers()
        self.kiosk = Kiosk(store, hooks, self._standing, preferences, spool, line, now, self.post, gate)
        setting_up = SettingUp(store, hooks, self._standing, line.present)
        writing |= {**self.kiosk.handlers(), **setting_up.writing()}
        writing |= closed_while(self.kiosk.check_away, self._workshop.handlers(), {RunOperation})
        writing |= CheckOut(store, self._standing, self.post, now).handlers()
        if spool is not None:
            writing |= BadgeRequests(store, hooks, self._standing, spool, now).handlers()
            waves = WaveRequests(store, spool, self._workshop.run, line.present.check, now)
            writing |= waves.handlers()
        self._prints = spool is not None
        if till is not None:
            writing |= till.writing()
        self._till = till
        self._writer = Lane("engine", writing, hooks.trouble_told, "database")
        designing = DesignLooking(store, hooks).handlers()
        finding = {
            **setting_up.looking(),
            **self._lookups.handlers(),
            **designing,
            **(till.looking() if till else {}),
        }
        looking = closed_while(line.present.check_open, finding, OF_GUESTS)
        looking = closed_while(self.kiosk.check_away, looking, NOT_AT_KIOSK)
        self._looker = Lane("lookups", looking, hooks.trouble_told)
        runners = [Lane(name, one, hooks.trouble_told) for name, one in (errands or {}).items()]
        self._lanes = (self._writer, self._looker, *runners)
        hooks.door_chosen.connect(lambda door: self.post(PrepareSearch(door.catalogue.event.id)))
        # An import may have changed the catalogue or the guests of the door.
        hooks.operation_ended.connect(lambda _: self._writer.post(RefreshDoor()))

    def post(self, command: Command) -> None:
        """Hand a command over; returns at once. Raises KeyError for a command that no lane serves."""
        self._lookups.expect(command)
        self._lane_of(command).post(command)

    def _lane_of(self, command: Command) -> Lane:
        for lane in self._lanes:
            if lane.serves(command):
                return lane
        raise KeyError(f"no lane serves {type(command).__name__}")

    def start(self) -> None:
        """Start the lanes, and stand at the door where the desk stood last."""
        for lane in self._lanes:
            lane.start()
        self._writer.post(ResumeDoor())
        if self._preferences.get(KIOSK):
            self._writer.post(OpenKiosk())
        if self._prints:
            self._writer.post(FillWaves())
        if self._till is not None:
            self._till.resume()

    def stop(self) -> None:
        """Serve what was posted, stop every thread. Whatever was shown is on the disk already."""
        for lane in self._lanes:
            lane.stop()
        self.kiosk.stop()
        self._workshop.stop()
