"""Notes through a hub: both ways, over a cut line, after a restart."""

from pathlib import Path

from sync import wire
from tests.replication.relay.conftest import Join
from tests.replication.relay.nodes import Desk, Node, eventually
from tests.rigs.wires import Wire


def leave(desk: Desk, turn: int, body: bytes) -> None:
    desk.upstream.give_notes([wire.Note(desk.desk, turn, body)])


def heard(desk: Desk) -> dict[str, bytes]:
    return {note.desk: note.body for note in desk.upstream.notes(0).notes}


def test_a_supervisor_anywhere_hears_of_all_desks(
    tmp_path: Path, centre: Node, hub: Node, line: Wire, join: Join
) -> None:
    second = Node(tmp_path, "second")
    second.become_hub(centre, line.port)
    second.start()
    try:
        below, above, beside = join(hub, "below"), join(centre, "above"), join(second, "beside")
        for desk in (below, above, beside):
            leave(desk, 1, desk.desk.encode())
        everyone = {"below": b"below", "above": b"above", "beside": b"beside"}
        desks = (below, above, beside)
        eventually(lambda: all(heard(desk) == everyone for desk in desks), 30)
        for desk in desks:
            assert {one.desk for one in desk.upstream.notes(0).desks} == set(everyone)
    finally:
        second.stop()


def test_over_a_cut_line_the_newest_goes_up(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    leave(below, 1, b"before")
    eventually(lambda: heard(above) == {"below": b"before"}, 30)
    line.cut()
    for turn in range(2, 9):
        leave(below, turn, b"turn %d" % turn)
    leave(above, 1, b"above")
    assert heard(below) == {"below": b"turn 8"}
    assert heard(above) == {"below": b"before", "above": b"above"}
    line.heal()
    both = {"below": b"turn 8", "above": b"above"}
    eventually(lambda: heard(above) == both, 30)
    eventually(lambda: heard(below) == both, 30)


def test_a_desk_that_moves_to_the_centre_is_heard_there(
    centre: Node, hub: Node, line: Wire, join: Join
) -> None:
    """What the hub still has of it comes late, and changes nothing."""
    desk, above = join(centre, "mover"), join(centre, "above")
    line.cut()
    hub_side = join(hub, "other")
    leave(hub_side, 1, b"other")
    leave(desk, 5, b"at the centre")
    line.heal()
    eventually(lambda: heard(hub_side) == {"other": b"other", "mover": b"at the centre"}, 30)
    hub.stop()
    hub.start()
    leave(desk, 6, b"still there")
    eventually(lambda: heard(above) == {"other": b"other", "mover": b"still there"}, 30)
