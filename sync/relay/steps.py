"""What a hub does with its upstream, a step at a time. Each step blocks, and raises SyncError or Stopped."""

import threading
import time
from collections.abc import Mapping

from sync import wire
from sync.carrying import in_runs, to_wire
from sync.client.exchange import pull_some, push_all
from sync.client.port import Upstream
from sync.client.session import Session
from sync.errors import Refused, ServerFault, TooMany, Unauthorized
from sync.relay.beyond import UpstreamBeyond
from sync.relay.bridge import Bridge, HubStore
from sync.relay.knowledge import Knowledge
from sync.server.ports import Accounts, Principal, Relayed

MOST_DESKS = 1000  # told at once
MOST_AGAIN = 50


class Steps:
    """The parts of a relay, and its steps: `pull`, `push`, `wait_for_facts`, `meet`."""

    def __init__(
        self, logs: Relayed, accounts: Accounts, upstream: Upstream, session: Session, bridge: Bridge
    ) -> None:
        self._logs = logs
        self._accounts = accounts
        self._upstream = upstream
        self._session = session
        self._bridge = bridge
        self._knowledge = Knowledge()
        self._store = HubStore(logs, bridge, self._knowledge, session.node, self._know_desks)
        self._usable: set[str] = set()
        self._released: dict[str, int] = {}
        self._met = False
        self._desks: set[str] = set()
        self._stopping = threading.Event()
        self._itself = Principal(session.desk, frozenset({"hub"}), frozenset())

    def stop(self) -> None:
        self._stopping.set()

    def sign_in(self, refused: str | None = None) -> None:
        self._session.renew(self._upstream, refused)

    def pull(self, wait_s: float) -> None:
        """News of all logs that the upstream lets this hub have."""
        known = bool(self._usable)
        took = pull_some(self._store, self._upstream, logs=self._usable, wait_s=wait_s if known else 0.0)
        self._usable |= set(took.logs)
        if took.renewed:
            self._knowledge.forget()

    def push(self) -> Mapping[str, int]:
        """All chains of all logs, as far as the upstream lacks them. Cursors of the own logs: of what
        comes after them, nothing was pushed for sure.

        A log that is refused stands in no other's way; its refusal is raised at the end.
        """
        if not self._met:
            self.meet()  # or the upstream would not know whose facts it is handed
        cursors: dict[str, int] = {}
        refusals: list[Refused] = []
        for log in self._bridge.ask(self._logs.ids()):
            if self._stopping.is_set():
                break
            cursors[log] = self._bridge.ask(self._logs.heads(log)).cursor
            try:
                self._push(log)
            except (Unauthorized, TooMany, ServerFault):
                raise
            except Refused as refusal:
                refusals.append(refusal)
        if refusals:
            raise refusals[0]
        return cursors

    def _push(self, log: str) -> None:
        if self._usable and log not in self._usable:
            return
        if self._knowledge.of(log) is None:
            self._knowledge.asked(log, self._upstream.heads(log))
        since = self._knowledge.of(log)
        push_all(self._store, self._upstream, log, since=since, hub=True, stop=self._stopping.is_set)
        self._push_released(log)

    def _push_released(self, log: str) -> None:
        """What a person let in here is offered again: upstream it was withheld by our word."""
        after, records = self._bridge.ask(self._logs.released(log, self._released.get(log, 0)))
        for first in range(0, len(records), MOST_AGAIN):
            for facts in in_runs([to_wire(record) for record in records[first : first + MOST_AGAIN]]):
                self._upstream.push(log, wire.Push(facts))
        self._released[log] = after

    def wait_for_facts(self, cursors: Mapping[str, int], seconds: float) -> None:
        """Until something came after the cursors."""
        epoch = self._bridge.ask(self._logs.identity()).epoch
        pull = wire.Pull(epoch, dict(cursors))
        self._bridge.ask(self._logs.changed(pull, self._itself, seconds))

    def meet(self) -> None:
        """Learn each other's desks, and who was shut out; a new token in time."""
        if self._session.is_due(time.time_ns() // 1_000_000):
            self._session.renew(self._upstream)
        theirs = self._upstream.desks()
        own = [desk for desk in self._bridge.ask(self._accounts.desks()) if self._is_news(desk, theirs)]
        for first in range(0, len(own), MOST_DESKS):
            self._upstream.learn(own[first : first + MOST_DESKS])
        self._bridge.ask(self._accounts.learn(theirs, self._session.node))
        self._desks |= {desk.desk for desk in theirs}
        self._met = True

    def give_back(self, beyond: UpstreamBeyond) -> bool:
        """Grants of which nothing is known here: they went down with a crash, and would stay for ever.

        False where it is not known yet which logs there are.
        """
        for log in sorted(self._usable):
            if held := self._upstream.held(log):
                self._bridge.ask(beyond.give_back(log, held, self._logs.may_be_granted))
        return bool(self._usable)

    def _know_desks(self, page: wire.Page) -> None:
        """A head counts where its desk's key is known. Who is unknown upstream too is not asked for again."""
        signers = {head.desk for head in page.heads}
        if signers - self._desks:
            self.meet()
            self._desks |= signers

    def _is_news(self, desk: wire.DeskKnown, theirs: list[wire.DeskKnown]) -> bool:
        """Desks that came in here, and anyone's that were shut out here."""
        known = {one.desk: one for one in theirs}.get(desk.desk)
        if desk.via != self._session.node:
            return True
        return bool(desk.revoked_ms) and not (known and known.revoked_ms)
