"""Guests who are forgotten, desks that are shut out, and an outbox that can be read item by item."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eventdesk.desk.commands import ForgetIfDue, ScanCode
from eventdesk.desk.demo import LOG
from eventdesk.desk.upstream import forgetting
from eventdesk.desk.upstream.allotments import STEP, Allotments
from eventdesk.desk.upstream.commands import (
    EraseGuest,
    ExportOutbox,
    ListDesks,
    ListErasures,
    ListOutbox,
    RevokeDesk,
)
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.storage import backups, redact
from sync.errors import TooMany
from sync.wire import Push, Pushed
from tests.desk.upstream.conftest import LinedDesk, until
from tests.replication.fleet.node import Node
from tests.replication.fleet.wire import Line

Two = tuple[LinedDesk, LinedDesk]
ADA, ORDER = "hl-ada-7QX4M2", "demo-HL001"


def name_of(desk: LinedDesk) -> str:
    ticket = desk.reads(lambda reader: reader.ticket(LOG, f"demo-{ADA}"))
    assert ticket is not None
    return ticket.name


def facts_of(desk: LinedDesk, subject: str, kind: Kind) -> list[Fact]:
    return desk.reads(lambda reader: reader.facts(LOG, subject, kind))


def test_an_erasure_reaches_every_desk_and_each_says_so(two: Two) -> None:
    first, second = two
    backups.make(second.path, second.key, second.clock.now())
    asked = EraseGuest(LOG, ORDER, "She asked for it.")
    listed = first.ask(asked, lambda hooks: hooks.erasures_listed)
    assert listed.erasures[0].order == "HL001", "its code, as people know it"
    assert listed.erasures[0].unconfirmed == ["d002"]
    assert name_of(first) == ""
    until(lambda: name_of(second) == "")
    fact = listed.erasures[0].fact
    until(lambda: {one.desk for one in facts_of(first, fact, Kind.ERASURE_CONFIRMED)} == {"d001", "d002"})
    (row,) = first.ask(ListErasures(LOG), lambda hooks: hooks.erasures_listed).erasures
    assert row.unconfirmed == []
    assert first.scan(ADA).admission  # the ticket is still good


def test_guests_are_purged_when_the_event_says_so(two: Two) -> None:
    first, second = two
    event = {"name": "Long ago", "timezone": "UTC", "begins": "2020-01-01T00:00:00Z", "purge_after_days": 30}
    with first.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.EVENT_DEFINED, LOG, event)])
    first.engine.post(ForgetIfDue())
    until(lambda: facts_of(second, LOG, Kind.GUESTS_PURGED))
    assert len(facts_of(first, LOG, Kind.GUESTS_PURGED)) == 1
    assert all(not row.name for row in second.reads(lambda reader: reader.guests(LOG)))


def test_nobody_waits_for_a_large_erasure(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done in turns: what was asked meanwhile is answered in between."""
    monkeypatch.setattr(redact, "FEW", 0)
    monkeypatch.setattr(redact, "STEP", 1)
    monkeypatch.setattr(forgetting, "TURN_S", 0.0)
    first, _ = two
    with first.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {"reason": "over"})])
    first.engine.post(ForgetIfDue())
    first.engine.post(ListErasures(LOG))
    (row,) = first.heard.next(first.hooks.erasures_listed).erasures
    assert first.id in row.unconfirmed
    until(lambda: facts_of(first, row.fact, Kind.ERASURE_CONFIRMED))
    assert all(not guest.name for guest in first.reads(lambda reader: reader.guests(LOG)))


