"""What a transaction and a reader can both be asked. Every answer is a few indexed look-ups."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from eventdesk.domain.catalogue import Catalogue, Event
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.guests import AdmissionRow, Figures, GuestRow, Matches
from eventdesk.domain.tickets import Admission, Order, Presented, Ticket, Via
from eventdesk.storage import log as facts
from eventdesk.storage.bridge_calls import BridgeCalls
from eventdesk.storage.carts import Carts
from eventdesk.storage.jobs import Jobs
from eventdesk.storage.reading import catalogue, codes, figures, guests, search, standing, testmode, tickets
from eventdesk.storage.reading.aside import Aside
from eventdesk.storage.reading.flow import FlowReading
from eventdesk.storage.reading.kiosks import KioskReading
from eventdesk.storage.reading.replicated import Replicated
from eventdesk.storage.reading.samples import Sample, samples
from eventdesk.storage.reading.till import TillReading
from eventdesk.storage.receipt_jobs import ReceiptJobs
from eventdesk.storage.search.query import Finder
from eventdesk.storage.settings import Settings
from eventdesk.storage.waves import Waves


class Reading(Replicated, TillReading, KioskReading, FlowReading):
    """`log` is the event's id throughout. `jobs`, `receipt_jobs` and `settings` are this desk's own.

    `aside`: an event that is still being fetched. It answers for guests and definitions that are not here.
    """

    def __init__(self, connection: Any, finder: Finder, desk: str = "", aside: Aside | None = None) -> None:
        self.desk = desk
        self._aside = aside
        self._connection = connection
        self._finder = finder
        self._execute: facts.Execute = connection.execute
        self.jobs = Jobs(connection.execute)
        self.waves = Waves(connection.execute)
        self.receipt_jobs = ReceiptJobs(connection.execute)
        self.bridge_calls = BridgeCalls(connection.execute)
        self._carts = Carts(connection.execute)
        self.settings = Settings(connection.execute)

    def presented(self, log: str, code: str) -> Presented:
        found = codes.presented(self._execute, log, code)
        if found.via is Via.NOTHING and (aside := self._beside(log)):
            return aside.presented(self, code)
        return found

    def ticket(self, log: str, ticket_id: str) -> Ticket | None:
        found = tickets.ticket(self._execute, log, ticket_id)
        if found is None and (aside := self._beside(log)):
            return aside.ticket(self, ticket_id)
        return found

    def order_tickets(self, log: str, order_id: str) -> tuple[Ticket, ...]:
        found = tickets.order_tickets(self._execute, log, order_id)
        if not found and (aside := self._beside(log)):
            return aside.order_tickets(self, order_id)
        return found

    def _beside(self, log: str) -> Aside | None:
        return self._aside if self._aside is not None and self._aside.log == log else None

    def tickets_by_secret(self, log: str, secrets: Collection[str]) -> dict[str, Ticket]:
        """Many at once, without their passes and add-ons."""
        return standing.tickets_by_secret(self._execute, log, secrets)

    def tickets_by_id(self, log: str, ids: Collection[str]) -> dict[str, Ticket]:
        """Many at once, without their passes and add-ons."""
        return standing.tickets_by_id(self._execute, log, ids)

    def orders_by_code(self, log: str, codes: Collection[str]) -> dict[str, Order]:
        return standing.orders_by_code(self._execute, log, codes)

    def order_codes(self, log: str) -> dict[str, str]:
        """The ids of all orders of an event, by code."""
        return standing.order_codes(self._execute, log)

    def passes(self, log: str, ticket_id: str) -> tuple[Admission, ...]:
        """The ticket's passes that stand, on every list, oldest first."""
        return tickets.passes(self._execute, log, ticket_id)

    def admission(self, log: str, admission_id: str) -> Admission | None:
        """The pass with this id, while it stands."""
        fact = facts.fact(self._execute, admission_id)
        if fact is None or fact.log != log:
            return None
        passes = tickets.passes(self._execute, log, fact.subject)
        return next((one for one in passes if one.id == admission_id), None)

    def search(self, log: str, text: str, list_id: str | None = None, limit: int = 50) -> Matches:
        """Guests by name, e-mail, company, order or code; `used` and `inside` are told for `list_id`."""
        return search.search(self._finder, self._connection, log, text, list_id, limit)

    def prepare_search(self, log: str) -> None:
        """Read the event's words ahead of its first search (up to a second at 500,000 guests)."""
        self._finder.warm(self._connection, log)

    def events(self) -> list[Event]:
        found = catalogue.events(self._execute)
        if self._aside is not None and self._aside.log not in {event.id for event in found}:
            found.append(self._aside.catalogue().event)
        return found

    def catalogue(self, log: str) -> Catalogue:
        if (aside := self._beside(log)) and self._is_missing(log):
            return aside.catalogue()
        return catalogue.catalogue(self._execute, log)

    def _is_missing(self, log: str) -> bool:
        return catalogue.defined(self._execute, log, Kind.EVENT_DEFINED, log) is None

    def definitions(self, log: str) -> list[tuple[Kind, str, dict[str, Any]]]:
        """All that is set up for an event and stands: kind, id and payload."""
        return catalogue.definitions(self._execute, log)

    def layouts(self, log: str) -> dict[str, dict[str, Any]]:
        return catalogue.layouts(self._execute, log)

    def layout_text(self, log: str, id_: str) -> str | None:
        return catalogue.layout_text(self._execute, log, id_)

    def guests(self, log: str, after: str | None = None, limit: int = 1000) -> list[GuestRow]:
        return guests.guests(self._execute, log, after, limit)

    def samples(self, log: str, seconds: float) -> list[Sample]:
        """Guests to try a badge on; a walk over all names, for so long at most."""
        return samples(self._execute, log, seconds)

    def guest_count(self, log: str) -> int:
        return figures.guest_count(self._execute, log)

    def admissions(self, log: str, after: str | None = None, limit: int = 1000) -> list[AdmissionRow]:
        return guests.admissions(self._execute, log, after, limit)

    def recent(self, log: str, list_id: str, limit: int = 20) -> list[AdmissionRow]:
        return guests.recent(self._execute, log, list_id, limit)

    def figures(self, log: str, list_id: str) -> Figures:
        return figures.figures(self._execute, log, list_id)

    def test_orders(self, log: str) -> int:
        """By which somebody tried the shop: marked, and counted in no figure."""
        return testmode.count(self._execute, log)

    def inside(self, log: str, list_id: str, before: datetime, limit: int) -> list[str]:
        """Ids of tickets whose last pass on the list was an entry before this moment."""
        return guests.inside(self._execute, log, list_id, before, limit)

    def facts(self, log: str, subject: str, *kinds: Kind) -> list[Fact]:
        """The subject's facts of these kinds (of all, where none is named), in stamp order."""
        return facts.facts_of(self._execute, log, subject, *(kinds or Kind))

    def badges_printed(self, log: str, ticket_id: str) -> int:
        """How many badges of the ticket were printed, at any desk."""
        return len(facts.facts_of(self._execute, log, ticket_id, Kind.BADGE_PRINTED))
