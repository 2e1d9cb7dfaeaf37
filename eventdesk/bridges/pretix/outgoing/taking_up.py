"""From new facts to calls: the cursor over the log and the calls are one transaction."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from eventdesk.bridges.pretix.mapping.ids import PREFIX
from eventdesk.bridges.pretix.outgoing import door, giving_back, handing_on, placing
from eventdesk.bridges.pretix.outgoing.handing_on import CURSORS
from eventdesk.bridges.pretix.outgoing.target import Call, Target, Untold
from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage import log as facts_log
from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store, Transaction

AT_ONCE: Final = 500

Translate = Callable[[Transaction, Fact, Target], Call | Untold | None]


def _passed(_tx: Transaction, fact: Fact, target: Target) -> Call | Untold:
    return door.passed(fact, target)


def _changed(tx: Transaction, fact: Fact, target: Target) -> Call | Untold:
    if fact.payload.get("canceled"):
        return giving_back.canceled(tx, fact, target)
    return door.amended(fact, target)


TRANSLATORS: Final[Mapping[Kind, Translate]] = {
    Kind.ADMITTED: _passed,
    Kind.LEFT: _passed,
    Kind.ADMISSION_UNDONE: door.undone,
    Kind.ADMISSION_REFUSED: door.refused,
    Kind.BADGE_PRINTED: lambda _tx, fact, target: door.printed(fact, target),
    Kind.QUESTION_ANSWERED: lambda tx, fact, target: door.answered(
        fact, target, tx.catalogue(fact.log).questions
    ),
    Kind.TICKET_CHANGED: _changed,
    Kind.TICKET_ISSUED: placing.walked_in,
    Kind.SALE_COMPLETED: placing.sold,
    Kind.SALE_REVERSED: giving_back.given_back,
}


class TakingUp:
    """On the bridge's thread."""

    def __init__(self, store: Store, log: str, target: Target) -> None:
        self._store = store
        self._log = log
        self._target = target

    def begin(self) -> None:
        """Where another node was the bridge meanwhile: go on where it was, and tell again what it had not."""
        with self._store.transaction() as tx:
            if (left := handing_on.last(tx, self._log)) is None:
                return
            cursors: dict[str, int] = dict(tx.settings.get(CURSORS, {}))
            for desk, seq in left.desks.items():
                key = f"{self._log}/{desk}"
                cursors[key] = max(cursors.get(key, 0), seq)
            found = [
                facts_log.fact_from_record(one)
                for desk, seq in left.open
                for one in tx.unsent(self._log, desk, seq - 1, 1)
                if one.seq == seq
            ]
            tx.bridge_calls.add(
                sorted(self._calls(tx, (fact for fact in found if fact)), key=lambda one: one.at)
            )
            tx.settings.put(CURSORS, cursors)

    def all(self) -> int:
        """Take up every fact that is new; how many calls that made."""
        made = 0
        while (more := self.some()) is not None:
            made += more
        return made

    def some(self) -> int | None:
        """A chunk of them; None where nothing is new."""
        with self._store.transaction() as tx:
            cursors: dict[str, int] = dict(tx.settings.get(CURSORS, {}))
            before = dict(cursors)
            calls: list[BridgeCall] = []
            for desk, head in tx.heads(self._log).items():
                key = f"{self._log}/{desk}"
                if cursors.get(key, 0) < head.seq and len(calls) < AT_ONCE:
                    records = tx.unsent(self._log, desk, cursors.get(key, 0), AT_ONCE)
                    found = [facts_log.fact_from_record(one) for one in records]
                    calls += self._calls(tx, (fact for fact in found if fact is not None))
                    cursors[key] = records[-1].seq if records else head.seq
            if cursors == before:
                return None
            tx.bridge_calls.add(sorted(calls, key=lambda one: one.at))
            tx.settings.put(CURSORS, cursors)
        return len(calls)

    def _calls(self, tx: Transaction, found: Iterable[Fact]) -> Iterable[BridgeCall]:
        for fact in found:
            if fact.id.startswith(PREFIX):
                continue  # pretix said so itself
            translate = TRANSLATORS.get(fact.kind)
            told = translate(tx, fact, self._target) if translate else None
            if told is not None:
                yield self._call(fact, told)

    def _call(self, fact: Fact, told: Call | Untold) -> BridgeCall:
        untold = isinstance(told, Untold)
        call: Mapping[str, Any] = {} if isinstance(told, Untold) else told
        subject = (told.subject if isinstance(told, Untold) else told.get("subject")) or fact.subject
        if subject != fact.subject:
            call = {**call, "about": fact.subject}
        return BridgeCall(
            log=fact.log,
            fact=fact.id,
            kind=fact.kind.value,
            subject=str(subject),
            at=datetime.fromtimestamp(fact.stamp.wall / 1000, UTC),
            call=call,
            state=CallState.UNTOLD if untold else CallState.WAITING,
            answer=told.why if isinstance(told, Untold) else "",
        )
