"""Codes that pretix has revoked or blocked, also those of tickets that are not known here (yet)."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from eventdesk.bridges.pretix.comparing import LONG_CODE, told
from eventdesk.bridges.pretix.mapping.ids import Of, subject
from eventdesk.bridges.pretix.mapping.values import Row
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.fold import merged
from eventdesk.domain.tickets import Presented, Via


class Source(Protocol):
    def facts(self, log: str, subject: str, *kinds: Kind) -> list[Fact]: ...

    def presented(self, log: str, code: str) -> Presented: ...


def revoked(source: Source, log: str, rows: Iterable[Row], former: Mapping[str, str]) -> list[Draft]:
    """pretix does not say whose code it was: the ticket that has or had it (`former`: tickets by the codes
    that changed), else the code stands for itself, so that a door says what it is."""
    drafts = []
    for row in rows:
        secret, alone = row["secret"], subject(Of.REVOKED, row["id"])
        presented = source.presented(log, secret)
        if presented.via is Via.REVOKED or source.facts(log, alone, Kind.SECRET_REVOKED):
            continue
        had = presented.ticket.id if presented.ticket and presented.via is Via.SECRET else ""
        whose = had or former.get(secret, alone)
        drafts.append(told(Kind.SECRET_REVOKED, whose, {"secret": secret}))
    return drafts


def blocked(source: Source, log: str, rows: Iterable[Row]) -> list[Draft]:
    """A ticket that is here is blocked at once; of one that is not, its signed code is."""
    drafts = []
    for row in rows:
        secret, is_blocked = row["secret"], bool(row["blocked"])
        presented = source.presented(log, secret)
        ticket = presented.ticket
        if presented.via is Via.SECRET and ticket is not None:
            if ticket.secret == secret and ticket.blocked != is_blocked:
                drafts.append(told(Kind.TICKET_CHANGED, ticket.id, {"blocked": is_blocked}))
        elif presented.via is Via.NOTHING and len(secret) > LONG_CODE:
            unseen = subject(Of.UNSEEN, secret)
            known = merged(source.facts(log, unseen, Kind.TICKET_CHANGED))
            if bool(known.get("blocked")) != is_blocked:
                drafts.append(told(Kind.TICKET_CHANGED, unseen, {"blocked": is_blocked}))
    return drafts
