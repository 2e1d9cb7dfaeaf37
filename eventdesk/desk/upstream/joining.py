"""How a desk comes to a node and leaves it. Lives on a lane that may wait for the network."""

import os
from datetime import timedelta

from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream.clock import moment
from eventdesk.desk.upstream.commands import (
    ListDesks,
    MakeCode,
    PairDesk,
    RevokeDesk,
    ShowLine,
    TryNow,
    Unpair,
)
from eventdesk.desk.upstream.enrolling import enrolled, refusal
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.membership import PEPPER
from eventdesk.desk.upstream.pins import PEPPER_BYTES
from eventdesk.desk.upstream.values import CodeMade, DeskRow, DesksListed, Paired, Reach
from eventdesk.domain.rights import Right
from eventdesk.errors import BadInput
from sync import pairing, wire
from sync.client.port import Upstream
from sync.errors import SyncError


class Joining:
    def __init__(self, line: Line) -> None:
        self._line = line

    def handlers(self) -> Handlers:
        return {
            PairDesk: self.pair,
            Unpair: self.unpair,
            ShowLine: lambda _command: self._line.board.tell(),
            TryNow: self.try_now,
            ListDesks: self.list_desks,
            RevokeDesk: self.revoke,
            MakeCode: self.make_code,
        }

    def pair(self, command: PairDesk) -> None:
        """Come to a node by an invitation. Raises BadInput, NotAllowed or EventDeskError, in words."""
        line = self._line
        node, answer = enrolled(
            line.membership, line.reach, line.clock, command.invitation, command.address, command.name
        )
        line.reach.forget()
        line.changed()
        roles, logs = tuple(answer.roles), tuple(answer.logs)
        line.hooks.paired(Paired(command.request, node.name, Reach(node.kind), roles, logs))

    def unpair(self, _command: Unpair) -> None:
        """Work alone from now on. Needs a supervisor at a paired desk; what waits stays."""
        self._check(Right.PAIR_DESK)
        self._line.membership.forget()
        self._line.reach.forget()
        self._line.clock.forget()
        self._line.board.forget()
        self._line.changed()

    def try_now(self, command: TryNow) -> None:
        """Refused facts are judged again at the node, by a person's word; and the line is tried."""
        self._line.exchange.try_now()
        if not command.facts:
            return
        self._check(Right.RELEASE)
        upstream = self._upstream()
        with self._line.store.reader() as reader:
            logs = reader.logs()
        try:
            for fact in command.facts:
                any(upstream.review(log, fact, "Asked again at the desk.") for log in logs)
        except SyncError as error:
            raise refusal(error) from error

    def list_desks(self, command: ListDesks) -> None:
        self._check(Right.PAIR_DESK)
        upstream, own = self._upstream(), self._line.store.desk
        try:
            desks = upstream.desks()
        except SyncError as error:
            raise refusal(error) from error
        rows = tuple(_row(one, own) for one in desks)
        self._line.hooks.desks_listed(DesksListed(command.request, rows))

    def revoke(self, command: RevokeDesk) -> None:
        """Shut a desk out. `desks_listed` tells how it stands then."""
        self._check(Right.REVOKE_DESK)
        if not command.reason.strip():
            raise BadInput("Shutting a desk out needs a reason.", "Say why; it is kept.")
        upstream = self._upstream()
        try:
            upstream.revoke(command.desk, command.reason)
        except SyncError as error:
            raise refusal(error) from error
        self.list_desks(ListDesks(request=command.request))

    def make_code(self, command: MakeCode) -> None:
        """A one-time code, with the event's pepper sealed in it: the node learns neither."""
        self._check(Right.PAIR_DESK)
        pairing_ = self._line.membership.pairing
        upstream = self._upstream()
        assert pairing_ is not None
        code, pepper = pairing.new_code(), self._pepper()
        sealed = pairing.seal(code, pepper) if pepper else b""
        roles = [str(role) for role in command.roles]
        asked = wire.CodeAsked(
            pairing.lookup(code), command.name, roles, list(pairing_.logs), command.valid_s, sealed
        )
        try:
            upstream.make_code(asked)
        except SyncError as error:
            raise refusal(error) from error
        link = self._line.reach.current
        node = link.node if link else pairing_.node
        text = pairing.Invitation(code, node.address, bytes.fromhex(node.fingerprint)).text()
        until = self._line.clock.now() + timedelta(seconds=command.valid_s)
        self._line.hooks.code_made(CodeMade(command.request, code, text, until))

    def _pepper(self) -> bytes | None:
        """Made here where people are defined here: a desk that is let in now must know PINs of later."""
        secrets = self._line.membership.secrets
        pepper = secrets.get(PEPPER)
        if pepper is None and self._line.present.allows("", Right.STAFF) and not self._has_pins():
            pepper = os.urandom(PEPPER_BYTES)
            secrets.put(PEPPER, pepper)
        return pepper

    def _has_pins(self) -> bool:
        """Somebody's, made under a secret that this desk was not given."""
        with self._line.store.reader() as reader:
            return any(one.pin or one.card for log in reader.logs() for one in reader.staff(log))

    def _check(self, right: Right) -> None:
        """Of the desk as a whole; a desk that works alone may do as it likes."""
        if self._line.membership.pairing is not None:
            self._line.present.check("", right)

    def _upstream(self) -> Upstream:
        if self._line.membership.pairing is None:
            raise BadInput("This desk is not paired.", "Pair it with a hub or with the centre first.")
        try:
            return self._line.reach.contact().upstream
        except SyncError as error:
            raise refusal(error) from error


def _row(desk: wire.DeskKnown, own: str) -> DeskRow:
    return DeskRow(
        desk.desk,
        desk.name,
        tuple(desk.roles),
        moment(desk.seen_ms),
        bool(desk.revoked_ms),
        desk.clock_error_ms,
        desk.desk == own,
    )
