"""The alarm that a guest was admitted twice, or a seat sold twice."""

from datetime import tzinfo

from eventdesk.desk.hooks import Door
from eventdesk.desk.upstream.commands import ListConflicts
from eventdesk.desk.upstream.values import (
    ConflictsFound,
    ConflictShown,
    ConflictsListed,
    LineState,
    StaffState,
)
from eventdesk.domain.staff import Role
from eventdesk.i18n import tr
from eventdesk.screens.alarms import Alarm
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line import conflict_words as words

IN_CHARGE = frozenset({Role.SUPERVISOR, Role.ORGANIZER})


class ConflictAlarm(Alarm):
    """Sounds at both doors, and wherever somebody in charge is (or nobody has to log on at all).

    At other desks the conflicts are kept, and told as soon as somebody in charge logs on.
    """

    def __init__(self, bridge: Bridge) -> None:
        super().__init__("conflict")
        self._bridge = bridge
        self._log = self._asked = ""
        self._open = 0
        self._zone: tzinfo | None = None
        self._staff = StaffState()
        self._unseen: dict[str, ConflictShown] = {}
        self._kept: dict[str, ConflictShown] = {}
        bridge.conflicts_found.connect(self._found)
        bridge.line_changed.connect(self._line_changed)
        bridge.conflicts_listed.connect(self._listed)
        bridge.staff_changed.connect(self._staff_changed)
        bridge.door_chosen.connect(self._door_chosen)

    def seen(self) -> None:
        """The conflicts stay in the inbox."""
        self._unseen.clear()
        self.quiet()

    def _found(self, found: ConflictsFound) -> None:
        self._log = found.log
        concerns = found.mine or self._in_charge()
        kept = self._unseen if concerns else self._kept
        kept.update({one.conflict.id: one for one in found.conflicts if not one.conflict.word})
        if concerns and self._unseen:
            self.ring(self._words())

    def _line_changed(self, state: LineState) -> None:
        """Fewer are open: which?"""
        fewer = state.conflicts < self._open
        self._open = state.conflicts
        if fewer and (self._unseen or self._kept):
            command = ListConflicts(self._log)
            self._asked = command.request
            self._bridge.post(command)

    def _listed(self, listed: ConflictsListed) -> None:
        """What was settled meanwhile, at whichever desk, alarms nobody any more."""
        if listed.request != self._asked:
            return
        is_open = {one.conflict.id for one in listed.conflicts if not one.conflict.word}
        for kept in (self._unseen, self._kept):
            for gone in kept.keys() - is_open:
                del kept[gone]
        if self._unseen:
            self.tell(self._words())
        else:
            self.quiet()

    def _staff_changed(self, staff: StaffState) -> None:
        self._staff = staff
        if self._kept and self._in_charge():
            self._unseen.update(self._kept)
            self._kept.clear()
            self.ring(self._words())

    def _in_charge(self) -> bool:
        return not self._staff.required or bool(self._staff.roles & IN_CHARGE)

    def _words(self) -> str:
        newest = list(self._unseen.values())[-1]
        told = "⚠ " + words.alarm(newest, self._zone)
        more = len(self._unseen) - 1
        return f"{told} {tr('And {number} more.', number=more)}" if more else told

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
