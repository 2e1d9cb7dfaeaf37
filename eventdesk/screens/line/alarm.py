"""The alarm: a guest was admitted twice, or a seat sold twice. It stands over every page until a person has
seen it."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

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
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line import conflict_words as words
from eventdesk.screens.widgets.basics import Button, label
from eventdesk.screens.widgets.message_bar import announce
from eventdesk.screens.words import ISOLATES

SOUND = "alarm"
IN_CHARGE = frozenset({Role.SUPERVISOR, Role.ORGANIZER})


class AlarmBar(QFrame):
    """Sounds at both doors, and wherever somebody in charge is (or nobody has to log on at all).

    At other desks the conflicts are kept, and told as soon as somebody in charge logs on.
    """

    show_wanted = Signal()

    def __init__(self, bridge: Bridge, play: Callable[[str], object] = lambda _name: None) -> None:
        super().__init__()
        self.setProperty("bar", "alarm")
        self._bridge, self._play = bridge, play
        self._log = self._asked = ""
        self._open = 0
        self._zone: tzinfo | None = None
        self._staff = StaffState()
        self._unseen: dict[str, ConflictShown] = {}
        self._kept: dict[str, ConflictShown] = {}
        self._build()
        self.hide()
        bridge.conflicts_found.connect(self._found)
        bridge.line_changed.connect(self._line_changed)
        bridge.conflicts_listed.connect(self._listed)
        bridge.staff_changed.connect(self._staff_changed)
        bridge.door_chosen.connect(self._door_chosen)

    def text(self) -> str:
        return self._text.text()

    def seen(self) -> None:
        """A person has taken notice; the conflicts stay in the inbox."""
        self._unseen.clear()
        self.hide()

    def _build(self) -> None:
        self._text = label(wrap=True)
        self.show_button = Button(tr("Look at it"), "conflict", "", self._show)
        self.seen_button = Button(tr("Seen"), "check", "", self.seen)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(14, 6, 10, 6)
        inside.addWidget(self._text, 1)
        inside.addWidget(self.show_button)
        inside.addWidget(self.seen_button)

    def _show(self) -> None:
        self.seen()
        self.show_wanted.emit()

    def _found(self, found: ConflictsFound) -> None:
        self._log = found.log
        concerns = found.mine or self._in_charge()
        kept = self._unseen if concerns else self._kept
        kept.update({one.conflict.id: one for one in found.conflicts if not one.conflict.word})
        if concerns and self._unseen:
            self._alarm()

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
            self._text.setText(self._words())
        else:
            self.hide()

    def _staff_changed(self, staff: StaffState) -> None:
        self._staff = staff
        if self._kept and self._in_charge():
            self._unseen.update(self._kept)
            self._kept.clear()
            self._alarm()

    def _in_charge(self) -> bool:
        return not self._staff.required or bool(self._staff.roles & IN_CHARGE)

    def _alarm(self) -> None:
        self._text.setText(self._words())
        self.show()
        self._play(SOUND)
        if self.isVisible():  # not over a locked desk
            announce(self, self._text.text().translate(ISOLATES), urgent=True)

    def _words(self) -> str:
        newest = list(self._unseen.values())[-1]
        told = "⚠ " + words.alarm(newest, self._zone)
        more = len(self._unseen) - 1
        return f"{told} {tr('And {number} more.', number=more)}" if more else told

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
