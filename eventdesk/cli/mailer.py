"""`eventdesk mailer`: sends what desks have asked to be mailed; a paired desk without a window."""

import argparse
import logging
import os
import signal
import threading
from functools import partial

from eventdesk.badges import fonts
from eventdesk.cli.database import add_database, database_of, folder_of, key_of
from eventdesk.config import load, renew
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.mailer.alone import alone
from eventdesk.desk.mailer.rounds import Rounds
from eventdesk.desk.mailer.smtp import Server, Tls
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.enrolling import enrolled
from eventdesk.desk.upstream.line import Line
from eventdesk.desk.upstream.parts import lanes_of
from eventdesk.errors import BadInput, NotAllowed
from eventdesk.storage import wiping
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store

ROUND_S = 5.0
PASSWORD = "smtp password"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "mailer",
        help="send the tickets and receipts that desks asked to be mailed",
        description="A desk without a window, in a folder of its own, that sends mail. One for a centre. "
        "The password is read from the environment, or kept in the keyring.",
    )
    parser.add_argument(
        "--pair",
        default="",
        metavar="INVITATION",
        help="at the first start: the centre's invitation, or a code",
    )
    parser.add_argument("--address", default="", help="https://host:port, where a code stands alone")
    parser.add_argument("--host", required=True, help="the mail server")
    parser.add_argument("--port", type=int, default=587)
    parser.add_argument("--tls", type=Tls, choices=list(Tls), default=Tls.STARTTLS)
    parser.add_argument("--user", default="")
    parser.add_argument("--sender", required=True, metavar="ADDRESS", help="from whom the letters come")
    parser.add_argument("--password-env", default="EVENTDESK_SMTP_PASSWORD", metavar="NAME")
    parser.add_argument(
        "--metrics-port", type=int, default=0, help="figures for Prometheus, on this computer"
    )
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Until SIGTERM or Ctrl-C, or until it is shut out: then it forgets what it held. Raises
    EventDeskError."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    fonts.prepare()
    stopping, shut_out = threading.Event(), threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stopping.set())
    folder, clock = folder_of(args), DeskClock()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = load(folder)
    # Only who brings an invitation makes a new desk; else a mistyped folder is told.
    database = config.database if args.pair else database_of(args)
    with alone(folder), Store.open(database, key_of(database), config.desk, clock.wall_ms) as store:
        clock.keep(store)
        line, engine = _desk(store, clock, args)

        def ended() -> None:
            shut_out.set()
            stopping.set()

        line.on_shut_out = ended
        rounds = Rounds(store, _server(args, Secrets(store)), clock.wall_ms)
        if args.metrics_port:
            _show_metrics(rounds, args.metrics_port)
        engine.start()
        line.start()
        try:
            while not stopping.wait(ROUND_S):
                rounds.round(stopping.is_set)
        finally:
            line.stop()
            engine.stop()
    if shut_out.is_set():
        wiping.wipe(database)
        renew(folder)
        raise NotAllowed("This mailer was shut out by a supervisor: its data was deleted here.")
    return 0


def _desk(store: Store, clock: DeskClock, args: argparse.Namespace) -> tuple[Line, Engine]:
    """A desk's line and engine, without door, till or window. Raises BadInput where it is not paired."""
    hooks, preferences = Hooks(), Preferences(store)
    line = Line(store, Secrets(store), hooks, preferences, clock, dial)
    if line.membership.pairing is None:
        if not args.pair:
            raise BadInput("This desk is not paired: nobody could ask it.", "Start it once with --pair.")
        enrolled(line.membership, line.reach, clock, args.pair, args.address, "Mailer")
        line.exchange.wake()
    engine = Engine(store, hooks, preferences, None, lanes_of(line, clock.now), clock.now, line.at_door)
    line.attach(engine.post)
    return line, engine


def _server(args: argparse.Namespace, secrets: Secrets) -> Server:
    password = os.environ.get(args.password_env, "")
    if args.user and not password:
        password = (secrets.get(PASSWORD) or b"").decode()
    if args.user and not password:
        raise BadInput(f"There is no password for {args.user}.", f"Set it as {args.password_env}.")
    return Server(args.host, args.sender, args.port, args.tls, args.user, password)


def _show_metrics(rounds: Rounds, port: int) -> None:
    from prometheus_client import Gauge, start_http_server

    for name in ("sent", "later", "given_up", "gone", "waiting"):
        gauge = Gauge(f"eventdesk_mail_{name}", f"Letters: {name.replace('_', ' ')}.")
        gauge.set_function(partial(_tallied, rounds, name))
    start_http_server(port, addr="127.0.0.1")


def _tallied(rounds: Rounds, name: str) -> float:
    return float(getattr(rounds.tally, name))
