"""What the drivers say, in words for a person. Whatever is no fault of the world stays a bug."""

import psycopg
from sqlalchemy.exc import DBAPIError

from sync.driver import dbapi2 as sqlite
from sync.errors import ServerFault

# Primary result codes, https://www.sqlite.org/rescode.html (extended ones hold them in the low byte).
_SQLITE = {
    5: "Another program holds the database.",
    6: "Another program holds the database.",
    8: "The database may only be read, not written.",
    10: "The disk failed while the database was in use.",
    11: "The database is damaged.",
    13: "The disk is full.",
    14: "The database can't be opened.",
    26: "The file is no database, or the key is another.",
}
_POSTGRES = {
    "53": "The database has no room left.",
    "25": "The database may only be read, not written.",
    "57": "The database is stopping or starting.",
    "40": "Others wrote the same at the same time.",
    "08": "The database does not answer.",
    "28": "The database lets this program not in.",
    "3D": "The database does not exist.",
}
_REMEDY = "Nothing was kept of the request: try again."
RETRY_S = 1.0


def fault(words: str) -> ServerFault:
    return ServerFault(words, _REMEDY, status=503, code="database", retry_after=RETRY_S)


def translated(error: BaseException) -> ServerFault | None:
    """The fault of the world that `error` tells of, or None where it is something else (a bug)."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    words = ""
    if isinstance(error, sqlite.Error):
        words = _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF, "")
    elif isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) or _is_of_world(error):
        words = _POSTGRES.get((getattr(error, "sqlstate", None) or "08")[:2], "The database failed.")
    return fault(words) if words else None


def _is_of_world(error: BaseException) -> bool:
    return isinstance(error, psycopg.Error) and (error.sqlstate or "")[:2] in _POSTGRES
