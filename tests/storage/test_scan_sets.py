"""The scan set: it answers at the door as the whole would, and knows nobody's name."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.storage import ready, scan_sets
from eventdesk.storage.scan_sets import ScanSet
from eventdesk.storage.store import Store
from tests.storage.made import LOG, entry, guests, setup, ticket, undoing

THEIRS, SETS, MINE = os.urandom(48), os.urandom(48), os.urandom(48)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", MINE, "desk1") as store:
        yield store


@pytest.fixture
def set_path(tmp_path: Path) -> Path:
    return tmp_path / "set.db"


def delivered(node_path: Path, target: Path) -> ScanSet:
    """The set, made from the node's file, brought over the line and opened with the desk's key."""
    made = target.with_name("made.db")
    scan_sets.make(node_path, THEIRS, LOG, made, SETS)
    ready.unpack(ready.compressed(made, SETS), target, MINE)
    return ScanSet(target, MINE, LOG)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "node.db"
    with Store.open(path, THEIRS, "node") as store, store.transaction() as tx:
        asked = ticket("asked", "o1", secret="asked", answers={"q1": "vegan, Jane"}, notes="VIP Jane")
        tx.append(LOG, [*setup(), *guests(50), asked, entry("t7")])
    return path


def test_a_ticket_is_presented_as_the_whole_would(source: Path, desk: Store, set_path: Path) -> None:
    scan_set = delivered(source, set_path)
    with Store.open(source, THEIRS, "node") as store, store.reader() as whole, desk.reader() as own:
        secret = whole.tickets_by_id(LOG, ["t7"])["t7"].secret
        expected, found = whole.presented(LOG, secret), scan_set.presented(own, secret)
        assert scan_set.catalogue() == whole.catalogue(LOG)
    assert expected.ticket is not None
    assert found.ticket is not None
    assert (found.via, found.ticket.id) == (expected.via, expected.ticket.id)
    assert found.ticket.admissions == expected.ticket.admissions != ()
    assert found.ticket.order.status == expected.ticket.order.status
    scan_set.close()


def test_it_knows_nobody(source: Path, desk: Store, set_path: Path) -> None:
    scan_set = delivered(source, set_path)
    with desk.reader() as own:
        found = scan_set.presented(own, "asked").ticket
    assert found is not None
    assert (found.name, found.notes, found.order.name, found.order.email) == ("", "", "", "")
    assert dict(found.answers) == {"q1": "-"}
    scan_set.close()
    assert not set_path.exists()


def test_the_desks_own_passes_and_undos_count(source: Path, desk: Store, set_path: Path) -> None:
    scan_set = delivered(source, set_path)
    with desk.reader() as own:
        known = scan_set.presented(own, "asked").ticket
    assert known is not None
    with desk.transaction() as tx:
        (passed,) = tx.append(LOG, [entry("asked")])
        ours = scan_set.presented(tx, "asked").ticket
        assert ours is not None
        assert [one.id for one in ours.admissions] == [passed.id]
        tx.append(LOG, [undoing("asked", passed.id)])
        undone = scan_set.presented(tx, "asked").ticket
    assert undone is not None
    assert undone.admissions == ()
    scan_set.close()


def test_a_desk_works_with_it_until_the_whole_is_there(source: Path, desk: Store, set_path: Path) -> None:
    scan_set = delivered(source, set_path)
    desk.put_aside(scan_set)
    with desk.transaction() as tx:
        assert [event.id for event in tx.events()] == [LOG]
        assert tx.catalogue(LOG).lists
        found = tx.presented(LOG, "asked").ticket
        assert found is not None
        assert tx.ticket(LOG, "asked") == found
        assert found in tx.order_tickets(LOG, "o1")
        (passed,) = tx.append(LOG, [entry("asked")])
    with desk.reader() as reader:
        again = reader.presented(LOG, "asked").ticket
        assert again is not None
        assert [one.id for one in again.admissions] == [passed.id]
        assert reader.presented("another", "asked").ticket is None
    desk.put_aside(None)
    scan_set.close()
    with desk.reader() as reader:
        assert reader.presented(LOG, "asked").ticket is None
