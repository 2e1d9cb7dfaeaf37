"""The alarm that a desk calls for help."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

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
from eventdesk.screens.words import joined

# "Since" is told in minutes.
TICK_MS = 20_000
# Whoever went and has not ended the call by then was held up: it rings again.
ON_THE_WAY = timedelta(minutes=5)


class CallAlarm(Alarm):
    """At every desk where people stand: the oldest open call that nobody goes to (any more) and nobody here
    has seen, and how many more."""

    def __init__(self, bridge: Bridge, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__("desks")
        self._bridge, self._now = bridge, now
        self._zone: tzinfo | None = None
        self._open: list[HelpCall] = []
        self._late: set[str] = set()
        self._seen: set[str] = set()
        self.show_button.setText(tr("All calls"))
        self.going_button = Button(tr("I'm going"), "hand", "", self.go)
        self.add_button(self.going_button)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        bridge.help_changed.connect(self._changed)
        bridge.door_chosen.connect(self._door_chosen)

    def shown(self) -> HelpCall | None:
        """The call that is told of."""
        return next(iter(self._waiting()), None)

    def seen(self) -> None:
        """The calls stay open, in the list of all."""
        self._seen.update(one.id for one in self._waiting())
        self._tell()

    def go(self) -> None:
        """Take the call that is told of: no other desk is told of it any more."""
        call = self.shown()
        if call is not None:
            self._seen.add(call.id)
            self._bridge.post(GiveHelp(call.id, going=True))
            self._tell()

    def _changed(self, changed: HelpChanged) -> None:
        known = {one.id for one in self._open}
        self._open = [one for one in changed.calls if one.ended is None and not one.admitted]
        self._seen &= {one.id for one in self._open}
        late = self._held_up() & known
        self._tell()
        if late or {one.id for one in self._waiting()} & changed.new:
            self.rang.emit()

    def _tick(self) -> None:
        late = self._held_up()
        self._tell()
        if late:
            self.rang.emit()

    def _held_up(self) -> set[str]:
        """The calls to which somebody has been on the way for too long since this was asked last."""
        now = self._now()
        late = {one.id for one in self._open if one.going is not None and now - one.going >= ON_THE_WAY}
        fresh, self._late = late - self._late, late
        self._seen -= fresh
        return fresh

    def _waiting(self) -> list[HelpCall]:
        calls = (one for one in self._open if one.going is None or one.id in self._late)
        return [one for one in calls if one.id not in self._seen]

    def _tell(self) -> None:
        if not self._open:
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()
        waiting = self._waiting()
        if not waiting:
            if self.on:
                self.quiet()
            return
        call, more = waiting[0], len(waiting) - 1
        told = "⚑ " + joined(words.call(call, self._now(), self._zone), words.going(call, self._now()))
        self.tell(f"{told} {tr('And {number} more.', number=more)}" if more else told)

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
