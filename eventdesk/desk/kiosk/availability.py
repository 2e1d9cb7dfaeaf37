"""Whether this kiosk may be used: its door, its set-up, the rights of the desk, a supervisor's orders."""

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.domain.kiosk.setup import KioskSetup
from eventdesk.domain.rights import Right
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.domain.verdicts import Words
from eventdesk.errors import BadInput, NotAllowed


class Availability:
    """Lives on the engine's lane."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._ordered_shut = False

    def look(self) -> None:
        """Read the set-up, and whether the kiosk may be used at all."""
        scene = self._scene
        scene.setup, scene.documents = KioskSetup(), []
        scene.closed = self._why_closed()
        if scene.closed is None:
            with scene.store.reader() as reader:
                setup = reader.kiosk_setup(scene.log)
                scene.documents = reader.documents(scene.log)
            if setup is None:
                scene.closed = phrases.NO_KIOSK
            else:
                scene.setup = setup

    def resume(self) -> None:
        """What this desk was told, and had called for, before it was shut."""
        scene = self._scene
        try:
            door_log = scene.log
        except BadInput:
            return
        with scene.store.reader() as reader:
            calls = reader.help_calls(door_log, scene.now())
            orders = reader.desk_orders(door_log, scene.store.desk, scene.now())
        mine = [one for one in calls if one.desk == scene.store.desk and one.ended is None]
        scene.calls.resume(frozenset(one.reason for one in mine if not one.ticket))
        for order in orders:
            self._follow(order.order)

    def ordered(self, told: DeskOrder) -> bool:
        """A supervisor locks this kiosk, or opens it again: whether that was it."""
        return told.desk == self._scene.store.desk and self._follow(told.order)

    def _follow(self, order: Order) -> bool:
        if order not in (Order.LOCK, Order.UNLOCK):
            return False
        self._ordered_shut = order is Order.LOCK
        return True

    def _why_closed(self) -> Words | None:
        scene = self._scene
        try:
            door_log = scene.log
        except BadInput:
            return phrases.NO_DOOR
        if self._ordered_shut:
            return phrases.LOCKED
        try:
            scene.line.present.check_open()
            scene.line.present.check(door_log, Right.ADMIT)
        except NotAllowed:
            return phrases.LOCKED
        return None
