"""What has to be written so that what stands here is what pretix says: nothing, where it does already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from eventdesk.bridges.pretix.mapping.ids import PREFIX
from eventdesk.bridges.pretix.mapping.orders import Ordered, Pass
from eventdesk.bridges.pretix.mapping.values import Wanted
from eventdesk.domain.facts import Draft, Fact, Kind, new_id
from eventdesk.domain.fold import fold_ticket, merged, undo
from eventdesk.domain.tickets import Admission, Direction

# Of facts that pretix itself told begin with it: what desks did is told to pretix, this is not.
TOLD = f"{PREFIX}f"
PASS = f"{PREFIX}c"
GONE = "No longer in pretix"
_ORDERS = (Kind.ORDER_PLACED, Kind.ORDER_CHANGED)

Members = Mapping[str, Any]


class Facts(Protocol):
    """What is asked of a reader or a transaction."""

    def facts(self, log: str, subject: str, *kinds: Kind) -> Sequence[Fact]: ...

    def order_tickets(self, log: str, order_id: str) -> Sequence[Any]: ...


def definition(source: Facts, log: str, wanted: Wanted) -> list[Draft]:
    known = merged(source.facts(log, wanted.subject, wanted.kind))
    members = changed(known, wanted.members)
    return [_told(wanted.kind, wanted.subject, members)] if members else []


def removed(source: Facts, log: str, kind: Kind, subject: str) -> list[Draft]:
    """It is not in pretix any more."""
    known = merged(source.facts(log, subject, kind))
    return [_told(kind, subject, {"removed": True})] if known and not known.get("removed") else []


def ordered(source: Facts, log: str, wanted: Ordered, ours: frozenset[int]) -> list[Draft]:
    """Order, tickets and the passes by others. `ours`: numbers of the devices by which bridges of this
    event have told pretix what desks did."""
    drafts = _changed(source.facts(log, wanted.id, *_ORDERS), wanted.id, wanted.order, *_ORDERS)
    for id_, members in wanted.tickets.items():
        drafts += _ticket(
            source, log, id_, members, [one for one in wanted.passes if one.ticket == id_], ours
        )
    for gone in source.order_tickets(log, wanted.id):
        if gone.id not in wanted.tickets and not gone.canceled:
            drafts.append(_told(Kind.TICKET_CHANGED, gone.id, {"canceled": True}))
    return drafts


def _ticket(
    source: Facts, log: str, id_: str, members: Members, passes: Iterable[Pass], ours: frozenset[int]
) -> list[Draft]:
    facts = source.facts(log, id_)
    state = fold_ticket(facts)
    known = dict(state.members)
    if not state.issued:
        drafts = [_told(Kind.TICKET_ISSUED, id_, _said(members))]
    else:
        more = changed(known, members)
        drafts = [_told(Kind.TICKET_CHANGED, id_, more)] if more else []
    if members["secret"] in state.revoked:
        # pretix has taken it back into use; a code that was revoked here stays so.
        drafts = []
    return drafts + _passes(id_, list(passes), state.admissions, ours)


def _passes(
    ticket: str, told: list[Pass], standing: Iterable[Admission], ours: frozenset[int]
) -> list[Draft]:
    here = {one.id for one in standing if one.id.startswith(PASS)}
    theirs = {f"{PASS}{one.id}": one for one in told if one.device not in ours}
    drafts = [_pass(id_, one) for id_, one in sorted(theirs.items(), key=_by_time) if id_ not in here]
    return drafts + [replace(undo(ticket, id_, GONE), id=_id()) for id_ in sorted(here - theirs.keys())]


def _told(kind: Kind, subject: str, members: Members) -> Draft:
    return Draft(kind, subject, members, id=_id())


def _id() -> str:
    return f"{TOLD}{new_id()}"


def _by_time(item: tuple[str, Pass]) -> tuple[str, int]:
    return item[1].at, item[1].id


def _pass(id_: str, one: Pass) -> Draft:
    kind = Kind.ADMITTED if one.direction is Direction.ENTRY else Kind.LEFT
    members = {"list": one.list, "at": one.at, "nonce": id_} | ({"gate": one.gate} if one.gate else {})
    return Draft(kind, one.ticket, members, id=id_)


def _changed(facts: Sequence[Fact], subject: str, wanted: Members, first: Kind, later: Kind) -> list[Draft]:
    known = merged(facts)
    if not known:
        return [_told(first, subject, _said(wanted))]
    members = changed(known, wanted)
    return [_told(later, subject, members)] if members else []


def changed(known: Members, wanted: Members) -> dict[str, Any]:
    """The members that are otherwise. One that is absent says the same as one that says nothing."""
    if not known:
        return _said(wanted)
    return {name: value for name, value in wanted.items() if (known.get(name) or None) != (value or None)}


def _said(members: Members) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
