"""What a supervisor tells desks: written as a fact, carried out once by the desk that it is for.

An order is noted as carried out before it is: who is told to start anew must not do so for ever.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import DOOR, LOCK_ORDERED, ORDERS_DONE
from eventdesk.desk.venue.commands import CarryOut, OrderDesk
from eventdesk.desk.venue.ground import Ground
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text, parse_moment
from eventdesk.domain.rights import Right
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.errors import BadInput

SOON: Final = timedelta(minutes=5)
DAY: Final = timedelta(days=1)
# An unlocking must outlast the lock that it ends.
LASTS: Final = {Order.LOCK: DAY, Order.UNLOCK: DAY, Order.STAND: DAY}
MOST_WORDS: Final = 500
MAY_BRING: Final = frozenset(
    {Kind.DESK_ORDERED.value, Kind.EVENT_DEFINED.value, Kind.LIST_DEFINED.value, Kind.GATE_DEFINED.value}
)


class Orders:
    """Lives on the venue's lane."""

    def __init__(self, ground: Ground, post: Callable[[Command], None]) -> None:
        self._ground = ground
        self._post = post
        self._awaited: set[str] = set()
        ground.hooks.facts_recorded.connect(self._recorded)

    def handlers(self) -> Handlers:
        return {OrderDesk: self.give, CarryOut: self.carry_out}

    def give(self, command: OrderDesk) -> None:
        """Raises NotAllowed, and BadInput where there is no event yet or the order says too little."""
        log = self._ground.log
        if not log:
            raise BadInput("No door is chosen yet.", "Choose an event and a check-in list first.")
        self._ground.line.present.check(log, Right.DIRECT)
        _check(command)
        is_own = command.desk == self._ground.store.desk
        if is_own and command.order is Order.LOCK and self._ground.line.membership.pairing is None:
            raise BadInput("Nobody could open this desk again.", "Pair it: other desks can open it then.")
        now = self._ground.now()
        until = now + LASTS.get(command.order, SOON)
        said: dict[str, Any] = {"order": command.order.value}
        said |= {"at": moment_text(now), "until": moment_text(until)}
        told = {
            "words": command.words.strip(),
            "event": command.event,
            "list": command.list,
            "gate": command.gate,
        }
        said |= {name: value for name, value in told.items() if value}
        self._ground.write(log, [Draft(Kind.DESK_ORDERED, command.desk, said)], command.request)

    def carry_out(self, _command: CarryOut) -> None:
        """All that is still to be done here, the oldest first; of several places to stand at the last."""
        waiting = self._waiting()
        stands = [one for one in waiting if one.order is Order.STAND]
        for order in waiting:
            if order in stands[:-1]:
                self._note(order)
            elif order.order is Order.STAND:
                self._stand(order)
            elif order.order in (Order.LOCK, Order.UNLOCK):
                self._lock(order)
            else:
                self._note(order)
                self._ground.hooks.desk_ordered(order)

    def _waiting(self) -> list[DeskOrder]:
        now, desk = self._ground.now(), self._ground.store.desk
        with self._ground.store.reader() as reader:
            done = reader.settings.get(ORDERS_DONE) or {}
            found = [one for log in reader.logs() for one in reader.desk_orders(log, desk, now)]
        return sorted((one for one in found if one.id not in done), key=lambda one: (one.at, one.id))

    def _note(self, order: DeskOrder, **settings: Any) -> None:
        """On the disk before this returns, with whatever else the order changes."""
        now = self._ground.now()
        with self._ground.store.transaction() as tx:
            done = tx.settings.get(ORDERS_DONE) or {}
            kept = {id_: until for id_, until in done.items() if parse_moment(until) > now - DAY}
            tx.settings.put(ORDERS_DONE, kept | {order.id: moment_text(order.until)})
            for name, value in settings.items():
                tx.settings.put(name, value)

    def _lock(self, order: DeskOrder) -> None:
        until = order.until if order.order is Order.LOCK else None
        self._note(order, **{LOCK_ORDERED: moment_text(until) if until else None})
        self._ground.line.present.shut_until(until)
        self._ground.line.board.touch()
        self._ground.hooks.desk_ordered(order)

    def _stand(self, order: DeskOrder) -> None:
        """Not noted while its event is not here: it is looked for again whenever something has come."""
        if not self._is_here(order):
            if order.id not in self._awaited:
                self._awaited.add(order.id)
                self._ground.hooks.trouble_told(
                    Trouble(
                        "",
                        "A supervisor sends this desk to an event that is not here yet.",
                        "It goes there by itself as soon as the event has come.",
                    )
                )
            return
        self._note(order)
        door = self._ground.preferences.get(DOOR) or {}
        mode = Mode(door.get("mode", Mode.ENTRY.value))
        self._post(ChooseDoor(order.event, order.list, order.gate or None, mode))
        self._ground.hooks.desk_ordered(order)

    def _is_here(self, order: DeskOrder) -> bool:
        with self._ground.store.reader() as reader:
            if all(one.id != order.event for one in reader.events()):
                return False
            catalogue = reader.catalogue(order.event)
        return order.list in catalogue.lists and (not order.gate or order.gate in catalogue.gates)

    def _recorded(self, told: Recorded) -> None:
        if not MAY_BRING.isdisjoint(told.kinds):
            self._post(CarryOut())


def _check(command: OrderDesk) -> None:
    if not command.desk:
        raise BadInput("An order needs a desk.", "Choose one of the list.")
    if command.order is Order.MESSAGE and not command.words.strip():
        raise BadInput("There is nothing to say.", "Type a message.")
    if len(command.words) > MOST_WORDS:
        raise BadInput("The message is too long.", "Use 500 letters at most.")
    if command.order is Order.STAND and not (command.event and command.list):
        raise BadInput("The order does not say where to stand.", "Choose an event and a check-in list.")
