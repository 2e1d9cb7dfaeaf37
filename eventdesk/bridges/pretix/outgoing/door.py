"""Passes, undone ones, refusals, badges and answers as calls. The nonce of each is the fact's id."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from eventdesk.bridges.pretix.comparing import PASS
from eventdesk.bridges.pretix.mapping.ids import Of, number
from eventdesk.bridges.pretix.outgoing.target import Call, Target, Untold, patch, post
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
NO_TICKET: Final = Untold("The ticket is not known (any more).")
LONG_WORDS: Final = 200


class Tickets(Protocol):
    def ticket(self, log: str, ticket_id: str) -> Ticket | None: ...


class Facts(Protocol):
    def facts(self, log: str, subject: str, *kinds: Kind) -> list[Fact]: ...


def passed(source: Tickets, fact: Fact, target: Target) -> Call | Untold:
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
    ticket = source.ticket(fact.log, fact.subject)
    if ticket is None:
        return NO_TICKET
    return post(
        target.at_organizer("checkinrpc/redeem/"), {**body, "lists": [list_], "secret": ticket.secret}
    )


def undone(source: Facts, fact: Fact, target: Target) -> Call | Untold:
    admission = str(fact.payload["admission"])
    if admission.startswith(PASS):
        return Untold("It was checked in by another program; pretix lets the same device alone annul it.")
    passes = source.facts(fact.log, fact.subject, Kind.ADMITTED, Kind.LEFT)
    found = next((one for one in passes if one.id == admission), None)
    list_ = number(Of.LIST, str(found.payload["list"])) if found else None
    if list_ is None:
        return NOT_THEIRS
    why = str(fact.payload.get("reason") or "")[:LONG_WORDS]
    return post(
        target.at_organizer("checkinrpc/annul/"),
        {"lists": [list_], "nonce": admission, "error_explanation": why, "datetime": _at(fact)},
    )


def refused(source: Tickets, fact: Fact, target: Target) -> Call | Untold:
    list_ = number(Of.LIST, str(fact.payload["list"]))
    if list_ is None:
        return NOT_THEIRS
    ticket = source.ticket(fact.log, fact.subject)
    reason = REASONS.get(fact.payload.get("reason", ""), fact.payload.get("reason", ""))
    body: dict[str, Any] = {
        "raw_barcode": ticket.secret if ticket else fact.subject,
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
    position = number(Of.POSITION, fact.subject)
    if position is None:
        return Untold("The ticket was sold here; pretix has no print log for it yet.")
    info = {"nonce": fact.id, "copy": fact.payload.get("copy") or 0}
    body = {"datetime": _at(fact), "source": "EventDesk", "type": "badge", "info": info}
    return post(target.at_event(f"orderpositions/{position}/printlog/"), body)


def answered(fact: Fact, target: Target) -> Call | Untold:
    """pretix takes all answers of a position at once: whoever sends adds the others (`adds_to`)."""
    position = number(Of.POSITION, fact.subject)
    question = number(Of.QUESTION, str(fact.payload["question"]))
    if position is None or question is None:
        return Untold("The question is not one of pretix'.")
    answer = {"question": question, "answer": fact.payload["answer"]}
    return {
        **patch(target.at_event(f"orderpositions/{position}/"), {"answers": [answer]}),
        "adds_to": "answers",
    }


def amended(fact: Fact, target: Target) -> Call | Untold:
    """What a guest or a door has mended of name, e-mail and company."""
    position = number(Of.POSITION, fact.subject)
    body: dict[str, Any] = {}
    if name := fact.payload.get("name"):
        body["attendee_name_parts"] = {"_scheme": "full", "full_name": name}
    if email := fact.payload.get("email"):
        body["attendee_email"] = email
    if company := fact.payload.get("company"):
        body["company"] = company
    if position is None or not body:
        return Untold("pretix has no place for this change.")
    return patch(target.at_event(f"orderpositions/{position}/"), body)


def _at(fact: Fact) -> str:
    return moment_text(datetime.fromtimestamp(fact.stamp.wall / 1000, UTC))
