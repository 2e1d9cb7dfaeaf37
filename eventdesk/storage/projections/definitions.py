"""What is set up (event, sessions, products, lists ...): the fold of the `..._defined` facts."""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain import definitions, payloads
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import defined
from eventdesk.domain.kiosk import definitions as kiosk
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till import definitions as till
from eventdesk.storage import log
from eventdesk.storage.projections import conflicts
from eventdesk.storage.projections.target import Target
from eventdesk.storage.projections.till import vouchers
from eventdesk.storage.reading import catalogue

UPSERT = "INSERT OR REPLACE INTO definitions (log, kind, id, members) VALUES (?, ?, ?, ?)"

# What reads a kind's members; a layout is read by the room that draws it.
READERS: Mapping[Kind, Any] = {
    Kind.EVENT_DEFINED: payloads.event_from,
    Kind.SESSION_DEFINED: payloads.session_from,
    Kind.PRODUCT_DEFINED: payloads.product_from,
    Kind.LIST_DEFINED: payloads.list_from,
    Kind.QUESTION_DEFINED: payloads.question_from,
    Kind.GATE_DEFINED: payloads.gate_from,
    Kind.LAYOUT_DEFINED: lambda _id, members: members,
    Kind.STAFF_DEFINED: definitions.staff_from,
    Kind.QUOTA_DEFINED: definitions.quota_from,
    Kind.TICKET_KEY_DEFINED: definitions.ticket_key_from,
    Kind.TILL_DEFINED: till.till_from,
    Kind.CATEGORY_DEFINED: till.category_from,
    Kind.TAX_DEFINED: till.tax_from,
    Kind.SEATING_DEFINED: till.seating_from,
    Kind.DISCOUNT_DEFINED: till.discount_from,
    Kind.KIOSK_DEFINED: kiosk.kiosk_from,
    Kind.DOCUMENT_DEFINED: kiosk.document_from,
    Kind.BRIDGE_DEFINED: lambda _id, members: members,
}


def apply(target: Target, fact: Fact) -> None:
    """Write the fold down; nothing while it makes no product, list ... yet, as what it changes is to
    come."""
    members = merged_of(target, fact)
    try:
        READERS[fact.kind](fact.subject, members)
    except BadPayload:
        return
    row = (fact.log, fact.kind.value, fact.subject, log.encode(members).decode())
    if fact.kind is Kind.LIST_DEFINED:
        _put_list(target, fact, row)
    else:
        target.execute(UPSERT, row)
    if fact.kind is Kind.DISCOUNT_DEFINED:
        vouchers.put_code(target, fact.log, fact.subject, members)


def check_complete(target: Target, fact: Fact) -> None:
    """Raises BadPayload where what this desk itself has set up makes no product, list ..."""
    READERS[fact.kind](fact.subject, merged_of(target, fact))


def merged_of(target: Target, fact: Fact) -> dict[str, Any]:
    return defined(log.facts_of(target.execute, fact.log, fact.subject, fact.kind))


def _put_list(target: Target, fact: Fact, row: tuple[str, ...]) -> None:
    known = catalogue.defined(target.execute, fact.log, Kind.LIST_DEFINED, fact.subject)
    before = None if known is None else payloads.list_from(fact.subject, known)
    target.execute(UPSERT, row)
    conflicts.list_changed(target, fact.log, fact.subject, before)
