"""Who works at this desk, and what desk and person together may do here."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import LOCK_AFTER_H, LOCK_ORDERED, MAY_FORCE
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import Membership
from eventdesk.domain.facts import Draft
from eventdesk.domain.moments import parse_moment
from eventdesk.domain.rights import OF_THE_DESK, Right, may, right_for
from eventdesk.domain.staff import Role, Staff
from eventdesk.errors import NotAllowed

OVERRULED = frozenset({Right.FORCE})


class Present:
    """From any thread; each reading is of one value."""

    def __init__(self, membership: Membership, preferences: Preferences, clock: DeskClock) -> None:
        self._membership = membership
        self._preferences = preferences
        self._clock = clock
        self._governed: dict[str, bool] = {}
        self.staff: Staff | None = None
        self.met_ms = 0
        kept = preferences.get(LOCK_ORDERED)
        self._shut_until_ms = _ms(parse_moment(kept)) if kept else 0

    @property
    def by(self) -> str:
        return self.staff.id if self.staff else ""

    @property
    def is_training(self) -> bool:
        return self._membership.is_training

    @property
    def roles(self) -> frozenset[str]:
        """Of the desk and of the person at it."""
        pairing = self._membership.pairing
        desk = frozenset(pairing.roles) if pairing else frozenset()
        return desk | (self.staff.roles if self.staff else frozenset())

    def staff_changed(self) -> None:
        """People were defined: who governs what is to be read anew."""
        self._governed.clear()

    def is_governed(self, log: str) -> bool:
        """Whether rights count here: at a paired desk, and where the event has an organizer who can log on.

        (Staff without one would lock everybody out.)
        """
        if self._membership.pairing is not None:
            return True
        if log not in self._governed:
            with self._membership.store.reader() as reader:
                people = reader.staff(log)
            self._governed[log] = any(Role.ORGANIZER in one.roles and (one.pin or one.card) for one in people)
        return self._governed[log]

    def check(self, log: str, right: Right | None) -> None:
        """Raises NotAllowed where neither the desk nor the person may do it."""
        if not self.allows(log, right):
            raise _refusal(right)

    def allows(self, log: str, right: Right | None) -> bool:
        if self.is_governed(log):
            pairing = self._membership.pairing
            basic = Right.ADMIT if pairing is None else None
            own = pairing is not None and right in OF_THE_DESK
            return right is basic or may(pairing.roles if own and pairing else self.roles, right)
        return right not in OVERRULED or bool(self._preferences.get(MAY_FORCE))

    def check_drafts(self, log: str, drafts: Iterable[Draft]) -> None:
        """As `check`, for all that is to be written."""
        for right in {right_for(draft.kind, draft.payload) for draft in drafts}:
            self.check(log, right)

    def signed(self, drafts: Iterable[Draft]) -> list[Draft]:
        """The drafts with the name of whoever brings them about."""
        if not self.by:
            return list(drafts)
        return [with_members(draft, {"by": self.by}) for draft in drafts]

    # Locked and shut out

    @property
    def is_revoked(self) -> bool:
        pairing = self._membership.pairing
        return pairing is not None and pairing.revoked

    @property
    def is_locked(self) -> bool:
        return self.is_shut or self._is_long_alone

    @property
    def is_shut(self) -> bool:
        """A supervisor has locked this desk."""
        return self._clock.wall_ms() < self._shut_until_ms

    def shut_until(self, until: datetime | None) -> None:
        """By a supervisor's order, which is kept by whoever carries it out. None: open again."""
        self._shut_until_ms = _ms(until) if until else 0

    @property
    def _is_long_alone(self) -> bool:
        """A lost desk must not show guests for ever."""
        pairing, hours = self._membership.pairing, float(self._preferences.get(LOCK_AFTER_H) or 0)
        if pairing is None or not hours:
            return False
        last = max(pairing.met_ms, pairing.unlocked_ms, self.met_ms)
        return self._clock.wall_ms() - last > hours * 3_600_000

    def check_open(self) -> None:
        """Raises NotAllowed where nobody may be admitted, or seen, here."""
        if self.is_revoked:
            raise NotAllowed(
                "This desk was shut out by a supervisor.", "It can be used again when it is paired anew."
            )
        if self.is_shut:
            raise NotAllowed(
                "A supervisor has locked this desk.", "A supervisor opens it again, or logs on here."
            )
        if self.is_locked:
            raise NotAllowed(
                "This desk has locked itself, as it was alone for too long.",
                "Log on with a staff PIN, or bring it back to its network.",
            )

    def may_unlock(self, staff: Staff) -> bool:
        """Whether this person's PIN opens the desk: what a supervisor has locked, a supervisor opens."""
        return not self.is_shut or may(staff.roles, Right.DIRECT)

    def unlock(self) -> None:
        """A person with a PIN answers for this desk."""
        if self._shut_until_ms:
            with self._membership.store.transaction() as tx:
                tx.settings.put(LOCK_ORDERED, None)
            self._shut_until_ms = 0
        self._membership.change(unlocked_ms=self._clock.wall_ms())


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def with_members(draft: Draft, members: Mapping[str, Any]) -> Draft:
    return Draft(draft.kind, draft.subject, {**draft.payload, **members}, draft.id)


def _refusal(right: Right | None) -> NotAllowed:
    if right is Right.FORCE:
        return NotAllowed("This desk may not force an entry.", "Ask a supervisor.")
    if right in (Right.DIRECT, Right.SETTLE, Right.REVOKE_DESK, Right.PAIR_DESK, Right.UNDO, Right.RELEASE):
        return NotAllowed("Only a supervisor may do this.", "A supervisor can log on at this desk.")
    if right in (Right.IMPORT, Right.CATALOGUE, Right.DESK_LIMITS):
        return NotAllowed("Only an organizer may do this.", "An organizer can log on at this desk.")
    return NotAllowed("Nobody at this desk may do this.", "Log on as somebody who may.")
