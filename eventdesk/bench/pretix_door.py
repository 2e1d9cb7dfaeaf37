"""A ticket at a door below a hub, and the same call of pretix: in turns, on tickets of one event."""

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
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
QUEUE = 20


def scans_and_redeems(
    folder: Path, stores: tuple[Store, Store], rig: Rig, token: str, number: int
) -> dict[str, Any]:
    """`stores` hold the event, each for one desk; `token` is that of a device which may redeem. The desk is
    below the venue's hub, for which pretix is the centre; then below a hub that asks a centre of our own."""
    door, redeem = _below_hub(folder, stores[0], rig, token, number)
    far, _ = _below_hub(folder, stores[1], rig, token, number, has_centre=True)
    return {
        "scan_ms": round(door * 1000, 2),
        "scan_below_centre_ms": round(far * 1000, 2),
        "redeem_ms": round(redeem * 1000, 2),
        "scan_vs_redeem": round(door / redeem, 4),
    }


def _below_hub(
    folder: Path, store: Store, rig: Rig, token: str, number: int, *, has_centre: bool = False
) -> tuple[float, float]:
    """Seconds of a scan and of a redeem, which take turns: medians."""
    log = log_of(rig.url, rig.organizer, rig.event)
    list_, tickets = _plan(store, log, number, far=has_centre)
    given: SimpleQueue[Given] = SimpleQueue()
    with ExitStack() as stack:
        upstream = ""
        if has_centre:
            centre = Node.prepare(folder / "centre")
            upstream = centre.invitation(stack.enter_context(centre.served()).address, ["hub"])
        hub = Node.prepare(folder / f"hub {store.desk}")
        below = stack.enter_context(hub.served(upstream=upstream))
        session = stack.enter_context(requests.Session())
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
    return statistics.median(ours), statistics.median(theirs)


def _timed(
    desk: Windowless,
    given: "SimpleQueue[Given]",
    session: requests.Session,
    rig: Rig,
    list_: int,
    tickets: list[str],
) -> tuple[list[float], list[float]]:
    """Of those that were let in. A queue of guests goes through one, then as many through the other."""

    def scan(secret: str) -> bool:
        desk.post(ScanCode(secret))
        return given.get(timeout=WAIT_S).verdict.outcome is Outcome.OK

    def redeem(secret: str) -> bool:
        answer = session.post(
            f"{rig.url}/api/v1/organizers/{rig.organizer}/checkinrpc/redeem/",
            json={"lists": [list_], "secret": secret, "type": "entry"},
            timeout=60,
        )
        return answer.status_code == 201

    ours: list[float] = []
    theirs: list[float] = []
    for first in range(0, len(tickets), 2 * QUEUE):
        queue = tickets[first : first + 2 * QUEUE]
        ours += _each(scan, queue[::2])
        theirs += _each(redeem, queue[1::2])
    return ours, theirs


def _each(let_in: Callable[[str], bool], secrets: list[str]) -> list[float]:
    """Seconds, of those that were let in."""
    taken: list[float] = []
    for secret in secrets:
        begun = time.perf_counter()
        is_in = let_in(secret)
        if is_in:
            taken.append(time.perf_counter() - begun)
    return taken


def _plan(store: Store, log: str, number: int, *, far: bool) -> tuple[int, list[str]]:
    """The first list of all products, and tickets that are paid, two for each turn: others for each desk."""
    with store.reader() as reader:
        lists = reader.catalogue(log).lists
        guests = reader.guests(log, limit=10_000)
    found = sorted(int(id_.removeprefix(LIST)) for id_ in lists if id_.startswith(LIST))
    # The first orders of the server for tests are odd, each in its way.
    paid = [one.secret for one in guests if one.status is OrderStatus.PAID][-4 * number :]
    return found[0], paid[len(paid) // 2 :] if far else paid[: len(paid) // 2]


def _wait(desk: Windowless) -> None:
    """Until the hub has the whole event: only then may a desk ask it about a ticket."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        state = desk.line.board.state()
        if desk.line.claims.may_ask and not state.waiting:
            return
        time.sleep(0.1)
    raise RuntimeError("the hub did not take the event")
