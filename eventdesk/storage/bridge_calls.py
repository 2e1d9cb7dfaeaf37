"""What another ticketing system is told, call by call: this desk's own, where it is the bridge."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from eventdesk.storage.log import decode, encode
from eventdesk.storage.moments import from_column, to_column

COLUMNS = "n, log, fact, kind, subject, at, call, state, tries, changed, answer"
SELECT = f"SELECT {COLUMNS} FROM bridge_calls"
# One that was told already is not told again, whoever took its fact up.
INSERT = """
    INSERT OR IGNORE INTO bridge_calls (log, fact, kind, subject, at, call, state, tries, changed, answer)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
"""
# What is told of a subject goes out in its order: an exit never overtakes its entry.
SELECT_DUE = f"""
    {SELECT} AS one WHERE log = ? AND state = 'waiting' AND NOT EXISTS (
        SELECT 1 FROM bridge_calls AS before INDEXED BY bridge_calls_subject
        WHERE before.log = one.log AND before.subject = one.subject AND before.n < one.n
            AND before.state = 'waiting')
    ORDER BY at, n LIMIT ?
"""
UPDATE = "UPDATE bridge_calls SET state = ?, tries = tries + ?, changed = ?, answer = ? WHERE n = ?"
# What a person was asked about is open too.
SELECT_OPEN = """
    SELECT f.desk, f.seq FROM bridge_calls AS one INDEXED BY bridge_calls_state
    CROSS JOIN facts f ON f.id = one.fact
    WHERE one.log = ? AND one.state IN ('waiting', 'refused') ORDER BY f.desk, f.seq
"""
COUNT = "SELECT state, count(*) FROM bridge_calls WHERE log = ? GROUP BY state"


class CallState(StrEnum):
    """REFUSED: with the other side's words, until a person says again or gives it up. UNTOLD: there is no
    way to tell it; the answer says why."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    UNTOLD = "untold"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class BridgeCall:
    """`fact` is what it tells of, `subject` whose order it keeps; `call` is JSON, as the bridge needs it.
    `at` is when it happened (UTC), `changed` when its state did; `n` 0: not kept yet."""

    log: str
    fact: str
    kind: str
    subject: str
    at: datetime
    call: Mapping[str, Any]
    state: CallState = CallState.WAITING
    answer: str = ""
    tries: int = 0
    changed: datetime | None = None
    n: int = 0


class BridgeCalls:
    """`add` and `settle` need a write transaction."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute

    def add(self, calls: Iterable[BridgeCall], now: datetime | None = None) -> None:
        at = to_column(now or datetime.now(UTC))
        for one in calls:
            call = encode(one.call).decode()
            row = one.log, one.fact, one.kind, one.subject, to_column(one.at), call, one.state, at, one.answer
            self._execute(INSERT, row)

    def due(self, log: str, limit: int = 50) -> list[BridgeCall]:
        """What may go now, the oldest first: of each subject the first that waits."""
        return self._calls(SELECT_DUE, (log, limit))

    def settle(
        self, n: int, state: CallState, answer: str = "", *, tried: bool = True, now: datetime | None = None
    ) -> None:
        changed = to_column(now or datetime.now(UTC))
        self._execute(UPDATE, (state, int(tried), changed, answer, n))

    def get(self, n: int) -> BridgeCall | None:
        found = self._calls(f"{SELECT} WHERE n = ?", (n,))
        return found[0] if found else None

    def of_fact(self, log: str, fact: str) -> BridgeCall | None:
        found = self._calls(f"{SELECT} WHERE log = ? AND fact = ?", (log, fact))
        return found[0] if found else None

    def of_subject(self, log: str, subject: str) -> list[BridgeCall]:
        """In the order in which they were taken up."""
        return self._calls(f"{SELECT} WHERE log = ? AND subject = ? ORDER BY n", (log, subject))

    def open_facts(self, log: str) -> list[tuple[str, int]]:
        """Desk and number of the facts that wait, or that the other side has refused."""
        return [(desk, seq) for desk, seq in self._execute(SELECT_OPEN, (log,)).fetchall()]

    def counts(self, log: str) -> dict[CallState, int]:
        return {CallState(state): count for state, count in self._execute(COUNT, (log,)).fetchall()}

    def listed(self, log: str, states: Sequence[CallState], limit: int = 200) -> list[BridgeCall]:
        """The oldest first."""
        marks = ", ".join("?" for _ in states)
        return self._calls(
            f"{SELECT} WHERE log = ? AND state IN ({marks}) ORDER BY n LIMIT ?", (log, *states, limit)
        )

    def _calls(self, query: str, values: Sequence[Any]) -> list[BridgeCall]:
        return [_call(row) for row in self._execute(query, tuple(values)).fetchall()]


def _call(row: Sequence[Any]) -> BridgeCall:
    n, log, fact, kind, subject, at, call, state, tries, changed, answer = row
    return BridgeCall(
        log=log,
        fact=fact,
        kind=kind,
        subject=subject,
        at=from_column(at),
        call=decode(call),
        state=CallState(state),
        answer=answer,
        tries=tries,
        changed=from_column(changed),
        n=n,
    )
