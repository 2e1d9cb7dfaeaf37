"""A ready state: made from one desk's file, opened on another's disk under its own key."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.errors import DamagedDatabase, StorageError
from eventdesk.storage import ready
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import LOG, guests, setup

KEY, OTHER = os.urandom(48), os.urandom(48)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.db"
    with Store.open(path, KEY, "node") as store, store.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(300)])
    return path


def cut_up(chunks: Iterator[bytes], size: int) -> list[bytes]:
    whole = b"".join(chunks)
    return [whole[at : at + size] for at in range(0, len(whole), size)]


@pytest.mark.parametrize("size", [1000, 1 << 20])
def test_another_desk_opens_it_with_its_own_key(tmp_path: Path, source: Path, size: int) -> None:
    target, seen = tmp_path / "target.db", list[int]()
    done = ready.unpack(cut_up(ready.compressed(source, KEY), size), target, OTHER, seen.append)
    assert done == seen[-1] == target.stat().st_size == source.stat().st_size
    with Store.open(target, OTHER, "desk2") as store:
        assert verify(store) == []
        with store.reader() as reader:
            assert reader.guest_count(LOG) > 0


def test_nothing_of_a_broken_delivery_stays(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "target.db"
    whole = b"".join(ready.compressed(source, KEY))
    broken = [
        whole[:-20],
        whole[:500] + b"\0" + whole[501:],
        b"<html>Please log in</html>",
        b"",
        whole + whole,
    ]
    for delivery in broken:
        with pytest.raises(StorageError, match=r"damaged|cut off"):
            ready.unpack([delivery[:100], delivery[100:]], target, OTHER)
        assert not target.exists()


def test_an_interrupted_delivery_leaves_no_file(tmp_path: Path, source: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield from cut_up(ready.compressed(source, KEY), 1000)[:3]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        ready.unpack(chunks(), tmp_path / "target.db", OTHER)
    assert not (tmp_path / "target.db").exists()


def test_a_file_in_use_or_damaged_is_not_handed_out(tmp_path: Path, source: Path) -> None:
    with Store.open(source, KEY, "node"), pytest.raises(StorageError, match="in use"):
        list(ready.compressed(source, KEY))
    damaged = bytearray(source.read_bytes())
    damaged[5000] ^= 1
    source.write_bytes(damaged)
    with pytest.raises(DamagedDatabase):
        list(ready.compressed(source, KEY))


def test_a_file_that_is_there_already_stays(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "target.db"
    target.write_bytes(b"mine")
    with pytest.raises(StorageError):
        ready.unpack(ready.compressed(source, KEY), target, OTHER)
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("broken", [1, 2])
def test_a_disk_that_fails_meanwhile_or_at_the_end_leaves_no_file(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    calls = iter(range(1, 1000))

    def fsync(_descriptor: int) -> None:
        if next(calls) == broken:
            raise OSError(errno.EIO, "the disk fails")

    monkeypatch.setattr(ready, "FLUSHED", source.stat().st_size - 1)  # once on the way, and once more
    monkeypatch.setattr("os.fsync", fsync)
    with pytest.raises(OSError, match="the disk fails"):
        ready.unpack(ready.compressed(source, KEY), tmp_path / "target.db", OTHER)
    assert not (tmp_path / "target.db").exists()
    assert next(calls) == 3
    ready.unpack(ready.compressed(source, KEY), tmp_path / "target.db", OTHER, lasting=False)
    assert next(calls) == 4
