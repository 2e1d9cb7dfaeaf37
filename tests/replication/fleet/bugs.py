"""Bugs that are put in on purpose: each would lose, double or invent something, or keep what must go."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, select

from eventdesk.desk.upstream import at_door
from eventdesk.desk.upstream.allotments import Allotments
from eventdesk.desk.upstream.ends import DeskEnds
from eventdesk.storage import redact
from eventdesk.storage.meaning import TicketMeaning
from eventdesk.storage.projections import admissions
from sync import wire
from sync.chain import Record
from sync.client import exchange
from sync.client.batches import Outgoing
from sync.errors import SyncError
from sync.relay import logs
from sync.server import schema
from sync.server.store import allotments, claims, epochs, pushing, rows
from sync.server.store.books import Book
from sync.server.store.claims import Claims
from sync.server.store.effects import apply
from sync.server.store.taking import Taking

Put = Callable[[Any, str, Any], None]
Bug = Callable[[Put], None]


def uses_counted_again(put: Put) -> None:
    """A repeated fact takes from its counter a second time."""
    compare = Taking._compare

    def counting(self: Taking, desk: str, facts: Any) -> bool:
        known = [(one.record, one.effects) for one in facts if one.effects is not None]
        apply(self.connection, self.book, self.meaning, known)
        return compare(self, desk, facts)

    put(Taking, "_compare", counting)


def numbered_again(put: Put) -> None:
    """A repeated fact arrives a second time."""
    compare = Taking._compare

    def numbering(self: Taking, desk: str, facts: Any) -> bool:
        held = compare(self, desk, facts)
        for one in facts:
            self.book.n += 1
            values = {"log": self.book.log, "n": self.book.n, "desk": desk, "seq": one.record.seq}
            self.connection.execute(schema.amendments.insert().values(values))
        return held

    put(Taking, "_compare", numbering)


def passes_by_arrival(put: Put) -> None:
    """A desk counts who is inside by what came last."""
    put(admissions, "sorted", list)


def holder_by_arrival(put: Put) -> None:
    """The node judges claims by what came last."""

    def holder(self: TicketMeaning, key: str, records: Any) -> Any:
        passes = [one for one in records if one.kind in ("admitted", "left")]
        return passes[-1] if passes and passes[-1].kind == "admitted" else None

    def as_they_came(connection: Connection, log: str, subject: str) -> list[Record]:
        records = schema.records
        query = select(records).where(records.c.log == log, records.c.subject == subject)
        return [rows.record_of(row) for row in connection.execute(query.order_by(records.c.n))]

    put(TicketMeaning, "holder", holder)
    put(claims, "of_subject", as_they_came)


def claims_without_facts(put: Put) -> None:
    put(TicketMeaning, "holder", lambda *_: None)


def claims_without_grants(put: Put) -> None:
    """Nobody looks who asked before: as where two look at once without a lock."""
    put(claims, "_locked", lambda *_: None)
    put(claims, "_grant", lambda *_: True)


def grants_expire(put: Put) -> None:
    """After half a minute a grant is anyone's, though its fact may be under way."""
    judge = Claims._judge

    def judge_young(self: Claims, connection: Any, log: str, by: str, asked: Any, now: int) -> Any:
        connection.execute(delete(schema.claims).where(schema.claims.c.since_ms < now - 30_000))
        return judge(self, connection, log, by, asked, now)

    put(Claims, "_judge", judge_young)


def hub_taken_for_the_centre(put: Put) -> None:
    """A desk does not tell whose word it had."""
    put(at_door, "HUB_ALONE", "nobody's")


def acknowledged_unseen(put: Put) -> None:
    """The node says that it has all that it was sent, and forgot to keep the last one."""
    push = pushing.Pushing.push

    async def careless(self: Any, log: str, by: Any, sent: wire.Push) -> Any:
        if len(sent.facts) < 2:
            return await push(self, log, by, sent)
        taken = await push(self, log, by, wire.Push(sent.facts[:-1], sent.heads))
        return taken._replace(heads={fact.desk: fact.seq for fact in sent.facts})

    put(pushing.Pushing, "push", careless)


def cursor_before_page(put: Put) -> None:
    """A desk notes how far it has read before it has kept what it read."""
    take = DeskEnds.take

    def hasty(self: DeskEnds, log: str, epoch: str, page: wire.Page) -> None:
        with self._store.transaction() as tx:
            self._go_on(tx, log, epoch, page)
        take(self, log, epoch, page)

    put(DeskEnds, "take", hasty)


def unanswered_dropped(put: Put) -> None:
    """What was sent counts as there, answer or none."""
    sent = Outgoing.sent

    def hopeful(self: Outgoing, upstream: Any, batch: Any) -> wire.Pushed:
        try:
            return sent(self, upstream, batch)
        except SyncError:
            return wire.Pushed(self.epoch, 0, 0, [], batch.ends(), 0)

    put(Outgoing, "sent", hopeful)


def others_shares_ignored(put: Put) -> None:
    put(allotments, "_taken", lambda *_, **__: 0)


def used_beyond_the_share(put: Put) -> None:
    put(Allotments, "may_use", lambda *_: True)


def epoch_unnoticed(put: Put) -> None:
    """A restored node goes on under its old epoch: its numbers mean other facts than before."""
    put(epochs, "begin", lambda connection, _now: epochs.read(connection).present)


def renewal_unnoticed(put: Put) -> None:
    """A desk sees another epoch, and believes what it knew of the one before."""
    moved = DeskEnds.moved

    def stubborn(self: DeskEnds, epoch: str, cursors: Any) -> None:
        known = self.cursors()[1]
        moved(self, epoch, {**cursors, **known})

    put(DeskEnds, "moved", stubborn)
    put(DeskEnds, "_go_on", _without_yours)
    took = exchange._took
    put(exchange, "_took", lambda pulled, renewed: took(pulled, renewed=False))


def _without_yours(self: DeskEnds, tx: Any, log: str, epoch: str, page: wire.Page) -> None:
    tx.put_cursor(log, self._node, epoch, max(page.cursor, tx.line(log, self._node).cursor), self._now_ms())


def late_pass_after_undo(put: Put) -> None:
    put(admissions, "_is_undone", lambda *_: False)


def late_facts_at_desks(put: Put) -> None:
    put(redact, "forgetting", lambda _, records: records)


def late_facts_at_nodes(put: Put) -> None:
    put(Book, "is_erased", lambda *_: False)


def rest_of_a_page_dropped(put: Put) -> None:
    """A hub takes no more of a desk after a fact of it that comes again."""
    put(logs, "in_runs", lambda facts: [list(facts)])
