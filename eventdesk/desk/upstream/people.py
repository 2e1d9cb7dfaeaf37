"""People at the desk: log-on by PIN or card, and who there is. Lives on a lane of its own: a PIN takes a
moment."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from eventdesk.desk.hooks import Hooks, Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import DOOR, PIN_TRIES
from eventdesk.desk.till.commands import Approve
from eventdesk.desk.till.values import Approved
from eventdesk.desk.upstream import pins
from eventdesk.desk.upstream.commands import DefineStaff, ListStaff, MakeStaffCard, StaffIn, StaffOut
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.membership import PEPPER
from eventdesk.desk.upstream.values import StaffCardMade, StaffListed, StaffRow, StaffState
from eventdesk.desk.walk_ins import letters
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text, parse_moment
from eventdesk.domain.rights import Right
from eventdesk.domain.staff import CARD, Role, Staff, is_staff_card, wait_after
from eventdesk.errors import BadInput, NotAllowed
from eventdesk.i18n import tr
from eventdesk.storage.store import Store

# Five bits each: nobody guesses a card.
CARD_LETTERS: Final = 26


class People:
    def __init__(
        self, line: Line, now: Callable[[], datetime], approve: Callable[[Staff], None] = lambda _staff: None
    ) -> None:
        """`approve` is told who has allowed something at the till."""
        self._line = line
        self._approve = approve
        self._now = now
        self._hooks: Hooks = line.hooks
        self._store: Store = line.store

    def handlers(self) -> Handlers:
        return {
            StaffIn: self.log_on,
            StaffOut: self.log_off,
            Approve: self.approve,
            ListStaff: self.list_staff,
            DefineStaff: self.define,
            MakeStaffCard: self.make_card,
        }

    def log_on(self, command: StaffIn) -> None:
        """Raises NotAllowed for a wrong PIN, and while it is too early for another try."""
        log = self._log(command.log)
        staff = self._owner(log, command.pin)
        if not self._line.present.may_unlock(staff):
            raise NotAllowed(
                "A supervisor has locked this desk.", "A supervisor opens it again, or logs on here."
            )
        self._line.present.staff = staff
        self._line.present.unlock()
        self._line.board.touch()
        self._tell(log, command.request)

    def approve(self, command: Approve) -> None:
        """Somebody allows what the person logged on may not do. Raises as `log_on`."""
        staff = self._owner(self._log(command.log), command.pin)
        self._approve(staff)
        self._hooks.approved(Approved(command.request, staff.name))

    def _owner(self, log: str, secret: str) -> Staff:
        """Whose PIN this is, or whose card."""
        by_card = is_staff_card(secret)
        failures, until = self._tries()
        if until is not None and self._now() < until:
            raise _too_early(until - self._now())
        with self._store.reader() as reader:
            people = {one.id: one for one in reader.staff(log) if (one.card if by_card else one.pin)}
        pepper = self._line.membership.secrets.get(PEPPER)
        if not people and by_card:
            raise _no_card()
        if not people:
            raise BadInput("Nobody has a PIN at this desk.", "An organizer gives one to each person.")
        if pepper is None:
            raise _no_pepper()
        # Counted before it is looked at: who pulls the plug meanwhile has tried all the same.
        self._keep_tries(failures + 1)
        kept = {id_: one.card if by_card else one.pin for id_, one in people.items()}
        found = pins.owner(secret.strip().upper() if by_card else secret, kept, pepper)
        if found is None:
            self._wrong(failures + 1, by_card=by_card)
        self._keep_tries(0)
        return people[found or ""]

    def log_off(self, _command: StaffOut) -> None:
        self._line.present.staff = None
        self._tell(self._log(""))

    def list_staff(self, command: ListStaff) -> None:
        with self._store.reader() as reader:
            people = reader.staff(command.log)
        rows = tuple(
            StaffRow(one.id, one.name, one.roles, bool(one.pin), bool(one.card))
            for one in people
            if one.roles
        )
        self._hooks.staff_listed(StaffListed(command.request, command.log, rows))

    def define(self, command: DefineStaff) -> None:
        """Write who a person is. Raises BadInput for a PIN that is malformed, easy or another's."""
        present = self._line.present
        present.check(command.log, Right.STAFF)
        name = command.name.strip()
        if not name:
            raise BadInput("A person needs a name.", "Type the name.")
        with self._store.reader() as reader:
            others = {one.id: one for one in reader.staff(command.log)}
        id_ = command.id or uuid4().hex
        members: dict[str, Any] = {"name": name, "roles": sorted(role.value for role in command.roles)}
        members["card"] = others[id_].card if id_ in others else ""
        members["pin"] = self._pin(command, others, id_)
        if command.removed:
            members["removed"] = True
        self._write(command, id_, members)

    def make_card(self, command: MakeStaffCard) -> None:
        """A card in the place of any earlier one. Raises NotAllowed, and BadInput for nobody."""
        self._line.present.check(command.log, Right.STAFF)
        with self._store.reader() as reader:
            people = {one.id: one for one in reader.staff(command.log)}
        person = people.get(command.id)
        if person is None or not person.roles:
            raise BadInput("This person is not there (any more).", "Add them first.")
        code = "" if command.removed else CARD + letters(CARD_LETTERS)
        has_secrets = any(one.pin or one.card for one in people.values())
        members: dict[str, Any] = {"name": person.name, "roles": sorted(role.value for role in person.roles)}
        members["pin"] = person.pin
        members["card"] = pins.verifier(code, self._pepper(has_pins=has_secrets)) if code else ""
        self._write(command, person.id, members)
        if code:
            self._hooks.staff_card_made(StaffCardMade(command.request, person.id, person.name, code))

    def _write(self, command: DefineStaff | MakeStaffCard, id_: str, members: dict[str, Any]) -> None:
        present = self._line.present
        with self._store.transaction() as tx:
            tx.append(command.log, present.signed([Draft(Kind.STAFF_DEFINED, id_, members)]))
        present.staff_changed()
        self._after(id_)
        self._hooks.facts_recorded(Recorded(command.request, command.log, {Kind.STAFF_DEFINED.value: 1}))
        self.list_staff(ListStaff(command.log, request=command.request))

    def _pin(self, command: DefineStaff, others: dict[str, Staff], id_: str) -> str:
        """The verifier: of the new PIN, or the one that was."""
        before = others.pop(id_, None)
        if not command.pin:
            return before.pin if before else ""
        pins.check_new(command.pin)
        pepper = self._pepper(has_pins=any(one.pin or one.card for one in others.values()))
        if pins.owner(command.pin, {one.id: one.pin for one in others.values() if one.pin}, pepper):
            raise BadInput("Somebody has this PIN.", "Choose another PIN.")
        return pins.verifier(command.pin, pepper)

    def _pepper(self, *, has_pins: bool) -> bytes:
        """The event's: made by the first desk that needs it, and handed on with each pairing code."""
        secrets = self._line.membership.secrets
        pepper = secrets.get(PEPPER)
        if pepper is None and has_pins:
            raise _no_pepper()
        if pepper is None:
            pepper = os.urandom(pins.PEPPER_BYTES)
            secrets.put(PEPPER, pepper)
        return pepper

    def _after(self, id_: str) -> None:
        """Whoever is logged on has what they have now; somebody removed is logged off."""
        staff = self._line.present.staff
        if staff is None or staff.id != id_:
            return
        with self._store.reader() as reader:
            found = next((one for one in reader.staff(self._log("")) if one.id == id_), None)
        self._line.present.staff = found if found and found.roles else None
        self._tell(self._log(""))

    def _wrong(self, failures: int, *, by_card: bool) -> None:
        wait = timedelta(seconds=wait_after(failures))
        self._tell(self._log(""))
        if wait:
            raise _too_early(wait)
        if by_card:
            raise _no_card()
        raise NotAllowed("This PIN is wrong.", "Try again.")

    def _tries(self) -> tuple[int, datetime | None]:
        with self._store.reader() as reader:
            kept = reader.settings.get(PIN_TRIES)
        if not kept:
            return 0, None
        failures, at = int(kept["failures"]), parse_moment(kept["at"])
        # A clock that was set back must not lengthen the wait.
        at = min(at, self._now())
        return failures, at + timedelta(seconds=wait_after(failures))

    def _keep_tries(self, failures: int) -> None:
        kept = {"failures": failures, "at": moment_text(self._now())} if failures else None
        with self._store.transaction() as tx:
            tx.settings.put(PIN_TRIES, kept)

    def _log(self, log: str) -> str:
        if log:
            return log
        with self._store.reader() as reader:
            door = reader.settings.get(DOOR)
            events = reader.events()
        if door:
            return str(door["log"])
        if len(events) == 1:
            return events[0].id
        raise BadInput("No door is chosen yet.", "Choose an event and a check-in list first.")

    def _tell(self, log: str, request: str = "") -> None:
        present = self._line.present
        staff, (_, until) = present.staff, self._tries()
        with self._store.reader() as reader:
            people = [one for one in reader.staff(log) if Role.ORGANIZER in one.roles]
        required = any(one.pin or one.card for one in people)
        wait = until if until is not None and until > self._now() else None
        state = StaffState(required=required, wait_until=wait)
        if staff is not None:
            state = StaffState(staff.id, staff.name, staff.roles, required, wait, request)
        self._hooks.staff_changed(state)


def _too_early(wait: timedelta) -> NotAllowed:
    seconds = max(1, round(wait.total_seconds()))
    return NotAllowed(
        tr("Too many wrong PINs. Wait for {seconds} seconds.", seconds=seconds),
        "Ask a supervisor, who can log on elsewhere.",
    )


def _no_card() -> NotAllowed:
    return NotAllowed(
        "This staff card does not count here (any more).", "An organizer makes a new one, or type your PIN."
    )


def _no_pepper() -> NotAllowed:
    return NotAllowed(
        "This desk does not have the event's secret for PINs.",
        "Pair it by a code that was made at a desk where people log on.",
    )
