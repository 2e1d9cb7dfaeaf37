"""What SQLite is told of the log's size before it is large.

Where it knows nothing it takes every log for ten facts, and reads all of it for the facts of one subject.
PostgreSQL counts by itself.
"""

from sqlalchemy import Connection, text

# As `ANALYZE` would write it of a large log: rows in all, then rows that share the first column, the first
# two ... A table without a rowid stands under its own name.
_RECORDS = {
    "records": "1000000 100000 1",
    "sqlite_autoindex_records_2": "1000000 1",  # id
    "sqlite_autoindex_records_3": "1000000 100000 2000 1",  # log, desk, seq
    "records_subject": "1000000 100000 5",
    "records_withheld": "1000 100 1",
}
_HAS_ANY = text("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'")
_IS_TOLD = text("SELECT 1 FROM sqlite_stat1 WHERE tbl = 'records'")
_TELL = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('records', :idx, :stat)")


def tell(connection: Connection) -> None:
    """Connections that are opened from now on plan by it."""
    if connection.execute(_HAS_ANY).first() is None:
        connection.execute(text("ANALYZE node"))  # makes the table; a small one costs nothing
    if connection.execute(_IS_TOLD).first() is None:
        connection.execute(_TELL, [{"idx": idx, "stat": stat} for idx, stat in _RECORDS.items()])
