"""The exchange of facts with an upstream, step by step. A desk and a hub take the same steps.

    push_all    what the upstream lacks goes up, batch by batch, until it lacks nothing
    pull_some   one question for news; what comes is kept together with the cursor to go on from

Lost answers, repeats and steps taken twice do no harm: the chain is the outbox, and an upstream
passes over what it has. Whoever calls decides when to try again; both raise SyncError.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from sync import wire
from sync.chain import Head, Record
from sync.client.batches import Outgoing
from sync.client.port import Upstream

MOST_ROUNDS = 50  # of asking for the pages that a new epoch's first answer had no room for


class LogSource(Protocol):
    """A node's own store, for those who push. Called in the thread that pushes."""

    def heads(self, log: str) -> Mapping[str, int]:
        """The last number of each desk in a log."""

    def records(self, log: str, desk: str, after: int, limit: int) -> Sequence[Record]:
        """A desk's facts after a number of its own, in their order, withheld and redacted ones too."""

    def signed_head(self, log: str, desk: str, upto: Head) -> wire.SignedHead | None:
        """A head that the desk signed: `upto` itself for the own desk, which signs it now; for
        another desk the highest one that is kept, at or before `upto`. None where there is none."""

    def answered(self, log: str, pushed: wire.Pushed) -> None:
        """What the upstream said to a batch. Keep `heads` and `epoch`, to go on from, and the
        refusals, for people."""


class LogSink(Protocol):
    """A node's own store, for those who pull. Called in the thread that pulls."""

    def cursors(self) -> tuple[str, Mapping[str, int]]:
        """The upstream's epoch (empty: never met) and, by log, the last number of arrival kept here."""

    def take(self, log: str, epoch: str, page: wire.Page) -> None:
        """Keep the page's facts, in the states that they have there, its signed heads and its cursor
        under `epoch`, in one commit. A fact that is here already may come again: one that was withheld
        and is released, or redacted since. It goes on, and never back: whole does not become withheld."""

    def moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        """The upstream has a new epoch: keep it, and these cursors with it, in one commit. The pages that
        tell how far the logs really are follow."""


class Sent(NamedTuple):
    """How pushing a log went. `heads`: the upstream's last number of each desk that was pushed.

    `stopped`: desks whose chain can't go on, and why. `ahead`: desks of which the upstream has more than
    this node; were the own desk among them, this node was restored from a backup and must first pull.
    """

    epoch: str
    taken: int
    refused: Sequence[wire.Refusal]
    heads: Mapping[str, int]
    stopped: Mapping[str, str]
    ahead: Mapping[str, int]


class Took(NamedTuple):
    """How a pull went. `renewed`: the upstream has another epoch than before: it may have lost facts,
    so push all chains of all logs again (`push_all` without `since`). `yours`: by log, the last number
    of the own desk there, where it was told. `logs`: all that this node may use."""

    epoch: str
    renewed: bool
    facts: int
    more: bool
    yours: Mapping[str, int]
    logs: Sequence[str]
    now_ms: int


def never() -> bool:
    return False


def push_all(
    source: LogSource,
    upstream: Upstream,
    log: str,
    *,
    desks: Collection[str] | None = None,
    since: Mapping[str, int] | None = None,
    hub: bool = False,
    stop: Callable[[], bool] = never,
) -> Sent:
    """Push what the upstream lacks of a log.

    `desks`: whose chains (None: every desk's). `since`: the upstream's last numbers as known here;
    None: it is asked first, as after a new epoch. A `hub` may push chains whose desks have not signed.
    """
    theirs = upstream.heads(log).heads if since is None else since
    outgoing = Outgoing(source, log, theirs, desks, hub=hub)
    while not stop() and (batch := outgoing.batch()):
        pushed = outgoing.sent(upstream, batch)
        source.answered(log, pushed)
        outgoing.learn(batch, pushed)
    return Sent(
        outgoing.epoch,
        outgoing.taken,
        outgoing.refused,
        outgoing.theirs,
        outgoing.stopped,
        outgoing.ahead,
    )


def pull_some(
    sink: LogSink,
    upstream: Upstream,
    *,
    logs: Collection[str] = (),
    wait_s: float = 0.0,
    limit: int = wire.MOST_FACTS,
) -> Took:
    """Ask once for news of the logs with a cursor and of `logs`, waiting up to `wait_s` for them.

    The logs of the answer are a node's to choose from: a new one is pulled once it is named in `logs`.
    """
    epoch, kept = sink.cursors()
    asked = {log: kept.get(log, 0) for log in {*kept, *logs}}
    pulled = upstream.pull(wire.Pull(epoch, asked, limit, wait_s))
    renewed = pulled.epoch != epoch
    if renewed:
        pulled = _all_pages(upstream, epoch, asked, limit, pulled)
        # Until a log's page is kept, its old cursor would lie: from the beginning, should we end here.
        sink.moved(pulled.epoch, dict.fromkeys(asked, 0))
    for log, page in pulled.pages.items():
        sink.take(log, pulled.epoch, page)
    return _took(pulled, renewed=bool(epoch) and renewed)


def _all_pages(
    upstream: Upstream, epoch: str, asked: Mapping[str, int], limit: int, pulled: wire.Pulled
) -> wire.Pulled:
    """Under a new epoch each log's page tells where its cursor stands now. Those that did not fit into
    the answer are asked for by the old epoch again; without a page a log begins anew, which repeats
    much and loses nothing."""
    pages = dict(pulled.pages)
    for _ in range(MOST_ROUNDS if epoch else 0):
        left = {log: cursor for log, cursor in asked.items() if log not in pages and log in pulled.logs}
        if not left:
            break
        more = upstream.pull(wire.Pull(epoch, left, limit))
        if more.epoch != pulled.epoch or not more.pages:
            break
        pages |= more.pages
    return msgspec.structs.replace(pulled, pages=pages)


def _took(pulled: wire.Pulled, *, renewed: bool) -> Took:
    pages = pulled.pages
    return Took(
        pulled.epoch,
        renewed,
        sum(len(page.facts) for page in pages.values()),
        any(page.more for page in pages.values()),
        {log: page.yours for log, page in pages.items()},
        pulled.logs,
        pulled.now_ms,
    )
