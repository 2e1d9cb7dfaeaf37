"""Tickets that prove themselves: what a signed code says, and what a door makes of it.

A code is short because it names product, variation and session by marks: the first four bytes of
SHA-256 of their ids. How it is written and signed is told in docs/tickets.md (`eventdesk.signing`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.tickets import Admission, Order, Presented, Ticket, Via

if TYPE_CHECKING:
    from eventdesk.domain.verdicts import Words

MARK_BYTES = 4
REVOKED_BYTES = 8


@dataclass(frozen=True, slots=True)
class SignedTicket:
    """What was signed. `product`, `variation` and `session` are marks; moments are whole seconds, aware."""

    ticket: str
    event: str
    product: bytes
    issued: datetime
    variation: bytes | None = None
    session: bytes | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RevocationList:
    """The tickets of an event that are no longer good, all of them. `number` counts its lists up;
    `revoked` are the first eight bytes of SHA-256 of their ids."""

    event: str
    number: int
    revoked: frozenset[bytes] = frozenset()

    def holds(self, ticket: str) -> bool:
        return revoked_mark(ticket) in self.revoked


def mark(id_: str) -> bytes:
    return sha256(id_.encode("utf-8", "surrogatepass")).digest()[:MARK_BYTES]


def revoked_mark(ticket: str) -> bytes:
    return sha256(ticket.encode("utf-8", "surrogatepass")).digest()[:REVOKED_BYTES]


def revocations(event: str, number: int, tickets: Iterable[str]) -> RevocationList:
    return RevocationList(event, number, frozenset(map(revoked_mark, tickets)))


def newer(old: RevocationList | None, new: RevocationList) -> RevocationList:
    """The list that counts: the one with the higher number, whichever came last.

    Two of one number (which no honest organizer signs) are told apart by what they hold, so that all
    desks choose the same. Raises ValueError for lists of two events.
    """
    if old is None:
        return new
    if old.event != new.event:
        raise ValueError(f"lists of two events: {old.event!r}, {new.event!r}")
    return max(old, new, key=lambda one: (one.number, len(one.revoked), sorted(one.revoked)))


def to_sign(ticket: Ticket, event: str, issued: datetime) -> SignedTicket:
    """What the code of this ticket has to say."""
    return SignedTicket(
        ticket=ticket.id,
        event=event,
        product=mark(ticket.product),
        issued=issued.replace(microsecond=0),
        variation=None if ticket.variation is None else mark(ticket.variation),
        session=None if ticket.session is None else mark(ticket.session),
        valid_from=ticket.valid_from and ticket.valid_from.replace(microsecond=0),
        valid_until=ticket.valid_until and ticket.valid_until.replace(microsecond=0),
    )


def presented_signed(
    code: str,
    signed: SignedTicket,
    known: Ticket | None,
    catalogue: Catalogue,
    passes: Iterable[Admission] = (),
    revoked: RevocationList | None = None,
) -> Presented:
    """What the door of `signed.event` knows of a signed code whose signature holds.

    `known` is the ticket of that id, where its facts have arrived; else the code itself stands for it,
    with the ticket's `passes` that this desk has. The facts of an admission are the usual ones: they are
    the ticket id's, and meet those of the selling desk when these arrive.
    """
    ticket = known if known is not None else replace(stub(signed, catalogue), admissions=tuple(passes))
    if revoked is not None and revoked.holds(signed.ticket):
        return Presented(code, Via.REVOKED, ticket, withdrawn=True)
    return Presented(code, Via.SIGNED, ticket)


def presented_bad(code: str, why: "Words") -> Presented:
    """A code that is written as a signed one is, but can't be trusted."""
    return Presented(code, why=why)


def stub(signed: SignedTicket, catalogue: Catalogue) -> Ticket:
    """The ticket as its code alone tells it, of a paid order of which nothing else is known here.

    What the catalogue does not have (yet) gets an id that nothing else has, so that no list of some
    products or of one session takes it for its own.
    """
    product = _by_mark(signed.product, catalogue.products)
    variations = (
        [one.id for one in catalogue.products[product].variations] if product in catalogue.products else []
    )
    return replace(
        unknown_ticket(signed.ticket),
        product=product,
        variation=None if signed.variation is None else _by_mark(signed.variation, variations),
        session=None if signed.session is None else _by_mark(signed.session, catalogue.sessions),
        valid_from=signed.valid_from,
        valid_until=signed.valid_until,
    )


def unknown_ticket(id_: str) -> Ticket:
    """A ticket of which nothing but its id is known here."""
    return Ticket(id_, Order(f"signed:{id_}", ""), "", "")


def _by_mark(wanted: bytes, ids: Iterable[str]) -> str:
    return next((id_ for id_ in sorted(ids) if mark(id_) == wanted), f"mark:{wanted.hex()}")
