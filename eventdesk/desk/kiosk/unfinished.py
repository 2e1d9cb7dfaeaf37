"""Guests who were begun with, on the disk: a desk that goes down meanwhile calls for them when it starts."""

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.awaited import UnderWay
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.settings import KIOSK_UNFINISHED
from eventdesk.domain.venue import Reason


class Unfinished:
    """Lives on the engine's lane."""

    def __init__(self, scene: Scene, under_way: UnderWay) -> None:
        self._scene = scene
        self._under_way = under_way

    def keep(self) -> None:
        """Whoever is begun with, until the visit is over."""
        visit = self._scene.visit
        kept = {(one.log, one.ticket) for one in self._under_way.everything()}
        if visit is not None and visit.begun:
            kept |= {(self._scene.log, one.ticket.id) for one in visit.parties if one.here}
        unfinished = [list(one) for one in sorted(kept)]
        if unfinished != self._scene.preferences.get(KIOSK_UNFINISHED):
            self._scene.preferences.put(KIOSK_UNFINISHED, unfinished)

    def call(self) -> None:
        """Call for those of a group who were still to come, or who stood before the gate."""
        awaited = {one.ticket for one in self._under_way.everything()}
        for log, ticket in self._scene.preferences.get(KIOSK_UNFINISHED):
            with self._scene.store.reader() as reader:
                is_in = bool(reader.passes(log, ticket))
            if not is_in and ticket not in awaited:
                self._scene.calls.guest(Reason.NOT_ADMITTED, ticket, str(phrases.FAULT))
        self.keep()
