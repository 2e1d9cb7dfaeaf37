"""Signed tickets in use: sold at one desk, good at another that has not heard of them, and taken back."""

import logging
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from eventdesk.badges.codes import QUIET_ZONE, modules
from eventdesk.desk.commands import AddWalkIn, RecordFacts
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.hooks import Given
from eventdesk.desk.upstream.commands import ListTicketKeys, RemoveTicketKey, RotateTicketKey
from eventdesk.desk.upstream.revoking import Due, due
from eventdesk.desk.upstream.values import TicketKeysListed
from eventdesk.domain.decision import Outcome, Reason
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.signed import RevocationList, revocations
from eventdesk.domain.tickets import Ticket
from eventdesk.errors import KeyringUnavailable
from eventdesk.signing.keyring import Keyring, NewKey, new_key
from eventdesk.signing.revoked import newest, sign_list
from eventdesk.signing.tickets import is_signed
from eventdesk.storage.store import Reader
from eventdesk.storage.verification import verify
from tests.desk.upstream.conftest import NOW, LinedDesk, until
from tests.replication.fleet.node import Node

Two = tuple[LinedDesk, LinedDesk]
Make = Callable[..., LinedDesk]


def sell(desk: LinedDesk, name: str = "Grace Hopper", admit: bool = False) -> Ticket:
    given: Given = desk.ask(AddWalkIn(name, product="pass", admit=admit), lambda hooks: hooks.verdict_given)
    assert given.verdict.ticket is not None
    return given.verdict.ticket


def ready(desk: LinedDesk) -> str:
    """The id of the desk's key, once it is at hand."""
    return until(lambda: desk.line.signer.key(LOG)).id


def other_key(desk: LinedDesk, old: str) -> NewKey | None:
    found = desk.line.signer.key(LOG)
    return found if found is not None and found.id != old else None


def keys_at(desk: LinedDesk) -> set[str]:
    return desk.reads(lambda reader: {one.id for one in reader.ticket_keys(LOG)})


def list_at(desk: LinedDesk) -> RevocationList | None:
    def question(reader: Reader) -> RevocationList | None:
        facts = reader.facts(LOG, LOG, Kind.REVOCATIONS_SIGNED)
        return newest(facts, Keyring({LOG: reader.ticket_keys(LOG)}), LOG)

    return desk.reads(question)


def holds(desk: LinedDesk, *tickets: Ticket) -> bool:
    now = list_at(desk)
    return now is not None and all(now.holds(one.id) for one in tickets)


def change(desk: LinedDesk, ticket: Ticket, **members: Any) -> None:
    draft = Draft(Kind.TICKET_CHANGED, ticket.id, members)
    desk.ask(RecordFacts(LOG, [draft]), lambda hooks: hooks.facts_recorded)


def cut(desk: LinedDesk) -> None:
    desk.wires["node-1"].sever()
    until(lambda: desk.line.reach.current is None)


def acquainted(two: Two) -> None:
    """Each has sold one ticket, so that the other knows its key."""
    for desk in two:
        ready(desk)
        sell(desk, "First of all")
    for desk in two:
        until(lambda desk=desk: len(keys_at(desk)) == 2)  # type: ignore[misc]


def test_a_ticket_sold_elsewhere_a_second_ago_is_good_at_a_door_that_is_cut_off(two: Two) -> None:
    first, second = two
    acquainted(two)
    cut(second)
    ticket = sell(first)
    assert is_signed(ticket.secret)
    assert second.reads(lambda reader: reader.ticket(LOG, ticket.id)) is None
    given = second.scan(ticket.secret)
    assert given.verdict.outcome is Outcome.OK
    assert not given.confirmed
    assert second.scan(ticket.secret).verdict.reason is Reason.ALREADY_REDEEMED
    second.wires["node-1"].heal()
    for desk in two:
        known = until(lambda desk=desk: admitted_at(desk, ticket))  # type: ignore[misc]
        assert known.name == "Grace Hopper"
        assert len(known.admissions) == 1
        assert desk.reads(lambda reader: reader.conflict_count(LOG)) == 0
        assert verify(desk.store) == []


def admitted_at(desk: LinedDesk, ticket: Ticket) -> Ticket | None:
    known = desk.reads(lambda reader: reader.ticket(LOG, ticket.id))
    return known if known is not None and known.admissions else None


