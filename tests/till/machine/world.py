"""The evening's world: desks with tills, a real node, the lines between them, and everyone's clocks."""

import shutil
import tempfile
from pathlib import Path

from eventdesk.desk.till import claiming
from eventdesk.desk.till.commands import OpenShift, OpenTill
from eventdesk.desk.upstream import allotments
from tests.replication.fleet.fated import FatedLine, calm
from tests.replication.fleet.stations import Station
from tests.replication.fleet.world import START_MS
from tests.till.machine import fair
from tests.till.machine.cards import Maker, ModelTerminal
from tests.till.machine.desk import TillDesk

FLOAT = 10_000


class World:
    """One desk works alone; several have a node."""

    def __init__(self, number: int) -> None:
        self.now_s = START_MS / 1000
        self.folder = Path(tempfile.mkdtemp())
        self.skews = [0.0] * number
        self.maker = Maker()
        # Nothing else arrives while one thread does everything.
        self._before = claiming.CATCH_UP_S, allotments.STEP, allotments.LOW
        claiming.CATCH_UP_S, allotments.STEP, allotments.LOW = 0.0, 2, 1  # type: ignore[misc]
        self.centre = Station(self.folder, "centre", "centre", self._now_ms)
        self.desks = [self._desk(at, paired=number > 1) for at in range(number)]
        self.desks[0].write(*fair.drafts())
        self.exchange_all()
        self.exchange_all()
        for desk in self.desks:
            desk.do(OpenTill(fair.LOG), OpenShift("main", FLOAT))

    @property
    def is_alone(self) -> bool:
        return len(self.desks) == 1

    def _now_ms(self) -> int:
        return int(self.now_s * 1000)

    def _desk(self, at: int, *, paired: bool) -> TillDesk:
        name = f"desk{at}"
        line = FatedLine(self.centre, self.centre.principal(name), lambda: int(self.skews[at] * 1000))
        terminal = ModelTerminal(self.maker)

        def wall_s() -> float:
            return self.now_s + self.skews[at]

        desk = TillDesk(self.folder, name, line, wall_s, lambda: self.now_s, terminal, paired)
        self.centre.let_in(name, desk.membership.keys(), "")
        return desk

    def close(self) -> None:
        claiming.CATCH_UP_S, allotments.STEP, allotments.LOW = self._before  # type: ignore[misc]
        for desk in self.desks:
            desk.close()
        self.centre.close()
        shutil.rmtree(self.folder)

    def heal(self) -> None:
        calm(iter([desk.line for desk in self.desks]))
        for _ in range(3):
            self.exchange_all()

    def exchange_all(self) -> None:
        if len(self.desks) > 1:
            for desk in self.desks:
                desk.exchange()
