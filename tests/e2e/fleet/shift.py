"""A shift at a door of the fleet: scans, exits, undoes and sells at a pace, what the seed says."""

import random
import time

from eventdesk.app.desk import Desk
from eventdesk.desk.commands import ChooseDoor, ScanCode, UndoAdmission
from eventdesk.desk.hooks import Given, Trouble
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
from tests.e2e.fleet import party, telling

CROWD = 12  # so many guests walk from door to door at a time: the same tickets come to several
UNDOES, SELLS = 0.05, 0.1
MOVES = {Mode.ENTRY: 0.04, Mode.EXIT: 0.3}
GATES = ("north", "south", "east")
RUSH_EVERY = 4  # at each fourth stroke of the clock one ticket is held before every reader, at once


class Shift:
    """From `begins` (`time.monotonic()`) for `seconds`. The crowd moves on through `tickets` meanwhile."""

    def __init__(
        self,
        desk: Desk,
        counter: telling.Counter,
        *,
        begins: float,
        seconds: float,
        pace_s: float,
        tickets: int,
        seed: int,
    ) -> None:
        self._desk, self._counter = desk, counter
        self._begins, self._seconds, self._pace_s = begins, seconds, pace_s
        self._tickets = tickets
        self._random = random.Random(seed)
        self._stroke = int((time.monotonic() - begins) / pace_s)
        self._due = self._next_due()
        self._mode: Mode | None = None

    def wait_s(self) -> float:
        return max(0.0, self._due - time.monotonic())

    def act(self) -> bool:
        """Do what comes next; False where the shift is over."""
        now = time.monotonic()
        if now > self._begins + self._seconds:
            return False
        stroke, self._due = self._stroke, self._next_due()
        if self._mode is None or self._random.random() < MOVES[self._mode]:
            self._move()
            return True
        if stroke % RUSH_EVERY == 0:
            self._scan(stroke, stroke // RUSH_EVERY % CROWD)
            return True
        chance = self._random.random()
        if chance < UNDOES:
            self._counter.ask(self._desk, UndoAdmission("A mistake"))
        elif chance < UNDOES + SELLS:
            self._sell()
        else:
            self._scan(stroke, self._random.randrange(CROWD))
        return True

    def _next_due(self) -> float:
        """Late ones are not made up for: a guest comes when the one before has passed."""
        self._stroke = max(self._stroke + 1, int((time.monotonic() - self._begins) / self._pace_s))
        later = 0.0 if self._stroke % RUSH_EVERY == 0 else self._random.random() * 0.9
        return self._begins + (self._stroke + later) * self._pace_s

    def _move(self) -> None:
        list_ = party.ONCE if self._random.random() < 0.5 else party.AGAIN
        leaving = list_ == party.AGAIN and self._random.random() < 0.5
        mode = Mode.EXIT if leaving else Mode.ENTRY
        chosen = ChooseDoor(party.LOG, list_, self._random.choice(GATES), mode)
        told = self._counter.ask(self._desk, chosen)
        self._mode = None if isinstance(told, Trouble) else mode

    def _scan(self, stroke: int, of_crowd: int) -> None:
        done = min(1.0, stroke * self._pace_s / self._seconds)
        crowd = int(done * (self._tickets // CROWD - 1))
        code = party.secret(crowd * CROWD + of_crowd)
        told = self._counter.ask(self._desk, ScanCode(code, seen_at=time.monotonic()))
        assert isinstance(told, Given | Trouble)

    def _sell(self) -> None:
        """As a till does: within the transaction that sells, by this desk's own share."""
        line = self._desk.line
        with self._desk.store.transaction() as tx:
            sold = []
            if line.allotments.may_use(tx, party.LOG, party.QUOTA, 1):
                draft = Draft(Kind.QUOTA_USED, party.QUOTA, {"number": 1})
                sold = tx.append(party.LOG, line.present.signed([draft]))
        line.nudge()
        telling.tell({"sold": [fact.id for fact in sold], "at": time.monotonic()})
