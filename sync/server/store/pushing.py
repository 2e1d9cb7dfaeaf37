"""Pushes: judged on the event loop as far as that goes, then taken by the writer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection

from sync import wire
from sync.errors import Refused
from sync.keys import head_is_signed
from sync.meaning import Meaning
from sync.server.database import Database
from sync.server.ports import Principal
from sync.server.store.books import Books
from sync.server.store.checking import Checked, Checking, Run
from sync.server.store.taking import HUB, UPSTREAM, Prepared, Taken, take
from sync.wire import SignedHead, State, Why

Keys = Callable[[Collection[str]], Awaitable[Mapping[str, bytes]]]

# Facts judged before others on the loop get their turn: about a millisecond.
AT_ONCE = 128
MOST_LOG_LETTERS = 200

log_ = logging.getLogger(__name__)


class Pushing:
    def __init__(
        self, database: Database, books: Books, meaning: Meaning, keys: Keys, now_ms: Callable[[], int]
    ) -> None:
        self._database = database
        self._books = books
        self._meaning = meaning
        self._keys = keys
        self._now_ms = now_ms
        self._known_keys: dict[str, bytes] = {}

    async def push(self, log: str, by: Principal, push: wire.Push) -> Taken:
        check_log(log)
        checking = Checking(log, by.desk, by.roles, self._meaning)
        for first in range(0, len(push.facts), AT_ONCE):
            if first:
                await asyncio.sleep(0)
            checking.add(push.facts[first : first + AT_ONCE], first)
        runs = list(checking.runs.values())
        heads = await self._good_heads(log, push.heads)
        if not {HUB, UPSTREAM} & by.roles:
            for run in runs:
                if run.desk != by.desk:
                    _cover(run, heads)
        if not runs and not heads:
            return Taken(0, 0, [], {})
        prepared = Prepared(log, by, runs, heads, self._now_ms())

        def work(connection: Connection) -> Taken:
            return take(connection, self._books, self._meaning, prepared)

        return await self._database.write(work, order=log)

    async def _good_heads(self, log: str, heads: Sequence[SignedHead]) -> list[SignedHead]:
        """Those whose signature holds. A desk's key never changes, so it is asked for once."""
        missing = {head.desk for head in heads} - self._known_keys.keys()
        if missing:
            self._known_keys.update(await self._keys(missing))
        good = []
        for head in heads:
            key = self._known_keys.get(head.desk)
            if key is not None and head_is_signed(key, log, head):
                good.append(head)
            else:
                log_.warning("A head of desk %s is not signed by it.", head.desk)
        return good


def check_log(log: str) -> None:
    """Raises Refused for what can be no log's name."""
    if not log or len(log) > MOST_LOG_LETTERS or "\n" in log or "\0" in log:
        raise Refused("This is no log's name.", status=400, code="log")


def _cover(run: Run, heads: Sequence[SignedHead]) -> None:
    """Cut off what the desk has not signed. The payload of a redacted fact is under no signature."""
    covered = 0
    by_seq = {checked.record.seq: checked.record for checked in run.facts}
    for head in heads:
        if head.desk == run.desk and head.seq in by_seq and by_seq[head.seq].chain == head.chain:
            covered = max(covered, head.seq)
    for position, checked in enumerate(run.facts):
        if checked.record.seq > covered:
            return run.cut(position, Why.UNSIGNED, "the desk that wrote it has not signed it")
        if checked.record.redacted == State.REDACTED:
            _doubt(checked)
    return None


def _doubt(checked: Checked) -> None:
    checked.why = Why.PAYLOAD
    checked.words = "its payload was redacted: only its desk or a hub can vouch for what is left"
    checked.effects = None
