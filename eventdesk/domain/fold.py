"""State as the fold of facts: in stamp order, whatever order the facts arrived in.

The later stamp wins for each member; a fact that arrived twice counts once. What an
`admission_undone` names is annulled even where the undoing arrives first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.payloads import admission_from, order_from, ticket_from
from eventdesk.domain.tickets import Admission, Order, Ticket, in_stamp_order

_TICKET_MEMBERS = frozenset({Kind.TICKET_ISSUED, Kind.TICKET_CHANGED})
# Of these the last fact says everything: a right, or a discount, must follow from one fact.
ALONE = frozenset({Kind.STAFF_DEFINED, Kind.DISCOUNT_DEFINED})
_PASSES = frozenset({Kind.ADMITTED, Kind.LEFT})


@dataclass(frozen=True, slots=True)
class TicketState:
    """What a ticket's own facts tell of it.

    `members` are those of `ticket_issued` (empty where only later facts have arrived yet), its
    `answers` by question; `revoked` are codes that were its own and are no longer valid;
    `admissions` are the passes that stand, in stamp order.
    """

    members: Mapping[str, Any] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
    admissions: tuple[Admission, ...] = ()

    @property
    def issued(self) -> bool:
        return "secret" in self.members and "product" in self.members

    def ticket(self, id_: str, order: Order, addons: tuple[Ticket, ...] = ()) -> Ticket:
        """The ticket. Raises BadPayload where a member is missing or malformed."""
        return ticket_from(id_, self.members, order, self.admissions, addons)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts once each, by stamp (and by id, should two have the same stamp)."""
    once = {fact.id: fact for fact in facts}
    return sorted(once.values(), key=lambda fact: (fact.stamp, fact.id))


def merged(facts: Iterable[Fact]) -> dict[str, Any]:
    """The members of one subject's defining facts, the later stamp winning for each."""
    members: dict[str, Any] = {}
    for fact in in_order(facts):
        members.update(fact.payload)
    return members


def defined(facts: Iterable[Fact]) -> dict[str, Any]:
    """The members of what one subject's facts of one kind define: of the last alone where the kind is of
    `ALONE`, else merged."""
    ordered = in_order(facts)
    return merged(ordered[-1:] if ordered and ordered[-1].kind in ALONE else ordered)


def fold_ticket(facts: Iterable[Fact]) -> TicketState:
    """One ticket's state from its own facts; facts of other kinds among them are left aside."""
    ordered = in_order(facts)
    return TicketState(_members(ordered), _revoked(ordered), standing(ordered))


def fold_order(id_: str, facts: Iterable[Fact]) -> Order:
    """The order. Raises BadPayload where a member is missing or malformed."""
    kinds = (Kind.ORDER_PLACED, Kind.ORDER_CHANGED)
    return order_from(id_, merged(fact for fact in facts if fact.kind in kinds))


def standing(facts: Iterable[Fact]) -> tuple[Admission, ...]:
    """The passes among the facts that were not undone, in stamp order."""
    facts = list(facts)
    undone = {fact.payload.get("admission") for fact in facts if fact.kind == Kind.ADMISSION_UNDONE}
    passes = [admission_from(fact) for fact in facts if fact.kind in _PASSES and fact.id not in undone]
    return tuple(in_stamp_order(passes))


def undo(ticket_id: str, admission_id: str, reason: str) -> Draft:
    """The fact that takes a pass back; `reason` is a person's."""
    return Draft(Kind.ADMISSION_UNDONE, ticket_id, {"admission": admission_id, "reason": reason})


def _members(ordered: list[Fact]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for fact in ordered:
        if fact.kind in _TICKET_MEMBERS:
            members.update(fact.payload)
            answers.update(fact.payload.get("answers") or {})
        elif fact.kind == Kind.QUESTION_ANSWERED:
            answers[fact.payload["question"]] = fact.payload["answer"]
    # An empty answer takes an earlier one away.
    kept = {question: answer for question, answer in answers.items() if answer != ""}
    if members or kept:
        members["answers"] = kept
    return members


def _revoked(ordered: list[Fact]) -> frozenset[str]:
    """Codes revoked and not issued again since."""
    revoked: set[str] = set()
    for fact in ordered:
        if fact.kind == Kind.SECRET_REVOKED:
            revoked.add(fact.payload["secret"])
        elif fact.kind in _TICKET_MEMBERS:
            revoked.discard(fact.payload.get("secret", ""))
    return frozenset(revoked)
