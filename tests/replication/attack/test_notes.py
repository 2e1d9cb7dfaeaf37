"""Notes over the interface: whose they are, how large, how often; and what is never read in them."""

import base64
from dataclasses import replace

import msgspec
import pytest

from sync import wire
from sync.server.settings import Rate
from tests.replication.attack.conftest import NodeMaker
from tests.replication.attack.node import LOG, OTHER, SETTINGS, Desk, Node


def leave(node: Node, by: "Desk | str", *notes: wire.Note) -> tuple[int, str]:
    answer = node.ask("POST", "/v1/notes", wire.NotesGiven(list(notes)), by)
    return answer.status_code, answer.json()["code"] if answer.content else ""


def heard(node: Node, by: Desk) -> dict[str, bytes]:
    answer = node.ask("POST", "/v1/notes/read", wire.NotesAsked(), by)
    assert answer.status_code == 200, answer.text
    return {note.desk: note.body for note in msgspec.json.decode(answer.content, type=wire.Notes).notes}


def test_a_desk_leaves_its_own_and_no_other(node: Node) -> None:
    door, boss = node.join("door1", "door"), node.join("boss", "organizer")
    assert leave(node, door, wire.Note("door1", 1, b"\xff\x00 anything")) == (204, "")
    before = node.kept()
    for thief in (boss, node.join("sup", "supervisor")):
        known = node.kept()
        assert leave(node, thief, wire.Note("door1", 9, b"forged")) == (403, "right")
        assert leave(node, thief, wire.Note(thief.id, 1, b"mine"), wire.Note("door1", 9, b"f")) == (
            403,
            "right",
        )
        assert node.kept() == known
    assert node.kept()["notes"] == before["notes"]
    assert heard(node, boss) == {"door1": b"\xff\x00 anything"}


def test_too_large_a_note_is_refused_in_words(node: Node) -> None:
    door = node.join("door1", "door")
    answer = node.ask("POST", "/v1/notes", wire.NotesGiven([wire.Note("door1", 1, bytes(65_537))]), door)
    assert (answer.status_code, answer.json()["code"]) == (413, "length")
    assert "65536" in answer.json()["detail"]
    assert leave(node, door, wire.Note("door1", 1, bytes(65_536))) == (204, "")
    many = wire.NotesGiven([wire.Note("door1", turn, b"") for turn in range(1001)])
    assert node.ask("POST", "/v1/notes", many, door).status_code == 400


@pytest.mark.parametrize("change", [{"turn": -1}, {"turn": 2**60}, {"desk": ""}, {"age_ms": -5}, {"body": 7}])
def test_what_is_no_note_changes_nothing(node: Node, change: dict[str, object]) -> None:
    door = node.join("door1", "door")
    good = {"desk": "door1", "turn": 1, "body": base64.b64encode(b"x").decode()}
    before = node.kept()
    answer = node.ask("POST", "/v1/notes", msgspec.json.encode({"notes": [good, {**good, **change}]}), door)
    assert (answer.status_code, answer.json()["code"]) == (400, "body")
    assert node.kept() == before


def test_without_a_token_or_shut_out_nothing_is_left_or_read(node: Node) -> None:
    door, boss = node.join("door1", "door"), node.join("boss", "organizer")
    leave(node, door, wire.Note("door1", 1, b"here"))
    node.ask("POST", "/v1/desks/revoke", wire.RevokeAsked("door1", "stolen"), boss).raise_for_status()
    assert leave(node, door, wire.Note("door1", 2, b"still here")) == (403, "revoked")
    assert leave(node, "", wire.Note("door1", 2, b"still here")) == (401, "token")
    for by, code in ((door, 403), ("", 401), ("ed1_" + "A" * 43, 401)):
        assert node.ask("POST", "/v1/notes/read", wire.NotesAsked(), by).status_code == code
    assert heard(node, boss) == {}


def test_a_desk_of_another_event_hears_nothing(node: Node) -> None:
    mine, other = node.join("mine", "supervisor", logs=[LOG]), node.join("other", "door", logs=[OTHER])
    leave(node, other, wire.Note("other", 1, b"secret"))
    answer = node.ask("POST", "/v1/notes/read", wire.NotesAsked(), mine)
    assert "other" not in answer.text
    hub = node.join("hub-a", "hub", logs=[LOG])
    assert leave(node, hub, wire.Note("other", 9, b"forged"), wire.Note("mine", 1, b"said")) == (204, "")
    assert heard(node, other) == {"other": b"secret"}
    assert heard(node, mine) == {"mine": b"said"}


def test_who_leaves_notes_all_the_time_waits_and_may_do_all_else(make_node: NodeMaker) -> None:
    node = make_node(replace(SETTINGS, note=Rate(0.01, 3)))
    door, other = node.join("door1", "door"), node.join("door2", "door")
    codes = [leave(node, door, wire.Note("door1", turn, b"x"))[0] for turn in range(1, 12)]
    assert codes[:3] == [204] * 3
    assert 429 in codes
    assert leave(node, other, wire.Note("door2", 1, b"x")) == (204, "")
    assert node.ask("GET", "/v1/logs/event-a/heads", None, door).status_code == 200
