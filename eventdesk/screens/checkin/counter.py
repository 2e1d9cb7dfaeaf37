"""What the person at the door can ask for, as commands; and what the desk knows of the guest before them.

It holds no widget: the page shows, this posts.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from eventdesk.desk.commands import (
    ChooseDoor,
    Command,
    PrintBadge,
    ScanCode,
    ShowOrder,
    Source,
    UndoAdmission,
)
from eventdesk.desk.hooks import Door, Given
from eventdesk.domain.catalogue import Catalogue, Question
from eventdesk.domain.decision import Mode, Outcome, Reason
from eventdesk.domain.guests import Hit
from eventdesk.screens.bridge import Bridge


class Counter(QObject):
    """`given` is the verdict on show; a new one replaces it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._picked = ""
        self.door: Door | None = None
        self.given: Given | None = None
        self.may_force_here = True

    @property
    def catalogue(self) -> Catalogue | None:
        return self.door.catalogue if self.door else None

    def place(self) -> tuple[str, str]:
        """The event and the list: what another place's scans have nothing to do with."""
        return (self.door.catalogue.event.id, self.door.list.id) if self.door else ("", "")

    def scan(self, code: str, source: Source, seen_at: float = 0.0) -> None:
        """A code was presented. Thread-safe, so that a camera's thread need not wait for the screen."""
        self._bridge.post(ScanCode(code, source, seen_at))

    def post(self, command: Command) -> None:
        self._bridge.post(command)

    def set_mode(self, mode: Mode) -> None:
        if self.door and self.door.mode is not mode:
            event = self.door.catalogue.event.id
            self.post(ChooseDoor(event, self.door.list.id, self.door.gate, mode))

    def check_in(self, hit: Hit) -> None:
        """A guest was picked from the search."""
        command = ScanCode(hit.secret, Source.SEARCH)
        self._picked = command.request
        self._bridge.post(command)

    def was_picked(self, request: str) -> bool:
        """Whether that verdict answers the guest picked from the search."""
        return request == self._picked

    def answer(self, answers: Mapping[str, Any]) -> None:
        """The same scan again, with what the guest has said."""
        self._again(answers=answers)

    def force(self, reason: str) -> None:
        """The same scan again, overruling the refusal; the log keeps why."""
        self._again(force=True, reason=reason)

    def admit_unpaid(self) -> None:
        self._again(ignore_unpaid=True)

    def _again(self, **wishes: Any) -> None:
        if self.given:
            self._bridge.post(ScanCode(self.given.code, Source.TYPED, nonce=self.given.nonce, **wishes))

    def undo(self, admission: str, reason: str) -> None:
        self.post(UndoAdmission(reason, admission))

    def show_order(self) -> None:
        if self.given and self.given.verdict.ticket:
            self.post(ShowOrder(self.given.verdict.ticket.order.id))

    def print_badge(self, reason: str) -> None:
        if self.given and self.given.verdict.ticket:
            self.post(PrintBadge(self.given.verdict.ticket.id, reason))

    def can_force(self) -> bool:
        """A refusal of a known ticket that a person may overrule, at a desk with that right."""
        return bool(self.given and self.given.verdict.may_force and self.may_force_here)

    def can_admit_unpaid(self) -> bool:
        refused = self.given and self.given.verdict.reason is Reason.UNPAID
        return bool(refused and self.door and self.door.list.include_pending)

    def has_ticket(self) -> bool:
        return bool(self.given and self.given.verdict.ticket)

    def questions(self) -> list[Question]:
        """The questions that stand between the guest and the door, in the event's order."""
        if not self.given or not self.catalogue or self.given.verdict.outcome is not Outcome.INCOMPLETE:
            return []
        asked = self.given.verdict.questions
        return [one for one in self.catalogue.questions.values() if one.id in asked]
