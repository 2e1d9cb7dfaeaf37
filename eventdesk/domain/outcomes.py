"""Verdicts put together: words for the door, and the facts that must be written first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.checks import ASK_ORDER, Case, Objection
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.resolve import Candidate, Doorway
from eventdesk.domain.tickets import Presented, Ticket, Via
from eventdesk.domain.training import REMEDY, WHY, is_training_code
from eventdesk.domain.verdicts import Outcome, Reason, Scan, Verdict, Words

HEADLINES: Mapping[Reason, Words] = {
    Reason.UNKNOWN: Words("Unknown ticket"),
    Reason.AMBIGUOUS: Words("Several tickets"),
    Reason.CANCELED: Words("Canceled"),
    Reason.BLOCKED: Words("Blocked"),
    Reason.UNAPPROVED: Words("Not approved"),
    Reason.INVALID_TIME: Words("Not valid now"),
    Reason.PRODUCT: Words("Wrong door"),
    Reason.UNPAID: Words("Not paid"),
    Reason.RULES: Words("Not admitted now"),
    Reason.INCOMPLETE: Words("Ask the guest"),
    Reason.REVOKED: Words("Ticket replaced"),
    Reason.ALREADY_REDEEMED: Words("Already checked in"),
}


def passed(case: Case, answers: Mapping[str, str], *, forced: bool) -> Verdict:
    """The ticket passes; the answers given at the door are kept with it."""
    explanation = Words("")
    if forced:
        explanation = Words("Admitted by force; the log says so.")
    return Verdict(
        Outcome.OK,
        ticket=case.ticket,
        headline=Words("Welcome") if case.entering else Words("Goodbye"),
        explanation=explanation,
        facts=(*_answered(case, answers), _pass(case, forced=forced)),
        forced=forced,
        attention=_attention(case.ticket, case.catalogue),
        checkin_texts=_texts(case.ticket, case.catalogue),
    )


def stood(ticket: Ticket, *, entering: bool, forced: bool) -> Verdict:
    """What a pass of the past is shown as."""
    headline = Words("Welcome") if entering else Words("Goodbye")
    return Verdict(Outcome.OK, ticket=ticket, headline=headline, forced=forced)


def repeated(case: Case) -> Verdict:
    """The same scan passed before: the answer is the same, and nothing is written again."""
    explanation = Words("This scan was noted before.")
    return replace(passed(case, {}, forced=False), facts=(), explanation=explanation, repeated=True)


def incomplete(case: Case, questions: Sequence[str]) -> Verdict:
    """The guest has something to answer first. Nothing is written."""
    return Verdict(
        Outcome.INCOMPLETE,
        Reason.INCOMPLETE,
        case.ticket,
        headline=HEADLINES[Reason.INCOMPLETE],
        explanation=Words("{count} questions are open.", {"count": len(questions)})
        if len(questions) > 1
        else Words("A question is open."),
        remedy=Words("Answer and check in, or admit without an answer."),
        questions=tuple(questions),
        attention=_attention(case.ticket, case.catalogue),
        checkin_texts=_texts(case.ticket, case.catalogue),
        may_force=True,
    )


def refused(case: Case, objection: Objection) -> Verdict:
    return Verdict(
        Outcome.ERROR,
        objection.reason,
        case.ticket,
        headline=HEADLINES[objection.reason],
        explanation=objection.explanation,
        remedy=objection.remedy,
        facts=(_refusal(case.ticket.id, case.list, case.scan, objection.reason, objection.explanation),),
        attention=_attention(case.ticket, case.catalogue),
        checkin_texts=_texts(case.ticket, case.catalogue),
        may_force=objection.may_force,
    )


def ambiguous(found: Sequence[Candidate], scan: Scan) -> Verdict:
    """The code means several tickets that all might pass here: a person must say which."""
    ticket, doorway = found[0].ticket, found[0].doorway
    explanation = Words("This code stands for several tickets that are admitted here.")
    return Verdict(
        Outcome.ERROR,
        Reason.AMBIGUOUS,
        ticket,
        headline=HEADLINES[Reason.AMBIGUOUS],
        explanation=explanation,
        remedy=Words("Scan the code of the very ticket, or choose it by the guest's name."),
        facts=(_refusal(ticket.id, doorway.list, scan, Reason.AMBIGUOUS, explanation),),
        attention=_attention(ticket, doorway.catalogue),
        checkin_texts=_texts(ticket, doorway.catalogue),
    )


def unrecognised(doorway: Doorway, scan: Scan) -> Verdict:
    """No ticket here answers to the code: unknown, replaced, canceled, or of another session."""
    presented = doorway.presented
    reason, explanation, remedy = _why_unrecognised(doorway)
    subject = presented.ticket.id if presented.ticket else code_subject(presented.code)
    return Verdict(
        Outcome.ERROR,
        reason,
        presented.ticket,
        headline=HEADLINES[reason],
        explanation=explanation,
        remedy=remedy,
        facts=(_refusal(subject, doorway.list, scan, reason, explanation),),
        may_force=reason is Reason.REVOKED and presented.ticket is not None,
    )


def _why_unrecognised(doorway: Doorway) -> tuple[Reason, Words, Words]:
    presented, ticket = doorway.presented, doorway.presented.ticket
    if presented.via is Via.MEDIUM:
        return Reason.UNKNOWN, _why_medium(presented), Words("Give the guest another card or wristband.")
    if ticket is None and presented.via is Via.REVOKED:
        return (
            Reason.REVOKED,
            Words("The organizer has withdrawn this ticket."),
            Words("Send the guest to the box office."),
        )
    if ticket is None and is_training_code(presented.code):
        return Reason.UNKNOWN, WHY, REMEDY
    if ticket is None and presented.why is not None:
        return (
            Reason.UNKNOWN,
            presented.why,
            Words("Ask for the ticket as it was sent, or look the guest's name up."),
        )
    if ticket is None and presented.via is not Via.REVOKED:
        return (
            Reason.UNKNOWN,
            Words("No ticket of {event} has this code.", {"event": doorway.catalogue.event.name}),
            Words("Is it a ticket of this event? Look the guest's name up."),
        )
    if presented.via is Via.REVOKED and presented.withdrawn:
        return (
            Reason.REVOKED,
            Words("The organizer has withdrawn this ticket."),
            Words("Send the guest to the box office."),
        )
    if ticket is None or presented.via is Via.REVOKED:
        return (
            Reason.REVOKED,
            Words("This code was replaced by a newer one."),
            Words("Ask for the latest ticket, or look the guest's name up."),
        )
    if ticket.canceled:
        return Reason.CANCELED, Words("This ticket was canceled."), ASK_ORDER
    return _why_other_session(doorway, ticket)


def _why_medium(presented: Presented) -> Words:
    if not presented.medium_active:
        return Words("This card or wristband is switched off.")
    return Words("This card or wristband is linked to no ticket.")


def _why_other_session(doorway: Doorway, ticket: Ticket) -> tuple[Reason, Words, Words]:
    sessions = doorway.catalogue.sessions
    theirs, here = sessions.get(ticket.session or ""), sessions.get(doorway.list.session or "")
    values = {"theirs": theirs.name if theirs else "-", "here": here.name if here else "-"}
    return (
        Reason.PRODUCT,
        Words("This ticket is for {theirs}; this door admits to {here}.", values),
        Words("Send the guest to the door for {theirs}.", values),
    )


def code_subject(code: str) -> str:
    """The subject of facts about a code that belongs to no ticket: its digest, for it may be anyone's."""
    return "code:" + sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def _pass(case: Case, *, forced: bool) -> Draft:
    payload = _scanned(case.list, case.scan)
    if forced:
        payload["forced"] = True
        if case.scan.reason:
            payload["reason"] = case.scan.reason
    return Draft(Kind.ADMITTED if case.entering else Kind.LEFT, case.ticket.id, payload)


