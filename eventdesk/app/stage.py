"""A composed desk and its window."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QApplication

from eventdesk.app.application import application
from eventdesk.app.becoming_kiosk import can_be_left, no_way_out
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.app.frames import Frames
from eventdesk.app.front import Front
from eventdesk.config import Config
from eventdesk.desk.kiosk.commands import CloseKiosk
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.i18n import tr
from eventdesk.screens.messages import Messages, Tone

# What the desk's own window ends with once it is to be a kiosk.
BECAME_KIOSK: Final = 11
# And once a supervisor has ordered it to start anew.
RESTARTED: Final = 75


@dataclass(frozen=True)
class Stage:
    """A composed desk and its window; nothing runs yet."""

    app: QApplication
    desk: Desk
    front: Front
    messages: Messages

    def run(self) -> int:
        """Show the window until it is closed; every thread has ended then."""
        self.begin()
        try:
            return self.app.exec()
        finally:
            self.end()

    def begin(self) -> None:
        self.front.bridge.kiosk_changed.connect(self._become_kiosk)
        self.front.bridge.desk_ordered.connect(self._ordered)
        self.desk.start()
        self.front.begin()

    def end(self) -> None:
        """Close the window and end every thread; the keys belong to others again."""
        self.front.end()
        self.desk.stop()

    def _ordered(self, order: DeskOrder) -> None:
        """In the same process: nobody need be there to type the passphrase again."""
        if order.order is Order.RESTART:
            self.app.exit(RESTARTED)

    def _become_kiosk(self, _state: KioskState) -> None:
        """Locked in a process of its own, which is watched: this one ends its work first."""
        if can_be_left(self.desk):
            self.app.exit(BECAME_KIOSK)
        else:
            self.desk.engine.post(CloseKiosk())
            fault = no_way_out()
            self.messages.tell(tr(fault.message), tr(fault.remedy), Tone.BAD, key="kiosk")


def stage(settings: Config, key: bytes, printers: Rack | None = None) -> Stage:
    """A desk over the database of `settings`, with its window. Raises StorageError."""
    app = application()
    frames = Frames()
    messages = Messages()
    desk = compose(settings, key, frames, printers)
    return Stage(app, desk, Front(app, desk, frames, messages), messages)
