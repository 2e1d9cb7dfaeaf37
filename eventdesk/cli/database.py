"""What commands that need the desk's database share: which one, and its passphrase where it has one."""

import argparse
import sys
from getpass import getpass
from pathlib import Path

from eventdesk import config, paths
from eventdesk.errors import BadInput, StorageError
from eventdesk.storage import keys
from eventdesk.storage.store import Store


def add_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="the desk's folder (default: this user's own)"
    )


def database_of(args: argparse.Namespace) -> Path:
    """The desk's database. Raises StorageError where there is none: no command makes one by mistake."""
    database = config.Config(folder_of(args), "").database
    if not database.is_file() and keys.salt_of(database) is None:
        raise StorageError(f"There is no database {database}.", "Start EventDesk once, or name its folder.")
    return database


def folder_of(args: argparse.Namespace) -> Path:
    return args.data.resolve() if args.data else paths.data()


def key_of(database: Path) -> bytes:
    return keys.unlock(database, ask_passphrase)


def opened(args: argparse.Namespace) -> Store:
    """The desk's store; use it in `with`."""
    database = database_of(args)
    desk = config.load(folder_of(args)).desk
    return Store.open(database, key_of(database), desk)


def ask_passphrase(new: bool) -> str:
    """From the terminal, unseen; without a terminal, the first line of standard input.

    Raises BadInput where none comes.
    """
    try:
        if sys.stdin is not None and sys.stdin.isatty():
            return getpass("Choose a passphrase: " if new else "Passphrase: ")
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except (EOFError, UnicodeDecodeError):
        line = ""
    if not line:
        raise BadInput("No passphrase was given.", "Give it on the terminal, or as a line of standard input.")
    return line.rstrip("\r\n")
