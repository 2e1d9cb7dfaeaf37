"""A whole desk without a screen: its parts, started and stopped in their order, and forgotten."""

import sys
import threading
from dataclasses import dataclass, field

from eventdesk.config import Config, renew
from eventdesk.desk.commands import BackUpIfDue, OpenCamera
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks, Trouble
from eventdesk.desk.lane import trouble
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.pretix.pretix import Pretix
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.till.till import Till
from eventdesk.desk.upkeep import Upkeep
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.own_hub import OwnHub
from eventdesk.desk.upstream.values import LineState
from eventdesk.desk.venue.flow_watch import FlowWatch
from eventdesk.desk.venue.venue import VenuePart
from eventdesk.desk.watch import Watch
from eventdesk.devices.printers.rack import Rack
from eventdesk.errors import EventDeskError
from eventdesk.storage import wiping
from eventdesk.storage.store import Store

SWITCH_S = 0.0005


@dataclass(frozen=True)
class Desk:
    """A whole desk without a screen. `start` after every listener is connected to `hooks`."""

    config: Config
    store: Store
    hooks: Hooks
    preferences: Preferences
    engine: Engine
    spool: Spool
    printers: Rack
    watch: Watch
    upkeep: Upkeep
    line: Line
    hub: OwnHub
    till: Till
    flow: FlowWatch
    venue: VenuePart
    pretix: Pretix
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        # A thread that takes facts in would keep a scan waiting for the interpreter at each of its steps.
        sys.setswitchinterval(SWITCH_S)
        self.line.on_shut_out = self._shut_out
        self.engine.start()
        self.line.start()
        self.hub.start_again()
        self.spool.start()
        self.upkeep.start()
        self.flow.start()
        self.venue.start()
        if not self.line.present.is_revoked:
            self.pretix.start()
        self.engine.post(OpenCamera())
        if self.line.present.is_revoked:  # it was closed, or crashed, before it had forgotten everything
            self._shut_out()

    def discard(self) -> None:
        """Close what was opened of a desk that was never started."""
        self._ended.set()
        self.watch.close()
        self.printers.close()
        self.store.close()

    def stop(self) -> None:
        """End every thread, keep a backup of the day's work, close the database."""
        if self._ended.is_set():
            return
        self._ended.set()
        self.upkeep.stop()
        self.flow.stop()
        self.venue.ask_to_stop()
        self.pretix.stop()
        self.hub.close()
        self.till.close()
        self.line.stop()
        self.venue.join()
        if not self.line.present.is_revoked:
            self.engine.post(BackUpIfDue())
        self.engine.stop()
        self.watch.close()
        self.spool.stop()
        self.printers.close()
        self.store.close()

    def _shut_out(self) -> None:
        """On the line's own thread, which must end first."""
        threading.Thread(target=self.forget, name="forgetting", daemon=True).start()

    def forget(self) -> None:
        """This desk was shut out by a person, and what it held was handed in: it forgets everything. Under a
        new id, as its old one has numbered facts that are not here any more."""
        # Screens first, as the line that would tell them ends with the rest: no guest stays to be seen.
        self.hooks.line_changed(LineState(paired=True, revoked=True))
        self.stop()
        told = Trouble(
            "",
            "This desk was shut out by a supervisor: its data was deleted here.",
            "Close EventDesk. To use this computer again, start it anew and pair it by a new code.",
        )
        try:
            wiping.wipe(self.config.database)
            wiping.wipe_folder(self.config.badges)
            renew(self.config.folder)
        except (EventDeskError, OSError) as error:  # the next start goes on with it
            told = trouble("", error, "forgetting what this desk held")
        self.hooks.trouble_told(told)
