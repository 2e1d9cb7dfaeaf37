"""The fleet's world: desks, a hub and a centre, the lines between them, and everyone's clocks."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sync.client.exchange import pull_some, push_all
from sync.errors import SyncError
from sync.relay.bridge import HubStore
from sync.relay.knowledge import Knowledge
from tests.replication.fleet.doors import FleetDesk
from tests.replication.fleet.fated import FatedLine, calm
from tests.replication.fleet.hubs import LineBeyond, StationBridge
from tests.replication.fleet.stations import Station
from tests.storage.made import LOG

START_MS = 1_800_000_000_000
NUMBER = 4  # desks


class World:
    """Desks 0 and 1 begin at the hub, 2 and 3 at the centre; each has a line to both."""

    def __init__(self) -> None:
        self.now_s = START_MS / 1000
        self.folder = Path(tempfile.mkdtemp())
        self.skews = [0.0] * NUMBER
        self.centre, self.hub = self._station("centre"), self._station("hub")
        self.up = FatedLine(self.centre, self.centre.principal("hub", "hub"), lambda: 0)
        self.hub.beyond = LineBeyond(self.up)
        self.knowledge = Knowledge()
        self.to_hub = [self._line(self.hub, number) for number in range(NUMBER)]
        self.to_centre = [self._line(self.centre, number) for number in range(NUMBER)]
        self.desks = [self._desk(number) for number in range(NUMBER)]

    @property
    def stations(self) -> tuple[Station, Station]:
        return self.hub, self.centre

    def lines(self) -> Iterator[FatedLine]:
        yield from (*self.to_hub, *self.to_centre, self.up)

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        for station in self.stations:
            station.close()
        shutil.rmtree(self.folder)

    def _now_ms(self) -> int:
        return int(self.now_s * 1000)

    def _station(self, kind: str) -> Station:
        return Station(self.folder, kind, kind, self._now_ms)

    def _line(self, station: Station, number: int) -> FatedLine:
        who = station.principal(f"desk{number}")
        return FatedLine(station, who, lambda: int(self.skews[number] * 1000))

    def _desk(self, number: int) -> FleetDesk:
        line = (self.to_hub if number < NUMBER // 2 else self.to_centre)[number]
        desk = FleetDesk(
            self.folder,
            f"desk{number}",
            line,
            lambda: self.now_s + self.skews[number],
            lambda: self.now_s,
        )
        for station in self.stations:
            home = line.station.name
            station.let_in(desk.name, desk.membership.keys(), "" if station.name == home else home)
        return desk

    def move(self, number: int) -> None:
        """The desk goes to the other node."""
        desk = self.desks[number]
        at_hub = desk.line is self.to_hub[number]
        desk.move((self.to_centre if at_hub else self.to_hub)[number])

    def crash_hub(self) -> None:
        self.hub.restart()
        self.knowledge = Knowledge()

    def restore(self, station: Station) -> bool:
        self.knowledge = Knowledge() if station is self.hub else self.knowledge
        return station.restore()

    def relay(self) -> bool:
        """What the hub's threads do, one after the other; False where its line failed."""
        store = HubStore(self.hub.logs, StationBridge(self.hub), self.knowledge)
        try:
            while self._pull_up(store):
                pass
            if self.knowledge.of(LOG) is None:
                self.knowledge.asked(LOG, self.up.heads(LOG))
            push_all(store, self.up, LOG, since=self.knowledge.of(LOG), hub=True)
        except SyncError:
            return False
        return True

    def _pull_up(self, store: HubStore) -> bool:
        took = pull_some(store, self.up, logs=(LOG,))
        if took.renewed:
            self.knowledge.forget()
        return took.more

    def heal(self) -> None:
        """All lines carry again, and everyone exchanges until all is said."""
        calm(self.lines())
        for _ in range(3):
            self.exchange_all()

    def exchange_all(self) -> None:
        for _ in range(2):
            for desk in self.desks:
                desk.exchange()
            self.relay()
