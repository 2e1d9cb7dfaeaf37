"""What has to be written so that what stands here is what pretix says: nothing, where it does already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from eventdesk.bridges.pretix import local
from eventdesk.bridges.pretix.mapping.ids import PASS, PREFIX, Of, pass_of, subject
from eventdesk.bridges.pretix.mapping.orders import Ordered, Pass
from eventdesk.bridges.pretix.mapping.values import Wanted
from eventdesk.domain.facts import Draft, Fact, Kind, new_id
from eventdesk.domain.fold import TicketState, fold_ticket, in_order, merged, undo
from eventdesk.domain.tickets import Admission, Direction

# Of facts that pretix itself told begin with it: what desks did is told to pretix, this is not.
TOLD = f"{PREFIX}f"
GONE = "No longer in pretix"
MOVED_WORDS = "Noted with the ticket itself"
# A pass that was noted of a ticket's signed code before the ticket itself was known.
MOVED = f"{PREFIX}{Of.UNSEEN}"
# Codes that are signed are longer than those that are drawn by lot.
LONG_CODE = 64
_PASSES = (Kind.ADMITTED, Kind.LEFT, Kind.ADMISSION_UNDONE)
# By name, as each kind is a look-up of its own.
_OF_TICKETS = (
    Kind.TICKET_ISSUED,
    Kind.TICKET_CHANGED,
    Kind.QUESTION_ANSWERED,
    Kind.SECRET_REVOKED,
    *_PASSES,
)
_ORDERS = (Kind.ORDER_PLACED, Kind.ORDER_CHANGED)

Members = Mapping[str, Any]


class Facts(local.Source, Protocol):
    """What is asked of a reader or a transaction."""

    def facts(self, log: str, subject: str, *kinds: Kind) -> Sequence[Fact]: ...

    def order_tickets(self, log: str, order_id: str) -> Sequence[Any]: ...


def definition(source: Facts, log: str, wanted: Wanted) -> list[Draft]:
    known = merged(source.facts(log, wanted.subject, wanted.kind))
    members = changed(known, wanted.members)
    return [told(wanted.kind, wanted.subject, members)] if members else []


def removed(source: Facts, log: str, kind: Kind, id_: str) -> list[Draft]:
    """It is not in pretix any more."""
    known = merged(source.facts(log, id_, kind))
    return [told(kind, id_, {"removed": True})] if known and not known.get("removed") else []


def ordered(source: Facts, log: str, wanted: Ordered, ours: frozenset[int]) -> list[Draft]:
    """Order, tickets and the passes by others. `ours`: numbers of the devices by which bridges of this
    event have told pretix what desks did."""
    facts = source.facts(log, wanted.id, *_ORDERS)
    own, _ = local.untold(source, facts, wanted.modified)
    members = {name: value for name, value in wanted.order.items() if name not in own}
    drafts = _changed(facts, wanted.id, members, *_ORDERS)
    for id_ in wanted.tickets:
        drafts += _ticket(source, log, id_, wanted, ours)
    for gone in source.order_tickets(log, wanted.id):
        # What was sold here and is of a product that pretix has not was never there.
        if gone.id not in wanted.tickets and not gone.canceled and gone.id.startswith(PREFIX):
            drafts.append(told(Kind.TICKET_CHANGED, gone.id, {"canceled": True}))
    return drafts


def order_gone(source: Facts, log: str, id_: str) -> list[Draft]:
    """pretix has no such order any more: nobody enters with it."""
    known = merged(source.facts(log, id_, *_ORDERS))
    if not known:
        return []
    drafts = [] if known["status"] == "canceled" else [told(Kind.ORDER_CHANGED, id_, {"status": "canceled"})]
    tickets = [one.id for one in source.order_tickets(log, id_) if not one.canceled]
    return drafts + [told(Kind.TICKET_CHANGED, one, {"canceled": True}) for one in tickets]


def _ticket(source: Facts, log: str, id_: str, order: Ordered, ours: frozenset[int]) -> list[Draft]:
    facts = source.facts(log, id_, *_OF_TICKETS)
    state = fold_ticket(facts)
    if state.issued:
        more = _amended(source, facts, state, order.tickets[id_], order.modified)
        drafts = [told(Kind.TICKET_CHANGED, id_, more)] if more else []
    else:
        drafts = [told(Kind.TICKET_ISSUED, id_, _said(order.tickets[id_]))]
    passes = {pass_of(log, one.id): one for one in order.passes if one.ticket == id_}
    drafts += _passes(id_, passes, state.admissions, ours)
    return drafts + _of_code(source, log, id_, order.tickets[id_]["secret"], state.admissions)


def _amended(
    source: Facts, facts: Sequence[Fact], state: TicketState, wanted: Members, modified: str
) -> dict[str, Any]:
    """The members that are otherwise. Of the answers only those that are: an empty one is gone."""
    members, questions = local.untold(source, facts, modified)
    more = changed(state.members, {name: value for name, value in wanted.items() if name not in members})
    more.pop(local.ANSWERS, None)
    here, there = state.members[local.ANSWERS], wanted[local.ANSWERS]
    theirs = {one for one in (*here, *there) if one.startswith(PREFIX)} - questions
    answers = {one: there.get(one, "") for one in sorted(theirs) if here.get(one, "") != there.get(one, "")}
    return more | ({local.ANSWERS: answers} if answers else {})


def _of_code(source: Facts, log: str, id_: str, secret: str, standing: Iterable[Admission]) -> list[Draft]:
    """What happened while the ticket was known by its signed code alone becomes its own."""
    unseen = subject(Of.UNSEEN, secret)
    facts = source.facts(log, unseen, *_PASSES) if len(secret) > LONG_CODE else ()
    kept = {one.id for one in fold_ticket(facts).admissions}
    here = {one.id for one in standing}
    drafts: list[Draft] = []
    for fact in in_order(facts):
        if fact.id in kept:
            if (name := f"{MOVED}{fact.id}") not in here:
                drafts.append(Draft(fact.kind, id_, {**fact.payload, "nonce": fact.id}, id=name))
            drafts.append(replace(undo(unseen, fact.id, MOVED_WORDS), id=_id()))
    return drafts


def _passes(
    ticket: str, told: Mapping[str, Pass], standing: Iterable[Admission], ours: frozenset[int]
) -> list[Draft]:
    here = {one.id for one in standing if one.id.startswith(PASS)}
    theirs = {id_: one for id_, one in told.items() if one.device not in ours}
    drafts = [_pass(id_, one) for id_, one in sorted(theirs.items(), key=_by_time) if id_ not in here]
    return drafts + [replace(undo(ticket, id_, GONE), id=_id()) for id_ in sorted(here - theirs.keys())]


def told(kind: Kind, id_: str, members: Members) -> Draft:
    return Draft(kind, id_, members, id=_id())


def _id() -> str:
    return f"{TOLD}{new_id()}"


def _by_time(item: tuple[str, Pass]) -> tuple[str, int]:
    return item[1].at, item[1].id


def _pass(id_: str, one: Pass) -> Draft:
    kind = Kind.ADMITTED if one.direction is Direction.ENTRY else Kind.LEFT
    members = {"list": one.list, "at": one.at, "nonce": id_} | ({"gate": one.gate} if one.gate else {})
    return Draft(kind, one.ticket, members, id=id_)


def _changed(facts: Sequence[Fact], id_: str, wanted: Members, first: Kind, later: Kind) -> list[Draft]:
    known = merged(facts)
    if not known:
        return [told(first, id_, _said(wanted))]
    members = changed(known, wanted)
    return [told(later, id_, members)] if members else []


def changed(known: Members, wanted: Members) -> dict[str, Any]:
    """The members that are otherwise. One that is absent says the same as one that says nothing."""
    if not known:
        return _said(wanted)
    return {name: value for name, value in wanted.items() if (known.get(name) or None) != (value or None)}


def _said(members: Members) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
