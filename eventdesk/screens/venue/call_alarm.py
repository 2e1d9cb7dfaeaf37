"""The alarm that a desk calls for help."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QTimer

from eventdesk.desk.hooks import Door
from eventdesk.desk.venue.commands import GiveHelp
from eventdesk.desk.venue.values import HelpChanged
from eventdesk.domain.venue import HelpCall
from eventdesk.i18n import tr
from eventdesk.screens.alarms import Alarm
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.words import utc_now
from eventdesk.screens.venue import words
from eventdesk.screens.widgets.basics import Button

# "Since" is told in minutes.
TICK_MS = 20_000


class CallAlarm(Alarm):
    """At every desk where people stand: the oldest open call that nobody goes to and nobody here has seen,
    and how many more."""

    def __init__(self, bridge: Bridge, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__("desks")
        self._bridge, self._now = bridge, now
        self._zone: tzinfo | None = None
        self._calls: list[HelpCall] = []
        self._seen: set[str] = set()
        self.show_button.setText(tr("All calls"))
        self.going_button = Button(tr("I'm going"), "hand", "", self.go)
        self.add_button(self.going_button)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tell)
        bridge.help_changed.connect(self._changed)
        bridge.door_chosen.connect(self._door_chosen)

    def shown(self) -> HelpCall | None:
        """The call that is told of."""
        return next((one for one in self._calls if one.id not in self._seen), None)

    def seen(self) -> None:
        """The calls stay open, in the list of all."""
        self._seen.update(one.id for one in self._calls)
        self._tell()

    def go(self) -> None:
        """Take the call that is told of: no other desk is told of it any more."""
        call = self.shown()
        if call is not None:
            self._seen.add(call.id)
            self._bridge.post(GiveHelp(call.id, going=True))
            self._tell()

    def _changed(self, changed: HelpChanged) -> None:
        self._calls = [
            one for one in changed.calls if one.ended is None and not one.admitted and one.going is None
        ]
        self._seen &= {one.id for one in self._calls}
        fresh = {one.id for one in self._calls} & changed.new
        self._tell()
        if fresh:
            self.rang.emit()

    def _tell(self) -> None:
        call = self.shown()
        if call is None:
            self._clock.stop()
            if self.on:
                self.quiet()
            return
        self._clock.start()
        more = sum(one.id not in self._seen for one in self._calls) - 1
        told = "⚑ " + words.call(call, self._now(), self._zone)
        self.tell(f"{told} {tr('And {number} more.', number=more)}" if more else told)

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
