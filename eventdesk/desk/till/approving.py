"""Who allows what at the till: the person at it, or a second one whose PIN was typed."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from eventdesk.desk.upstream.present import Present, with_members
from eventdesk.domain.facts import Draft
from eventdesk.domain.rights import Right, may, right_for
from eventdesk.domain.staff import Staff
from eventdesk.errors import NotAllowed

GOOD_FOR: Final = timedelta(minutes=1)


class NeedsApproval(NotAllowed):
    """A second person must allow this by PIN."""

    def __init__(self, right: Right) -> None:
        super().__init__("This needs somebody's approval.", "A supervisor types their PIN.")
        self.right = right


class Approvals:
    """One approval at a time, for what is written next. From any thread; each reading is of one value."""

    def __init__(self, present: Present, now: Callable[[], datetime]) -> None:
        self._present = present
        self._now = now
        self._given: tuple[Staff, datetime] | None = None

    def give(self, staff: Staff) -> None:
        self._given = staff, self._now() + GOOD_FOR

    def signed(self, log: str, drafts: Iterable[Draft], approved: str = "") -> list[Draft]:
        """The drafts with the name of who brings them about, and of who approved them where that was
        needed.

        `approved`: somebody did before. Raises NeedsApproval, which names the right.
        """
        signed = self._present.signed(drafts)
        missing = self.missing(log, (right_for(one.kind, one.payload) for one in signed))
        if not missing:
            return signed
        by = {"approved": approved or self.approver(log, missing)}
        return [
            with_members(one, by) if right_for(one.kind, one.payload) in missing else one for one in signed
        ]

    def by_now(self, drafts: Iterable[Draft], approved: str) -> list[Draft]:
        """The same for what has happened already: nothing is asked."""
        signed = self._present.signed(drafts)
        return [with_members(one, {"approved": approved}) for one in signed] if approved else signed

    def approver(self, log: str, rights: Iterable[Right]) -> str:
        """Who allows these; empty where the person at the till may do it anyway. Raises NeedsApproval."""
        missing = self.missing(log, rights)
        if not missing:
            return ""
        given = self._given
        staff = None if given is None or self._now() > given[1] else given[0]
        for right in missing:
            if staff is None or not may(staff.roles, right):
                raise NeedsApproval(right)
        return staff.id if staff else ""

    def used(self) -> None:
        """What was approved is on the disk."""
        self._given = None

    def missing(self, log: str, rights: Iterable[Right | None]) -> list[Right]:
        """Those that the person at the till lacks."""
        wanted = dict.fromkeys(rights)
        return [right for right in wanted if right is not None and not self._present.allows(log, right)]
