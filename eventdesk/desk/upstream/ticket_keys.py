"""Keys of signed tickets: had at hand, rotated, removed, listed; and the signed lists of revoked tickets."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from eventdesk.desk.hooks import Door, Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream import revoking
from eventdesk.desk.upstream.clock import moment
from eventdesk.desk.upstream.commands import (
    ListTicketKeys,
    PrepareTicketKey,
    RemoveTicketKey,
    RotateTicketKey,
    SignRevocations,
)
from eventdesk.desk.upstream.inbox import Inbox
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.revoking import Changes, Due
from eventdesk.desk.upstream.signer import Removed, defined
from eventdesk.desk.upstream.values import TicketKeyRow, TicketKeysListed
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.rights import Right
from eventdesk.errors import BadInput, EventDeskError
from eventdesk.signing.keyring import NewKey
from eventdesk.signing.revoked import sign_list
from eventdesk.storage.reading.setup import KeyState
from eventdesk.storage.store import Reader, Transaction

log = logging.getLogger(__name__)

TRY_AGAIN_S: Final = 30.0
CALLING: Final = frozenset(
    {
        Kind.TICKET_CHANGED.value,
        Kind.ORDER_CHANGED.value,
        Kind.SECRET_REVOKED.value,
        Kind.REVOCATIONS_SIGNED.value,
        Kind.TICKET_KEY_DEFINED.value,
    }
)


class TicketKeys:
    """Its handlers wait for the keyring; what listens to hooks only notes and posts."""

    def __init__(self, line: Line, inbox: Inbox, now: Callable[[], datetime]) -> None:
        self._line = line
        self._inbox = inbox
        self._now = now
        self._failed: dict[str, datetime] = {}
        self._due: set[str] = set()
        self._lock = threading.Lock()
        self._at = ""
        self._changes: dict[str, Changes] = {}
        line.signer.wanted = self._wanted
        line.settle = self._settle
        line.hooks.door_chosen.connect(self._stands)
        line.hooks.facts_recorded.connect(self._recorded)
        line.hooks.operation_ended.connect(lambda _ended: self._call(self._at))

    def handlers(self) -> Handlers:
        return {
            PrepareTicketKey: self.prepare,
            SignRevocations: self.sign,
            RotateTicketKey: self.rotate,
            RemoveTicketKey: self.remove,
            ListTicketKeys: self.list_keys,
        }

    def prepare(self, command: PrepareTicketKey) -> None:
        """Nobody asked for it by hand: what goes wrong is for the log."""
        if not self._line.present.allows(command.log, Right.SELL):
            return
        try:
            self._own(command.log)
        except EventDeskError as error:
            self._failed[command.log] = self._now()
            log.warning("no key is at hand for the tickets of %s: %s", command.log, error)

    def rotate(self, command: RotateTicketKey) -> None:
        """Raises NotAllowed, KeyringUnavailable."""
        self._line.present.check(command.log, Right.SELL)
        key = self._line.signer.renew(command.log)
        self._write(command, lambda _tx: [defined(key)])
        self._list(command.log, command.request)

    def remove(self, command: RemoveTicketKey) -> None:
        """The list of revoked tickets is signed anew, as the key's own ends with it. Raises NotAllowed, and
        BadInput where there is no such key."""
        self._line.present.check(command.log, Right.SIGNING)
        with self._line.store.reader() as reader:
            known = {one.id for one in reader.ticket_keys(command.log)}
        if command.key not in known:
            raise BadInput("There is no such key (any more).", "Look at the list again.")
        removal = Draft(Kind.TICKET_KEY_DEFINED, command.key, {"removed": True})
        self._write(command, lambda _tx: [removal])
        try:
            self._own(command.log)
            self._sign(command.log, all_of_them=True)
        except EventDeskError as error:
            log.warning("the list of revoked tickets of %s was not signed anew: %s", command.log, error)
        self._list(command.log, command.request)

    def list_keys(self, command: ListTicketKeys) -> None:
        self._list(command.log, command.request)

    def sign(self, command: SignRevocations) -> None:
        """As `prepare`: for the log."""
        try:
            self._sign(command.log)
        except EventDeskError as error:
            self._changes.pop(command.log, None)
            log.warning("the list of revoked tickets of %s was not signed: %s", command.log, error)

    def _sign(self, log_id: str, all_of_them: bool = False) -> None:
        """One more list, where this desk may sign it and has something to say. Codes were signed by somebody,
        or there is nothing to revoke."""
        if not self._line.present.allows(log_id, Right.SELL):
            return
        with self._line.store.reader() as reader:
            if not reader.ticket_keys(log_id):
                return
            states = self._changes.setdefault(log_id, Changes()).read(reader, log_id)
            due = revoking.due(reader, log_id, reader.taken_back(log_id) if all_of_them else states)
        if due is None:
            return
        key = self._own(log_id)
        try:
            self._write(SignRevocations(log_id), lambda tx: self._signed(tx, key, due))
        except Removed:
            self._look_again(log_id)

    def _signed(self, tx: Transaction, key: NewKey, due: Due) -> list[Draft]:
        log_id = due.one.event
        if tx.revocation_lists(log_id) != due.lists:
            self._look_again(log_id)  # another desk's has just come
            return []
        members = {"number": due.one.number, "list": sign_list(due.one, key.private, key.id)}
        draft = Draft(Kind.REVOCATIONS_SIGNED, log_id, members)
        return [*self._line.signer.definition(tx, log_id, key), draft]

    def _look_again(self, log_id: str) -> None:
        """From the beginning: what was read has not been said."""
        self._changes.pop(log_id, None)
        self._call(log_id)

    def _own(self, log_id: str) -> NewKey:
        """Raises KeyringUnavailable."""
        with self._line.store.reader() as reader:
            removed = frozenset(one.key.id for one in reader.ticket_keys_ever(log_id) if one.removed)
        at_hand = self._line.signer.key(log_id)
        if at_hand is not None and at_hand.id not in removed:
            return at_hand
        return self._line.signer.prepare(log_id, removed)

    def _write(self, command: Any, drafts: Callable[[Transaction], list[Draft]]) -> None:
        with self._line.store.transaction() as tx:
            facts = tx.append(command.log, self._line.present.signed(drafts(tx)))
        kinds = {fact.kind.value: 1 for fact in facts}
        if kinds:
            self._line.hooks.facts_recorded(Recorded(command.request, command.log, kinds))

    # Listening: on others' threads

    def _stands(self, door: Door) -> None:
        self._at = door.catalogue.event.id
        if self._line.signer.key(self._at) is None:
            self._line.post(PrepareTicketKey(self._at))
        self._call(self._at)

    def _wanted(self, log_id: str) -> None:
        failed = self._failed.get(log_id)
        if failed is None or abs((self._now() - failed).total_seconds()) > TRY_AGAIN_S:
            self._line.post(PrepareTicketKey(log_id))

    def _recorded(self, recorded: Recorded) -> None:
        if not CALLING.isdisjoint(recorded.kinds):
            self._call(recorded.log)
        if Kind.TICKET_KEY_DEFINED.value in recorded.kinds and self._line.signer.key(recorded.log):
            self._line.post(PrepareTicketKey(recorded.log))  # it may be this desk's own that was removed

    def _call(self, log_id: str) -> None:
        with self._lock:
            self._due.add(log_id)
        self._line.board.touch()

    def _settle(self) -> None:
        """A few times a second at most: many changes, one list."""
        with self._lock:
            due, self._due = self._due, set()
        for log_id in due - {""}:
            self._line.post(SignRevocations(log_id))

    # Telling

    def _list(self, log_id: str, request: str) -> None:
        present, names = self._line.present, self._inbox.names()
        own = self._line.signer.key(log_id)
        with self._line.store.reader() as reader:
            keys = [_row(reader, log_id, one, names, own) for one in reader.ticket_keys_ever(log_id)]
        keys.sort(key=lambda row: row.since, reverse=True)
        may = (present.allows(log_id, Right.SELL), present.allows(log_id, Right.SIGNING))
        self._line.hooks.ticket_keys_listed(TicketKeysListed(request, log_id, keys, *may))


def _row(reader: Reader, log_id: str, one: KeyState, names: Any, own: NewKey | None) -> TicketKeyRow:
    first = reader.facts(log_id, one.key.id, Kind.TICKET_KEY_DEFINED)[0]
    since = moment(first.stamp.wall)
    assert since is not None
    is_own = own is not None and own.id == one.key.id and not one.removed
    return TicketKeyRow(one.key.id, names.get(first.desk, first.desk), since, one.removed, is_own)
