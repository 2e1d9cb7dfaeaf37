"""Laws of the decision, for any ticket, list, rule and scan that hypothesis can think of."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.decision import Outcome, Reason, Scan, Verdict, decide
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.fold import TicketState, fold_ticket, undo
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.tickets import Presented, Ticket, Via
from tests.domain import strategies as made
from tests.domain.builders import CATALOGUE, DOOR, SCAN, TICKET, held_up

anything = given(made.presentations(), made.doors, made.scans, made.catalogues())

PASSES = {Kind.ADMITTED, Kind.LEFT}


def written(ticket: Ticket) -> list[Fact]:
    """Facts whose fold is the ticket's own state."""
    members = {
        "order": "order",
        "secret": ticket.secret,
        "product": ticket.product,
        "answers": dict(ticket.answers),
    }
    facts = [Fact("issued", "event", Kind.TICKET_ISSUED, ticket.id, Stamp(1, 0, "desk0"), 1, members)]
    for number, one in enumerate(ticket.admissions):
        kind = Kind.ADMITTED if one.direction == "entry" else Kind.LEFT
        payload = {"list": one.list, "at": one.at.isoformat(), "nonce": one.nonce}
        facts.append(Fact(one.id, "event", kind, ticket.id, Stamp(2, number, one.desk), number, payload))
    return facts


def later(draft: Draft, number: int) -> Fact:
    stamp = Stamp(1 << 40, number, SCAN.desk)
    return Fact(draft.id, "event", draft.kind, draft.subject, stamp, number, draft.payload)


def after(ticket: Ticket, verdict: Verdict) -> TicketState:
    """The ticket's state when the verdict's facts about it are written."""
    added = [later(draft, n) for n, draft in enumerate(verdict.facts) if draft.subject == ticket.id]
    return fold_ticket(written(ticket) + added)


@anything
@example(held_up(), replace(DOOR, rules={"<": [{"var": "entries_number"}, "x"]}), SCAN, CATALOGUE)
@example(
    held_up(),
    replace(DOOR, rules={"==": [{"var": "now"}, {"buildTime": ["custom", "10:00"]}]}),
    SCAN,
    CATALOGUE,
)
def test_it_always_answers_in_words(
    presented: Presented, door: CheckInList, scan: Scan, catalogue: Catalogue
) -> None:
    verdict = decide(presented, door, scan, catalogue)
    assert str(verdict.headline)
    for words in (verdict.headline, verdict.explanation, verdict.remedy):
        assert words.translated(lambda sentence: sentence) == str(words)
    if verdict.outcome is not Outcome.OK:
        assert verdict.reason is not None
        assert str(verdict.explanation)
        assert str(verdict.remedy)
    assert (verdict.outcome is Outcome.INCOMPLETE) == bool(verdict.questions)


@anything
def test_a_refused_scan_changes_nobody_s_state(
    presented: Presented, door: CheckInList, scan: Scan, catalogue: Catalogue
) -> None:
    verdict = decide(presented, door, scan, catalogue)
    if verdict.outcome is Outcome.OK:
        return
    assert {fact.kind for fact in verdict.facts} <= {Kind.ADMISSION_REFUSED}
    for ticket in (presented.ticket, *presented.others):
        if ticket is not None:
            assert after(ticket, verdict) == fold_ticket(written(ticket))


@anything
def test_a_pass_is_one_fact_on_this_list(
    presented: Presented, door: CheckInList, scan: Scan, catalogue: Catalogue
) -> None:
    verdict = decide(presented, door, scan, catalogue)
    passes = [fact for fact in verdict.facts if fact.kind in PASSES]
    expected = 1 if verdict.outcome is Outcome.OK and not verdict.repeated else 0
    assert len(passes) == expected
    for fact in passes:
        assert fact.payload["list"] == door.id
        assert verdict.ticket is not None
        assert fact.subject == verdict.ticket.id


@anything
def test_undo_restores_the_state_exactly(
    presented: Presented, door: CheckInList, scan: Scan, catalogue: Catalogue
) -> None:
    verdict = decide(presented, door, replace(scan, answers={}), catalogue)
    ticket = verdict.ticket
    passes = [fact for fact in verdict.facts if fact.kind in PASSES]
    if ticket is None or not passes:
        return
    before = fold_ticket(written(ticket))
    state = after(ticket, verdict)
    assert len(state.admissions) == len(before.admissions) + 1
    (added,) = set(state.admissions) - set(before.admissions)
    taken_back = later(undo(ticket.id, added.id, "wrong guest"), 99)
    with_pass = [*written(ticket), later(passes[0], 1)]
    assert fold_ticket([*with_pass, taken_back]) == before
    assert fold_ticket([taken_back, *with_pass]) == before


@anything
def test_forced_is_told_exactly_where_force_was_needed(
    presented: Presented, door: CheckInList, scan: Scan, catalogue: Catalogue
) -> None:
    gentle = decide(presented, door, replace(scan, force=False, can_ask=False), catalogue)
    forced = decide(presented, door, replace(scan, force=True, can_ask=False), catalogue)
    assert not gentle.forced
    if gentle.outcome is Outcome.OK:
        assert forced.outcome is Outcome.OK
        assert not forced.forced
    elif gentle.may_force and forced.outcome is Outcome.OK and not forced.repeated:
        assert forced.forced
    elif not gentle.may_force:
        assert (forced.outcome, forced.reason) == (Outcome.ERROR, gentle.reason)


@anything
def test_the_same_scan_again_writes_no_second_pass(
    presented: Presented, door: CheckInList, scan: Scan, catalogue: Catalogue
) -> None:
    scan = replace(scan, nonce="fresh")
    verdict = decide(presented, door, scan, catalogue)
    ticket = verdict.ticket
    if verdict.outcome is not Outcome.OK or ticket is None:
        return
    answers = {
        fact.payload["question"]: fact.payload["answer"] for fact in verdict.facts if fact.kind not in PASSES
    }
    state = fold_ticket([*written(ticket), *(later(draft, n) for n, draft in enumerate(verdict.facts))])
    stamped = tuple(replace(one, desk=scan.desk) if one.nonce == "fresh" else one for one in state.admissions)
    entered = replace(ticket, admissions=stamped, answers={**ticket.answers, **answers})
    again = decide(
        Presented(ticket.secret, Via.TICKET_ID, entered), replace(door, rules=None), scan, catalogue
    )
    assert not [fact for fact in again.facts if fact.kind in PASSES]


@given(made.rules, made.scans)
def test_any_rule_admits_or_refuses(rules: Any, scan: Scan) -> None:
    door = replace(DOOR, rules=rules, allow_multiple_entries=True)
    verdict = decide(held_up(TICKET), door, scan, CATALOGUE)
    assert verdict.outcome is Outcome.OK or verdict.reason is Reason.RULES


@pytest.mark.parametrize("depth", [10, 400, 5000])
def test_rules_nested_without_end_are_refused(depth: int) -> None:
    rule: Any = {"and": [False]}
    for _ in range(depth):
        rule = {"and": [rule]}
    verdict = decide(held_up(TICKET), replace(DOOR, rules=rule), SCAN, CATALOGUE)
    assert verdict.reason is Reason.RULES
