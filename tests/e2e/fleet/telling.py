"""What a desk of the fleet tells, as JSON lines: verdicts as they are shown, and its books."""

import json
import sys
import threading
import time
from queue import SimpleQueue
from typing import Any

from eventdesk.app.desk import Desk
from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.hooks import Door, Given, Hooks, Trouble, Undone
from eventdesk.domain.decision import Outcome
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.e2e.fleet.party import LOG

PATIENCE_S = 60.0
PASSES = ("admitted", "left")

_lock = threading.Lock()


def tell(line: dict[str, Any]) -> None:
    """In one write: what was shown is told whole, or not at all."""
    with _lock:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


class Counter:
    """Where the desk's answers come in. Verdicts are told on the engine's thread, as a screen shows them."""

    def __init__(self, hooks: Hooks) -> None:
        self._came: SimpleQueue[Any] = SimpleQueue()
        hooks.verdict_given.connect(self._given)
        hooks.admission_undone.connect(self._undone)
        hooks.trouble_told.connect(self._trouble)
        hooks.door_chosen.connect(self._came.put)
        hooks.paired.connect(self._came.put)
        hooks.code_made.connect(self._came.put)

    def ask(self, desk: Desk, command: Command) -> Any:
        """What the desk answers; a Trouble where it failed. One command at a time."""
        while not self._came.empty():
            self._came.get()
        desk.engine.post(command)
        while True:
            answer = self._came.get(timeout=PATIENCE_S)
            if isinstance(answer, Door):  # told too when another desk has changed what is set up
                if isinstance(command, ChooseDoor):
                    return answer
            elif answer.request == command.request:
                return answer

    def _given(self, one: Given) -> None:
        ms = round((time.monotonic() - one.seen_at) * 1000, 1)
        ticket = one.verdict.ticket.id if one.verdict.ticket else ""
        line = {"ms": ms, "at": time.monotonic(), "ticket": ticket, "mode": one.mode.value}
        if one.verdict.outcome is Outcome.OK:
            line |= {"green": one.admission, "confirmed": one.confirmed}
        else:
            line |= {"red": one.verdict.reason.value if one.verdict.reason else ""}
        tell(line)
        self._came.put(one)

    def _undone(self, one: Undone) -> None:
        tell({"undone": one.admission, "at": time.monotonic()})
        self._came.put(one)

    def _trouble(self, trouble: Trouble) -> None:
        if trouble.request:
            tell({"trouble": trouble.message, "at": time.monotonic()})
            self._came.put(trouble)


def heads(store: Store) -> dict[str, list[Any]]:
    with store.reader() as reader:
        return {desk: [head.seq, head.chain.hex()] for desk, head in reader.heads(LOG).items()}


def account(desk: Desk) -> dict[str, Any]:
    """Everything that must be the same on all desks, and what the desk finds wrong with itself."""
    with desk.store.reader() as reader:
        passes = [
            record.id
            for writer in reader.heads(LOG)
            for record in reader.unsent(LOG, writer, 0, 1_000_000)
            if record.kind in PASSES
        ]
        conflicts = [[one.id, one.first.id, one.second.id] for one in reader.conflicts(LOG)]
        occupancy = reader.occupancy(LOG)
        quotas = {one.quota.id: one.used for one in reader.quotas(LOG)}
        unreadable = len(reader.unreadable(LOG))
    state = desk.line.board.state()
    return {
        "passes": passes,
        "conflicts": sorted(conflicts),
        "people": occupancy.people,
        "lists": dict(occupancy.lists),
        "gates": dict(occupancy.gates),
        "quotas": quotas,
        "heads": heads(desk.store),
        "left": [state.waiting, state.refused, unreadable],
        "wrong": verify(desk.store),
    }
