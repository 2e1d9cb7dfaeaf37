"""Where a node keeps its things: a folder with its database and its certificate, or a PostgreSQL."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from eventdesk import paths
from eventdesk.errors import BadInput, StorageError
from eventdesk.node import keys
from sync.errors import SyncError
from sync.server.database import Database

FILE_NAME = "node.db"
ENVIRONMENT = "EVENTDESK_DATABASE"
_SCHEMES = ("postgresql", "postgresql+psycopg")
_NO_DATABASE = (
    "Give an address such as postgresql+psycopg://user@host/name, or none for a file in the folder."
)


@dataclass(frozen=True, slots=True)
class Place:
    """`address` is SQLAlchemy's. It may hold a password and `key` is one: neither is ever shown."""

    folder: Path
    address: str = field(repr=False)
    key: bytes | None = field(repr=False, default=None)

    @property
    def file(self) -> Path | None:
        """The database's file; None for PostgreSQL."""
        return None if self.key is None else self.folder / FILE_NAME


def default_folder() -> Path:
    return paths.data() / "node"


def place(
    folder: Path | None, database: str | None, key_file: Path | None, warn: Callable[[str], None]
) -> Place:
    """Where the node lives; the folder is made, and a key where there is none yet.

    `database` given on the command line must hold no password: it would be seen in the list of processes.
    The environment's may. Raises EventDeskError.
    """
    home = _folder(folder)
    address = _address(database)
    if address:
        return Place(home, address)
    file = home / FILE_NAME
    return Place(home, f"sqlite:///{file}", keys.unlock(file, key_file, warn))


def open_database(at: Place, name: str = "") -> Database:
    """Raises EventDeskError in words: unreachable, locked, of another key or of a newer program."""
    try:
        return Database.open(at.address, at.key, name=name)
    except SyncError as error:
        raise StorageError(f"The node's database can't be used. {error.message}", error.remedy) from error
    except ValueError as error:
        raise BadInput("The node's database has no good address.", _NO_DATABASE) from error


def _folder(folder: Path | None) -> Path:
    home = (folder or default_folder()).absolute()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError(f"The folder {home} can't be made: {error.strerror}.") from error
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise StorageError(f"The folder {home} can't be written.", "Choose another by --folder.")
    return home


def _address(database: str | None) -> str:
    text = database or os.environ.get(ENVIRONMENT, "")
    if not text:
        return ""
    url = _url(text)
    if url is None or url.scheme not in _SCHEMES:
        raise BadInput("The node's database has no good address.", _NO_DATABASE)
    if database and url.password is not None:
        raise BadInput(
            "A password on the command line can be read by every user of this computer.",
            f"Give the address by the environment variable {ENVIRONMENT}.",
        )
    return text


def _url(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None
