"""`eventdesk backup`: make a backup now, list those there are, or put one in the database's place."""

import argparse
from datetime import datetime
from pathlib import Path

from eventdesk import config
from eventdesk.cli.database import add_database, database_of, key_of
from eventdesk.errors import StorageError
from eventdesk.storage import backups


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "backup",
        help="make, list or restore backups",
        description="Make a verified backup (the desk may be running), list all, or restore one.",
    )
    add_database(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the backups, each opened and checked")
    what.add_argument(
        "--restore",
        nargs="?",
        const="",
        metavar="FILE",
        help="put a backup (default: the last good one) in the database's place; EventDesk must be closed",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 done, 1 where a listed backup is not good. Raises StorageError where it can't be done."""
    database = database_of(args)
    key = key_of(database)
    if args.list:
        return _list(database, key)
    if args.restore is not None:
        return _restore(database, key, args.restore)
    print(backups.make(database, key))
    return 0


def _list(database: Path, key: bytes) -> int:
    bad = 0
    for backup in backups.listed(database):
        good = backups.is_good(backup.path, key)
        bad += not good
        made = backup.made.astimezone().isoformat(sep=" ", timespec="seconds")
        print(f"{made}  {'good   ' if good else 'DAMAGED'}  {backup.last} facts  {backup.path}")
    return 1 if bad else 0


def _restore(database: Path, key: bytes, chosen: str) -> int:
    backup = Path(chosen) if chosen else backups.last_good(database, key)
    if backup is None:
        raise StorageError(f"There is no good backup of {database}.")
    aside = backups.restore(database, key, backup, datetime.now().astimezone())
    config.renew(database.parent)
    print(f"{backup} is in the place of {database}; what was there is now {aside}.")
    return 0
