"""A signed code at a door that has never heard of its ticket, and at one that has."""

from dataclasses import replace

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.decision import Outcome, Reason, Verdict, Words, decide
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import fold_ticket
from eventdesk.domain.payloads import admission_from
from eventdesk.domain.signed import (
    SignedTicket,
    mark,
    presented_bad,
    presented_signed,
    revocations,
    stub,
    to_sign,
)
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.tickets import OrderStatus, Presented, Ticket, Via
from tests.domain.builders import CATALOGUE, DOOR, NOON, SCAN, TICKET, at, passed

TOLD = replace(TICKET, variation="red", session="day1", name="")
SIGNED = to_sign(TOLD, "event", NOON)


def seen(presented: Presented, door: CheckInList = DOOR, *, force: bool = False) -> Verdict:
    return decide(presented, door, replace(SCAN, force=force), CATALOGUE)


def unknown(signed: SignedTicket = SIGNED, known: Ticket | None = None) -> Presented:
    return presented_signed("ED1:...", signed, known, CATALOGUE)


def test_the_code_stands_for_a_ticket_that_has_not_arrived() -> None:
    verdict = seen(unknown())
    assert verdict.outcome is Outcome.OK
    assert [(fact.kind, fact.subject) for fact in verdict.facts] == [(Kind.ADMITTED, TICKET.id)]
    assert verdict.ticket is not None
    assert (verdict.ticket.product, verdict.ticket.variation, verdict.ticket.session) == (
        "adult",
        "red",
        "day1",
    )


def test_lists_times_and_earlier_passes_count_as_for_any_ticket() -> None:
    children = replace(DOOR, all_products=False, products=frozenset({"child"}))
    assert seen(unknown(), children).reason is Reason.PRODUCT
    assert seen(unknown(), replace(children, products=frozenset({"adult"}))).outcome is Outcome.OK
    assert seen(unknown(), replace(DOOR, session="day2")).reason is Reason.PRODUCT
    early = to_sign(replace(TOLD, valid_from=at(13)), "event", NOON)
    assert seen(unknown(early)).reason is Reason.INVALID_TIME
    late = to_sign(replace(TOLD, valid_until=at(11)), "event", NOON)
    assert seen(unknown(late)).reason is Reason.INVALID_TIME
    again = presented_signed("ED1:...", SIGNED, None, CATALOGUE, [passed(at(11), ticket=TICKET.id)])
    assert seen(again).reason is Reason.ALREADY_REDEEMED


def test_what_is_not_in_the_catalogue_belongs_on_no_list_of_some() -> None:
    strange = replace(SIGNED, product=mark("new"), variation=mark("v"), session=mark("day9"))
    ticket = stub(strange, CATALOGUE)
    assert not {ticket.product, ticket.variation, ticket.session} & {"adult", "child", "red", "day1", "day2"}
    assert seen(unknown(strange)).outcome is Outcome.OK
    some = replace(DOOR, all_products=False, products=frozenset({"adult", "child"}))
    assert seen(unknown(strange), some).reason is Reason.PRODUCT
    assert seen(unknown(strange), replace(DOOR, session="day1")).reason is Reason.PRODUCT


def test_a_ticket_that_is_known_is_judged_by_its_facts() -> None:
    assert seen(unknown(known=TICKET)).ticket == TICKET
    assert seen(unknown(known=replace(TICKET, canceled=True))).reason is Reason.CANCELED
    assert seen(unknown(known=replace(TICKET, blocked=True))).reason is Reason.BLOCKED
    unpaid = replace(TICKET.order, status=OrderStatus.PENDING)
    assert seen(unknown(known=replace(TICKET, order=unpaid))).reason is Reason.UNPAID


def test_a_revoked_ticket_is_refused_known_or_not_unless_a_supervisor_consents() -> None:
    listed = revocations("event", 1, [TICKET.id])
    for known in (None, TICKET):
        presented = presented_signed("ED1:...", SIGNED, known, CATALOGUE, revoked=listed)
        verdict = seen(presented)
        assert (verdict.reason, verdict.may_force) == (Reason.REVOKED, True)
        assert str(verdict.explanation) == "The organizer has withdrawn this ticket."
        assert verdict.facts[0].subject == TICKET.id
        assert seen(presented, force=True).forced
    others = revocations("event", 1, ["another"])
    assert seen(presented_signed("ED1:...", SIGNED, None, CATALOGUE, revoked=others)).outcome is Outcome.OK


def test_a_code_that_cannot_be_trusted_says_why() -> None:
    verdict = seen(presented_bad("ED1:x", Words("This signature is false.")))
    assert verdict.reason is Reason.UNKNOWN
    assert str(verdict.explanation) == "This signature is false."
    assert verdict.ticket is None
    assert not verdict.may_force


def test_the_admission_meets_the_ticket_s_facts_when_they_arrive() -> None:
    """The door wrote before the sale was known there; the fold is the one of any other order."""
    draft = seen(unknown()).facts[0]
    entered = Fact(draft.id, "event", draft.kind, draft.subject, Stamp(9, 0, "door"), 1, draft.payload)
    members = {"order": "order", "secret": "s", "product": "adult"}
    sold = Fact("sold", "event", Kind.TICKET_ISSUED, TICKET.id, Stamp(1, 0, "till"), 1, members)
    ticket = fold_ticket([entered, sold]).ticket(TICKET.id, TICKET.order)
    assert ticket.admissions == (admission_from(entered),)
    assert seen(Presented("s", Via.SECRET, ticket)).reason is Reason.ALREADY_REDEEMED
