"""People and their rights: who may do what at a desk, by its roles and by a PIN."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from eventdesk.desk.commands import FindGuests, PutSetting, RecordFacts, ScanCode, UndoAdmission
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.operations import import_guests, preview_file
from eventdesk.desk.settings import CLAIM_MS, LOCK_AFTER_H, SOUNDS
from eventdesk.desk.upstream.commands import (
    DefineStaff,
    ListStaff,
    MakeCode,
    PairDesk,
    SettleConflict,
    StaffIn,
    StaffOut,
)
from eventdesk.desk.upstream.membership import PEPPER
from eventdesk.domain.decision import Outcome
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.staff import FREE_TRIES, Role
from tests.desk.upstream.conftest import NOW, LinedDesk, until
from tests.replication.fleet.node import Node

Make = Callable[..., LinedDesk]
ADA, PETRA = "hl-ada-7QX4M2", "hl-petra-7KJ4T3"
PIN, OTHER = "4711", "8253"


def staffed(desk: LinedDesk, name: str, role: Role, pin: str) -> None:
    desk.ask(DefineStaff(LOG, name, frozenset({role}), pin), lambda hooks: hooks.staff_listed)


def seeded(make_desk: Make) -> LinedDesk:
    desk = make_desk("d001")
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    desk.choose()
    return desk


def test_a_desk_alone_with_an_organizer_asks_who_one_is(make_desk: Make) -> None:
    desk = seeded(make_desk)
    staffed(desk, "Olga", Role.ORGANIZER, PIN)
    assert desk.scan(ADA).verdict.outcome is Outcome.OK
    told = desk.ask(ScanCode(PETRA, force=True), lambda hooks: hooks.trouble_told)
    assert "force" in told.message
    state = desk.ask(StaffIn(PIN), lambda hooks: hooks.staff_changed)
    assert (state.name, state.roles, state.required) == ("Olga", frozenset({Role.ORGANIZER}), True)
    forced = desk.scan(PETRA, force=True, reason="Seen")
    (fact,) = desk.reads(lambda reader: reader.facts(LOG, f"demo-{PETRA}", Kind.ADMITTED))
    assert fact.payload["by"] == state.id
    assert forced.verdict.forced
    assert desk.ask(StaffOut(), lambda hooks: hooks.staff_changed).id == ""
    told = desk.ask(UndoAdmission("no"), lambda hooks: hooks.trouble_told)
    assert "supervisor" in told.message


def test_wrong_pins_are_counted_across_a_restart(make_desk: Make) -> None:
    desk = seeded(make_desk)
    staffed(desk, "Olga", Role.ORGANIZER, PIN)
    for _ in range(FREE_TRIES - 1):
        told = desk.ask(StaffIn("9753"), lambda hooks: hooks.trouble_told)
        assert "wrong" in told.message
    told = desk.ask(StaffIn("9753"), lambda hooks: hooks.trouble_told)
    assert "30 s" in told.message
    desk.stop()
    desk.open()
    desk.start()
    told = desk.ask(StaffIn(PIN), lambda hooks: hooks.trouble_told)
    assert "Too many wrong PINs" in told.message


def test_two_people_never_have_one_pin_and_nobody_an_easy_one(make_desk: Make) -> None:
    desk = seeded(make_desk)
    staffed(desk, "Olga", Role.ORGANIZER, PIN)
    desk.ask(StaffIn(PIN), lambda hooks: hooks.staff_changed)
    for pin, words in ((PIN, "Somebody has this PIN"), ("1234", "too easy")):
        asked = DefineStaff(LOG, "Ben", frozenset({Role.DOOR}), pin)
        assert words in desk.ask(asked, lambda hooks: hooks.trouble_told).message
    staffed(desk, "Ben", Role.DOOR, OTHER)
    listed = desk.ask(ListStaff(LOG), lambda hooks: hooks.staff_listed)
    assert {row.name for row in listed.staff} == {"Olga", "Ben"}


def test_the_pepper_goes_to_new_desks_in_a_box(make_desk: Make, node: Node) -> None:
    first, second = seeded(make_desk), make_desk("d002")
    for desk in (first, second):
        desk.reach(node)
    first.pair(node)
    staffed(first, "Olga", Role.ORGANIZER, PIN)
    code = first.ask(MakeCode("Second"), lambda hooks: hooks.code_made)
    second.ask(PairDesk(code.text, node.id), lambda hooks: hooks.paired)
    pepper = second.line.membership.secrets.get(PEPPER)
    assert pepper == first.line.membership.secrets.get(PEPPER)
    until(lambda: second.reads(lambda reader: reader.staff(LOG)))
    second.choose()
    assert second.ask(StaffIn(PIN), lambda hooks: hooks.staff_changed).name == "Olga"


def test_a_desk_that_came_before_the_first_pin_knows_it_all_the_same(make_desk: Make, node: Node) -> None:
    """Desks are let in in the morning, and people get their PINs when they come."""
    first, second = seeded(make_desk), make_desk("d002")
    for desk in (first, second):
        desk.reach(node)
    first.pair(node)
    code = first.ask(MakeCode("Second"), lambda hooks: hooks.code_made)
    second.ask(PairDesk(code.text, node.id), lambda hooks: hooks.paired)
    staffed(first, "Olga", Role.ORGANIZER, PIN)
    until(lambda: second.reads(lambda reader: reader.staff(LOG)))
    second.choose()
    assert second.ask(StaffIn(PIN), lambda hooks: hooks.staff_changed).name == "Olga"


def test_a_desk_without_the_secret_says_so(make_desk: Make, node: Node) -> None:
    """And not that nobody has a PIN."""
    first, second = seeded(make_desk), make_desk("d002")
    for desk in (first, second):
        desk.reach(node)
        desk.pair(node)
    staffed(first, "Olga", Role.ORGANIZER, PIN)
    until(lambda: second.reads(lambda reader: reader.staff(LOG)))
    second.choose()
    assert "secret for PINs" in second.ask(StaffIn(PIN), lambda hooks: hooks.trouble_told).message


@pytest.mark.parametrize("roles", [("door",)])
def test_a_door_desk_may_not_what_a_supervisor_may(
    make_desk: Make, node: Node, roles: tuple[str, ...]
) -> None:
    desk = seeded(make_desk)
    desk.reach(node)
    desk.pair(node, roles)
    refused = [
        ScanCode(PETRA, force=True),
        SettleConflict(LOG, "t", "c", "word"),
        RecordFacts(LOG, [Draft(Kind.GATE_DEFINED, "g", {"name": "G"})]),
        MakeCode("Another"),
    ]
    for command in refused:
        assert desk.ask(command, lambda hooks: hooks.trouble_told).command is type(command)
    assert desk.scan(ADA).admission


def test_too_long_alone_it_locks_itself_until_somebody_answers_for_it(
    make_desk: Make, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = seeded(make_desk)
    at = desk.reach(node)
    desk.pair(node)
    staffed(desk, "Olga", Role.ORGANIZER, PIN)
    until(lambda: desk.state.waiting == 0)
    desk.ask(PutSetting(LOCK_AFTER_H, 1), lambda hooks: hooks.setting_kept)
    at.sever()
    until(lambda: desk.line.reach.current is None)
    present, steady = desk.line.present, desk.clock.wall_ms
    monkeypatch.setattr(desk.clock, "wall_ms", lambda: steady() + 2 * 3_600_000)
    assert desk.state.locked
    for command in (ScanCode(ADA), FindGuests("ada")):
        told = desk.ask(command, lambda hooks: hooks.trouble_told)
        assert "locked itself" in told.message
    desk.ask(StaffIn(PIN), lambda hooks: hooks.staff_changed)
    assert not present.is_locked
    assert desk.scan(ADA).admission


def test_a_wait_does_not_grow_with_a_clock_set_back(make_desk: Make) -> None:
    desk = seeded(make_desk)
    staffed(desk, "Olga", Role.ORGANIZER, PIN)
    for _ in range(FREE_TRIES):
        desk.ask(StaffIn("9753"), lambda hooks: hooks.trouble_told)
    desk.error_s = -86_400
    state = desk.ask(StaffOut(), lambda hooks: hooks.staff_changed)
    now: datetime = desk.clock.now()
    assert state.wait_until is None or state.wait_until - now <= timedelta(seconds=31)


def test_a_doors_limits_are_changed_by_an_organizer_alone(make_desk: Make, node: Node) -> None:
    desk = seeded(make_desk)
    desk.reach(node)
    assert desk.ask(PutSetting(LOCK_AFTER_H, 24), lambda hooks: hooks.setting_kept) == (LOCK_AFTER_H, 24)
    desk.pair(node, ("door",))
    for key in (LOCK_AFTER_H, CLAIM_MS):
        told = desk.ask(PutSetting(key, 600), lambda hooks: hooks.trouble_told)
        assert "organizer" in told.message
    assert desk.preferences.get(LOCK_AFTER_H) == 24
    desk.ask(PutSetting(SOUNDS, False), lambda hooks: hooks.setting_kept)


def test_a_door_imports_no_guests_and_defines_no_event(make_desk: Make, node: Node, tmp_path: Path) -> None:
    """Refused here, in words; not hours later at the node."""
    desk = seeded(make_desk)
    desk.reach(node)
    desk.pair(node, ("door",))
    file = tmp_path / "guests.csv"
    file.write_text("name,code\nZora Neale,zz-1\n")
    for operation in (preview_file(file, LOG), import_guests(file, LOG)):
        ended = desk.ask(operation, lambda hooks: hooks.operation_ended)
        assert ended.error is not None
        assert "organizer" in ended.error.message
    before = desk.reads(lambda reader: reader.catalogue(LOG).event.name)
    renamed = RecordFacts(LOG, (Draft(Kind.EVENT_DEFINED, LOG, {"name": "Mine"}),))
    assert "organizer" in desk.ask(renamed, lambda hooks: hooks.trouble_told).message
    assert desk.reads(lambda reader: reader.catalogue(LOG).event.name) == before
