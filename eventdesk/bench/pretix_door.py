"""A ticket at a door below a hub, and the same call of pretix: in turns, on tickets of one event."""

import statistics
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import requests

from eventdesk.bench.pretix_server import Rig
from eventdesk.bench.sync.nodes import Node
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.desk.commands import ChooseDoor, ScanCode
from eventdesk.desk.hooks import Given
from eventdesk.desk.pretix.windowless import Windowless
from eventdesk.domain.decision import Mode, Outcome
from eventdesk.domain.tickets import OrderStatus
from eventdesk.storage.store import Store

ROLES = ("door", "organizer")
WAIT_S = 300.0
LIST = "px-l"


def scans_and_redeems(folder: Path, store: Store, rig: Rig, token: str, number: int) -> dict[str, Any]:
    """`store` holds the event; `token` is that of a device which may redeem."""
    log = log_of(rig.url, rig.organizer, rig.event)
    list_, tickets = _plan(store, log, 2 * number)
    given: SimpleQueue[Given] = SimpleQueue()
    centre, hub = Node.prepare(folder / "centre"), Node.prepare(folder / "hub")
    with (
        centre.served() as above,
        hub.served(upstream=centre.invitation(above.address, ["hub"])) as below,
        requests.Session() as session,
    ):
        session.headers["Authorization"] = f"Device {token}"
        desk = Windowless(store, lambda _told: None)
        desk.hooks.verdict_given.connect(given.put)
        desk.join(hub.invitation(below.address, ROLES), "", "bench")
        desk.start()
        try:
            _wait(desk)
            desk.post(ChooseDoor(log, f"{LIST}{list_}", None, Mode.ENTRY))
            ours, theirs = _timed(desk, given, session, rig, list_, tickets)
        finally:
            desk.stop()
    return {
        "scan_ms": round(statistics.median(ours) * 1000, 2),
        "redeem_ms": round(statistics.median(theirs) * 1000, 2),
        "scan_vs_redeem": round(statistics.median(ours) / statistics.median(theirs), 4),
    }


def _timed(
    desk: Windowless,
    given: "SimpleQueue[Given]",
    session: requests.Session,
    rig: Rig,
    list_: int,
    tickets: list[str],
) -> tuple[list[float], list[float]]:
    """Of those that were let in."""
    ours: list[float] = []
    theirs: list[float] = []
    for mine, other in zip(tickets[::2], tickets[1::2], strict=False):
        begun = time.perf_counter()
        desk.post(ScanCode(mine))
        verdict = given.get(timeout=WAIT_S).verdict
        taken = time.perf_counter() - begun
        if verdict.outcome is Outcome.OK:
            ours.append(taken)
        begun = time.perf_counter()
        answer = session.post(
            f"{rig.url}/api/v1/organizers/{rig.organizer}/checkinrpc/redeem/",
            json={"lists": [list_], "secret": other, "type": "entry"},
            timeout=60,
        )
        taken = time.perf_counter() - begun
        if answer.status_code == 201:
            theirs.append(taken)
    return ours, theirs


def _plan(store: Store, log: str, number: int) -> tuple[int, list[str]]:
    """The first list of all products, and tickets that are paid."""
    with store.reader() as reader:
        lists = reader.catalogue(log).lists
        guests = reader.guests(log, limit=10_000)
    found = sorted(int(id_.removeprefix(LIST)) for id_ in lists if id_.startswith(LIST))
    # The first orders of the server for tests are odd, each in its way.
    paid = [one.secret for one in guests if one.status is OrderStatus.PAID][-number:]
    return found[0], paid


def _wait(desk: Windowless) -> None:
    """Until the hub has the whole event: only then may a desk ask it about a ticket."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        state = desk.line.board.state()
        if desk.line.claims.may_ask and not state.waiting:
            return
        time.sleep(0.1)
    raise RuntimeError("the hub did not take the event")
