"""Two doors, one ticket: admitted once where they can talk, and a conflict where they could not."""

import pytest

from eventdesk.desk.commands import AdmitOrder, ListPasses, PutSetting, ScanCode, UndoAdmission
from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import CLAIM_MS
from eventdesk.desk.upstream.commands import ListConflicts, SettleConflict
from eventdesk.desk.upstream.inbox import Inbox
from eventdesk.domain.decision import Mode, Outcome, Reason
from eventdesk.domain.facts import Kind
from sync.wire import ClaimAsked
from tests.desk.upstream.conftest import LinedDesk, until
from tests.replication.fleet.node import Node

Two = tuple[LinedDesk, LinedDesk]
ADA, BO, ORDER = "hl-ada-7QX4M2", "hl-bo-9TR3K8", "demo-HL001"


def entries(desk: LinedDesk, code: str) -> list[dict[str, object]]:
    found = desk.reads(lambda reader: reader.facts(LOG, f"demo-{code}", Kind.ADMITTED))
    return [dict(one.payload) for one in found]


def test_one_ticket_at_two_doors_is_admitted_once(two: Two) -> None:
    first, second = two
    assert first.scan(ADA).verdict.outcome is Outcome.OK
    assert second.scan(ADA).verdict.reason is Reason.ALREADY_REDEEMED
    assert len(until(lambda: entries(second, ADA))) == 1


def test_the_other_door_is_named_before_its_fact_is_here(two: Two) -> None:
    first, second = two
    first.wires["node-1"].hold_pushes = True
    assert first.scan(ADA).confirmed
    refused = second.scan(ADA)
    assert refused.verdict.reason is Reason.ALREADY_REDEEMED
    assert str(refused.verdict.explanation) == "Just now at North gate."
    facts = second.reads(lambda reader: reader.facts(LOG, f"demo-{ADA}", *Kind))
    assert [one.kind for one in facts if one.desk == "d002"] == [Kind.ADMISSION_REFUSED]


def test_force_overrules_the_other_door_and_says_so(two: Two) -> None:
    first, second = two
    first.wires["node-1"].hold_pushes = True
    first.scan(ADA)
    forced = second.scan(ADA, force=True, reason="Seen the passport")
    assert forced.verdict.forced
    (fact,) = entries(second, ADA)
    assert fact["forced"]
    assert fact["reason"] == "Seen the passport"
    first.wires["node-1"].hold_pushes = False
    until(lambda: len(entries(second, ADA)) == 2)
    assert second.reads(lambda reader: reader.conflict_count(LOG)) == 0


def test_the_word_of_a_hub_whose_centre_is_silent_is_told_as_such(two: Two, node: Node) -> None:
    first, second = two
    node.kind = "hub"
    given = first.scan(ADA)
    node.kind = "centre"
    assert (given.confirmed, given.by_hub_alone) == (True, True)
    assert not first.scan(BO).by_hub_alone
    assert [entries(first, code)[0].get("confirmed_by") for code in (ADA, BO)] == ["hub", None]
    until(lambda: entries(second, BO))
    listed = ListPasses(LOG, given.verdict.facts[0].payload["list"])
    for desk in two:
        passes = desk.ask(listed, lambda hooks: hooks.passes_listed).given
        assert [(one.confirmed, one.by_hub_alone) for one in passes] == [(True, False), (True, True)]


