"""The first download from a real pretix, and a verdict through a hub, against pretix' own ways."""

import argparse
import secrets
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests

from eventdesk.bench.pretix_door import scans_and_redeems
from eventdesk.bench.pretix_server import Rig, running
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.pairing import Invitation, pair
from eventdesk.errors import BadInput
from eventdesk.storage import keys
from eventdesk.storage.store import Store

ROUNDS = 3
PAGE = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--orders", type=int, default=5_000, help="in the server that is started")
    parser.add_argument("--scans", type=int, default=200, help="timed on each side; the tickets are used up")
    parser.add_argument("--server", default="", metavar="URL", help="another pretix than one of its own")
    parser.add_argument("--organizer", default="rig", help="on that server")
    parser.add_argument("--event", default="fair", help="on that server: one for tests")
    parser.add_argument(
        "--token", nargs=2, default=(), metavar="TOKEN", help="of two new devices of that server"
    )


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Medians of both sides, which take turns. Raises BadInput where there is no pretix to ask."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eventdesk-bench-")))
        if args.server:
            if len(args.token) != 2:
                raise BadInput("Two devices take turns.", "Give their tokens: --token TOKEN TOKEN.")
            rig = Rig(args.server, args.organizer, args.event, tuple(args.token))
        else:
            rig = stack.enter_context(running(args.orders))
        ours, theirs = (pair(Invitation(rig.url, token))[1] for token in rig.tokens)
        stores, figures = _downloads(stack, folder, rig, ours, theirs)
        return figures | scans_and_redeems(folder, (stores[-2], stores[-1]), rig, theirs, args.scans)


def _downloads(
    stack: ExitStack, folder: Path, rig: Rig, ours: str, theirs: str
) -> tuple[list[Store], dict[str, Any]]:
    """One store for each round."""
    api = Api(rig.url, ours)
    stores: list[Store] = []
    taken: list[float] = []
    plain: list[float] = []
    for number in range(ROUNDS):
        plain.append(_plain(rig, theirs))
        key = keys.new_from_passphrase(secrets.token_hex(16))
        stores.append(stack.enter_context(Store.open(folder / f"desk{number}.db", key, f"bench{number}")))
        taken.append(_ours(api, stores[-1], rig))
    figures = {
        "orders": _orders(rig, theirs),
        "pretix_database": rig.database,
        "first_download_s": round(statistics.median(taken), 2),
        "plain_loop_s": round(statistics.median(plain), 2),
        "download_vs_plain": round(statistics.median(taken) / statistics.median(plain), 3),
    }
    return stores, figures


def _ours(api: Api, store: Store, rig: Rig) -> float:
    """Until every order is on the disk, and may be scanned."""
    begun = time.perf_counter()
    incoming = Incoming(api, store, rig.organizer, rig.event, frozenset)
    incoming.catalogue()
    for _ in incoming.first():
        pass
    return time.perf_counter() - begun


def _plain(rig: Rig, token: str) -> float:
    """Page after page, read and kept in memory."""
    begun = time.perf_counter()
    rows: list[Any] = []
    with requests.Session() as session:
        session.headers["Authorization"] = f"Device {token}"
        page = 1
        while True:
            answer = _page(session, rig, page)
            rows += answer["results"]
            if not answer["next"]:
                return time.perf_counter() - begun
            page += 1


def _page(session: requests.Session, rig: Rig, page: int) -> Any:
    path = f"{rig.url}/api/v1/organizers/{rig.organizer}/events/{rig.event}/orders/"
    answer = session.get(path, params={"page": page, "page_size": PAGE}, timeout=60)
    answer.raise_for_status()
    return answer.json()


def _orders(rig: Rig, token: str) -> int:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Device {token}"
        return int(_page(session, rig, 1)["count"])
