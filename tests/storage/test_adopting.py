"""A desk goes on with a ready state: what it had of its own is there, and it never stood still."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.errors import StorageError
from eventdesk.storage import adopting, connecting, ready, redact
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.wire import State
from tests.storage.made import LOG, entry, guests, setup

OTHER = "another-event"
THEIRS, MINE = os.urandom(48), os.urandom(48)


@pytest.fixture
def ready_state(tmp_path: Path) -> list[bytes]:
    """300 guests, as another node has them."""
    path = tmp_path / "node.db"
    with Store.open(path, THEIRS, "node") as store, store.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(300)])
    return list(ready.compressed(path, THEIRS))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", MINE, "desk1") as store:
        yield store


def fetched(store: Store, chunks: list[bytes]) -> Path:
    fresh = store.path.with_name("fresh.db")
    ready.unpack(chunks, fresh, store.key)
    return fresh


def test_an_empty_desk_has_everything(desk: Store, ready_state: list[bytes]) -> None:
    assert adopting.adopt(desk, fetched(desk, ready_state)) == 0
    with desk.reader() as reader:
        assert reader.guest_count(LOG) == 300
        assert reader.search(LOG, "guest").hits
    assert verify(desk) == []


def test_what_was_its_own_is_carried_over(desk: Store, ready_state: list[bytes]) -> None:
    with desk.transaction() as tx:
        tx.settings.put("theme", "dark")
        (passed,) = tx.append(LOG, [entry("t5")])
        tx.append("another-event", setup("another-event"))
    assert adopting.adopt(desk, fetched(desk, ready_state)) == 1 + len(setup())
    with desk.transaction() as tx:
        assert tx.settings.get("theme") == "dark"
        assert tx.admission(LOG, passed.id) is not None
        (after,) = tx.append(LOG, [entry("t6")])
    assert after.seq == passed.seq + 1
    assert after.stamp > passed.stamp
    assert verify(desk) == []


def test_it_is_still_so_after_a_restart(desk: Store, ready_state: list[bytes]) -> None:
    adopting.adopt(desk, fetched(desk, ready_state))
    desk.close()
    with Store.open(desk.path, MINE, "desk1") as again, again.reader() as reader:
        assert reader.guest_count(LOG) == 300
    assert sorted(path.name for path in desk.path.parent.glob("*.db*")) == ["desk.db", "node.db"]


def test_scans_go_on_meanwhile(desk: Store, ready_state: list[bytes]) -> None:
    fresh, written, stop = fetched(desk, ready_state), list[str](), threading.Event()
    started = threading.Event()

    def scan() -> None:
        while not stop.is_set():
            with desk.transaction() as tx:
                written.append(tx.append(LOG, [entry(f"t{len(written)}")])[0].id)
            with desk.reader() as reader:
                reader.admission(LOG, written[-1])
            if len(written) == 20:
                started.set()

    scanner = threading.Thread(target=scan)
    scanner.start()
    try:
        assert started.wait(10)
        adopting.adopt(desk, fresh)
        before = len(written)
    finally:
        stop.set()
        scanner.join()
    assert len(written) >= before
    with desk.reader() as reader:
        assert all(reader.admission(LOG, one) for one in written)
    assert verify(desk) == []


@pytest.mark.parametrize("how", ["a reader", "a backup"])
def test_whoever_reads_is_waited_for(desk: Store, ready_state: list[bytes], how: str) -> None:
    """An old WAL that a reader keeps would be taken for the new file's."""
    with desk.transaction() as tx:
        tx.append(OTHER, [*setup(OTHER), *guests(300)])
    fresh, done = fetched(desk, ready_state), threading.Event()

    def adopt() -> None:
        adopting.adopt(desk, fresh)
        done.set()

    adopter = threading.Thread(target=adopt)
    with _reading(desk, how) as guest_count:
        assert guest_count() == 300
        with desk.transaction() as tx:
            tx.settings.put("theme", "dark")
        adopter.start()
        assert not done.wait(1)
        assert guest_count() == 300
    adopter.join()
    assert done.is_set()
    with desk.reader() as reader:
        assert (reader.guest_count(LOG), reader.guest_count(OTHER)) == (300, 300)
        assert reader.settings.get("theme") == "dark"
    assert verify(desk) == []


@contextmanager
def _reading(store: Store, how: str) -> Iterator[Callable[[], int]]:
    if how == "a reader":
        with store.reader() as reader:
            yield lambda: reader.guest_count(OTHER)
        return
    with closing(connecting.connect(store.path, store.key)) as connection:
        connection.execute("BEGIN")
        yield lambda: connection.execute("SELECT count(*) FROM tickets WHERE log = ?", (OTHER,)).fetchone()[0]


def test_an_erasure_of_its_own_is_finished_in_the_fresh_file(
    desk: Store, ready_state: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redact, "FEW", 0)
    with desk.transaction() as tx:
        tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {"reason": "over"})])
    while _forgets(desk):
        pass
    adopting.adopt(desk, fetched(desk, ready_state))
    while _forgets(desk):
        pass
    with desk.reader() as reader:
        ticket = reader.ticket(LOG, "t7")
        assert ticket is not None
        assert not ticket.name
        assert not reader.search(LOG, "guest").hits


def _forgets(store: Store) -> bool:
    with store.transaction() as tx:
        return tx.forget_some(LOG)


def test_a_bad_file_leaves_all_as_it_was(desk: Store, tmp_path: Path) -> None:
    with desk.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(3)])
    bad = tmp_path / "bad.db"
    bad.write_bytes(os.urandom(8192))
    with pytest.raises(StorageError):
        adopting.adopt(desk, bad)
    with desk.transaction() as tx:
        tx.append(LOG, [entry("t1")])
    assert verify(desk) == []


def test_a_desk_with_much_of_its_own_keeps_it(
    desk: Store, ready_state: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopting, "MOST_OWN", 2)
    with desk.transaction() as tx:
        tx.append(LOG, setup())
    with pytest.raises(StorageError, match="bit by bit"):
        adopting.adopt(desk, fetched(desk, ready_state))
    with desk.reader() as reader:
        assert reader.guest_count(LOG) == 0


def test_what_goes_with_it_is_written_before_anyone_sees_it(desk: Store, ready_state: list[bytes]) -> None:
    adopting.adopt(desk, fetched(desk, ready_state), lambda tx: tx.put_cursor(LOG, "node1", "epoch1", 777, 5))
    with desk.reader() as reader:
        (line,) = reader.lines("node1")
    assert (line.log, line.epoch, line.cursor) == (LOG, "epoch1", 777)


def test_what_was_refused_upstream_stays_whole_here(desk: Store, tmp_path: Path) -> None:
    with desk.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(2)])
        (passed,) = tx.append(LOG, [entry("t1")])
        own = tx.unsent(LOG, "desk1", 0, 100)
    withheld = own[-1]._replace(payload=b"", salt=b"", redacted=State.WITHHELD)
    path = tmp_path / "node.db"
    with Store.open(path, THEIRS, "node") as node, node.transaction() as tx:
        assert tx.receive([*own[:-1], withheld]).new == len(own)
        assert tx.admission(LOG, passed.id) is None
    adopting.adopt(desk, fetched(desk, list(ready.compressed(path, THEIRS))))
    with desk.reader() as reader:
        assert reader.unsent(LOG, "desk1", 0, 100) == own
        assert reader.admission(LOG, passed.id) is not None
    assert verify(desk) == []
