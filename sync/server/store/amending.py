"""A fact that is here comes again under a later number, as it stands now: for those who have passed it."""

from sqlalchemy import Connection

from sync.server import schema
from sync.server.store.books import Book


def amend(connection: Connection, book: Book, desk: str, seq: int) -> None:
    book.n += 1
    connection.execute(schema.amendments.insert().values(log=book.log, n=book.n, desk=desk, seq=seq))
