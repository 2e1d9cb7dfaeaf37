"""`eventdesk training`: a desk to practise at, which is none."""

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QLockFile

from eventdesk.cli.choosing import add_event, event_of
from eventdesk.cli.database import add_database, folder_of, opened
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.desk.training import place
from eventdesk.desk.training.seed import Seed, seed_from, seed_of, without_secrets
from eventdesk.desk.training.starting import started
from eventdesk.domain.facts import Kind


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "training",
        help="practise at a till and a door that are not real",
        description="Open a training: a window over a database of its own, set up as the event is, with "
        "made-up guests and a made-up card terminal. It meets no other desk, its tickets are good at no "
        "door, and all of it is removed when the window is closed.",
    )
    parser.add_argument("--demo", action="store_true", help="as the demo event is set up, without a database")
    add_event(parser)
    add_database(parser)
    # How the training's own process is started: it never opens the desk's database.
    parser.add_argument("--seed", choices=["-"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The window's exit code. Raises EventDeskError."""
    if args.seed:
        return practise(args, seed_from(sys.stdin.read()), args.folder)
    seed = demo_seed() if args.demo else _seed(args)
    return started(seed, place.beside(folder_of(args)), goes_on=False).wait()


def practise(args: argparse.Namespace, seed: Seed, parent: Path) -> int:
    """In the training's own process: make its desk, open the window, remove everything. `args.stage` builds
    desk and window."""
    folder = place.new_folder(parent, _is_left)
    lock = _lock(folder)
    lock.lock()
    try:
        key = place.new_key()
        settings = place.furnish(folder, key, seed, utc_now())
        return int(args.stage(settings, key).run())
    finally:
        lock.unlock()
        place.remove(folder)


def _lock(folder: Path) -> QLockFile:
    """Held by whoever practises there, and let go by a crash too."""
    return QLockFile(str(folder / "training.lock"))


def _is_left(folder: Path) -> bool:
    lock = _lock(folder)
    lock.setStaleLockTime(0)
    return lock.tryLock(0)


def demo_seed() -> Seed:
    facts = [
        (one.kind.value, one.subject, dict(one.payload))
        for one in demo_drafts(utc_now())
        if one.kind not in (Kind.ORDER_PLACED, Kind.TICKET_ISSUED)
    ]
    return without_secrets(LOG, facts, {})


def _seed(args: argparse.Namespace) -> Seed:
    """The desk's database is closed again before the training begins."""
    with opened(args) as store, store.reader() as reader:
        return seed_of(reader, event_of(store, args).id)
