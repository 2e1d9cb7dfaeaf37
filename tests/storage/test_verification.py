"""What was changed behind the log's back is found and told by table, row and column."""

from pathlib import Path

import pytest

from eventdesk.errors import OperationCanceled
from eventdesk.storage.store import Store
from eventdesk.storage.verification import examine, verify
from tests.storage.conftest import OpenStore
from tests.storage.made import LOG, entry, guests, leaving, setup, undoing


@pytest.fixture
def kept(event: Store) -> Store:
    with event.transaction() as tx:
        tx.append(LOG, list(guests(5)))
        [one, *_] = tx.append(LOG, [entry("t0"), entry("t1"), leaving("t1", "2026-06-10T12:00:00Z")])
        tx.append(LOG, [undoing("t0", one.id)])
    return event


def tampered(store: Store, statement: str) -> list[str]:
    with store.transaction() as tx:
        tx._execute(statement)
    return verify(store)


def test_an_untouched_database_is_what_its_log_says(kept: Store) -> None:
    findings = examine(kept)
    assert findings.differences == []
    assert (findings.facts, findings.redacted) == (len(setup()) + 14, 0)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE tickets SET name = 'X' WHERE id = 't2'",
            ["tickets", "id t2", "name is 'X'", "'Guest Number2'"],
        ),
        ("UPDATE tickets SET session = 'X' WHERE id = 't2'", ["session is 'X'; the log says None"]),
        ("DELETE FROM orders WHERE id = 'o3'", ["orders", "id o3", "is missing"]),
        ("DELETE FROM admissions WHERE ticket = 't1' AND direction = 'exit'", ["admissions", "is missing"]),
        ("INSERT INTO revocations VALUES ('event-1', 's', 't1')", ["revocations", "secret s", "no such row"]),
        ("UPDATE occupancy SET inside = 9", ["occupancy", "inside is 9; the log says 0"]),
        ("UPDATE tally SET tickets = tickets + 1", ["tally", "tickets is 6; the log says 5"]),
        ("UPDATE definitions SET members = '{}' WHERE id = 'main'", ["definitions", "id main", "members"]),
        ("DELETE FROM search_words WHERE rowid = 1", ["Search index", "ticket t0", "can't be found"]),
        ("INSERT INTO search_words (rowid, words) VALUES (99, 'x')", ["Search index", "belong to no ticket"]),
    ],
)
def test_a_changed_table_is_told(kept: Store, statement: str, words: list[str]) -> None:
    differences = tampered(kept, statement)
    assert len(differences) == 1
    for word in words:
        assert word in differences[0]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            'UPDATE facts SET payload = CAST(\'{"status":"paid"}\' AS BLOB) WHERE seq = 8',
            "payload is not what",
        ),
        ("UPDATE facts SET salt = x'00' WHERE seq = 8", "payload is not what was written"),
        ("UPDATE facts SET subject = 'o9' WHERE seq = 8", "its id, kind, subject"),
        ("UPDATE facts SET stamp = '0190b6c3f000-0000-desk1' WHERE seq = 8", "its id, kind, subject"),
        ("UPDATE facts SET chain = x'00' WHERE seq = 8", "does not follow"),
        ("DELETE FROM facts WHERE seq = 8", "the number before it is missing"),
        ("DELETE FROM facts WHERE seq = 1", "the number before it is missing"),
    ],
)
def test_a_changed_log_is_told(kept: Store, statement: str, words: str) -> None:
    assert any(
        sentence.startswith("Log of event") and words in sentence for sentence in tampered(kept, statement)
    )


def test_many_differences_are_counted_not_listed(kept: Store) -> None:
    with kept.transaction() as tx:
        tx.append_bulk(LOG, guests(50, 5), lambda _done: None)
    differences = tampered(kept, "UPDATE tickets SET seat = 'X'")
    assert len(differences) == 21
    assert differences[-1] == "Table tickets: 35 more differences."


def test_it_can_be_stopped_and_leaves_no_file_behind(
    kept: Store, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch: Path = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    def stop(_done: int, _total: int) -> None:
        raise OperationCanceled

    with pytest.raises(OperationCanceled):
        examine(kept, stop)
    assert list(scratch.iterdir()) == []


def test_the_desk_goes_on_while_it_is_verified(kept: Store) -> None:
    def write(_done: int, _total: int) -> None:
        with kept.transaction() as tx:
            tx.append(LOG, [entry("t4")])

    assert examine(kept, write).differences == []


def test_logs_of_several_events_and_desks_are_all_checked(open_store: OpenStore) -> None:
    one, other = open_store(), open_store(desk="desk2")
    for store in (one, other):
        with store.transaction() as tx:
            tx.append("a", setup("a"))
            tx.append("b", setup("b"))
    assert examine(one).facts == 4 * len(setup())
    assert tampered(one, "UPDATE facts SET kind = 'left' WHERE log = 'b' AND desk = 'desk2' AND seq = 2")
