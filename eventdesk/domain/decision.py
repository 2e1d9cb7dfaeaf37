"""The decision at the door: may this ticket pass here, now?

A function of its arguments: no database, no clock, no network. The same function decides at the
desk, at the hub and at the server.
"""

from collections.abc import Iterable, Sequence

from eventdesk.domain import outcomes
from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.checks import Case, Objection, objections, used_up
from eventdesk.domain.questions import asked_of, good_answers
from eventdesk.domain.resolve import Candidate, Doorway, as_of, candidates, choose
from eventdesk.domain.rules import DoorKnowledge
from eventdesk.domain.tickets import Presented, Ticket, Via
from eventdesk.domain.verdicts import Mode, Outcome, Reason, Scan, Verdict, Words

__all__ = [
    "Doorway",
    "Mode",
    "Outcome",
    "Reason",
    "Scan",
    "Verdict",
    "Words",
    "decide",
    "decide_among",
    "decide_order",
]


def decide(presented: Presented, check_in_list: CheckInList, scan: Scan, catalogue: Catalogue) -> Verdict:
    """Decide one scan on one check-in list of the catalogue's event."""
    return decide_among((Doorway(presented, check_in_list, catalogue),), scan)[1]


def decide_among(doorways: Sequence[Doorway], scan: Scan) -> tuple[Doorway, Verdict]:
    """Decide one scan at a desk of several events: at the doorway that knows the code.

    `doorways` holds one list for each event, at least one. A code that none knows is refused at the
    first.
    """
    doorways = [as_of(one, scan.at) for one in doorways]
    found = candidates(doorways, force=scan.force)
    if not found:
        doorway = next((one for one in doorways if one.presented.via is not Via.NOTHING), doorways[0])
        return doorway, outcomes.unrecognised(doorway, scan)
    chosen = choose(found, scan.at)
    if chosen is None:
        return found[0].doorway, outcomes.ambiguous(found, scan)
    return chosen.doorway, _decide_ticket(chosen, scan)


def decide_order(
    tickets: Iterable[Ticket], check_in_list: CheckInList, scan: Scan, catalogue: Catalogue
) -> tuple[Verdict, ...]:
    """What each ticket of an order would get at this door; each is decided for itself, add-ons too."""
    return tuple(
        decide(Presented(ticket.secret, Via.TICKET_ID, ticket), check_in_list, scan, catalogue)
        for ticket in tickets
    )


def _decide_ticket(candidate: Candidate, scan: Scan) -> Verdict:
    doorway, ticket = candidate.doorway, candidate.ticket
    known = DoorKnowledge(ticket, doorway.list, scan, doorway.catalogue)
    case = Case(ticket, doorway.list, scan, doorway.catalogue, known)
    forced = doorway.presented.via is Via.REVOKED
    for objection in objections(case):
        if not (scan.force and objection.may_force):
            return outcomes.refused(case, objection)
        forced = True
    return _decide_pass(case, forced=forced)


def _decide_pass(case: Case, *, forced: bool) -> Verdict:
    """The ticket may pass this door as such: are its questions answered, and has it been used?"""
    answers, open_ = _questions(case)
    if open_ and not case.scan.force and case.scan.can_ask:
        return outcomes.incomplete(case, open_)
    if _repeated(case):
        return outcomes.repeated(case)
    objection: Objection | None = used_up(case)
    if objection is not None and not case.scan.force:
        return outcomes.refused(case, objection)
    return outcomes.passed(case, answers, forced=forced or objection is not None)


def _questions(case: Case) -> tuple[dict[str, str], list[str]]:
    """The answers given now, and the questions that are still open."""
    if not case.entering or not case.catalogue.questions:
        return {}, []
    asked = asked_of(case.ticket, case.catalogue)
    answers = good_answers(asked, case.scan, case.known.zone)
    return answers, [q.id for q in asked if q.id not in answers and q.id not in case.ticket.answers]


def _repeated(case: Case) -> bool:
    """Was this very scan answered before? By its nonce: of the latest pass, or of one from this desk."""
    nonce, passes = case.scan.nonce, case.known.passes
    if not nonce or not passes:
        return False
    return passes[-1].nonce == nonce or any(
        p.nonce == nonce and p.direction is case.scan.direction and p.desk == case.scan.desk for p in passes
    )
