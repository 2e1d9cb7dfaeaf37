"""Real processes: a server, a hub and desks, cut, healed and killed while all scan. Then the counts."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.e2e.fleet import counting
from tests.e2e.fleet.counting import Ledger
from tests.e2e.fleet.fleet import Fleet
from tests.e2e.fleet.networks import CENTRE, HUB, Loopback, network
from tests.rigs.postgres import Postgres

QUIET_S = 120.0
DAY_MS, CLOCK_MS = (
    900_000,
    5000,
)  # all facts are of the last 15 minutes, a desk's stamps off by seconds at most
SLOWEST_MS = 3000.0  # twenty desks share the test's computer: in the field each has its own
TICKETS, PLACES, SECONDS, PACE_S = 260, 120, 76.0, 2.0
AHEAD, AHEAD_S = "desk05", 1200.0
MakeFleet = Callable[..., Fleet]
Deed = tuple[float, Callable[[], None]]


@pytest.fixture
def make_fleet(tmp_path: Path) -> Iterator[MakeFleet]:
    made: list[Fleet] = []

    def make(*how: object) -> Fleet:
        made.append(Fleet(tmp_path, *how))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for fleet in made:
        fleet.destroy()


class Day:
    """Deeds at their seconds of a shift, and the windows in which a line was cut."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.windows: list[tuple[float, float]] = []
        self._cut_at: dict[str, float] = {}

    def cut(self, *names: str) -> Callable[[], None]:
        def do() -> None:
            for name in names:
                self.fleet.network.cut(name)
                self._cut_at[name] = time.monotonic()

        return do

    def heal(self, *names: str) -> Callable[[], None]:
        def do() -> None:
            for name in names:
                self.fleet.network.heal(name)
                self.windows.append((self._cut_at.pop(name), time.monotonic()))

        return do

    def run(self, begins: float, seconds: float, deeds: list[Deed]) -> None:
        waiting = threading.Event()
        for at_s, do in [*sorted(deeds, key=lambda deed: deed[0]), (seconds, lambda: None)]:
            waiting.wait(max(0.0, begins + at_s - time.monotonic()))
            do()


def settle(fleet: Fleet, sides: dict[str, str], places: int) -> dict[str, object]:
    """All that must hold once it is quiet; the figures."""
    latest_ms = round(time.time() * 1000) + CLOCK_MS
    quiet_s = fleet.until_quiet(QUIET_S)
    held, accounts = fleet.held(), fleet.accounts()
    ledger = Ledger(held[CENTRE])
    counting.check_same(accounts, held)
    counting.check_stamps(ledger, latest_ms - DAY_MS, latest_ms)
    counting.check_folded(accounts, held, ledger, places)
    shown = counting.check_shown(fleet.desks, ledger)
    doubles = counting.check_grants(ledger, sides)
    return {
        "facts": len(ledger.held.facts),
        "shown_green": shown,
        "entries": sum(fact["kind"] == "admitted" for fact in ledger.passes),
        "conflicts": len(ledger.conflicts()),
        "doubles": dict(doubles),
        "people": ledger.inside()[0],
        "sold": ledger.sold,
        "quiet_after_s": round(quiet_s, 1),
        "latency": asdict(counting.latencies(fleet.desks)),
    }


def hurry(postgres: Postgres) -> None:
    """As the nodes (`fleet.FIRST`): new connections of theirs are served before the desks' computers."""
    if os.geteuid() == 0:
        os.setpriority(os.PRIO_PROCESS, postgres.process.pid, -10)


def told(fleet: Fleet) -> None:
    """No process may have met a bug on its way."""
    for name, text in [(id_, desk.log()) for id_, desk in fleet.desks.items()] + [
        (name, node.logs()) for name, node in fleet.nodes.items()
    ]:
        assert "Traceback" not in text, f"see the log of {name} in {fleet.folder}"


def test_three_desks_at_a_server(make_fleet: MakeFleet) -> None:
    """The small one, through wires on loopback: one line is cut, one desk is killed."""
    ids = ["desk01", "desk02", "desk03"]
    fleet = make_fleet(Loopback(), ids)
    fleet.open()
    fleet.gather(tickets=60, places=30)
    day = Day(fleet)
    begins = fleet.go(seconds=5, pace_s=0.1, tickets=60)
    deeds: list[Deed] = [
        (0.8, day.cut("desk02")),
        (1.5, lambda: fleet.kill_desk("desk03")),
        (3.0, day.heal("desk02")),
    ]
    day.run(begins, 5, deeds)
    figures = settle(fleet, dict.fromkeys(ids, CENTRE), 30)
    assert figures["conflicts"], "the cut was never felt"
    fleet.end()
    told(fleet)
    print(json.dumps(figures, indent=1))  # noqa: T201


@pytest.mark.long
@pytest.mark.timeout(900)
def test_twenty_desks_a_hub_and_a_server_of_two_processes(make_fleet: MakeFleet, postgres: Postgres) -> None:
    """Each computer in a network namespace, where those can be made. Lines are cut and every kind of node
    is killed amid the rush; one desk's clock is 20 minutes ahead."""
    at_centre = [f"desk{number:02d}" for number in range(1, 11)]
    at_hub = [f"desk{number:02d}" for number in range(11, 21)]
    sides = {**dict.fromkeys(at_centre, CENTRE), **dict.fromkeys(at_hub, HUB)}
    net = network(at_centre, at_hub)
    fleet = make_fleet(net, at_centre, at_hub)
    hurry(postgres)
    fleet.open("--processes", "2", database=postgres.new_database(), skews={AHEAD: AHEAD_S})
    fleet.gather(tickets=TICKETS, places=PLACES)
    day = Day(fleet)
    centre, hub = fleet.nodes[CENTRE], fleet.nodes[HUB]
    begins = fleet.go(seconds=SECONDS, pace_s=PACE_S, tickets=TICKETS)
    deeds: list[Deed] = [
        (8, day.cut(HUB)),
        (14, lambda: fleet.kill_desk("desk03")),
        (20, day.heal(HUB)),
        (24, day.cut("desk02", "desk04", AHEAD, "desk11", "desk12")),
        (28, lambda: fleet.kill_desk(AHEAD)),
        (30, centre.kill_one),
        (36, day.heal("desk02", "desk04", AHEAD, "desk11", "desk12")),
        (41, hub.kill),
        (46, hub.start),
        (52, centre.kill),
        (57, centre.start),
        (61, day.cut(HUB, "desk13")),
        (64, lambda: fleet.kill_desk("desk15")),
        (70, day.heal(HUB, "desk13")),
    ]
    day.run(begins, SECONDS, deeds)
    figures = settle(fleet, sides, PLACES)
    cut = counting.latencies(fleet.desks, day.windows)
    figures |= {"network": type(net).__name__, "latency_while_cut": asdict(cut)}
    kills = [desk.kills for desk in fleet.desks.values()] + [node.kills for node in fleet.nodes.values()]
    figures |= {"kills": sum(kills)}
    print(json.dumps(figures, indent=1))  # noqa: T201
    assert figures["conflicts"]
    errors = {id_: state["clock_error_ms"] for id_, state in fleet.ask_all("state").items()}
    assert abs(errors.pop(AHEAD) - AHEAD_S * 1000) < CLOCK_MS
    assert max(map(abs, errors.values())) < CLOCK_MS
    assert cut.worst < SLOWEST_MS
    fleet.end()
    told(fleet)
