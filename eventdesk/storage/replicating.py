"""What replication can write in a transaction."""

from collections.abc import Iterable

from eventdesk.storage import log as facts
from eventdesk.storage import upward
from sync.wire import Refusal, SignedHead


class Replicating:
    """`node` is the id of the upstream that spoke; moments are milliseconds since 1970 UTC."""

    _execute: facts.Execute

    def put_cursor(self, log: str, node: str, epoch: str, cursor: int, heard_ms: int) -> None:
        """What was read of the node; belongs into the transaction of the facts that came with it."""
        self._execute(upward.PUT_CURSOR, (log, node, epoch, cursor, heard_ms))

    def put_acked(self, log: str, node: str, seq: int) -> None:
        """The last of this desk's facts that the node has: lower than before where it lost some. The tries
        to send have come to their end."""
        upward.put_acked(self._execute, log, node, seq)

    def note_attempt(self, log: str, now_ms: int, answer: str) -> None:
        """A try to send that failed, and what came of it, in words."""
        self._execute(upward.NOTE_ATTEMPT, (log, now_ms, answer))

    def put_refusals(self, log: str, refusals: Iterable[Refusal], now_ms: int) -> None:
        """What a node did not take. Nothing is deleted for it."""
        upward.put_refusals(self._execute, log, refusals, now_ms)

    def clear_refusals(self, fact_ids: Iterable[str]) -> int:
        """Of facts that the node has whole by now; returns how many were cleared."""
        return upward.clear_refusals(self._execute, fact_ids)

    def put_signed_heads(self, log: str, heads: Iterable[SignedHead]) -> None:
        """Ends of other desks' chains; the caller has checked that they signed them."""
        upward.put_signed_heads(self._execute, log, heads)
