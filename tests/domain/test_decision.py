"""The decision at the door, one situation a test."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eventdesk.domain.catalogue import CheckInList, Question, QuestionType
from eventdesk.domain.decision import (
    Doorway,
    Outcome,
    Reason,
    Scan,
    Verdict,
    decide,
    decide_among,
    decide_order,
)
from eventdesk.domain.facts import Kind
from eventdesk.domain.tickets import Direction, OrderStatus, Presented, Ticket, Via
from tests.domain.builders import (
    CATALOGUE,
    DOOR,
    EVENT,
    NOON,
    ORDER,
    SCAN,
    TICKET,
    at,
    held_up,
    left,
    passed,
)

FORCE = replace(SCAN, force=True)
EXIT = replace(SCAN, direction=Direction.EXIT)


def seen(ticket: Ticket = TICKET, door: CheckInList = DOOR, scan: Scan = SCAN) -> Verdict:
    return decide(held_up(ticket), door, scan, CATALOGUE)


def test_a_plain_ticket_enters_and_it_is_written_down() -> None:
    verdict = seen(scan=replace(SCAN, gate="north", nonce="n1"))
    assert (verdict.outcome, verdict.reason, verdict.forced) == (Outcome.OK, None, False)
    (fact,) = verdict.facts
    assert (fact.kind, fact.subject) == (Kind.ADMITTED, "ticket")
    assert fact.payload == {"list": "door", "at": "2026-06-10T10:00:00Z", "gate": "north", "nonce": "n1"}


def test_leaving_is_written_down_as_leaving() -> None:
    assert seen(scan=EXIT).facts[0].kind == Kind.LEFT


def with_order(**members: object) -> Ticket:
    return replace(TICKET, order=replace(ORDER, **members))  # type: ignore[arg-type]


REFUSED = [
    (with_order(status=OrderStatus.CANCELED), DOOR, Reason.CANCELED),
    (with_order(status=OrderStatus.EXPIRED), DOOR, Reason.CANCELED),
    (replace(TICKET, blocked=True), DOOR, Reason.BLOCKED),
    (with_order(status=OrderStatus.PENDING, requires_approval=True), DOOR, Reason.UNAPPROVED),
    (with_order(status=OrderStatus.PENDING), DOOR, Reason.UNPAID),
    (replace(TICKET, valid_from=at(12, 1)), DOOR, Reason.INVALID_TIME),
    (replace(TICKET, valid_until=at(11, 59)), DOOR, Reason.INVALID_TIME),
    (TICKET, replace(DOOR, all_products=False, products=frozenset({"child"})), Reason.PRODUCT),
    (TICKET, replace(DOOR, rules={"<": [{"var": "entries_number"}, 0]}), Reason.RULES),
    (replace(TICKET, admissions=(passed(at(11, 30)),)), DOOR, Reason.ALREADY_REDEEMED),
]


@pytest.mark.parametrize(("ticket", "door", "reason"), REFUSED)
def test_a_refusal_has_its_reason_words_and_a_fact(ticket: Ticket, door: CheckInList, reason: Reason) -> None:
    verdict = seen(ticket, door)
    assert (verdict.outcome, verdict.reason, verdict.may_force) == (Outcome.ERROR, reason, True)
    assert str(verdict.headline)
    assert str(verdict.explanation)
    assert str(verdict.remedy)
    (fact,) = verdict.facts
    assert (fact.kind, fact.subject) == (Kind.ADMISSION_REFUSED, "ticket")
    assert fact.payload["reason"] == reason.value
    assert fact.payload["explanation"] == str(verdict.explanation)


@pytest.mark.parametrize(("ticket", "door", "reason"), REFUSED)
def test_force_overrules_and_says_so(ticket: Ticket, door: CheckInList, reason: Reason) -> None:
    verdict = seen(ticket, door, FORCE)
    assert (verdict.outcome, verdict.forced) == (Outcome.OK, True)
    assert verdict.facts[-1].payload["forced"] is True


def test_force_that_was_not_needed_is_no_force() -> None:
    verdict = seen(scan=FORCE)
    assert verdict.outcome is Outcome.OK
    assert not verdict.forced
    assert "forced" not in verdict.facts[0].payload


@pytest.mark.parametrize(
    ("ticket", "door"),
    [
        (replace(TICKET, canceled=True), DOOR),
        (replace(TICKET, session="day1"), replace(DOOR, session="day2")),
    ],
)
def test_a_code_that_means_nothing_here_cannot_be_forced(ticket: Ticket, door: CheckInList) -> None:
    verdict = seen(ticket, door, FORCE)
    assert verdict.outcome is Outcome.ERROR
    assert not verdict.may_force


def test_the_ticket_s_state_is_told_before_its_place_and_its_past() -> None:
    ticket = replace(
        with_order(status=OrderStatus.PENDING, requires_approval=True),
        blocked=True,
        admissions=(passed(at(11, 30)),),
    )
    assert seen(ticket).reason is Reason.BLOCKED


def test_validity_counts_to_the_instant_and_not_on_the_way_out() -> None:
    assert seen(replace(TICKET, valid_from=NOON, valid_until=NOON)).outcome is Outcome.OK
    assert seen(replace(TICKET, valid_until=at(9)), scan=EXIT).outcome is Outcome.OK


def test_pending_orders_pass_where_list_and_staff_allow_it() -> None:
    pending = with_order(status=OrderStatus.PENDING)
    allowing = replace(DOOR, include_pending=True)
    unpaid = replace(SCAN, ignore_unpaid=True)
    assert seen(pending, allowing).reason is Reason.UNPAID
    assert seen(pending, DOOR, unpaid).reason is Reason.UNPAID
    assert seen(pending, allowing, unpaid).outcome is Outcome.OK
    assert seen(with_order(status=OrderStatus.PENDING, valid_if_pending=True)).outcome is Outcome.OK


def test_entering_again_depends_on_the_list_and_on_the_exit() -> None:
    inside = replace(TICKET, admissions=(passed(at(11)),))
    out = replace(TICKET, admissions=(passed(at(11)), left(at(11, 30))))
    assert seen(inside).reason is Reason.ALREADY_REDEEMED
    assert seen(inside, replace(DOOR, allow_multiple_entries=True)).outcome is Outcome.OK
    assert seen(out).outcome is Outcome.OK
    assert seen(out, replace(DOOR, allow_entry_after_exit=False)).reason is Reason.ALREADY_REDEEMED


def test_passes_count_by_their_stamps_whatever_a_clock_said() -> None:
    clock_ahead = (passed(at(11, 55), order="1"), left(at(11, 50), order="2"))
    assert seen(replace(TICKET, admissions=clock_ahead)).outcome is Outcome.OK
    clock_behind = (left(at(11, 55), order="1"), passed(at(11, 50), order="2"))
    assert seen(replace(TICKET, admissions=clock_behind)).reason is Reason.ALREADY_REDEEMED


def test_passes_on_another_list_do_not_count() -> None:
    assert seen(replace(TICKET, admissions=(passed(at(11), list="other"),))).outcome is Outcome.OK


def test_a_second_entry_says_when_and_where_the_first_was() -> None:
    verdict = seen(replace(TICKET, admissions=(passed(at(11, 30), gate="north"),)))
    assert str(verdict.headline) == "Already checked in"
    assert str(verdict.explanation) == "Entered at 11:30 at North gate."


def test_an_entry_on_another_day_is_told_with_its_date() -> None:
    verdict = seen(replace(TICKET, admissions=(passed(at(23, 30, day=9)),)))
    assert str(verdict.explanation) == "Entered at 2026-06-09 23:30."


def test_the_same_scan_again_is_harmless() -> None:
    again = replace(SCAN, nonce="n1")
    entered = replace(TICKET, admissions=(passed(at(11, 59), nonce="n1", desk="desk1"),))
    verdict = seen(entered, scan=again)
    assert (verdict.outcome, verdict.repeated, verdict.facts) == (Outcome.OK, True, ())


def test_another_desk_s_nonce_is_recognised_on_the_latest_pass_only() -> None:
    scan = replace(SCAN, nonce="n1")
    door = replace(DOOR, allow_multiple_entries=True)
    theirs = passed(at(11), nonce="n1", desk="desk2")
    assert seen(replace(TICKET, admissions=(theirs,)), door, scan).repeated
    later = replace(TICKET, admissions=(theirs, passed(at(11, 30), nonce="n2", desk="desk2")))
    assert not seen(later, door, scan).repeated


def test_a_replaced_code_passes_by_force_alone() -> None:
    revoked = held_up(via=Via.REVOKED)
    refused = decide(revoked, DOOR, SCAN, CATALOGUE)
    assert (refused.reason, refused.may_force) == (Reason.REVOKED, True)
    assert decide(revoked, DOOR, FORCE, CATALOGUE).forced


def test_a_revoked_code_without_a_ticket_is_revoked_and_passes_by_nothing() -> None:
    for scan in (SCAN, FORCE):
        verdict = decide(Presented("old", Via.REVOKED), DOOR, scan, CATALOGUE)
        assert (verdict.outcome, verdict.reason, verdict.may_force) == (Outcome.ERROR, Reason.REVOKED, False)


def test_an_unknown_code_is_kept_as_a_digest() -> None:
    verdict = decide(Presented("nobody's"), DOOR, SCAN, CATALOGUE)
    assert (verdict.reason, verdict.ticket) == (Reason.UNKNOWN, None)
    assert verdict.facts[0].subject.startswith("code:")
    assert "nobody's" not in str(verdict.facts[0].payload)


def test_a_medium_stands_for_its_ticket_unless_it_is_switched_off() -> None:
    assert decide(held_up(via=Via.MEDIUM), DOOR, SCAN, CATALOGUE).outcome is Outcome.OK
    off = decide(held_up(via=Via.MEDIUM, medium_active=False), DOOR, FORCE, CATALOGUE)
    assert off.reason is Reason.UNKNOWN
    assert "switched off" in str(off.explanation)


ADDON = replace(TICKET, id="addon", secret="addon's", product="child", addon_to="ticket")


def test_the_main_ticket_s_code_admits_the_one_add_on_of_a_list() -> None:
    door = replace(DOOR, all_products=False, products=frozenset({"child"}), addon_match=True)
    verdict = seen(replace(TICKET, addons=(ADDON,)), door)
    assert verdict.ticket is not None
    assert (verdict.outcome, verdict.ticket.id) == (Outcome.OK, "addon")


def test_two_add_ons_alike_are_ambiguous_even_by_force() -> None:
    door = replace(DOOR, all_products=False, products=frozenset({"child"}), addon_match=True)
    twins = replace(TICKET, addons=(ADDON, replace(ADDON, id="addon2")))
    assert seen(twins, door, FORCE).reason is Reason.AMBIGUOUS


def test_a_code_that_two_tickets_bear_is_ambiguous_where_both_belong() -> None:
    twin = replace(TICKET, id="twin")
    assert decide(held_up(others=(twin,)), DOOR, SCAN, CATALOGUE).reason is Reason.AMBIGUOUS
    child = replace(twin, product="child")
    adults = replace(DOOR, all_products=False, products=frozenset({"adult"}))
    assert decide(held_up(others=(child,)), adults, SCAN, CATALOGUE).ticket == TICKET


def test_of_two_add_ons_the_one_valid_now_is_taken() -> None:
    door = replace(DOOR, all_products=False, products=frozenset({"child"}), addon_match=True)
    over = replace(ADDON, id="over", valid_until=at(11))
    coming = replace(ADDON, id="coming", valid_from=at(13))
    assert seen(replace(TICKET, addons=(over, ADDON)), door).ticket == ADDON
    nearest = seen(replace(TICKET, addons=(over, coming)), door)
    assert nearest.ticket is not None
    assert (nearest.ticket.id, nearest.reason) == ("coming", Reason.INVALID_TIME)


def test_each_ticket_of_an_order_is_decided_for_itself() -> None:
    door = replace(DOOR, addon_match=True)
    used = replace(TICKET, addons=(ADDON,), admissions=(passed(at(11)),))
    first, second = decide_order((used, ADDON), door, SCAN, CATALOGUE)
    assert (first.reason, second.outcome) == (Reason.ALREADY_REDEEMED, Outcome.OK)


def test_a_desk_of_several_events_finds_the_one_that_knows_the_code() -> None:
    other = replace(CATALOGUE, event=replace(EVENT, id="other"))
    doorways = (Doorway(Presented("secret"), DOOR, other), Doorway(held_up(), DOOR, CATALOGUE))
    doorway, verdict = decide_among(doorways, SCAN)
    assert (doorway.catalogue.event.id, verdict.outcome) == ("event", Outcome.OK)


SIZE = Question(
    "size", "Size?", QuestionType.TEXT, required=True, ask_during_checkin=True, products=frozenset({"adult"})
)
ASKING = replace(CATALOGUE, questions={"size": SIZE})


def test_an_open_question_is_asked_before_anything_is_written() -> None:
    verdict = decide(held_up(), DOOR, SCAN, ASKING)
    assert (verdict.outcome, verdict.questions, verdict.facts) == (Outcome.INCOMPLETE, ("size",), ())


def test_an_answer_is_kept_with_the_pass() -> None:
    verdict = decide(held_up(), DOOR, replace(SCAN, answers={"size": "L"}), ASKING)
    answered, admitted = verdict.facts
    assert (answered.kind, answered.payload) == (Kind.QUESTION_ANSWERED, {"question": "size", "answer": "L"})
    assert admitted.kind == Kind.ADMITTED


@pytest.mark.parametrize(
    "scan", [replace(SCAN, can_ask=False), FORCE, EXIT], ids=["cannot ask", "force", "on the way out"]
)
def test_questions_do_not_hold_up_everyone(scan: Scan) -> None:
    assert decide(held_up(), DOOR, scan, ASKING).outcome is Outcome.OK


def test_a_known_answer_is_not_asked_again_nor_written_again() -> None:
    known = replace(TICKET, answers={"size": "L"})
    verdict = decide(held_up(known), DOOR, replace(SCAN, answers={"size": "L"}), ASKING)
    assert [fact.kind for fact in verdict.facts] == [Kind.ADMITTED]


def test_attention_and_texts_come_from_order_variation_and_product() -> None:
    product = replace(
        CATALOGUE.products["adult"],
        checkin_text="product's",
        variations=(
            replace(CATALOGUE.products["adult"].variations[0], checkin_text="variation's", attention=True),
        ),
    )
    catalogue = replace(CATALOGUE, products={"adult": product})
    ticket = replace(with_order(checkin_text="order's"), variation="red")
    verdict = decide(held_up(ticket), DOOR, SCAN, catalogue)
    assert verdict.attention
    assert verdict.checkin_texts == ("order's", "variation's", "product's")


def test_a_broken_rule_refuses_whatever_the_force() -> None:
    door = replace(DOOR, rules={"isBefore": [{"var": "now"}, 3]})
    verdict = seen(door=door, scan=FORCE)
    assert (verdict.reason, verdict.may_force) == (Reason.RULES, False)
    assert "can't be worked out" in str(verdict.explanation)


def test_rules_do_not_count_on_the_way_out() -> None:
    never = replace(DOOR, rules={"and": [False]})
    assert seen(door=never, scan=EXIT).outcome is Outcome.OK


def test_a_scan_from_the_past_is_decided_at_its_own_time() -> None:
    ticket = replace(TICKET, valid_until=NOON - timedelta(minutes=5))
    assert seen(ticket, scan=replace(SCAN, at=NOON - timedelta(minutes=10))).outcome is Outcome.OK
