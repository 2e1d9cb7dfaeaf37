"""Passes, undone ones, refusals, badges and answers as calls. The nonce of each is the fact's id."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from eventdesk.bridges.pretix.comparing import MOVED
from eventdesk.bridges.pretix.mapping.ids import PASS, Of, code_of, number
from eventdesk.bridges.pretix.outgoing import answers
from eventdesk.bridges.pretix.outgoing.known import POSITION, SECRET
from eventdesk.bridges.pretix.outgoing.one import TOO_LATE
from eventdesk.bridges.pretix.outgoing.pieces import name_parts
from eventdesk.bridges.pretix.outgoing.target import Call, Target, Untold, patch, post
from eventdesk.domain.catalogue import Question
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.tickets import Ticket

# Refusals by other names there; all others are the same.
REASONS: Final[Mapping[str, str]] = {"unknown": "invalid"}
KNOWN: Final = frozenset(
    {
        "canceled",
        "invalid",
        "unpaid",
        "product",
        "rules",
        "revoked",
        "incomplete",
        "already_redeemed",
        "ambiguous",
        "blocked",
        "unapproved",
        "invalid_time",
    }
)
NOT_THEIRS: Final = Untold("The check-in list is not one of pretix'.")
LONG_WORDS: Final = 200


WITHIN: Final = timedelta(minutes=15)


class Tickets(Protocol):
    def ticket(self, log: str, ticket_id: str) -> Ticket | None: ...


class Facts(Protocol):
    def facts(self, log: str, subject: str, *kinds: Kind) -> list[Fact]: ...


def passed(fact: Fact, target: Target) -> Call | Untold:
    """It has happened, so pretix is not asked whether it may (`force`)."""
    list_ = number(Of.LIST, str(fact.payload["list"]))
    if list_ is None:
        return NOT_THEIRS
    body = {
        "type": "entry" if fact.kind is Kind.ADMITTED else "exit",
        "nonce": fact.id,
        "datetime": fact.payload["at"],
        "force": True,
        "ignore_unpaid": True,
        "questions_supported": False,
    }
    position = number(Of.POSITION, fact.subject)
    if position is not None:
        return post(target.at_event(f"checkinlists/{list_}/positions/{position}/redeem/"), body)
    if code := code_of(fact.subject):
        return post(target.at_organizer("checkinrpc/redeem/"), body | {"lists": [list_], "secret": code})
    body |= {"lists": [list_], "secret": SECRET}
    return _of_ticket(post(target.at_organizer("checkinrpc/redeem/"), body), fact)


def undone(source: Facts, fact: Fact, target: Target) -> Call | Untold:
    admission = str(fact.payload["admission"])
    if admission.startswith(PASS):
        return Untold("It was checked in by another program; pretix lets the same device alone annul it.")
    passes = source.facts(fact.log, fact.subject, Kind.ADMITTED, Kind.LEFT)
    found = next((one for one in passes if one.id == admission), None)
    list_ = number(Of.LIST, str(found.payload["list"])) if found else None
    if found is None or list_ is None:
        return NOT_THEIRS
    if _moment(_at(fact)) - _moment(str(found.payload["at"])) > WITHIN:
        return Untold(TOO_LATE)
    why = str(fact.payload.get("reason") or "")[:LONG_WORDS]
    nonce = admission.removeprefix(MOVED)
    return post(
        target.at_organizer("checkinrpc/annul/"),
        {"lists": [list_], "nonce": nonce, "error_explanation": why, "datetime": _at(fact)},
    )


def refused(source: Tickets, fact: Fact, target: Target) -> Call | Untold:
    list_ = number(Of.LIST, str(fact.payload["list"]))
    if list_ is None:
        return NOT_THEIRS
    ticket = source.ticket(fact.log, fact.subject)
    reason = REASONS.get(fact.payload.get("reason", ""), fact.payload.get("reason", ""))
    body: dict[str, Any] = {
        "raw_barcode": ticket.secret if ticket else code_of(fact.subject) or fact.subject,
        "nonce": fact.id,
        "datetime": fact.payload["at"],
        "type": fact.payload.get("direction") or "entry",
        "error_reason": reason if reason in KNOWN else "error",
        "error_explanation": str(fact.payload.get("explanation") or "")[:LONG_WORDS] or None,
    }
    position = number(Of.POSITION, fact.subject)
    return post(
        target.at_event(f"checkinlists/{list_}/failed_checkins/"),
        body | ({"position": position} if position is not None else {}),
    )


def printed(fact: Fact, target: Target) -> Call | Untold:
    info = {"nonce": fact.id, "copy": fact.payload.get("copy") or 0}
    body = {"datetime": _at(fact), "source": "EventDesk", "type": "badge", "info": info}
    call = post(target.at_event(f"orderpositions/{_place(fact)}/printlog/"), body, fact.id)
    return _of_position({**call, "once": fact.id}, fact)


def answered(fact: Fact, target: Target, questions: Mapping[str, Question]) -> Call | Untold:
    """pretix takes all answers of a position at once: whoever sends adds the others (`adds_to`)."""
    answer = answers.told(str(fact.payload["question"]), str(fact.payload["answer"]), questions)
    if answer is None:
        return Untold("The question is not one of pretix', or asks for a file.")
    call = patch(target.at_event(f"orderpositions/{_place(fact)}/"), {"answers": [answer]})
    return _of_position({**call, "adds_to": "answers"}, fact)


def amended(fact: Fact, target: Target) -> Call | Untold:
    """What a guest or a door has mended of name, e-mail and company."""
    body: dict[str, Any] = {}
    if "name" in fact.payload:
        body["attendee_name_parts"] = name_parts(str(fact.payload["name"] or ""))
    if "email" in fact.payload:
        body["attendee_email"] = fact.payload["email"] or None
    if "company" in fact.payload:
        body["company"] = fact.payload["company"] or None
    if not body:
        return Untold("pretix has no place for this change.")
    return _of_position(patch(target.at_event(f"orderpositions/{_place(fact)}/"), body), fact)


def _place(fact: Fact) -> str:
    """The position's number, or what stands for it until pretix is asked."""
    position = number(Of.POSITION, fact.subject)
    return POSITION if position is None else str(position)


def _of_position(call: Call, fact: Fact) -> Call:
    return call if number(Of.POSITION, fact.subject) is not None else _of_ticket(call, fact)


def _of_ticket(call: Call, fact: Fact) -> Call:
    """It can go once pretix knows the ticket."""
    return {**call, "ticket": fact.subject}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _at(fact: Fact) -> str:
    return moment_text(datetime.fromtimestamp(fact.stamp.wall / 1000, UTC))
