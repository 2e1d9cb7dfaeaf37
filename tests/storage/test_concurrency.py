"""Many threads on one store: readers see whole transactions, the WAL does not grow without end."""

import threading
from concurrent.futures import ThreadPoolExecutor

from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import LIST, LOG, entry, guests, leaving

ROUNDS = 60


def test_readers_see_whole_transactions_while_the_writer_writes(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, list(guests(2)))
    done = threading.Event()

    def read() -> int:
        """Both guests go in and out together: never may one alone be seen inside."""
        looks = 0
        while not done.is_set():
            with event.reader() as reader:
                assert reader.figures(LOG, LIST).inside in (0, 2)
                first, second = reader.ticket(LOG, "t0"), reader.ticket(LOG, "t1")
                assert first is not None
                assert second is not None
                assert len(first.admissions) == len(second.admissions)
            looks += 1
        return looks

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for number in range(ROUNDS):
                move = leaving if number % 2 else entry
                with event.transaction() as tx:
                    tx.append(LOG, [move(one, f"2026-06-10T10:{number:02}:00Z") for one in ("t0", "t1")])
        finally:
            done.set()
        assert all(one.result() > 0 for one in readers)
    assert verify(event) == []


def test_writers_of_several_threads_take_turns(event: Store) -> None:
    def write(first: int) -> None:
        for number in range(10):
            with event.transaction() as tx:
                tx.append(LOG, list(guests(1, first + number)))

    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(write, first) for first in (0, 100, 200, 300)]:
            one.result()
    with event.reader() as reader:
        assert reader.guest_count(LOG) == 40
    assert verify(event) == []


def test_short_reads_keep_the_wal_small(event: Store) -> None:
    wal = event.path.with_name(event.path.name + "-wal")
    for number in range(150):
        with event.transaction() as tx:
            tx.append(LOG, list(guests(10, number * 10)))
        with event.reader() as reader:
            reader.figures(LOG, LIST)
    # SQLite begins the WAL anew after 1000 pages, when nobody reads in it.
    assert wal.stat().st_size < 3 * 1000 * 4096
