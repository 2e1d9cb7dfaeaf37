"""Media (wristbands, cards) that stand for tickets."""

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import merged
from eventdesk.storage import log
from eventdesk.storage.projections.target import Target

UPSERT = "INSERT OR REPLACE INTO media (log, id, type, identifier, tickets, active) VALUES (?, ?, ?, ?, ?, ?)"


def apply(target: Target, fact: Fact) -> None:
    medium = merged(log.facts_of(target.execute, fact.log, fact.subject, Kind.MEDIUM_LINKED))
    row = (
        fact.log,
        fact.subject,
        members.text(medium, "type", ""),
        members.text(medium, "identifier"),
        log.encode(sorted(members.ids(medium, "tickets"))).decode(),
        int(members.flag(medium, "active", True)),
    )
    target.execute(UPSERT, row)
