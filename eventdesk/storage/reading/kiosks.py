"""What kiosks and venues are asked: their set-up, documents, signatures, calls for help, orders to desks."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.kiosk.definitions import document_from, kiosk_from
from eventdesk.domain.kiosk.identity import Candidate
from eventdesk.domain.kiosk.setup import Document, KioskSetup
from eventdesk.domain.moments import parse_moment
from eventdesk.domain.venue import DeskOrder, HelpCall, Order, Reason
from eventdesk.storage import log as facts
from eventdesk.storage.log import decode
from eventdesk.storage.moments import from_column, to_column
from eventdesk.storage.reading import catalogue
from eventdesk.storage.search import whole_names
from eventdesk.storage.upward import since_of

SELECT_CALLS = """
    SELECT id, desk, place, reason, words, ticket, at, ended, ended_by,
        EXISTS (SELECT 1 FROM admissions AS a WHERE a.log = h.log AND a.ticket = h.ticket
            AND a.direction = 'entry' AND a.stamp > (SELECT min(f.stamp) FROM facts AS f
                WHERE f.log = h.log AND f.subject = h.id AND f.kind = 'help_asked')),
        CASE WHEN ended IS NULL THEN (SELECT max(f.stamp) FROM facts AS f
            WHERE f.log = h.log AND f.subject = h.id AND f.kind = 'help_given') END
    FROM help_calls AS h WHERE log = ? AND (ended IS NULL OR at >= ?) ORDER BY at
"""
SELECT_CALLS_ABOUT = """
    SELECT id FROM help_calls WHERE log = ? AND ticket IN (SELECT value FROM json_each(?)) ORDER BY id
"""
SELECT_SIGNED = "SELECT document, digest FROM signatures WHERE log = ? AND ticket = ?"


class KioskReading:
    """A part of `Reading`."""

    desk: str
    _execute: Callable[..., Any]
    _connection: Any

    def guests_named(self, log: str, name: str) -> list[Candidate]:
        """Everyone who has all the words of the name; whether it is theirs is for the caller to compare
        (`search.whole_names.same`)."""
        return [_candidate(row) for row in whole_names.named(self._connection, log, name)]

    def guests_ordered(self, log: str, code: str) -> list[Candidate]:
        """The guests of the orders of this code: one that people say aloud need not be unique."""
        return [_candidate(row) for row in whole_names.ordered(self._connection, log, code)]

    def kiosk_setup(self, log: str) -> KioskSetup | None:
        """None: the event has no kiosks."""
        members = catalogue.defined(self._execute, log, Kind.KIOSK_DEFINED, log)
        return None if members is None or members.get("removed") else kiosk_from(log, members)

    def documents(self, log: str) -> list[Document]:
        """Those that are to be signed, by id."""
        rows = self._execute(catalogue.SELECT_KIND, (log, Kind.DOCUMENT_DEFINED)).fetchall()
        found = [(id_, decode(members)) for id_, members in rows]
        return [document_from(id_, members) for id_, members in found if not members.get("removed")]

    def signed(self, log: str, ticket: str) -> set[tuple[str, str]]:
        """What the guest has signed: document ids with the SHA-256 (hexadecimal) of the text that was
        shown."""
        return set(self._execute(SELECT_SIGNED, (log, ticket)).fetchall())

    def help_calls(self, log: str, since: datetime) -> list[HelpCall]:
        """All that are open, and those asked since then; the oldest first."""
        rows = self._execute(SELECT_CALLS, (log, to_column(since))).fetchall()
        return [_call(log, row) for row in rows]

    def calls_about(self, log: str, tickets: Iterable[str]) -> list[str]:
        """The ids of all calls, open or not, that name one of these tickets."""
        asked = json.dumps(sorted(tickets))
        return [id_ for (id_,) in self._execute(SELECT_CALLS_ABOUT, (log, asked)).fetchall()]

    def desk_orders(self, log: str, desk: str, now: datetime) -> list[DeskOrder]:
        """What supervisors have told this desk that is still worth something, in stamp order."""
        found = facts.facts_of(self._execute, log, desk, Kind.DESK_ORDERED)
        orders = [_order(fact) for fact in found]
        return [one for one in orders if one.until > now]


def _candidate(row: Sequence[str]) -> Candidate:
    ticket, order, name, order_name, email, order_email, company, order_company, order_code, code = row
    return Candidate(
        ticket=ticket,
        order=order,
        name=name or order_name,
        emails=tuple(one for one in (email, order_email) if one),
        companies=tuple(one for one in (company, order_company) if one),
        order_code=order_code,
        code=code,
    )


def _call(log: str, row: tuple[Any, ...]) -> HelpCall:
    id_, desk, place, reason, words, ticket, at, ended, ended_by, admitted, going = row
    return HelpCall(
        id=id_,
        log=log,
        desk=desk,
        place=place,
        reason=Reason(reason),
        at=from_column(at),
        words=words,
        ticket=ticket,
        admitted=bool(admitted),
        ended=from_column(ended) if ended else None,
        ended_by=ended_by,
        going=since_of(going) if going else None,
    )


def _order(fact: Fact) -> DeskOrder:
    said = fact.payload
    return DeskOrder(
        id=fact.id,
        log=fact.log,
        desk=fact.subject,
        order=Order(said["order"]),
        at=parse_moment(said["at"]),
        until=parse_moment(said["until"]),
        words=said.get("words") or "",
        event=said.get("event") or "",
        list=said.get("list") or "",
        gate=said.get("gate") or "",
        by=said.get("by") or "",
    )
