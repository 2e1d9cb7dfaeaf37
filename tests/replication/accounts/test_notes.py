"""Notes on both databases: the newest of each desk, for those who share a log with it, for a day."""

from collections.abc import Callable, Collection

import pytest

from sync import wire
from sync.errors import Forbidden, Refused
from sync.server.accounts import notes as rules
from sync.server.ports import Principal
from tests.replication.accounts.node import DAY, Node, run


def desk(id_: str, *roles: str, logs: Collection[str] = ()) -> Principal:
    return Principal(id_, frozenset(roles or ("door",)), frozenset(logs))


def give(node: Node, by: Principal, turn: int, body: bytes, of: str = "", age_ms: int = 0) -> None:
    run(node.accounts.give_notes(by, [wire.Note(of or by.desk, turn, body, age_ms)]))


def told(node: Node, by: Principal, after: int = 0) -> dict[str, bytes]:
    return {note.desk: note.body for note in run(node.accounts.notes(by, after)).notes}


@pytest.fixture
def reader(node: Node) -> Principal:
    for id_ in ("gate1", "gate2", "reader"):
        node.enrolled(id_, "door")
    return desk("reader")


def test_the_newest_of_each_desk_is_told_with_its_age(node: Node, reader: Principal) -> None:
    give(node, desk("gate1"), 1, b"one")
    give(node, desk("gate1"), 2, b"two")
    give(node, desk("gate2"), 1, b"other")
    node.later(7000)
    found = run(node.accounts.notes(reader, 0))
    assert {(note.desk, note.turn, note.body, note.age_ms) for note in found.notes} == {
        ("gate1", 2, b"two", 7000),
        ("gate2", 1, b"other", 7000),
    }
    assert (found.more, found.now_ms) == (False, node.now)
    assert {one.desk for one in found.desks} == {"gate1", "gate2", "reader"}


def test_an_older_turn_changes_nothing_but_for_a_clock_that_was_set_back(
    node: Node, reader: Principal
) -> None:
    give(node, desk("gate1"), 100, b"now")
    give(node, desk("gate1"), 99, b"late")
    give(node, desk("gate1"), 100, b"again")
    assert told(node, reader) == {"gate1": b"now"}
    node.later(61_000)
    give(node, desk("gate1"), 5, b"set back")
    assert told(node, reader) == {"gate1": b"set back"}
    give(node, desk("hub1", "hub"), 100, b"now", of="gate1", age_ms=61_000)
    assert told(node, reader) == {"gate1": b"set back"}, "a hub's echo of what it heard before"


def test_a_desk_speaks_for_itself_alone(node: Node, reader: Principal) -> None:
    given = [wire.Note("gate1", 1, b"mine"), wire.Note("gate2", 1, b"its")]
    with pytest.raises(Forbidden):
        run(node.accounts.give_notes(desk("gate1", "organizer"), given))
    assert told(node, reader) == {}


def test_a_note_has_its_limit(node: Node, reader: Principal) -> None:
    give(node, desk("gate1"), 1, bytes(wire.MOST_NOTE))
    with pytest.raises(Refused, match="65536") as refused:
        give(node, desk("gate1"), 2, bytes(wire.MOST_NOTE + 1))
    assert (refused.value.status, refused.value.code) == (413, "length")
    assert told(node, reader) == {"gate1": bytes(wire.MOST_NOTE)}


def test_a_hub_speaks_for_desks_that_share_its_logs(node: Node) -> None:
    node.enrolled("all", "door")
    node.enrolled("show1", "door", logs=["show"])
    node.enrolled("fair1", "door", logs=["fair"])
    node.enrolled("shut1", "door", logs=["show"])
    run(node.accounts.revoke("shut1", "server", "stolen"))
    hub = desk("hub1", "hub", logs=["show"])
    given = [wire.Note(id_, 1, b"said") for id_ in ("all", "show1", "fair1", "shut1", "nobody")]
    run(node.accounts.give_notes(hub, given))
    assert set(told(node, desk("boss", "organizer"))) == {"all", "show1"}


