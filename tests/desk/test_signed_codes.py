"""Signed tickets at a real desk: known or unknown, used, revoked, forged, and when the sale's facts come."""

from base64 import b64encode
from datetime import timedelta

import pytest

from eventdesk.desk.commands import ScanCode, UndoAdmission
from eventdesk.desk.demo import LOG
from eventdesk.desk.hooks import Given
from eventdesk.domain.decision import Outcome, Reason
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.signed import SignedTicket, mark, revocations
from eventdesk.signing.keyring import NewKey, new_key
from eventdesk.signing.revoked import sign_list
from eventdesk.signing.tickets import issue
from eventdesk.storage.verification import verify
from tests.desk.conftest import NOON, Desk

TICKET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def key(desk: Desk) -> NewKey:
    key = new_key()
    put(desk, Draft(Kind.TICKET_KEY_DEFINED, key.id, {"public_key": b64encode(key.public).decode()}))
    return key


def put(desk: Desk, *drafts: Draft) -> None:
    with desk.store.transaction() as tx:
        tx.append(LOG, drafts)


def code_of(key: NewKey, ticket: str = TICKET, event: str = LOG) -> str:
    return issue(SignedTicket(ticket, event, mark("pass"), NOON - timedelta(minutes=1)), key.private, key.id)


def revoke(desk: Desk, key: NewKey, number: int, *tickets: str) -> None:
    text = sign_list(revocations(LOG, number, tickets), key.private, key.id)
    put(desk, Draft(Kind.REVOCATIONS_SIGNED, LOG, {"number": number, "list": text}))


def scan(desk: Desk, code: str) -> Given:
    return desk.ask(ScanCode(code), lambda hooks: hooks.verdict_given)


def test_a_ticket_sold_a_second_ago_elsewhere_enters_once(desk: Desk, key: NewKey) -> None:
    first = scan(desk, code_of(key))
    assert first.verdict.outcome is Outcome.OK
    assert first.admission
    desk.clock.now += timedelta(minutes=5)
    assert scan(desk, code_of(key)).verdict.reason is Reason.ALREADY_REDEEMED
    put(
        desk,
        Draft(Kind.ORDER_PLACED, "order", {"code": "SOLD1"}),
        Draft(Kind.TICKET_ISSUED, TICKET, {"order": "order", "secret": code_of(key), "product": "pass"}),
    )
    known = scan(desk, code_of(key)).verdict
    assert known.reason is Reason.ALREADY_REDEEMED
    assert known.ticket is not None
    assert known.ticket.order.code == "SOLD1"
    assert verify(desk.store) == []


def test_what_is_known_of_the_ticket_counts(desk: Desk, key: NewKey) -> None:
    put(
        desk,
        Draft(Kind.ORDER_PLACED, "order", {"code": "SOLD1"}),
        Draft(
            Kind.TICKET_ISSUED,
            TICKET,
            {"order": "order", "secret": "another code", "product": "pass", "blocked": True},
        ),
    )
    assert scan(desk, code_of(key)).verdict.reason is Reason.BLOCKED


def test_a_list_of_revoked_tickets_counts_and_an_older_one_does_not_come_back(
    desk: Desk, key: NewKey
) -> None:
    revoke(desk, key, 2, TICKET)
    assert scan(desk, code_of(key)).verdict.reason is Reason.REVOKED
    revoke(desk, key, 1)
    assert scan(desk, code_of(key)).verdict.reason is Reason.REVOKED
    revoke(desk, new_key(), 3)  # by nobody's key
    assert scan(desk, code_of(key)).verdict.reason is Reason.REVOKED
    revoke(desk, key, 3)
    assert scan(desk, code_of(key)).verdict.outcome is Outcome.OK


def test_a_known_ticket_s_own_code_is_revoked_by_the_list_too(desk: Desk, key: NewKey) -> None:
    put(
        desk,
        Draft(Kind.ORDER_PLACED, "order", {"code": "SOLD1"}),
        Draft(Kind.TICKET_ISSUED, TICKET, {"order": "order", "secret": code_of(key), "product": "pass"}),
    )
    revoke(desk, key, 1, TICKET)
    assert scan(desk, code_of(key)).verdict.reason is Reason.REVOKED


def test_a_forged_ticket_is_told_from_an_unknown_one(desk: Desk, key: NewKey) -> None:
    good = code_of(key)
    for code, words in (
        (good[:-2] + ("00" if good[-2:] != "00" else "10"), "signature is false"),
        (good[:-1], "damaged"),
        (code_of(new_key()), "not this event's"),
        (code_of(key, event="another event"), "signature is false"),
    ):
        verdict = scan(desk, code).verdict
        assert verdict.reason is Reason.UNKNOWN
        assert words in str(verdict.explanation)


def test_a_new_key_is_known_at_once_and_a_removed_one_ends(desk: Desk, key: NewKey) -> None:
    second = new_key()
    other = "f" * 32
    assert scan(desk, code_of(second, other)).verdict.reason is Reason.UNKNOWN
    members = {"public_key": b64encode(second.public).decode()}
    put(desk, Draft(Kind.TICKET_KEY_DEFINED, second.id, members))
    put(desk, Draft(Kind.TICKET_KEY_DEFINED, key.id, {"removed": True}))
    assert scan(desk, code_of(second, other)).verdict.outcome is Outcome.OK
    assert scan(desk, code_of(key)).verdict.reason is Reason.UNKNOWN


def test_its_entry_is_taken_back_as_any_other(desk: Desk, key: NewKey) -> None:
    given = scan(desk, code_of(key))
    undone = desk.ask(UndoAdmission("wrong guest", given.admission), lambda hooks: hooks.admission_undone)
    assert undone.ticket.id == TICKET
    assert scan(desk, code_of(key)).verdict.outcome is Outcome.OK