def _answered(case: Case, answers: Mapping[str, str]) -> list[Draft]:
    """Facts for the answers that are new or changed; an empty one only where it takes one away."""
    return [
        Draft(Kind.QUESTION_ANSWERED, case.ticket.id, {"question": question, "answer": answer})
        for question, answer in answers.items()
        if answer != case.ticket.answers.get(question, "")
    ]


def _refusal(
    subject: str, check_in_list: CheckInList, scan: Scan, reason: Reason, explanation: Words
) -> Draft:
    payload = _scanned(check_in_list, scan)
    payload |= {"direction": scan.direction.value, "reason": reason.value, "explanation": str(explanation)}
    return Draft(Kind.ADMISSION_REFUSED, subject, payload)


def _scanned(check_in_list: CheckInList, scan: Scan) -> dict[str, Any]:
    payload: dict[str, Any] = {"list": check_in_list.id, "at": moment_text(scan.at)}
    if scan.gate:
        payload["gate"] = scan.gate
    if scan.nonce:
        payload["nonce"] = scan.nonce
    return payload


def _attention(ticket: Ticket, catalogue: Catalogue) -> bool:
    if ticket.attention or ticket.order.attention:
        return True
    product = catalogue.products.get(ticket.product)
    if product is None:
        return False
    return product.attention or any(v.attention for v in product.variations if v.id == ticket.variation)


def _texts(ticket: Ticket, catalogue: Catalogue) -> tuple[str, ...]:
    """What staff should read, the most personal first."""
    texts = [ticket.checkin_text, ticket.order.checkin_text]
    product = catalogue.products.get(ticket.product)
    if product is not None:
        texts += [v.checkin_text for v in product.variations if v.id == ticket.variation]
        texts.append(product.checkin_text)
    return tuple(text for text in texts if text)
