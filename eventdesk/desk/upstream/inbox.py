"""Conflicts: a ticket admitted twice, a seat sold twice. Told when they come, listed with names for people,
settled by a person's word."""

import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final

from eventdesk.desk.hooks import Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import DOOR
from eventdesk.desk.upstream.commands import ListConflicts, SettleConflict, TellConflicts
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.values import AnyConflict, ConflictsFound, ConflictShown, ConflictsListed
from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.rights import Right
from eventdesk.domain.tickets import Admission
from eventdesk.domain.till.seats import label
from eventdesk.domain.till.setup import SeatingPlan
from eventdesk.domain.till.taken import SeatConflict, SeatTaken
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.storage.store import Reader, Transaction
from sync.errors import SyncError
from sync.wire import DeskKnown

# Every conflict shows at every desk: if each asked for names each time, a bad day would take the node down.
NAMES_FOR_S: Final = 60.0


class Inbox:
    def __init__(self, line: Line) -> None:
        self._line = line
        self._known: dict[str, DeskKnown] = {}
        self._ask_again_at = 0.0

    def handlers(self) -> Handlers:
        return {
            TellConflicts: self.tell,
            ListConflicts: self.list_conflicts,
            SettleConflict: self.settle,
        }

    def tell(self, command: TellConflicts) -> None:
        """The alarm, at every desk; where one of the passes or sales was here, it is ours."""
        own = self._line.store.desk
        with self._line.store.reader() as reader:
            shown = self._shown(reader, command.log, command.conflicts)
        mine = any(own in (one.first.desk, one.second.desk) for one in command.conflicts)
        self._line.hooks.conflicts_found(ConflictsFound(command.log, shown, mine))

    def list_conflicts(self, command: ListConflicts) -> None:
        self._line.present.check_open()
        with self._line.store.reader() as reader:
            log = command.log or str((reader.settings.get(DOOR) or {}).get("log", ""))
            if not log:
                raise BadInput("No door is chosen yet.", "Choose an event and a check-in list first.")
            found = _found(reader, log)
            if command.settled:
                found += _found(reader, log, settled=True)
            shown = self._shown(reader, log, found)
        self._line.hooks.conflicts_listed(ConflictsListed(command.request, log, shown))

    def settle(self, command: SettleConflict) -> None:
        """Raises NotAllowed, and BadInput where there is no word or no such conflict."""
        self._line.present.check(command.log, Right.SETTLE)
        word = command.word.strip()
        if not word:
            raise BadInput("Settling a conflict needs a word.", "Say what was found.")
        draft = Draft(Kind.CONFLICT_SETTLED, command.subject, {"conflict": command.conflict, "word": word})
        with self._line.store.transaction() as tx:
            if all(one.id != command.conflict for one in _found(tx, command.log)):
                raise BadInput("There is no such open conflict.", "It may have been settled already.")
            tx.append(command.log, self._line.present.signed([draft]))
        kinds = {Kind.CONFLICT_SETTLED.value: 1}
        self._line.hooks.facts_recorded(Recorded(command.request, command.log, kinds))
        self.list_conflicts(ListConflicts(command.log, request=command.request))

    def _shown(self, reader: Reader, log: str, found: Iterable[AnyConflict]) -> tuple[ConflictShown, ...]:
        conflicts = list(found)
        if not conflicts:
            return ()
        gates = {id_: gate.name for id_, gate in reader.catalogue(log).gates.items()}
        names = self.names()
        plans = reader.till_setup(log).seatings.values()
        return tuple(
            _seat(reader, log, one, plans, names)
            if isinstance(one, SeatConflict)
            else _one(reader, log, one, gates, names)
            for one in conflicts
        )

    def names(self) -> Mapping[str, str]:
        """What desks are called, as far as a node told it within the last minute."""
        known = self._known if time.monotonic() < self._ask_again_at else self.desks()
        return {id_: one.name for id_, one in known.items() if one.name}

    def desks(self) -> Mapping[str, DeskKnown]:
        """All desks that the node knows, as it told last; it does not tell everybody."""
        link = self._line.reach.current
        if link is not None and not self._line.claims.is_down:
            self._ask_again_at = time.monotonic() + NAMES_FOR_S  # a node that refuses is not asked at once
            with suppress(SyncError):
                self._known = {one.desk: one for one in link.upstream.desks()}
        return self._known


def _one(
    reader: Reader, log: str, conflict: Conflict, gates: Mapping[str, str], names: Mapping[str, str]
) -> ConflictShown:
    ticket = reader.ticket(log, conflict.ticket)
    passes = conflict.first, conflict.second
    return ConflictShown(
        conflict,
        ticket.name if ticket else "",
        ticket.order.code if ticket else "",
        tuple(_desk(reader, one, names, gates) for one in passes),
        tuple(gates.get(one.gate, one.gate) for one in passes),
    )


def _seat(
    reader: Reader,
    log: str,
    conflict: SeatConflict,
    plans: Iterable[SeatingPlan],
    names: Mapping[str, str],
) -> ConflictShown:
    both = conflict.first, conflict.second
    tickets = [reader.ticket(log, one.ticket) for one in both]
    guests = [ticket.name if ticket else "" for ticket in tickets]
    codes = dict.fromkeys(ticket.order.code for ticket in tickets if ticket)
    desks = tuple(_desk(reader, one, names) for one in both)
    seat = label(plans, conflict.seat)
    return ConflictShown(conflict, guests[0], ", ".join(codes), desks, ("", ""), seat, tuple(guests))


def _found(source: Reader | Transaction, log: str, *, settled: bool = False) -> list[AnyConflict]:
    found: list[AnyConflict] = [*source.conflicts(log, settled), *source.seat_conflicts(log, settled)]
    return sorted(found, key=lambda one: one.second.order)


def _desk(
    reader: Reader, one: Admission | SeatTaken, names: Mapping[str, str], gates: Collection[str] = ()
) -> str:
    """Its name, which a node does not tell every desk; an id says nothing where the gate is known."""
    if one.desk in names:
        return names[one.desk]
    if one.desk == reader.desk:
        return tr("this desk")
    return "" if isinstance(one, Admission) and one.gate in gates else one.desk
