"""A venue that sells with pretix: the real server, a centre, a hub, the bridge's process, desks at doors; and
the lines between them, which can be cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.desk.commands import ChooseDoor, ScanCode
from eventdesk.desk.hooks import Given
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.dialing import dial
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Fact, Kind
from tests.desk.upstream.conftest import ALL, LinedDesk, until
from tests.rigs.bridges import BridgeProcess
from tests.rigs.nodes import NodeProcess
from tests.rigs.pretix_server.server import PretixServer
from tests.rigs.wires import Wire

LOG = log_of("http://127.0.0.1", "rig", "fair")
LIST = "px-l1"
PATIENCE_S = 180.0


@dataclass(frozen=True)
class Venue:
    """`outside` lies between the bridge and pretix, `inside` between the desks and the hub."""

    pretix: PretixServer
    outside: Wire
    inside: Wire
    hub: NodeProcess
    bridge: BridgeProcess

    def settled(self) -> None:
        """pretix has been told all that the desks have handed in. Waits."""
        self.bridge.until(lambda one: one.get("waiting") == 0 and one.get("phase") == "running", PATIENCE_S)

    def rows(self, resource: str, **params: Any) -> list[dict[str, Any]]:
        """All of a list of pretix' own API, page by page."""
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            answer = self.pretix.api("GET", f"events/fair/{resource}/", params={**params, "page": page})
            found += answer["results"]
            if not answer["next"]:
                return found
            page += 1

    def secrets(self, wanted: int) -> list[str]:
        """Of paid orders of one ticket each, the last ones: those that nothing is odd about."""
        rows = self.pretix.api(
            "GET", "events/fair/orders/", params={"ordering": "-datetime", "status": "p", "page_size": 50}
        )["results"]
        found = [
            one["positions"][0]["secret"]
            for one in rows
            if one["positions"] and not one["testmode"] and not one["positions"][0]["blocked"]
        ]
        return found[:wanted]


def joined(make_desk: Callable[..., LinedDesk], id_: str, venue_hub: NodeProcess, port: int) -> LinedDesk:
    """A desk below the hub, by the line that can be cut."""
    desk = make_desk(id_)
    desk.line.reach._dial = dial
    code = venue_hub.make_code(ALL)
    desk.ask(PairDesk(code, f"http://127.0.0.1:{port}", id_), lambda hooks: hooks.paired)
    return desk


def at_door(desk: LinedDesk) -> None:
    desk.ask(ChooseDoor(LOG, LIST, None, Mode.ENTRY), lambda hooks: hooks.door_chosen)


def scan(desk: LinedDesk, secret: str) -> Given:
    return desk.ask(ScanCode(secret), lambda hooks: hooks.verdict_given)


def knows(desk: LinedDesk, secrets: Sequence[str]) -> bool:
    with desk.store.reader() as reader:
        return all(reader.presented(LOG, one).ticket is not None for one in secrets)


def passes(desk: LinedDesk, secrets: Sequence[str]) -> list[Fact]:
    """Admissions that desks have written of these tickets, as this desk knows them."""
    with desk.store.reader() as reader:
        tickets = [reader.presented(LOG, one).ticket for one in secrets]
        return [
            fact for one in tickets if one is not None for fact in reader.facts(LOG, one.id, Kind.ADMITTED)
        ]


def is_alone(desk: LinedDesk) -> bool:
    return desk.line.claims.is_down


def wait(is_so: Callable[[], object]) -> None:
    until(lambda: is_so() or None, PATIENCE_S)