def test_cut_apart_both_admit_and_healed_both_see_the_conflict(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    for desk in two:
        desk.wires["node-1"].sever()
        until(lambda desk=desk: desk.line.reach.current is None)  # type: ignore[misc]
    for desk in two:
        given = desk.scan(BO)
        assert given.verdict.outcome is Outcome.OK
        assert not given.confirmed
        assert entries(desk, BO)[0]["confirmed"] is False
    for desk in two:
        desk.wires["node-1"].heal()
    for desk in two:
        found = desk.heard.next(desk.hooks.conflicts_found)
        assert found.mine
        assert set(found.conflicts[0].gates) == {"North gate", "South gate"}
        assert desk.reads(lambda reader: reader.conflict_count(LOG)) == 1
    monkeypatch.setattr(Inbox, "names", lambda _self: {})  # a node does not tell every desk
    (shown,) = first.ask(ListConflicts(), lambda hooks: hooks.conflicts_listed).conflicts
    assert set(shown.desks) == {"this desk", ""}, "an id says nothing to people"
    settle = SettleConflict(LOG, shown.subject, shown.conflict.id, "One was a copy.")
    assert not first.ask(settle, lambda hooks: hooks.conflicts_listed).conflicts
    until(lambda: second.reads(lambda reader: reader.conflict_count(LOG)) == 0)
    (settled,) = second.reads(lambda reader: reader.conflicts(LOG, settled=True))
    assert settled.word == "One was a copy."


def test_a_dead_line_costs_the_scans_nothing(two: Two) -> None:
    first, _ = two
    at = first.wires["node-1"]
    at.sever()
    until(lambda: first.line.reach.current is None)
    before = at.requests
    assert not first.scan(ADA).confirmed
    assert not first.line.at_door.may_ask
    assert at.requests - before <= 2  # the line's own tries, no claim


def test_an_undo_here_frees_the_ticket_at_once(two: Two) -> None:
    """The node learns of the undo a moment later than the next scan comes."""
    first, second = two
    first.scan(ADA)
    until(lambda: entries(second, ADA))
    first.ask(UndoAdmission("wrong person"), lambda hooks: hooks.admission_undone)
    again = first.scan(ADA)
    assert again.verdict.outcome is Outcome.OK
    until(lambda: len(entries(second, ADA)) == 2)


def test_an_exit_frees_the_ticket_for_the_other_door(two: Two) -> None:
    first, second = two
    first.scan(ADA)
    first.choose(mode=Mode.EXIT)
    assert first.scan(ADA).verdict.outcome is Outcome.OK
    until(lambda: second.reads(lambda reader: reader.facts(LOG, f"demo-{ADA}", Kind.LEFT)))
    given = second.scan(ADA)
    assert given.verdict.outcome is Outcome.OK
    assert given.confirmed


def test_a_grant_whose_answer_was_lost_is_used_or_given_back(two: Two, node: Node) -> None:
    first, second = two
    first.wires["node-1"].hold_pushes = True
    first.wires["node-1"].lose_answers = 1
    given = first.scan(ADA)
    assert not given.confirmed
    assert node.logs[LOG].grants[f"entry/main/demo-{ADA}"].fact == given.admission
    assert second.scan(ADA).verdict.reason is Reason.ALREADY_REDEEMED


def test_a_scan_that_fails_gives_its_grant_back(
    two: Two, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    monkeypatch.setattr(first.line.at_door, "judged", lambda *_args, **_how: 1 / 0)
    first.ask(ScanCode(ADA), lambda hooks: hooks.trouble_told)
    until(lambda: not node.logs[LOG].grants)
    assert second.scan(ADA).confirmed


def test_after_a_crash_what_was_granted_and_not_used_goes_back(two: Two, node: Node) -> None:
    first, second = two
    link = first.line.reach.current
    assert link is not None
    link.upstream.claim(LOG, ClaimAsked(f"entry/main/demo-{ADA}", f"demo-{ADA}", "lost", ""), 1.0)
    assert second.scan(ADA).verdict.reason is Reason.ALREADY_REDEEMED
    first.wires["node-1"].sever()
    until(lambda: first.line.reach.current is None)
    first.wires["node-1"].heal()
    until(lambda: not node.logs[LOG].grants)
    assert second.scan(ADA).confirmed


def test_an_order_is_claimed_ticket_by_ticket(two: Two) -> None:
    first, second = two
    first.wires["node-1"].hold_pushes = True
    first.scan(BO)
    admitted = second.ask(AdmitOrder(ORDER), lambda hooks: hooks.order_admitted)
    by_ticket = {one.verdict.ticket.id: one for one in admitted.given if one.verdict.ticket}
    assert by_ticket[f"demo-{BO}"].verdict.reason is Reason.ALREADY_REDEEMED
    assert sum(bool(one.admission) and one.confirmed for one in admitted.given) == 2


def test_without_a_budget_nobody_is_asked(two: Two, node: Node) -> None:
    first, _ = two
    first.ask(PutSetting(CLAIM_MS, 0), lambda hooks: hooks.setting_kept)
    assert not first.scan(ADA).confirmed
    assert not node.logs[LOG].grants
