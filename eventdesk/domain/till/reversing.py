"""From parts of a sale that are given back to the facts of one reversal: all that must be written in one
transaction, once the money went back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till import refunding
from eventdesk.domain.till.limits import quotas_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, ReversalWay, ReversedLine, Sale, SaleLine, Way
from eventdesk.domain.verdicts import Words


@dataclass(frozen=True, slots=True)
class HeldTicket:
    """What a ticket of the sale holds: its code, its `seats` (subjects of `seat_taken`), the quotas that it
    uses."""

    secret: str
    seats: Sequence[str] = ()
    quotas: Sequence[str] = ()
    canceled: bool = False


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A gift card that the sale sold, and what is left on it."""

    id: str
    amount: int
    left: int


@dataclass(frozen=True, slots=True)
class Reversing:
    """What a reversal needs beside its sale. `payments` are those that went back for it; `credited` is
    what of it pays for the sale `exchanged_for`.

    `tickets` are the sale's by id; `chosen` those that are given back (else the last ones of each line).
    `quotas` are the ids by product and session, of goods. `cards` are by the line that sold them. `used`
    is what the sale used of discounts with a limit, `at` is aware.
    """

    number: int
    shift: str
    at: datetime
    way: ReversalWay
    reason: str
    payments: Sequence[Payment] = ()
    credited: int = 0
    exchanged_for: str = ""
    tickets: Mapping[str, HeldTicket] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()
    quotas: Mapping[tuple[str, str | None], Sequence[str]] = field(default_factory=dict)
    cards: Mapping[str, Sequence[HeldCard]] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)


def reverse(sale: Sale, parts: Sequence[ReversedLine], told: Reversing) -> list[Draft]:
    """The facts; `sale_reversed` is the first. `parts` as `refunding.give_back` gives them.

    Raises Refused without a reason, where more than is left would go back, where the money that went back
    is not just what is owed, and for a gift card that was used.
    """
    if not told.reason.strip():
        raise Refused(Words("Giving back needs a reason."), Words("Say why."))
    _check_left(sale, parts)
    drafts = [_reversed(sale, parts, told)]
    lines = {line.id: line for line in sale.lines}
    for part in parts:
        drafts += _undone(lines[part.line], part, told)
    if _is_last(sale, parts):
        drafts += (
            Draft(Kind.DISCOUNT_RETURNED, id_, {"number": number, "sale": sale.id})
            for id_, number in told.used.items()
        )
    return drafts


def check_cards(parts: Sequence[ReversedLine], cards: Mapping[str, Sequence[HeldCard]]) -> None:
    """Before money goes back. Raises Refused for a gift card that was used."""
    for part in parts:
        if part.line in cards:
            _unused(cards[part.line], part)


def _check_left(sale: Sale, parts: Sequence[ReversedLine]) -> None:
    remaining = refunding.left(sale)
    for part in parts:
        most = remaining.pop(part.line, None)
        if most is None or part.quantity > most.quantity or part.gross > most.gross:
            raise Refused(
                Words("So much of this line can't be given back any more."),
                Words("Look at the sale again."),
                part.line,
            )


def _reversed(sale: Sale, parts: Sequence[ReversedLine], told: Reversing) -> Draft:
    back = [one for one in told.payments if one.way is Way.OUT and one.state is PaymentState.RETURNED]
    owed = refunding.amount(parts)
    if sum(one.amount for one in back) != owed - told.credited:
        raise Refused(Words("The money was not wholly given back."), Words("Give the rest back first."))
    rows = [
        {"line": one.line, "quantity": one.quantity, "gross": one.gross, "net": one.net, "tax": one.tax}
        for one in parts
    ]
    members: dict[str, Any] = {
        "number": told.number,
        "shift": told.shift,
        "at": moment_text(told.at),
        "way": told.way.value,
        "lines": rows,
        "amount": owed,
        "payments": [one.id for one in back],
        "reason": told.reason.strip(),
    }
    if rounding := sum(one.rounding for one in back):
        members["rounding"] = rounding
    if told.exchanged_for:
        members["exchanged_for"] = told.exchanged_for
    return Draft(Kind.SALE_REVERSED, sale.id, members)


def _undone(line: SaleLine, part: ReversedLine, told: Reversing) -> Iterator[Draft]:
    if line.tickets:
        for id_ in _given_back(line, part.quantity, told):
            yield from _canceled(id_, told.tickets[id_])
    elif not line.fee:
        for quota in quotas_of(told.quotas, line.product, None):
            yield Draft(Kind.QUOTA_FREED, quota, {"number": part.quantity})
    if line.id in told.cards:
        payment = next((one.id for one in told.payments), "")
        for card in _unused(told.cards[line.id], part):
            yield Draft(Kind.GIFT_CARD_CHARGED, card.id, {"amount": card.left, "payment": payment})


def _given_back(line: SaleLine, quantity: int, told: Reversing) -> list[str]:
    """Those that were chosen first, then the last ones; none that is canceled already."""
    standing = [
        id_ for id_ in reversed(line.tickets) if id_ in told.tickets and not told.tickets[id_].canceled
    ]
    return sorted(standing, key=lambda id_: id_ not in told.chosen)[:quantity]


def _canceled(id_: str, ticket: HeldTicket) -> Iterator[Draft]:
    yield Draft(Kind.TICKET_CHANGED, id_, {"canceled": True})
    yield Draft(Kind.SECRET_REVOKED, id_, {"secret": ticket.secret})
    for seat in ticket.seats:
        yield Draft(Kind.SEAT_FREED, seat, {"ticket": id_})
    for quota in ticket.quotas:
        yield Draft(Kind.QUOTA_FREED, quota, {"number": 1, "ticket": id_})


def _unused(cards: Sequence[HeldCard], part: ReversedLine) -> list[HeldCard]:
    """The cards that are given back. Those that are worth less by now were given back before, or spent."""
    whole = [card for card in cards if card.left == card.amount]
    if len(whole) < part.quantity:
        raise Refused(
            Words("Money of this gift card was spent: it can't be given back."),
            Words("Choose other lines."),
            part.line,
        )
    return whole[: part.quantity]


def _is_last(sale: Sale, parts: Sequence[ReversedLine]) -> bool:
    """Nothing of the sale is left after these."""
    left = {id_: one.quantity for id_, one in refunding.left(sale).items()}
    for part in parts:
        left[part.line] -= part.quantity
    return not any(left.values())
