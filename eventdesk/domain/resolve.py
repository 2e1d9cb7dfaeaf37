"""Whose scan is it? From the code that was held up to the one ticket that is to be decided.

A code may mean several tickets: a main ticket and its add-ons (where the list matches add-ons), the
tickets linked to one wristband, or tickets of several events at one desk. They are narrowed to
those that belong on their list, then to those that are valid now; more than one left is ambiguous.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.tickets import Presented, Ticket, Via

# A ticket's own code counts before a medium's, that before a code which was revoked.
_PRECEDENCE = ((Via.SECRET, Via.SIGNED, Via.TICKET_ID), (Via.MEDIUM,), (Via.REVOKED,))


@dataclass(frozen=True, slots=True)
class Doorway:
    """One list at which the code was held up, with what its event's log knows of the code."""

    presented: Presented
    list: CheckInList
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket that the code may mean, and the doorway it would pass."""

    ticket: Ticket
    doorway: Doorway


def as_of(doorway: Doorway, at: datetime) -> Doorway:
    """As it is at this moment: a medium that has expired is one that is switched off."""
    presented = doorway.presented
    if presented.medium_until is None or at <= presented.medium_until:
        return doorway
    return replace(doorway, presented=replace(presented, medium_active=False))


def candidates(doorways: Sequence[Doorway], *, force: bool) -> list[Candidate]:
    """All that the code may mean, the likeliest first. A revoked code means its ticket only by force."""
    for ways in _PRECEDENCE:
        known = [doorway for doorway in doorways if doorway.presented.via in ways]
        found = [Candidate(ticket, doorway) for doorway in known for ticket in _meant(doorway, force=force)]
        if found:
            return found
    return []


def _meant(doorway: Doorway, *, force: bool) -> Iterator[Ticket]:
    presented, check_in_list = doorway.presented, doorway.list
    ticket = presented.ticket
    if ticket is None:
        return
    linked = (ticket, *presented.others)
    if presented.via in (Via.SECRET, Via.SIGNED):
        own = (one for each in linked for one in _with_addons(each, check_in_list))
        yield from (one for one in own if belongs(one, check_in_list))
    elif presented.via is Via.TICKET_ID:
        yield from (one for one in (ticket,) if belongs(one, check_in_list))
    elif presented.via is Via.REVOKED and force:
        yield from _with_addons(ticket, check_in_list)
    elif presented.via is Via.MEDIUM and presented.medium_active:
        yield from (one for each in linked for one in _with_addons(each, check_in_list))


def belongs(ticket: Ticket, check_in_list: CheckInList) -> bool:
    """A canceled ticket's code, or one for another session, means nothing at this door."""
    return not ticket.canceled and check_in_list.session in (None, ticket.session)


def _with_addons(ticket: Ticket, check_in_list: CheckInList) -> Iterator[Ticket]:
    yield ticket
    if check_in_list.addon_match:
        yield from ticket.addons


def has_product(ticket: Ticket, check_in_list: CheckInList) -> bool:
    return check_in_list.all_products or ticket.product in check_in_list.products


def choose(found: Sequence[Candidate], at: datetime) -> Candidate | None:
    """The one candidate that is to be decided, or None where it stays ambiguous. `found` is not empty."""
    if len(found) == 1:
        return found[0]
    narrowed = [one for one in found if has_product(one.ticket, one.doorway.list)]
    if len(narrowed) > 1:
        narrowed = [one for one in narrowed if _valid(one.ticket, at)]
    if not narrowed:
        return _nearest(found, at)
    return narrowed[0] if len(narrowed) == 1 else None


def _valid(ticket: Ticket, at: datetime) -> bool:
    begun = ticket.valid_from is None or ticket.valid_from <= at
    return begun and (ticket.valid_until is None or ticket.valid_until > at)


def _nearest(found: Sequence[Candidate], at: datetime) -> Candidate:
    """The one that becomes valid next, else the one that was valid last, else the first."""
    ahead = [(one.ticket.valid_from, one) for one in found if one.ticket.valid_from]
    coming = [pair for pair in ahead if pair[0] > at]
    if coming:
        return min(coming, key=lambda pair: pair[0])[1]
    behind = [(one.ticket.valid_until, one) for one in found if one.ticket.valid_until]
    gone = [pair for pair in behind if pair[0] < at]
    if gone:
        return max(gone, key=lambda pair: pair[0])[1]
    return found[0]