def test_who_shares_no_log_hears_nothing(node: Node) -> None:
    for id_, logs in (("show1", ["show"]), ("fair1", ["fair"]), ("all", [])):
        node.enrolled(id_, "door", logs=logs)
        give(node, desk(id_), 1, id_.encode())
    assert set(told(node, desk("show1", logs=["show"]))) == {"show1", "all"}
    found = run(node.accounts.notes(desk("show1", logs=["show"]), 0))
    assert {one.desk for one in found.desks} == {"show1", "all"}
    assert set(told(node, desk("all"))) == {"show1", "fair1", "all"}


def test_of_a_desk_that_was_shut_out_nothing_is_told(node: Node, reader: Principal) -> None:
    give(node, desk("gate1"), 1, b"one")
    run(node.accounts.revoke("gate1", "server", "stolen"))
    found = run(node.accounts.notes(reader, 0))
    assert found.notes == []
    assert {one.desk for one in found.desks} == {"gate2", "reader"}


def test_notes_end_after_a_day_and_desks_after_a_week(node: Node, reader: Principal) -> None:
    give(node, desk("gate1"), 1, b"one")
    node.later(DAY - 1)
    assert told(node, reader) == {"gate1": b"one"}
    node.later(1)
    assert told(node, reader) == {}
    give(node, desk("gate2"), 1, b"two")
    rows = node.database.read_now(lambda connection: connection.execute(rules._notes.select()).all())
    assert [row.desk for row in rows] == ["gate2"], "the old one is gone from the disk"
    node.later(7 * DAY)
    assert run(node.accounts.notes(reader, 0)).desks == []


def test_only_what_changed_is_told_again(node: Node, reader: Principal) -> None:
    give(node, desk("gate1"), 1, b"one")
    node.later(20_000)
    after = run(node.accounts.notes(reader, 0)).next
    assert told(node, reader, after) == {}
    give(node, desk("gate2"), 1, b"two")
    assert told(node, reader, after) == {"gate2": b"two"}
    after = run(node.accounts.notes(reader, after)).next
    assert told(node, reader, after) == {"gate2": b"two"}, "what came a moment ago comes once more"
    node.now -= 3_600_000
    assert set(told(node, reader, after)) == {"gate1", "gate2"}, "the node's clock was set back"


def test_a_long_answer_comes_in_parts_and_none_is_left_out(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_ANSWERED", 1000)
    hub, ids = desk("hub1", "hub"), [f"gate{number}" for number in range(9)]
    for id_ in ids:
        node.enrolled(id_, "door")
    # All within one moment of the node.
    run(node.accounts.give_notes(hub, [wire.Note(id_, 1, bytes(400)) for id_ in ids]))
    heard: list[str] = []
    after, more, parts = 0, True, 0
    while more:
        found = run(node.accounts.notes(desk("boss"), after))
        heard += [note.desk for note in found.notes]
        after, more, parts = found.next, found.more, parts + 1
    assert (sorted(heard), parts) == (ids, 5)


def test_what_came_from_the_upstream_is_not_handed_back(node: Node, reader: Principal) -> None:
    run(node.accounts.notes_from("centre0", [wire.Note("gate1", 1, b"above", 2000)]))
    give(node, desk("gate2"), 1, b"below")
    found = run(node.accounts.notes_for("centre0", 0))
    assert [note.desk for note in found.notes] == ["gate2"]
    give(node, desk("gate1"), 2, b"below now")
    assert {note.desk for note in run(node.accounts.notes_for("centre0", 0)).notes} == {"gate1", "gate2"}
    run(node.accounts.notes_from("centre0", [wire.Note("gate1", 1, b"above", 2000)]))
    assert told(node, reader)["gate1"] == b"below now"


def test_processes_on_one_database_agree(opened: Callable[[], Node], reader: Principal) -> None:
    one, two = opened(), opened()
    for turn in range(1, 20):
        give((one, two)[turn % 2], desk("gate1"), turn, b"%d" % turn)
        give((two, one)[turn % 2], desk("gate1"), turn - 1, b"late")
    assert told(one, reader) == told(two, reader) == {"gate1": b"19"}
