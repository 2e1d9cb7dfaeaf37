"""What the commands of a node's admin share: its database, which they open beside the running node."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventdesk.errors import BadInput, NodeError, StorageError
from eventdesk.node.places import ENVIRONMENT, FILE_NAME, Place, default_folder, open_database, place
from sync.errors import SyncError
from sync.server.database import Database

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def add_node(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="the node's folder (default: this user's own)")
    parser.add_argument(
        "--database", metavar="URL", help="a PostgreSQL (default: EVENTDESK_DATABASE, or the folder's file)"
    )
    parser.add_argument("--key-file", type=Path, metavar="FILE", help="the file's key (default: the keyring)")


def place_of(args: argparse.Namespace) -> Place:
    """Where the node lives. Raises StorageError where none ever began: no command makes one by mistake."""
    folder: Path = args.folder or default_folder()
    if not (args.database or os.environ.get(ENVIRONMENT) or (folder / FILE_NAME).exists()):
        raise StorageError(f"There is no node in {folder}.", "Start `eventdesk serve` there first.")
    return place(args.folder, args.database, args.key_file, warn)


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[tuple[Place, Database]]:
    """The node's database; the node may be running. Raises EventDeskError, for what its works say too."""
    at = place_of(args)
    database = open_database(at)
    try:
        yield at, database
    except SyncError as error:
        raise NodeError(error.message, error.remedy) from error
    finally:
        database.close()


def seconds(text: str) -> float:
    """`30m`, `1h`, `7d` or seconds, for argparse."""
    number, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    try:
        found = float(number) * _UNITS[unit]
    except ValueError:
        found = -1.0
    if not 1 <= found <= 30 * 86400:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 30m, 1h or 7d (30 days at most)")
    return found


def asked_reason(text: str) -> str:
    """Raises BadInput where there is none."""
    if not text.strip():
        raise BadInput("A reason is needed: it is kept.", "Give it by --reason.")
    return text


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def warn(sentence: str) -> None:
    print(f"eventdesk: {sentence}", file=sys.stderr, flush=True)
