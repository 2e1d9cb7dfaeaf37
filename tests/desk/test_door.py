"""The door over a real store: what is shown is what stands on the disk."""

from dataclasses import replace
from datetime import timedelta

from eventdesk.desk.commands import (
    AddWalkIn,
    AdmitOrder,
    CheckOutIfDue,
    ChooseDoor,
    ListPasses,
    PutSetting,
    RecordFacts,
    ScanCode,
    ShowOrder,
    Source,
    UndoAdmission,
)
from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.drafts import draft_of
from eventdesk.desk.engine import Engine
from eventdesk.desk.hooks import Given, Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import MAY_FORCE
from eventdesk.domain.decision import Mode, Outcome, Reason
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store
from tests.desk.conftest import Clock, Desk, Heard

ADA, BO, ORDER = "hl-ada-7QX4M2", "hl-bo-9TR3K8", "demo-HL001"
ZOE, OLE, PETRA = "hl-zoe-5LD7Y9", "hl-ole-1HP2X6", "hl-petra-7KJ4T3"


def scan(desk: Desk, code: str, **how: object) -> Given:
    return desk.ask(ScanCode(code, **how), lambda hooks: hooks.verdict_given)  # type: ignore[arg-type]


def test_a_ticket_is_admitted_once_and_then_told_since_when(desk: Desk) -> None:
    first = scan(desk, ADA)
    assert first.verdict.outcome is Outcome.OK
    assert first.product == "Conference pass"
    assert first.variation == "Both days"
    desk.clock.now += timedelta(minutes=5)
    second = scan(desk, ADA)
    assert second.verdict.reason is Reason.ALREADY_REDEEMED
    assert "12:00" in str(second.verdict.explanation)
    assert not second.admission


def test_what_is_shown_green_is_on_the_disk(desk: Desk) -> None:
    given = scan(desk, ADA)
    with desk.store.reader() as reader:
        admission = reader.admission(LOG, given.admission)
    assert admission is not None
    assert admission.gate == "north"


def test_the_figures_follow_each_pass(desk: Desk) -> None:
    scan(desk, ADA)
    figures = desk.heard.next(desk.hooks.figures_changed)
    assert (figures.inside, figures.entered) == (1, 1)


def test_info_mode_looks_and_writes_nothing(desk: Desk) -> None:
    desk.choose(mode=Mode.INFO)
    assert scan(desk, ADA).verdict.outcome is Outcome.OK
    desk.choose(mode=Mode.ENTRY)
    assert scan(desk, ADA).verdict.outcome is Outcome.OK


def test_an_undo_takes_back_the_last_pass_and_needs_a_reason(desk: Desk) -> None:
    scan(desk, ADA)
    trouble = desk.ask(UndoAdmission(reason=" "), lambda hooks: hooks.trouble_told)
    assert "reason" in trouble.message
    undone = desk.ask(UndoAdmission(reason="wrong guest"), lambda hooks: hooks.admission_undone)
    assert undone.ticket.admissions == ()
    assert scan(desk, ADA).verdict.outcome is Outcome.OK


def test_there_is_nothing_to_undo_twice(desk: Desk) -> None:
    given = scan(desk, ADA)
    desk.ask(UndoAdmission("mistake", given.admission), lambda hooks: hooks.admission_undone)
    trouble = desk.ask(UndoAdmission("mistake", given.admission), lambda hooks: hooks.trouble_told)
    assert "no check-in to undo" in trouble.message


def test_a_question_is_asked_answered_and_kept(desk: Desk) -> None:
    asked = scan(desk, ZOE)
    assert asked.verdict.outcome is Outcome.INCOMPLETE
    assert asked.verdict.questions == ("meal",)
    given = scan(desk, ZOE, answers={"meal": "vegan"}, nonce=asked.nonce)
    assert given.verdict.outcome is Outcome.OK
    with desk.store.reader() as reader:
        ticket = reader.ticket(LOG, f"demo-{ZOE}")
    assert ticket is not None
    assert ticket.answers["meal"]


def test_the_same_nonce_is_one_pass(desk: Desk) -> None:
    first = scan(desk, ADA, nonce="n1")
    again = scan(desk, ADA, nonce="n1")
    assert first.admission
    assert again.verdict.outcome is Outcome.OK
    assert again.verdict.repeated
    assert not again.admission


def test_force_needs_the_right_and_is_marked(desk: Desk) -> None:
    assert scan(desk, PETRA).verdict.reason is Reason.BLOCKED
    desk.ask(PutSetting(MAY_FORCE, False), lambda hooks: hooks.setting_kept)
    trouble = desk.ask(ScanCode(PETRA, force=True), lambda hooks: hooks.trouble_told)
    assert "force" in trouble.message
    desk.ask(PutSetting(MAY_FORCE, True), lambda hooks: hooks.setting_kept)
    forced = scan(desk, PETRA, force=True, reason="Identity checked")
    assert forced.verdict.forced
    with desk.store.reader() as reader:
        (fact,) = reader.facts(LOG, forced.verdict.ticket.id, Kind.ADMITTED)  # type: ignore[union-attr]
    assert fact.payload["reason"] == "Identity checked"


