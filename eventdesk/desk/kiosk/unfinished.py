"""Guests who were begun with, on the disk: a desk that goes down meanwhile calls for them when it starts."""

from collections.abc import Sequence
from datetime import datetime

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.awaited import UnderWay
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.settings import KIOSK_UNFINISHED
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.venue import HelpCall, Reason
from eventdesk.errors import BadInput


class Unfinished:
    """Lives on the engine's lane."""

    def __init__(self, scene: Scene, under_way: UnderWay) -> None:
        self._scene = scene
        self._under_way = under_way

    def keep(self) -> None:
        """Whoever is begun with, until the visit is over; who is called for, until the call is written."""
        visit = self._scene.visit
        kept = {(one.log, one.ticket) for one in self._under_way.everything()}
        kept |= {(self._scene.log, ticket) for ticket in self._unwritten()}
        if visit is not None and visit.begun:
            kept |= {(self._scene.log, one.ticket.id) for one in visit.parties if one.here}
        unfinished = [list(one) for one in sorted(kept)]
        if unfinished != self._scene.preferences.get(KIOSK_UNFINISHED):
            self._scene.preferences.put(KIOSK_UNFINISHED, unfinished)

    def look_at_calls(self) -> None:
        """Calls may have been written."""
        if self._scene.calls.unwritten:
            self.keep()

    def call(self) -> None:
        """Call for those of a group who were still to come, or who stood before the gate."""
        awaited = {one.ticket for one in self._under_way.everything()}
        awaited |= {one.ticket for one in self._own_calls(self._scene.now()) if one.ended is None}
        for log, ticket in self._scene.preferences.get(KIOSK_UNFINISHED):
            with self._scene.store.reader() as reader:
                is_in = bool(reader.passes(log, ticket))
            if not is_in and ticket not in awaited:
                self._scene.calls.guest(Reason.NOT_ADMITTED, ticket, str(phrases.FAULT))
        self.keep()

    def not_called_for(self, jobs: Sequence[BadgeJob]) -> list[BadgeJob]:
        """Those of which nobody was told since they were made."""
        calls = self._own_calls(min((one.created for one in jobs), default=self._scene.now()))
        called = {one.ticket: one.at for one in calls}  # the last one of each
        return [one for one in jobs if one.ticket not in called or called[one.ticket] < one.created]

    def _unwritten(self) -> set[str]:
        """Tickets of calls that are not on the disk yet; all others are forgotten."""
        waiting = self._scene.calls.unwritten
        if waiting:
            for one in self._own_calls(min(waiting.values())):
                if one.ticket in waiting and (one.ended is None or one.at >= waiting[one.ticket]):
                    del waiting[one.ticket]
        return set(waiting)

    def _own_calls(self, since: datetime) -> list[HelpCall]:
        """Of this desk: those that are open, and those asked since then."""
        try:
            log = self._scene.log
        except BadInput:  # no door is chosen: nobody was served here
            return []
        with self._scene.store.reader() as reader:
            calls = reader.help_calls(log, since)
        return [one for one in calls if one.desk == self._scene.store.desk]