def test_a_desk_that_is_shut_out_hands_in_and_admits_nobody(two: Two, node: Node) -> None:
    first, second = two
    shut: list[bool] = []
    second.line.on_shut_out = lambda: shut.append(True)
    rows = first.ask(ListDesks(), lambda hooks: hooks.desks_listed).desks
    assert {row.desk for row in rows if row.is_this} == {"d001"}
    second.wires["node-1"].sever()
    until(lambda: second.line.reach.current is None)
    admission = second.scan(ADA).admission
    first.ask(RevokeDesk("d002", "Left in a taxi"), lambda hooks: hooks.desks_listed)
    second.wires["node-1"].heal()
    until(lambda: shut)
    assert admission in {one.id for one in node.quarantine}
    assert second.state.revoked
    told = second.ask(ScanCode(ADA), lambda hooks: hooks.trouble_told)
    assert "shut out" in told.message


def test_the_outbox_is_listed_and_exported_item_by_item(two: Two, tmp_path: Path) -> None:
    first, _ = two
    until(lambda: first.state.waiting == 0)
    first.wires["node-1"].sever()
    until(lambda: first.line.reach.current is None)
    given = first.scan(ADA)
    listed = first.ask(ListOutbox(), lambda hooks: hooks.outbox_listed)
    assert listed.items[0].fact == given.admission
    assert listed.items[0].what == "Entry HL001"
    until(lambda: first.reads(lambda reader: reader.outbox("node-1").items[0].tries))
    file = tmp_path / "outbox.jsonl"
    ended = first.ask(ExportOutbox(str(file)), lambda hooks: hooks.operation_ended)
    assert ended.error is None
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["payload"]["gate"] for line in lines if line["fact"] == given.admission] == ["north"]
    assert len(lines) == listed.total


def test_shares_are_never_passed(two: Two, make_desk: Callable[..., LinedDesk]) -> None:
    first, second = two
    with first.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.QUOTA_DEFINED, "seats", {"name": "Seats", "size": STEP + 3})])
    until(lambda: second.reads(lambda reader: reader.quotas(LOG)))
    sold = 0
    for desk in two:
        link = desk.line.reach.contact()
        until(lambda: any(one.counter == "seats" for one in link.upstream.counters(LOG)))  # noqa: B023
        shares = Allotments(desk.line.membership)
        shares.look_ahead(link, [LOG])
        for _ in range(STEP + 3):
            with desk.store.transaction() as tx:
                if shares.may_use(tx, LOG, "seats", 1):
                    tx.append(LOG, [Draft(Kind.QUOTA_USED, "seats", {"number": 1})])
                    sold += 1
        assert Allotments(desk.line.membership)._shares == shares._shares
    assert sold == STEP + 3


def test_a_desk_that_is_shut_out_forgets_nothing_before_it_has_handed_in(
    two: Two, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = two
    shut: list[bool] = []
    second.line.on_shut_out = lambda: shut.append(True)
    second.wires["node-1"].sever()
    until(lambda: second.line.reach.current is None)
    admission = second.scan(ADA).admission
    told, push, is_busy = list[str](), Line.push, [True]

    def busy(line: Line, log: str, pushed: Push) -> Pushed:
        if is_busy and pushed.facts[0].desk == second.id:
            told.append("429")
            raise TooMany("Too often.", status=429, retry_after=0.01)
        return push(line, log, pushed)

    monkeypatch.setattr(Line, "push", busy)
    node.revoked.add(second.id)
    second.wires["node-1"].heal()
    second.line.exchange.try_now()
    until(lambda: len(told) > 2)
    assert not shut
    is_busy.clear()
    until(lambda: shut)
    assert admission in {one.id for one in node.quarantine}


def test_what_a_crash_left_of_being_shut_out_is_done_at_the_next_start(two: Two, node: Node) -> None:
    _, second = two
    shut: list[str] = []
    second.line.on_shut_out = lambda: shut.append("and the plug is pulled")
    node.revoked.add(second.id)
    second.wires["node-1"].sever()
    until(lambda: second.line.reach.current is None)
    second.wires["node-1"].heal()
    second.line.exchange.try_now()
    until(lambda: shut)
    second.stop()
    second.open()
    second.line.on_shut_out = lambda: shut.append("again")
    second.start()
    until(lambda: len(shut) == 2)