def test_the_key_s_fact_stands_before_its_first_ticket_and_only_once(two: Two) -> None:
    first, _ = two
    key = ready(first)
    assert keys_at(first) == set()
    tickets = [sell(first, name) for name in ("A", "B")]
    (fact,) = first.reads(lambda reader: reader.facts(LOG, key, Kind.TICKET_KEY_DEFINED))
    (issued, _) = (
        first.reads(lambda reader, one=one: reader.facts(LOG, one.id, Kind.TICKET_ISSUED))[0]  # type: ignore[misc]
        for one in tickets
    )
    assert fact.seq == issued.seq - 2  # the order stands between
    assert set(fact.payload) == {"public_key"}
    assert len(modules(tickets[0].secret)) == 45 + 2 * QUIET_ZONE, "a badge's code stays at version 7"


def test_without_a_keyring_a_guest_gets_a_random_code_at_once(
    two: Two, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, _ = two
    ready(first)

    def silent(*_: object) -> bytes:
        raise KeyringUnavailable("The keyring is silent.", "Unlock it.")

    monkeypatch.setattr(first.line.membership.secrets, "get", silent)
    first.line.signer._keys.clear()
    with caplog.at_level(logging.WARNING):
        ticket = sell(first)
    assert not is_signed(ticket.secret)
    assert len(ticket.secret) == 32
    assert "random code" in caplog.text
    assert first.scan(ticket.secret).verdict.outcome is Outcome.OK
    assert keys_at(first) == set()


def test_a_desk_that_may_not_sell_has_no_key(make_desk: Make, node: Node) -> None:
    desk = make_desk("d001")
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    desk.reach(node)
    desk.pair(node, ("door",))
    desk.choose()
    told = desk.ask(RotateTicketKey(LOG), lambda hooks: hooks.trouble_told)
    assert "may do this" in told.message
    assert desk.line.signer.key(LOG) is None


# Taken back


def test_what_is_canceled_is_on_the_list_and_refused_where_its_sale_is_unknown(two: Two) -> None:
    first, second = two
    acquainted(two)
    kept, gone = sell(first, "Kept"), sell(first, "Gone")
    change(first, gone, canceled=True)
    until(lambda: holds(second, gone))
    with second.store.transaction() as tx:  # as at a door that the sale has not reached
        for one in (kept, gone):
            tx._execute("DELETE FROM tickets WHERE log = ? AND id = ?", (LOG, one.id))
    assert second.scan(gone.secret).verdict.reason is Reason.REVOKED
    assert second.scan(kept.secret).verdict.outcome is Outcome.OK


def test_a_ticket_that_is_good_again_leaves_the_list(two: Two) -> None:
    first, _ = two
    acquainted(two)
    one, other = sell(first, "One"), sell(first, "Other")
    for ticket in (one, other):
        change(first, ticket, blocked=True)
    until(lambda: holds(first, one, other))
    change(first, one, blocked=False)
    until(lambda: not holds(first, one))
    assert holds(first, other)
    assert first.scan(one.secret).verdict.outcome is Outcome.OK


def test_a_replaced_code_is_on_the_list_and_the_new_one_good(two: Two) -> None:
    first, second = two
    acquainted(two)
    ticket = sell(first)
    change(first, ticket, secret="a-new-code")
    until(lambda: holds(second, ticket))
    assert second.scan(ticket.secret).verdict.reason is Reason.REVOKED
    assert second.scan("a-new-code").verdict.outcome is Outcome.OK


def test_two_desks_that_revoke_apart_lose_nothing(two: Two) -> None:
    first, second = two
    acquainted(two)
    mine, theirs = sell(first, "Mine"), sell(second, "Theirs")
    for desk in two:
        until(lambda desk=desk: desk.reads(lambda reader: reader.guest_count(LOG)) == 27)  # type: ignore[misc]
        cut(desk)
    change(first, mine, canceled=True)
    change(second, theirs, canceled=True)
    until(lambda: holds(first, mine))
    until(lambda: holds(second, theirs))
    for desk in two:
        desk.wires["node-1"].heal()
    for desk in two:
        until(lambda desk=desk: holds(desk, mine, theirs))  # type: ignore[misc]


def test_an_older_or_unsigned_list_is_refused_and_logged(two: Two, caplog: pytest.LogCaptureFixture) -> None:
    first, second = two
    acquainted(two)
    ticket = sell(first)
    change(first, ticket, canceled=True)
    until(lambda: holds(second, ticket))
    assert second.scan(ticket.secret).verdict.outcome is Outcome.ERROR
    key = first.line.signer.key(LOG)
    assert key is not None
    forger = new_key()
    for number, signer in ((1, key), (99, forger)):
        text = sign_list(revocations(LOG, number, ()), signer.private, signer.id)
        draft = Draft(Kind.REVOCATIONS_SIGNED, LOG, {"number": number, "list": text})
        with second.store.transaction() as tx:
            tx.append(LOG, [draft])
    change(first, ticket, blocked=True)
    with caplog.at_level(logging.WARNING):
        assert second.scan(ticket.secret).verdict.outcome is Outcome.ERROR
    assert holds(second, ticket)
    assert "is refused" in caplog.text
    assert "not this event's" in caplog.text


def test_nothing_is_signed_where_nothing_changed(two: Two) -> None:
    first, _ = two
    acquainted(two)

    def question(reader: Reader) -> Due | None:
        return due(reader, LOG, reader.changed_tickets(LOG, 0))

    assert first.reads(question) is None
    ticket = sell(first)
    change(first, ticket, name="Only another name")
    assert first.reads(question) is None


def test_a_thief_s_last_number_ends_with_its_key(two: Two) -> None:
    first, second = two
    acquainted(two)
    gone = sell(first)
    stolen = second.line.signer.key(LOG)
    assert stolen is not None
    last = (1 << 53) - 1
    text = sign_list(revocations(LOG, last, ()), stolen.private, stolen.id)
    with first.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.REVOCATIONS_SIGNED, LOG, {"number": last, "list": text})])
    change(first, gone, canceled=True)
    assert first.reads(lambda reader: due(reader, LOG, reader.changed_tickets(LOG, 0))) is None
    listed(first, RemoveTicketKey(LOG, stolen.id))
    until(lambda: holds(first, gone))


