"""Codes beside the tickets' own secrets: revoked secrets and media (wristbands, cards)."""

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage import log
from eventdesk.storage.projections.folding import merged
from eventdesk.storage.projections.target import Target

INSERT_REVOCATION = "INSERT OR IGNORE INTO revocations (log, secret, ticket) VALUES (?, ?, ?)"
UPSERT_MEDIUM = (
    "INSERT OR REPLACE INTO media (log, id, type, identifier, tickets, active) VALUES (?, ?, ?, ?, ?, ?)"
)


def apply_revocation(target: Target, fact: Fact) -> None:
    secret = members.text(fact.payload, "secret")
    target.execute(INSERT_REVOCATION, (fact.log, secret, fact.subject))


def apply_medium(target: Target, fact: Fact) -> None:
    medium = merged(log.facts_of(target.execute, fact.log, fact.subject, Kind.MEDIUM_LINKED))
    row = (
        fact.log,
        fact.subject,
        members.text(medium, "type", ""),
        members.text(medium, "identifier"),
        log.encode(sorted(members.ids(medium, "tickets"))).decode(),
        int(members.flag(medium, "active", True)),
    )
    target.execute(UPSERT_MEDIUM, row)
