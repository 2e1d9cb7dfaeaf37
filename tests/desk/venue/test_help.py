"""Calls for help go to every desk, once, and end by a person, by the desk itself or by the guest's pass."""

import pytest

from eventdesk.desk.venue.commands import AskHelp, GiveHelp, SettleHelp
from eventdesk.domain.facts import Kind
from eventdesk.domain.venue import Reason
from tests.desk.upstream.conftest import until
from tests.desk.venue.conftest import Maker, VenueDesk, has_event, write_event
from tests.replication.fleet.node import Node

ADA = "hl-ada-7QX4M2"
TICKET = f"demo-{ADA}"


@pytest.fixture
def two(make_desk: Maker, node: Node) -> tuple[VenueDesk, VenueDesk]:
    kiosk, boss = make_desk("d001"), make_desk("d002")
    write_event(kiosk)
    for desk, roles in ((kiosk, ("kiosk", "organizer")), (boss, ("supervisor",))):
        desk.reach(node)
        desk.pair(node, roles)
    has_event(boss)
    kiosk.choose()
    boss.choose()
    return kiosk, boss


def test_a_call_shows_at_every_desk_with_its_place(two: tuple[VenueDesk, VenueDesk]) -> None:
    kiosk, boss = two
    kiosk.engine.post(AskHelp(Reason.PAPER_OUT, "the left one"))
    until(boss.calls)
    (call,) = boss.calls()
    assert (call.desk, call.place, call.reason, call.words) == (
        "d001",
        "Desk d001",
        Reason.PAPER_OUT,
        "the left one",
    )
    assert any(call.id in told.new for told in boss.helps)
    assert sum(call.id in told.new for told in boss.helps) == 1, "new once"


def test_one_call_stays_open_for_a_reason_and_a_ticket(two: tuple[VenueDesk, VenueDesk]) -> None:
    kiosk, boss = two
    for _ in range(3):
        kiosk.engine.post(AskHelp(Reason.BADGE_UNSURE, ticket=TICKET))
        kiosk.engine.post(AskHelp(Reason.BADGE_UNSURE, ticket="demo-other"))
        kiosk.engine.post(AskHelp(Reason.WANTED))
    until(lambda: len(kiosk.calls()) == 3)
    assert kiosk.written(Kind.HELP_ASKED) == 3
    until(lambda: len(boss.calls()) == 3, 30)
    boss.engine.post(AskHelp(Reason.WANTED))
    until(lambda: len(boss.calls()) == 4, 30)


def test_a_person_ends_it_everywhere_and_may_not_twice(two: tuple[VenueDesk, VenueDesk]) -> None:
    kiosk, boss = two
    kiosk.engine.post(AskHelp(Reason.PRINTER_GONE))
    until(boss.calls)
    call = boss.calls()[0].id
    boss.engine.post(GiveHelp(call, "new roll"))
    until(lambda: not kiosk.calls())
    until(lambda: not boss.calls())
    boss.engine.post(GiveHelp(call, "again"))
    assert "not open" in boss.heard.next(boss.hooks.trouble_told).message
    assert boss.written(Kind.HELP_GIVEN) == 1


def test_who_is_on_the_way_ends_nothing(two: tuple[VenueDesk, VenueDesk]) -> None:
    """The guest is still called for; who calls after that is heard anew, and once."""
    kiosk, boss = two
    kiosk.engine.post(AskHelp(Reason.WANTED))
    kiosk.engine.post(AskHelp(Reason.BADGE_UNSURE, ticket=TICKET))
    until(lambda: len(boss.calls()) == 2)
    for one in boss.calls():
        boss.engine.post(GiveHelp(one.id, going=True))
    until(lambda: len(kiosk.calls()) == 2 and all(one.going for one in kiosk.calls()), 30)
    first = {one.id for one in kiosk.calls()}
    for _ in range(2):
        kiosk.engine.post(AskHelp(Reason.WANTED))
    until(lambda: any(one.going is None for one in boss.calls()), 30)
    assert [one.reason for one in boss.calls() if one.id not in first] == [Reason.WANTED]
    assert len(boss.calls()) == 2
    [unsure] = [one for one in boss.calls() if one.ticket]
    boss.engine.post(GiveHelp(unsure.id, "she has it"))
    until(lambda: [one.reason for one in kiosk.calls()] == [Reason.WANTED], 30)


def test_the_desk_settles_its_own_calls_of_a_reason(two: tuple[VenueDesk, VenueDesk]) -> None:
    kiosk, boss = two
    for desk in (kiosk, boss):
        desk.engine.post(AskHelp(Reason.CAMERA_GONE))
    kiosk.engine.post(AskHelp(Reason.PAPER_OUT))
    until(lambda: len(boss.calls()) == 3)
    until(lambda: len(kiosk.calls()) == 3)
    kiosk.engine.post(SettleHelp(Reason.CAMERA_GONE))
    until(lambda: len(boss.calls()) == 2)
    assert {(one.desk, one.reason) for one in boss.calls()} == {
        ("d001", Reason.PAPER_OUT),
        ("d002", Reason.CAMERA_GONE),
    }


def test_the_guests_pass_at_another_desk_ends_it(two: tuple[VenueDesk, VenueDesk]) -> None:
    kiosk, boss = two
    kiosk.engine.post(AskHelp(Reason.BADGE_UNSURE, ticket=TICKET))
    kiosk.engine.post(AskHelp(Reason.WANTED))
    until(lambda: len(boss.calls()) == 2)
    told = len(kiosk.helps)
    boss.scan(ADA)
    until(lambda: len(kiosk.helps) > told, 30)
    assert [one.reason for one in kiosk.calls()] == [Reason.WANTED]
    assert [one.reason for one in boss.calls()] == [Reason.WANTED]
    assert boss.written(Kind.HELP_GIVEN) == 0


def test_over_a_cut_line_it_comes_afterwards(two: tuple[VenueDesk, VenueDesk], node: Node) -> None:
    kiosk, boss = two
    kiosk.wires[node.id].sever()
    kiosk.engine.post(AskHelp(Reason.NETWORK_GONE))
    until(kiosk.calls)
    assert not boss.calls()
    kiosk.wires[node.id].heal()
    until(boss.calls, 60)


def test_at_no_door_nothing_is_called_and_it_is_said(make_desk: Maker) -> None:
    desk = make_desk("d001")
    write_event(desk)
    desk.engine.post(SettleHelp(Reason.PAPER_OUT))
    desk.engine.post(AskHelp(Reason.PAPER_OUT))
    assert "No door" in desk.heard.next(desk.hooks.trouble_told).message
    assert desk.calls() == []
    assert desk.written(Kind.HELP_ASKED) == 0


def test_calls_of_before_are_there_after_a_restart_and_not_new(make_desk: Maker) -> None:
    desk = make_desk("d001")
    write_event(desk)
    desk.choose()
    desk.engine.post(AskHelp(Reason.WANTED))
    until(desk.calls)
    desk.again()
    until(desk.helps.__len__)
    assert [one.reason for one in desk.calls()] == [Reason.WANTED]
    assert all(not told.new for told in desk.helps)
