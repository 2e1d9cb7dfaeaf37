"""A check-in that waits for its badge: carried by the badge's job, decided again when that is out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.claims import claim_key, holder_of
from eventdesk.domain.decision import decide
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text, parse_moment
from eventdesk.domain.tickets import Admission, Presented, Ticket, Via
from eventdesk.domain.verdicts import Scan


@dataclass(frozen=True, slots=True)
class Entry:
    """The pass that is written once the badge is out, under the id `fact`; the other members are its own.

    `claimed`: the upstream has granted it. A claim goes with a job that fails: what is printed after
    that is not confirmed (`on_its_own`).
    """

    list: str
    at: datetime
    fact: str
    gate: str | None = None
    nonce: str = ""
    by: str = ""
    confirmed: bool = True
    confirmed_by: str = ""
    claimed: bool = False


def entry_of(draft: Draft, *, claimed: bool) -> Entry:
    """Of an `admitted` that was decided, and judged by the upstream, but not written. Raises ValueError for
    another kind."""
    if draft.kind is not Kind.ADMITTED:
        raise ValueError(f"no admission waits in {draft.kind}")
    told = draft.payload
    return Entry(
        list=told["list"],
        at=parse_moment(told["at"]),
        fact=draft.id,
        gate=told.get("gate"),
        nonce=told.get("nonce", ""),
        by=told.get("by", ""),
        confirmed=told.get("confirmed", True),
        confirmed_by=told.get("confirmed_by", ""),
        claimed=claimed,
    )


def pass_of(entry: Entry, ticket: Ticket, catalogue: Catalogue, desk: str) -> Draft | None:
    """The pass, now that the badge is out; None where the ticket may not pass (any more): it went in
    elsewhere, was canceled, or the list is gone."""
    check_in_list = catalogue.lists.get(entry.list)
    if check_in_list is None:
        return None
    # What was still open was asked before the badge.
    scan = Scan(entry.at, desk=desk, gate=entry.gate, nonce=entry.nonce, can_ask=False)
    verdict = decide(Presented(ticket.secret, Via.SECRET, ticket), check_in_list, scan, catalogue)
    passed = next((one for one in verdict.facts if one.kind is Kind.ADMITTED), None)
    return None if passed is None else _told(entry, passed.subject, dict(passed.payload))


def pass_of_unknown(
    entry: Entry, ticket: str, check_in_list: CheckInList, passes: tuple[Admission, ...]
) -> Draft | None:
    """Of a ticket that came by its signed code, its sale not yet heard of: all that can be asked is whether
    it is in already."""
    key = claim_key(check_in_list, ticket)
    if key is not None and holder_of(key, ticket, passes) is not None:
        return None
    payload: dict[str, Any] = {"list": entry.list, "at": moment_text(entry.at)}
    payload |= {name: value for name in ("gate", "nonce") if (value := getattr(entry, name))}
    return _told(entry, ticket, payload)


def _told(entry: Entry, ticket: str, payload: dict[str, Any]) -> Draft:
    if entry.by:
        payload["by"] = entry.by
    if not entry.confirmed:
        payload["confirmed"] = False
    if entry.confirmed_by:
        payload["confirmed_by"] = entry.confirmed_by
    return Draft(Kind.ADMITTED, ticket, payload, entry.fact)
