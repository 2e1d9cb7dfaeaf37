"""What may go wrong while a guest is served: one odd ticket never stops the kiosk."""

from collections.abc import Callable
from typing import Any

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate
from eventdesk.desk.lane import trouble
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words
from eventdesk.errors import EventDeskError, NotAllowed


class Guard:
    """Lives on the engine's lane."""

    def __init__(self, scene: Scene, tell: Callable[[], None]) -> None:
        """`tell` shows how it stands."""
        self._scene = scene
        self._tell = tell

    def serve(self, handle: Callable[[], None]) -> None:
        """What a guest wants: where it fails they go to the staff, and the next one is served."""
        scene = self._scene
        if scene.closed is not None:
            scene.visit = None
            self._tell()
            return
        try:
            with scene.line.first():
                handle()
        except NotAllowed:
            self._give_up(phrases.LOCKED)
        except Exception as error:  # noqa: BLE001 - a guest stands there, and nobody else
            told = trouble("", error, "serving a guest at the kiosk")
            scene.hooks.trouble_told(told)
            self._give_up(phrases.FAULT)
        self._tell()

    def hear(self, handle: Callable[[Any], None], told: Any) -> None:
        """What another part tells. Raises what `handle` raises, once the guest is looked after."""
        try:
            handle(told)
        except EventDeskError:
            self._give_up(phrases.FAULT)
            raise

    def _give_up(self, words: Words) -> None:
        visit = self._scene.visit
        if visit is None:
            return
        for party in visit.parties:
            if party.here and party.fate is Fate.OPEN:
                self._scene.send_to_staff(party, Reason.DESK_FAULT, words)
        visit.turn(Page.SORRY, words, phrases.remedy(words))
