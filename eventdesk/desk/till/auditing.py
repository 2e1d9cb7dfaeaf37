"""Who did what at the tills, read on the lookups' lane."""

from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import ListAudit
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import AuditedShift, AuditListed


class Auditing:
    """Only reads: this desk's shifts, and those of all others that it knows."""

    def __init__(self, register: Register, hooks: Hooks) -> None:
        self._register = register
        self._hooks = hooks

    def handlers(self) -> Handlers:
        return {ListAudit: self.list}

    def list(self, command: ListAudit) -> None:
        """Whole shifts, the latest first, until there are so many entries."""
        log, found, number = self._register.log, [], 0
        with self._register.store.reader() as reader:
            people = {one.id: one.name for one in reader.staff(log)}
            shifts = reader.shifts(log)
            for shift in shifts:
                if number >= command.limit:
                    break
                entries = tuple(reversed(reader.audit(log, shift.id)))
                found.append(AuditedShift(shift, entries))
                number += len(entries)
        is_all = len(found) == len(shifts)
        self._hooks.audit_listed(AuditListed(command.request, tuple(found), people, is_all))
