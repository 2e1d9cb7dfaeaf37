"""What may stand against a ticket at a door, each as one function, in the order in which it counts.

The order is pretix's (https://docs.pretix.eu, check-in): the ticket's own state first, then its place
(product, session, payment), then the rules of the list. On the way out neither times nor rules count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from eventdesk.domain import rulewords
from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.jsonlogic import RULE_FAULTS
from eventdesk.domain.resolve import has_product
from eventdesk.domain.rules import DoorKnowledge
from eventdesk.domain.tickets import Admission, Direction, OrderStatus, Ticket
from eventdesk.domain.verdicts import Reason, Scan, Words

_NOTHING = Words("")


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why the ticket may not pass. `may_force`: a person with the right may overrule it."""

    reason: Reason
    explanation: Words
    remedy: Words = _NOTHING
    may_force: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One ticket before one list."""

    ticket: Ticket
    list: CheckInList
    scan: Scan
    catalogue: Catalogue
    known: DoorKnowledge

    @property
    def entering(self) -> bool:
        return self.scan.direction is Direction.ENTRY

    def product_name(self) -> str:
        product = self.catalogue.products.get(self.ticket.product)
        return product.name if product else self.ticket.product

    def session_name(self, id_: str | None) -> str:
        session = self.catalogue.sessions.get(id_ or "")
        return session.name if session else id_ or "-"

    def clock(self, moment: datetime) -> str:
        return rulewords.clock(moment, self.known)


def canceled(case: Case) -> Objection | None:
    status = case.ticket.order.status
    if case.ticket.canceled:
        return Objection(Reason.CANCELED, Words("This ticket was canceled."), ASK_ORDER)
    if status is OrderStatus.CANCELED:
        return Objection(
            Reason.CANCELED,
            Words("Order {order} was canceled.", {"order": case.ticket.order.code}),
            ASK_ORDER,
        )
    if status is OrderStatus.EXPIRED:
        return Objection(
            Reason.CANCELED,
            Words("Order {order} was not paid in time and has expired.", {"order": case.ticket.order.code}),
            ASK_ORDER,
        )
    return None


def blocked(case: Case) -> Objection | None:
    if not case.ticket.blocked:
        return None
    return Objection(
        Reason.BLOCKED,
        Words("The organizer has blocked this ticket."),
        Words("Send the guest to the box office."),
    )


def unapproved(case: Case) -> Objection | None:
    order = case.ticket.order
    if order.status is not OrderStatus.PENDING or not order.requires_approval:
        return None
    return Objection(
        Reason.UNAPPROVED,
        Words("The organizer has not approved order {order} yet.", {"order": order.code}),
        Words("Ask the organizer to approve the order."),
    )


def too_early(case: Case) -> Objection | None:
    begins = case.ticket.valid_from
    if not case.entering or begins is None or begins <= case.scan.at:
        return None
    return Objection(
        Reason.INVALID_TIME,
        Words("This ticket is valid from {time}.", {"time": case.clock(begins)}),
        Words("Ask the guest to come back after {time}.", {"time": case.clock(begins)}),
    )


def too_late(case: Case) -> Objection | None:
    ends = case.ticket.valid_until
    if not case.entering or ends is None or ends >= case.scan.at:
        return None
    return Objection(
        Reason.INVALID_TIME,
        Words("This ticket was valid until {time}.", {"time": case.clock(ends)}),
        Words("The guest needs another ticket, or a supervisor's consent."),
    )


def wrong_product(case: Case) -> Objection | None:
    if has_product(case.ticket, case.list):
        return None
    return Objection(
        Reason.PRODUCT,
        Words(
            "{product} is not admitted at {list}.",
            {"product": case.product_name(), "list": case.list.name},
        ),
        Words("Send the guest to the door for {product}.", {"product": case.product_name()}),
    )


def wrong_session(case: Case) -> Objection | None:
    if case.list.session in (None, case.ticket.session):
        return None
    return Objection(
        Reason.PRODUCT,
        Words(
            "This ticket is for {theirs}; this door admits to {here}.",
            {
                "theirs": case.session_name(case.ticket.session),
                "here": case.session_name(case.list.session),
            },
        ),
        Words(
            "Send the guest to the door for {session}.", {"session": case.session_name(case.ticket.session)}
        ),
    )


def unpaid(case: Case) -> Objection | None:
    order = case.ticket.order
    if order.status is OrderStatus.PAID or order.valid_if_pending:
        return None
    if case.list.include_pending and order.status is OrderStatus.PENDING:
        if case.scan.ignore_unpaid:
            return None
        remedy = Words("Take the payment, or admit the guest unpaid: this list allows it.")
    else:
        remedy = Words("Send the guest to the box office to pay.")
    return Objection(Reason.UNPAID, Words("Order {order} is not paid.", {"order": order.code}), remedy)


def against_rules(case: Case) -> Objection | None:
    if not case.entering or not case.list.rules:
        return None
    try:
        passes = case.known.logic().apply(case.list.rules, case.known)
    except RULE_FAULTS as fault:
        return Objection(
            Reason.RULES,
            Words(
                "The rules of {list} can't be worked out: {fault}", {"list": case.list.name, "fault": fault}
            ),
            Words("Ask the organizer to correct the rules of this list."),
            may_force=False,
        )
    if passes:
        return None
    explanation, remedy = rulewords.explain(case.list.rules, case.known, case.catalogue)
    return Objection(Reason.RULES, explanation, remedy)


def used_up(case: Case) -> Objection | None:
    """A ticket admits once, or again after an exit, or always: as the list says."""
    passes = case.known.passes
    if not case.entering or case.list.allow_multiple_entries or not case.known.entries:
        return None
    last = passes[-1]
    if last.direction is Direction.EXIT:
        if case.list.allow_entry_after_exit:
            return None
        explanation = Words("Left {pass_}; this door lets nobody in again.", {"pass_": _pass(case, last)})
    else:
        explanation = Words("Entered {pass_}.", {"pass_": _pass(case, last)})
    return Objection(
        Reason.ALREADY_REDEEMED,
        explanation,
        Words("Ask for a proof of identity; a supervisor may admit the guest again."),
    )


def _pass(case: Case, admission: Admission) -> Words:
    time, gate = case.clock(admission.at), case.catalogue.gates.get(admission.gate)
    if gate is None:
        return Words("at {time}", {"time": time})
    return Words("at {time} at {gate}", {"time": time, "gate": gate.name})


ASK_ORDER = Words("Ask the guest for another ticket, or look their name up.")

Check = Callable[[Case], Objection | None]

STATE: tuple[Check, ...] = (canceled, blocked, unapproved, too_early, too_late)
PLACE: tuple[Check, ...] = (wrong_product, wrong_session, unpaid, against_rules)


def objections(case: Case) -> Iterator[Objection]:
    """All that stands against the ticket except its questions and its earlier entries, in order."""
    for check in (*STATE, *PLACE):
        objection = check(case)
        if objection is not None:
            yield objection
