"""Guests who ask to be forgotten: one fact, and every desk that takes it redacts and says so."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from eventdesk.desk.commands import Command, ForgetIfDue
from eventdesk.desk.hooks import Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream.commands import EraseGuest, ListErasures
from eventdesk.desk.upstream.ends import GAP_S
from eventdesk.desk.upstream.inbox import Inbox
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.values import ErasureRow, ErasuresListed
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.rights import Right
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.storage import backups
from eventdesk.storage.reading.erasures import ErasureState
from eventdesk.storage.store import Reader, Store, Transaction
from sync.wire import DeskKnown

HUB: Final = "hub"  # a node among the desks: it forgets, and writes no facts
# So long at a time: whoever closes the desk, or asks for something else, waits no longer.
TURN_S: Final = 0.5


class Forgetting:
    """Lives on a lane that may take its time: backups that know the guest are made anew."""

    def __init__(
        self, line: Line, inbox: Inbox, now: Callable[[], datetime], files: Callable[[], None] = lambda: None
    ) -> None:
        """`files`: takes away what lies beside the database of guests who were erased."""
        self._line = line
        self._files = files
        self._inbox = inbox
        self._now = now

    def handlers(self) -> Handlers:
        return {EraseGuest: self.erase, ListErasures: self.list_erasures, ForgetIfDue: self.forget}

    def erase(self, command: EraseGuest) -> None:
        """Can't be taken back. Raises NotAllowed, and BadInput where there is no such order."""
        self._line.present.check(command.log, Right.ERASE)
        with self._line.store.transaction() as tx:
            draft = erasure(tx, command.log, command.order, command.reason)
            tx.append(command.log, self._line.present.signed([draft]))
        self.forget(ForgetIfDue())
        kinds = {Kind.GUEST_ERASED.value: 1}
        self._line.hooks.facts_recorded(Recorded(command.request, command.log, kinds))
        self.list_erasures(ListErasures(command.log, request=command.request))

    def list_erasures(self, command: ListErasures) -> None:
        desks = self._inbox.desks()
        with self._line.store.reader() as reader:
            found = reader.erasures(command.log)
            codes = {one.subject: _code(reader, command.log, one.subject) for one in found}
        rows = [
            ErasureRow(one.fact, codes[one.subject], one.at, _missing(one, desks, command.log))
            for one in found
        ]
        self._line.hooks.erasures_listed(ErasuresListed(command.request, command.log, rows))

    def forget(self, _command: Command) -> None:
        """Purge what is due, and confirm what this desk has forgotten: in its log and in its backups."""
        purge(self._line.store, self._now(), lambda log: self._line.present.allows(log, Right.ERASE))
        if finish(self._line.store, TURN_S):
            self._files()
            confirm(self._line.store, self._now())
        else:
            self._line.post(ForgetIfDue())


def _missing(erasure: ErasureState, desks: Mapping[str, DeskKnown], log: str) -> list[str]:
    """Who has not confirmed: desks that wrote to the log, and those that may have read it."""
    readers = {
        id_ for id_, one in desks.items() if HUB not in one.roles and (not one.logs or log in one.logs)
    }
    missing = (readers | erasure.unconfirmed) - erasure.confirmed
    return sorted(_name(desks[id_]) if id_ in desks else id_ for id_ in missing)


def _name(desk: DeskKnown) -> str:
    name = desk.name or desk.desk
    return tr("{name} (shut out)", name=name) if desk.revoked_ms else name


def _code(reader: Reader, log: str, order: str) -> str:
    """By which people know the order; it stays when its people are forgotten."""
    tickets = reader.order_tickets(log, order)
    return (tickets[0].order.code if tickets else "") or order


def erasure(tx: Transaction, log: str, order: str, reason: str) -> Draft:
    """The fact that asks everyone to forget an order's people. Raises BadInput where it is unknown."""
    tickets = tx.order_tickets(log, order)
    if not tickets:
        raise BadInput("There is no such order.", "Look the guest up and take the order from there.")
    members: dict[str, object] = {"tickets": sorted(ticket.id for ticket in tickets)}
    if sales := tx.sales_of_order(log, order):
        members["sales"] = sorted(sale.id for sale in sales)
    if calls := tx.calls_about(log, (ticket.id for ticket in tickets)):
        members["calls"] = calls
    if reason.strip():
        members["reason"] = reason.strip()
    return Draft(Kind.GUEST_ERASED, order, members)


def purge(store: Store, now: datetime, may: Callable[[str], bool]) -> None:
    """Ask everyone to forget all guests of events whose time for it has come."""
    with store.reader() as reader:
        due = [log for log in reader.purge_due(now) if may(log)]
    for log in due:
        with store.transaction() as tx:
            tx.append(log, [Draft(Kind.GUESTS_PURGED, log, {"reason": "The event's time is over."})])


def finish(store: Store, seconds: float) -> bool:
    """Do what large erasures have left to do, a little at a time: a scan goes in between. False where the
    time was over before."""
    until = time.monotonic() + seconds
    with store.reader() as reader:
        logs = reader.forgetting()
    for log in logs:
        while _step(store, log):
            if time.monotonic() > until:
                return False
            time.sleep(GAP_S)
    return True


def _step(store: Store, log: str) -> bool:
    with store.transaction() as tx:
        return tx.forget_some(log)


def confirm(store: Store, now: datetime) -> int:
    """Say that this desk holds no such data any more: first its backups lose it too. Returns how often."""
    with store.reader() as reader:
        owed = {log: reader.to_confirm(log) for log in reader.logs()}
    owed = {log: facts for log, facts in owed.items() if facts}
    if not owed:
        return 0
    backups.renew(store.path, store.key, now)
    with store.transaction() as tx:
        for log, facts in owed.items():
            tx.append(log, [Draft(Kind.ERASURE_CONFIRMED, fact, {}) for fact in facts])
    return sum(map(len, owed.values()))
