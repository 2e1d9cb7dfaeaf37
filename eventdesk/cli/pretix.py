"""`eventdesk pretix`: the bridge to a pretix event as a desk without a window."""

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from eventdesk.cli.database import add_database, database_of, folder_of, key_of
from eventdesk.config import load, renew
from eventdesk.desk.pretix.alone import alone
from eventdesk.desk.pretix.commands import BridgeEvent, PairPretix, PauseBridge, ResumeBridge, TakeOverBridge
from eventdesk.desk.pretix.kept import load as load_kept
from eventdesk.desk.pretix.telling_lines import as_line
from eventdesk.desk.pretix.values import PretixEvent
from eventdesk.desk.pretix.windowless import Windowless
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.errors import BadInput, EventDeskError, NotAllowed
from eventdesk.storage import wiping
from eventdesk.storage.store import Store

TOKEN_ENV: Final = "EVENTDESK_PRETIX_TOKEN"
GIVES_BACK_S: Final = 20.0
TICK_S: Final = 0.1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "pretix",
        help="carry facts between a pretix event and EventDesk, without a window",
        description="A desk without a window, in a folder of its own, that is the bridge to a pretix event. "
        "It prints a JSON object a line whenever its state changes, and ends with SIGTERM. The token is "
        f"read from the environment ({TOKEN_ENV}) or from standard input, and kept in the keyring.",
    )
    parser.add_argument(
        "--pair", default="", metavar="INVITATION", help="at the first start: of the hub or centre, or a code"
    )
    parser.add_argument("--address", default="", help="https://host:port, where a code stands alone")
    parser.add_argument("--alone", action="store_true", help="at the first start: without hub or centre")
    parser.add_argument(
        "--token",
        choices=["-"],
        help="at the first start: pretix' code (or address and token) is a line of standard input",
    )
    parser.add_argument("--token-env", default=TOKEN_ENV, metavar="NAME", help="or that of this variable")
    parser.add_argument("--event", default="", metavar="SLUG", help="at the first start: pretix' short form")
    parser.add_argument("--name", default="pretix", help="what people see of this desk")
    parser.add_argument(
        "--pause", action="store_true", help="let another desk be the bridge, and end; what waits stays here"
    )
    parser.add_argument("--resume", action="store_true", help="be the bridge again after --pause")
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="be the bridge in the place of a desk that is gone for good; for a supervisor's desk",
    )
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Until SIGTERM or Ctrl-C, or until it is shut out: then it forgets what it held. Raises
    EventDeskError."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stopping, shut_out = threading.Event(), threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stopping.set())
    folder, clock = folder_of(args), DeskClock()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = load(folder)
    database = config.database if args.pair or args.alone else database_of(args)

    def ended() -> None:
        shut_out.set()
        stopping.set()

    with alone(folder), Store.open(database, key_of(database), config.desk, clock.wall_ms) as store:
        desk = Windowless(store, _print, clock)
        desk.line.on_shut_out = ended
        if args.pair and desk.line.membership.pairing is None:
            desk.join(args.pair, args.address, args.name)
        desk.start()
        if desk.line.present.is_revoked:  # it crashed before it had forgotten everything
            ended()
        try:
            _work(desk, args, stopping)
        finally:
            desk.stop()
    if shut_out.is_set():
        _forget(database, folder)
    return 0


def _work(desk: Windowless, args: argparse.Namespace, stopping: threading.Event) -> None:
    if stopping.is_set():
        return
    if args.pause:
        desk.pretix.pause(PauseBridge())
        _wait(lambda: not desk.holds(), stopping)
        return
    kept = load_kept(desk.preferences)
    if kept is None:
        desk.pretix.pair(PairPretix(_token(args)))
    if kept is None or (args.event and args.event != kept.slug):
        desk.pretix.bridge(BridgeEvent(args.event or _only(desk.events())))
    elif args.resume:
        desk.pretix.resume(ResumeBridge())
    else:
        desk.pretix.start()
    if args.take_over:
        _wait(lambda: desk.line.claims.link is not None, stopping)
        desk.pretix.take_over(TakeOverBridge())
    while not stopping.wait(TICK_S):
        pass


def _token(args: argparse.Namespace) -> str:
    if args.token:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    else:
        line = os.environ.get(args.token_env, "")
    if not line.strip():
        raise BadInput(
            "This desk is no device of pretix.",
            f"Give the code of a new device by {args.token_env}, or by --token - on standard input.",
        )
    return line.strip()


def _only(events: list[PretixEvent]) -> str:
    if len(events) == 1:
        return events[0].slug
    if not events:
        raise BadInput("This device may see no event of pretix.", "Give it access to one there.")
    named = ", ".join(one.slug for one in events[:20])
    raise BadInput(f"This device may see several events: {named}.", "Name one by --event.")


def _wait(is_so: Callable[[], bool], stopping: threading.Event) -> None:
    """Raises EventDeskError where it does not come to be."""
    until = time.monotonic() + GIVES_BACK_S
    while not is_so():
        if time.monotonic() > until:
            raise EventDeskError(
                "The hub or centre does not answer: the bridge is where it was.",
                "Try again when it does.",
            )
        if stopping.wait(TICK_S):
            return


def _forget(database: Path, folder: Path) -> None:
    wiping.wipe(database)
    renew(folder)
    raise NotAllowed("This bridge was shut out by a supervisor: its data was deleted here.")


def _print(value: object) -> None:
    sys.stdout.write(as_line(value) + "\n")
    sys.stdout.flush()