def test_a_whole_order_is_shown_and_admitted_at_once(desk: Desk) -> None:
    scan(desk, BO)
    shown = desk.ask(ShowOrder(ORDER), lambda hooks: hooks.order_shown)
    outcomes = [verdict.outcome for verdict in shown.verdicts]
    assert sorted(outcomes) == [Outcome.ERROR, Outcome.OK, Outcome.OK]
    admitted = desk.ask(AdmitOrder(ORDER), lambda hooks: hooks.order_admitted)
    assert sum(bool(given.admission) for given in admitted.given) == 2
    assert scan(desk, ADA).verdict.reason is Reason.ALREADY_REDEEMED


def test_a_walk_in_gets_a_ticket_and_is_inside(desk: Desk) -> None:
    given = desk.ask(AddWalkIn("Nora Late", "pass", "day"), lambda hooks: hooks.verdict_given)
    assert given.admission
    assert given.verdict.ticket is not None
    assert scan(desk, given.verdict.ticket.secret).verdict.reason is Reason.ALREADY_REDEEMED


def test_a_walk_in_that_may_not_pass_leaves_no_ticket(desk: Desk) -> None:
    with desk.store.reader() as reader:
        before = reader.guest_count(LOG)
    trouble = desk.ask(AddWalkIn("Nora Late", "workshop"), lambda hooks: hooks.trouble_told)
    assert "No ticket was issued" in trouble.remedy
    with desk.store.reader() as reader:
        assert reader.guest_count(LOG) == before


def test_a_changed_list_counts_from_the_next_scan(desk: Desk) -> None:
    payload = {"name": "Main entrance", "all_products": False, "products": ["student"]}
    draft = Draft(Kind.LIST_DEFINED, "main", payload)
    desk.ask(RecordFacts(LOG, [draft]), lambda hooks: hooks.facts_recorded)
    assert scan(desk, ADA).verdict.reason is Reason.PRODUCT


def test_an_unpaid_order_is_refused(desk: Desk) -> None:
    assert scan(desk, OLE).verdict.reason is Reason.UNPAID


def test_without_a_door_a_scan_is_told_what_to_do(store: Store) -> None:
    desk = Desk(store, Clock())
    desk.engine.start()
    trouble = desk.ask(ScanCode(ADA), lambda hooks: hooks.trouble_told)
    assert "Choose an event" in trouble.remedy
    desk.engine.stop()


def test_a_list_that_is_gone_is_told(desk: Desk) -> None:
    trouble = desk.ask(ChooseDoor(LOG, "nowhere"), lambda hooks: hooks.trouble_told)
    assert "does not exist" in trouble.message


def test_after_a_restart_the_desk_stands_at_the_same_door(desk: Desk) -> None:
    hooks = Hooks()
    heard = Heard(hooks)
    engine = Engine(desk.store, hooks, Preferences(desk.store), now=desk.clock)
    engine.start()
    door = heard.next(hooks.door_chosen)
    engine.stop()
    assert (door.list.id, door.gate, door.mode) == ("main", "north", Mode.ENTRY)


def test_everyone_is_checked_out_at_the_hour_and_the_next_day_is_set(desk: Desk) -> None:
    scan(desk, ADA)
    scan(desk, BO)
    with desk.store.reader() as reader:
        main = reader.catalogue(LOG).lists["main"]
    due = desk.clock.now + timedelta(hours=1)
    draft = draft_of(replace(main, exit_all_at=due))
    desk.ask(RecordFacts(LOG, [draft]), lambda hooks: hooks.facts_recorded)
    desk.engine.post(CheckOutIfDue())
    desk.clock.now = due + timedelta(minutes=5)
    desk.engine.post(CheckOutIfDue())
    while True:
        door = desk.heard.next(desk.hooks.door_chosen)
        if door.list.exit_all_at and door.list.exit_all_at > due:
            break
    assert door.list.exit_all_at == due + timedelta(days=1)
    assert (door.figures.inside, door.figures.entered) == (0, 2)
    assert scan(desk, ADA).verdict.outcome is Outcome.OK


def test_a_ticket_id_admits_nobody_who_holds_it_up_to_the_camera(desk: Desk) -> None:
    assert scan(desk, f"demo-{ADA}", source=Source.CAMERA).verdict.reason is Reason.UNKNOWN
    assert scan(desk, f"demo-{ADA}", source=Source.TYPED).verdict.outcome is Outcome.OK


def test_the_last_passes_are_listed_as_they_were(desk: Desk) -> None:
    """So that they can be seen and taken back after a restart."""
    ada, bo = scan(desk, ADA), scan(desk, BO)
    listed = desk.ask(ListPasses(LOG, LIST), lambda hooks: hooks.passes_listed)
    assert [one.admission for one in listed.given] == [bo.admission, ada.admission]
    assert [one.verdict.headline for one in listed.given] == [ada.verdict.headline] * 2
    desk.ask(UndoAdmission("wrong person", bo.admission), lambda hooks: hooks.admission_undone)
    listed = desk.ask(ListPasses(LOG, LIST), lambda hooks: hooks.passes_listed)
    assert [one.admission for one in listed.given] == [ada.admission]