# Keys


def listed(desk: LinedDesk, command: Any) -> TicketKeysListed:
    return desk.ask(command, lambda hooks: hooks.ticket_keys_listed)


def test_a_key_is_rotated_and_old_tickets_stay_good_until_it_is_removed(two: Two) -> None:
    first, second = two
    acquainted(two)
    old_key = ready(first)
    gone = sell(first, "Gone")
    change(first, gone, canceled=True)
    until(lambda: holds(first, gone))
    old, unseen = sell(first, "Old"), sell(first, "Unseen")
    shown = listed(first, RotateTicketKey(LOG))
    assert [(row.is_own, row.removed) for row in shown.keys if row.desk == "d001"] == [
        (True, False),
        (False, False),
    ]
    until(lambda: len(keys_at(second)) == 3)
    new = sell(first, "New")
    until(lambda: second.reads(lambda reader: reader.ticket(LOG, new.id)))
    with second.store.transaction() as tx:
        for one in (old, unseen, new):
            tx._execute("DELETE FROM tickets WHERE log = ? AND id = ?", (LOG, one.id))
    assert second.scan(old.secret).verdict.outcome is Outcome.OK
    shown = listed(second, RemoveTicketKey(LOG, old_key))
    assert [row.key for row in shown.keys if row.removed] == [old_key]
    assert second.scan(unseen.secret).verdict.reason is Reason.UNKNOWN
    assert second.scan(new.secret).verdict.outcome is Outcome.OK
    now = list_at(second)
    assert now is not None
    assert now.holds(gone.id), "the list of the removed key was signed anew"


def test_a_desk_whose_key_was_removed_makes_another(two: Two) -> None:
    first, second = two
    acquainted(two)
    old = ready(first)
    listed(second, RemoveTicketKey(LOG, old))
    until(lambda: old not in keys_at(first))
    sell(first, "While there is none")
    key = until(lambda: other_key(first, old))
    assert is_signed(sell(first).secret)
    assert key.id in keys_at(first)
    first.stop()
    first.open()
    first.start()
    first.choose()
    assert ready(first) == key.id


def test_keys_are_listed_and_a_key_that_is_not_there_is_not_removed(two: Two) -> None:
    first, _ = two
    acquainted(two)
    shown = listed(first, ListTicketKeys(LOG))
    assert {row.desk for row in shown.keys} == {"d001", "d002"}
    assert shown.may_rotate
    assert shown.may_remove
    told = first.ask(RemoveTicketKey(LOG, "00000000"), lambda hooks: hooks.trouble_told)
    assert "no such key" in told.message


def test_a_key_in_another_s_place_counts_for_nothing(two: Two) -> None:
    first, second = two
    acquainted(two)
    ticket = sell(first)
    thief = new_key()
    members = {"public_key": b64encode(thief.public).decode()}
    with second.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.TICKET_KEY_DEFINED, "0badc0de", members)])
    assert second.reads(lambda reader: Keyring({LOG: reader.ticket_keys(LOG)})).ids() == {
        bytes.fromhex(one) for one in keys_at(second) - {"0badc0de"}
    }
    assert second.scan(ticket.secret).verdict.outcome is Outcome.OK
