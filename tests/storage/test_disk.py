"""A full disk: told, undone, and everything before it is still there."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.errors import DiskFull
from eventdesk.storage import backups
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import KEY, LOG, entry, guests, setup


def fill(store: Store) -> int:
    """Write guests, ten a transaction, until the disk is full; returns how many got on it."""
    for number in range(10_000):
        try:
            with store.transaction() as tx:
                tx.append(LOG, list(guests(10, number * 10)))
        except DiskFull:
            return number * 10
    raise AssertionError("the disk never got full")


def count(store: Store) -> int:
    with store.reader() as reader:
        return reader.guest_count(LOG)


def test_a_full_database_file_undoes_the_write_and_goes_on_when_there_is_room(event: Store) -> None:
    writer = event._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 50}")
    written = fill(event)
    assert 0 < written == count(event)
    assert verify(event) == []
    writer.execute(f"PRAGMA max_page_count = {1 << 30}")
    with event.transaction() as tx:
        tx.append(LOG, [entry("t0")])
    assert verify(event) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MiB; skipped where this user may not mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_written(small_disk: Path) -> None:
    with Store.open(small_disk / "desk.db", KEY, "desk1") as store:
        with store.transaction() as tx:
            tx.append(LOG, setup())
        written = fill(store)
        assert 0 < written == count(store)
    with Store.open(small_disk / "desk.db", KEY, "desk1") as store:
        assert count(store) == written
        assert verify(store) == []


def test_an_import_that_fills_the_disk_leaves_nothing_of_it(small_disk: Path) -> None:
    with Store.open(small_disk / "desk.db", KEY, "desk1") as store:
        with store.transaction() as tx:
            tx.append(LOG, [*setup(), *guests(3)])
        with pytest.raises(DiskFull), store.transaction() as tx:
            tx.append_bulk(LOG, guests(4000, 3), lambda _done: None)
        assert count(store) == 3
        assert verify(store) == []
        with store.transaction() as tx:
            tx.append(LOG, [entry("t1")])


def test_a_backup_without_room_leaves_nothing_half_done(small_disk: Path) -> None:
    with Store.open(small_disk / "desk.db", KEY, "desk1") as store:
        with store.transaction() as tx:
            tx.append(LOG, setup())
        fill(store)
        with pytest.raises(DiskFull):
            backups.make(store.path, KEY)
        assert list(backups.folder_of(store.path).iterdir()) == []
        assert verify(store) == []
