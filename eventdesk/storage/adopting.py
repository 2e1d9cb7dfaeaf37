"""A ready state takes the place of a desk's database, and nothing of the desk's own is lost.

What is the desk's alone (settings, print jobs) is copied over, and every fact that the ready state
does not have yet is taken into it, as if it came from another desk.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from eventdesk.errors import DatabaseLocked, StorageError
from eventdesk.storage import connecting, faults, log
from eventdesk.storage.schema import facts, metadata
from eventdesk.storage.store import Store, Transaction
from sync.chain import Head, Record
from sync.wire import State

# More of them would keep the door waiting; whoever has so many fetches them by pages.
MOST_OWN = 5000
BATCH = 500
PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 1.0
# Heads that others signed are told by both. What is left to be forgotten is left in the fresh file.
# Everything else that is local is the desk's own.
SHARED, THEIRS = "signed_heads", "forgetting"
LOCAL = tuple(
    table.name
    for table in metadata.sorted_tables
    if table is not facts and table.name not in (SHARED, THEIRS) and not table.info.get("projection")
)
SELECT_WITHHELD = f"SELECT log, desk, seq FROM facts WHERE redacted > 1 AND redacted = {State.WITHHELD:d}"
SELECT_AFTER = (
    f"SELECT {log.COLUMNS} FROM facts WHERE log = ? AND desk = ? AND seq > ? ORDER BY seq LIMIT {BATCH}"
)


def _nothing(_tx: Transaction) -> None:
    pass


def adopt(store: Store, fresh: Path, settle: Callable[[Transaction], None] = _nothing) -> int:
    """Put `fresh`, made with the store's key, in the place of its file; returns the facts carried over.

    `settle` writes what goes with it, such as the cursor to go on from, just before. Scans may go on
    meanwhile; they wait only for the last few facts and the change itself. Raises StorageError where the
    store has too many facts that the fresh file lacks, or the fresh file is not good: all is as it was
    then, and `fresh` is left where it is.
    """
    _refuse_far_behind(store, fresh)
    carried = _carry(store, fresh)

    def prepare() -> Path:
        nonlocal carried
        carried += _carry(store, fresh)
        _copy_local(store, fresh)
        with Store.open(fresh, store.key, store.desk) as target, target.transaction() as tx:
            settle(tx)
        return fresh

    _replace(store, prepare)
    return carried


def _replace(store: Store, prepare: Callable[[], Path]) -> None:
    """Between two readers. Whoever reads for long (an export, a backup) is waited for while scans go on."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        store.wait_for_readers(PATIENCE_SECONDS)
        try:
            return store.replace(prepare)
        except DatabaseLocked:
            if time.monotonic() > until:
                raise
        time.sleep(PAUSE_SECONDS)


def _heads(path: Path, key: bytes) -> dict[tuple[str, str], Head]:
    with faults.told(path), closing(connecting.connect(path, key, mode="rw")) as connection:
        return log.heads(connection.execute)


def _refuse_far_behind(store: Store, fresh: Path) -> None:
    there = _heads(fresh, store.key)
    here = _heads(store.path, store.key)
    lacking = sum(max(0, head.seq - there.get(one, Head()).seq) for one, head in here.items())
    if lacking > MOST_OWN:
        raise StorageError(
            f"This desk holds {lacking} facts that the ready state lacks.", "They are exchanged bit by bit."
        )


def _carry(store: Store, fresh: Path) -> int:
    """Take into `fresh` what the store has beyond it; returns how many were new."""
    number = 0
    with Store.open(fresh, store.key, store.desk) as target:
        there = _heads(fresh, store.key)
        for batch in chain(_lacking(store, there), _withheld(store, fresh)):
            with target.transaction() as tx:
                received = tx.receive(batch)
            if received.refused:
                raise StorageError(
                    f"The ready state and this desk's facts do not go together: {received.refused[0].words}.",
                    "They are exchanged bit by bit.",
                )
            number += received.new
    return number


def _lacking(store: Store, there: dict[tuple[str, str], Head]) -> Iterator[list[Record]]:
    """Batches of the facts that come after these heads, each chain in its order."""
    with (
        faults.told(store.path),
        closing(connecting.connect(store.path, store.key, mode="rw")) as connection,
    ):
        connection.execute("PRAGMA query_only = ON")
        for one in log.heads(connection.execute):
            last = there.get(one, Head()).seq
            while rows := connection.execute(SELECT_AFTER, (*one, last)).fetchall():
                yield [Record(*row) for row in rows]
                last = rows[-1][6]


def _withheld(store: Store, fresh: Path) -> Iterator[list[Record]]:
    """What was refused upstream, and is whole here: an answer takes nothing away."""
    with faults.told(fresh), closing(connecting.connect(fresh, store.key, mode="rw")) as connection:
        keys = connection.execute(SELECT_WITHHELD).fetchall()
    for at in range(0, len(keys), BATCH):
        with store.reader() as reader:
            found = [reader.unsent(log_id, desk, seq - 1, 1) for log_id, desk, seq in keys[at : at + BATCH]]
        yield [one for records in found for one in records if one.redacted != State.WITHHELD]


def _copy_local(store: Store, fresh: Path) -> None:
    """The caller keeps everyone from writing to the store."""
    with faults.told(fresh), closing(connecting.connect(fresh, store.key)) as connection:
        connecting.attach(connection, store.path, store.key, "mine")
        connection.execute("BEGIN IMMEDIATE")
        for table in LOCAL:
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM mine.{table}")
        connection.execute(f"INSERT OR IGNORE INTO main.{SHARED} SELECT * FROM mine.{SHARED}")
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE mine")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
