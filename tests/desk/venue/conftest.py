"""Desks that take part in a venue, over nodes in memory and wires that cut."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import STATION
from eventdesk.desk.venue.commands import ListHelp, OrderDesk, WatchVenue
from eventdesk.desk.venue.values import DeskLine, HelpChanged, Venue
from eventdesk.desk.venue.venue import VenuePart
from eventdesk.domain.facts import Kind
from eventdesk.domain.venue import DeskOrder, HelpCall, Order
from tests.desk.upstream.conftest import NOW, LinedDesk, node, until

__all__ = ["node"]


class VenueDesk(LinedDesk):
    """Quick: reports and looks follow each other within moments."""

    def more_lanes(self) -> dict[str, Handlers]:
        self.preferences.put(STATION, f"Desk {self.id}")
        self.venue = VenuePart(self.line, self.line.post, lambda: self.clock.now(), report_s=0.1, watch_s=0.1)
        self.orders: list[DeskOrder] = []
        self.hooks.desk_ordered.connect(self.orders.append)
        self.venues: list[Venue] = []
        self.hooks.venue_changed.connect(self.venues.append)
        self.helps: list[HelpChanged] = []
        self.hooks.help_changed.connect(self.helps.append)
        return self.venue.lanes()

    def start(self) -> None:
        super().start()
        self.venue.start()

    def stop(self) -> None:
        self.venue.ask_to_stop()
        self.line.stop()
        self.venue.join()
        super().stop()

    def again(self) -> None:
        """Shut and started anew, as by a restart of the computer."""
        self.stop()
        self.open()
        self.start()

    def watch(self) -> None:
        self.engine.post(WatchVenue())

    def seen(self, desk: str) -> DeskLine | None:
        """What was told of a desk last."""
        lines = self.venues[-1].lines if self.venues else ()
        return next((one for one in lines if one.desk == desk), None)

    def calls(self) -> list[HelpCall]:
        """As they are told now."""
        while not self.heard.nothing(self.hooks.help_changed):
            self.heard.next(self.hooks.help_changed)
        return list(self.ask(ListHelp(), lambda hooks: hooks.help_changed).calls)

    def order(self, desk: str, order: Order, **what: str) -> None:
        self.engine.post(OrderDesk(desk, order, **what))

    def written(self, kind: Kind) -> int:
        with self.store.reader() as reader:
            heads = reader.heads(LOG)
            return sum(
                record.kind == kind for desk in heads for record in reader.unsent(LOG, desk, 0, 100_000)
            )


Maker = Callable[..., VenueDesk]


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Maker]:
    made: list[VenueDesk] = []

    def make(id_: str, **how: float) -> VenueDesk:
        desk = VenueDesk(tmp_path, id_, **how)
        made.append(desk)
        desk.start()
        return desk

    yield make
    for desk in made:
        desk.stop()


def has_event(desk: LinedDesk) -> None:
    until(lambda: desk.reads(lambda reader: reader.guest_count(LOG)) == 23, 30)


def write_event(desk: LinedDesk) -> None:
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
