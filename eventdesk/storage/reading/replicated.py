"""What replication can ask of a transaction or a reader."""

from collections.abc import Collection
from datetime import datetime

from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.definitions import TicketKey
from eventdesk.domain.occupancy import Occupancy
from eventdesk.domain.staff import Staff
from eventdesk.storage import log as facts
from eventdesk.storage import upward
from eventdesk.storage.reading import conflicts, erasures, setup, taken_back
from eventdesk.storage.reading.erasures import ErasureState
from eventdesk.storage.reading.setup import KeyState, QuotaState
from eventdesk.storage.received import Unread
from eventdesk.storage.upward import Backlog, Line, Outbox
from sync.chain import Head, Record
from sync.wire import SignedHead


class Replicated:
    """`desk` is this desk's id; `node` that of an upstream, empty for none."""

    _execute: facts.Execute
    desk: str

    def logs(self) -> list[str]:
        """Every log that has facts."""
        return facts.logs(self._execute)

    def heads(self, log: str) -> dict[str, Head]:
        """The end of each desk's chain."""
        return facts.heads_of(self._execute, log)

    def unsent(self, log: str, desk: str, after: int, limit: int) -> list[Record]:
        """A desk's facts after a number of its own, in their order, as they travel."""
        return facts.records_after(self._execute, log, desk, after, limit)

    def signed_head(self, log: str, desk: str, upto: int = upward.MOST_SEQ) -> SignedHead | None:
        """The last head at or before a number of the desk, that it signed."""
        return upward.signed_head(self._execute, log, desk, upto)

    def line(self, log: str, node: str) -> Line | None:
        return upward.line(self._execute, log, node)

    def lines(self, node: str) -> list[Line]:
        return upward.lines(self._execute, node)

    def backlog(self, node: str) -> Backlog:
        """How much the node lacks of this desk's own, and has refused. Cheap, however much it is."""
        return upward.backlog(self._execute, self.desk, node)

    def outbox(self, node: str, limit: int = 200) -> Outbox:
        """What waits or was refused, the oldest first."""
        return upward.outbox(self._execute, self.desk, node, limit)

    def unreadable(self, log: str) -> list[Unread]:
        """Facts that are kept and mean nothing here, in order of arrival."""
        return erasures.unreadable(self._execute, log)

    def conflicts(self, log: str, settled: bool = False) -> list[Conflict]:
        """Double admissions: open ones, or settled ones."""
        return conflicts.conflicts(self._execute, log, settled)

    def conflict_count(self, log: str) -> int:
        """How many wait for a person."""
        return conflicts.conflict_count(self._execute, log)

    def occupancy(self, log: str) -> Occupancy:
        """Unique people inside: in all, by list, gate and area."""
        return conflicts.occupancy(self._execute, log)

    def quotas(self, log: str) -> list[QuotaState]:
        return setup.quotas(self._execute, log)

    def staff(self, log: str) -> list[Staff]:
        return setup.staff(self._execute, log)

    def ticket_keys(self, log: str, scheme: str = "") -> list[TicketKey]:
        return setup.ticket_keys(self._execute, log, scheme)

    def ticket_keys_ever(self, log: str) -> list[KeyState]:
        """With those that were removed."""
        return setup.ticket_keys_ever(self._execute, log)

    def changed_tickets(self, log: str, after: int) -> dict[str, bool]:
        """Tickets that this desk changed after a number of its own: whether they are taken back now."""
        return taken_back.changed(self._execute, log, self.desk, after)

    def ticket_states(self, log: str, ids: Collection[str]) -> dict[str, bool]:
        """Whether these tickets, as far as they are known, are taken back."""
        return taken_back.of_some(self._execute, log, ids) if ids else {}

    def taken_back(self, log: str) -> dict[str, bool]:
        """All tickets that are canceled or blocked, or whose code was replaced."""
        return taken_back.taken_back(self._execute, log)

    def revocation_lists(self, log: str) -> tuple[str, ...]:
        """The facts (ids) that hold signed lists of revoked tickets, as they arrived."""
        return taken_back.list_ids(self._execute, log)

    def purge_due(self, now: datetime) -> list[str]:
        """Logs whose guests should be forgotten by now, as their event's set-up says."""
        return setup.purge_due(self._execute, now)

    def erasures(self, log: str) -> list[ErasureState]:
        """What was asked to be forgotten, the oldest first, and which desks have not confirmed."""
        return erasures.erasures(self._execute, log)

    def forgetting(self) -> list[str]:
        """Logs in which something of an erasure is still to be done (`Transaction.forget_some`)."""
        return erasures.forgetting(self._execute)

    def to_confirm(self, log: str) -> list[str]:
        """Erasures (fact ids) that this desk has not confirmed yet."""
        return erasures.to_confirm(self._execute, log, self.desk)
