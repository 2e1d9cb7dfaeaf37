"""What is set up (event, sessions, products, lists ...): the fold of the `..._defined` facts."""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain import payloads
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import merged
from eventdesk.storage import log
from eventdesk.storage.projections.target import Target

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
}


def apply(target: Target, fact: Fact) -> None:
    """Write the fold down. Raises BadPayload where it makes no product, list ..."""
    members = merged(log.facts_of(target.execute, fact.log, fact.subject, fact.kind))
    READERS[fact.kind](fact.subject, members)
    target.execute(UPSERT, (fact.log, fact.kind.value, fact.subject, log.encode(members).decode()))
