"""Questions that only read: searches, pages of guests, what is set up. They never stand before a scan."""

from typing import Any

from eventdesk.desk.commands import (
    Command,
    FindGuests,
    ListEvents,
    ListGuests,
    ListJobs,
    ListPasses,
    ListSettings,
    PrepareSearch,
    ShowCatalogue,
    ShowTicket,
)
from eventdesk.desk.hooks import Door, Found, Given, Hooks, PassesListed
from eventdesk.desk.lane import Handlers
from eventdesk.desk.listings import (
    CatalogueShown,
    EventsListed,
    GuestsListed,
    JobsListed,
    SettingsListed,
    TicketShown,
)
from eventdesk.domain.badges import OPEN, STUCK
from eventdesk.domain.decision import Mode
from eventdesk.domain.guests import AdmissionRow
from eventdesk.domain.outcomes import stood
from eventdesk.domain.tickets import Direction, Ticket
from eventdesk.storage.store import Store


class Lookups:
    """Answers from the projections, on a thread of its own, over readers that are closed at once."""

    def __init__(self, store: Store, hooks: Hooks) -> None:
        self._store = store
        self._hooks = hooks
        self._latest_search = ""
        self._log = ""
        self._list: str | None = None
        hooks.door_chosen.connect(self._door_chosen)

    def handlers(self) -> Handlers:
        return {
            FindGuests: self.find,
            ListPasses: self.list_passes,
            PrepareSearch: self.prepare_search,
            ListEvents: self.list_events,
            ShowCatalogue: self.show_catalogue,
            ListGuests: self.list_guests,
            ShowTicket: self.show_ticket,
            ListJobs: self.list_jobs,
            ListSettings: self.list_settings,
        }

    def expect(self, command: Command) -> None:
        """Called as a command is posted: a newer search makes those that still wait moot."""
        if isinstance(command, FindGuests):
            self._latest_search = command.request

    def _door_chosen(self, door: Door) -> None:
        self._log, self._list = door.catalogue.event.id, door.list.id

    def find(self, command: FindGuests) -> None:
        if command.request != self._latest_search:
            return
        log = command.log or self._log
        with self._store.reader() as reader:
            found = reader.search(log, command.text, self._list_of(log), command.limit)
        self._hooks.guests_found(Found(command.request, command.text, found.hits, found.corrected))

    def prepare_search(self, command: PrepareSearch) -> None:
        with self._store.reader() as reader:
            reader.prepare_search(command.log)

    def _list_of(self, log: str) -> str | None:
        return self._list if log == self._log else None

    def list_events(self, command: ListEvents) -> None:
        with self._store.reader() as reader:
            self._hooks.events_listed(EventsListed(command.request, reader.events()))

    def show_catalogue(self, command: ShowCatalogue) -> None:
        with self._store.reader() as reader:
            own = {id_: str(one.get("name") or id_) for id_, one in reader.layouts(command.log).items()}
            catalogue, till = reader.catalogue(command.log), reader.till_setup(command.log)
            shown = CatalogueShown(command.request, catalogue, own, till)
        self._hooks.catalogue_shown(shown)

    def list_guests(self, command: ListGuests) -> None:
        with self._store.reader() as reader:
            rows = reader.guests(command.log, command.after, command.limit)
            total = reader.guest_count(command.log)
        self._hooks.guests_listed(GuestsListed(command.request, command.log, rows, total))

    def show_ticket(self, command: ShowTicket) -> None:
        with self._store.reader() as reader:
            ticket = reader.ticket(command.log, command.ticket)
        self._hooks.ticket_shown(TicketShown(command.request, command.log, ticket))

    def list_passes(self, command: ListPasses) -> None:
        with self._store.reader() as reader:
            rows = reader.recent(command.log, command.list, command.limit)
            tickets = [reader.ticket(command.log, row.ticket) for row in rows]
        given = [_passed(row, ticket) for row, ticket in zip(rows, tickets, strict=True) if ticket]
        self._hooks.passes_listed(PassesListed(command.request, command.log, command.list, given))

    def list_jobs(self, command: ListJobs) -> None:
        with self._store.reader() as reader:
            jobs = reader.jobs.latest(command.limit, command.states, command.text)
            waiting, stuck = reader.jobs.count(OPEN), reader.jobs.count(STUCK)
        self._hooks.jobs_listed(JobsListed(command.request, jobs, waiting, stuck))

    def list_settings(self, command: ListSettings) -> None:
        with self._store.reader() as reader:
            settings: dict[str, Any] = reader.settings.everything()
        self._hooks.settings_listed(SettingsListed(command.request, settings))


def _passed(row: AdmissionRow, ticket: Ticket) -> Given:
    """The verdict of a pass that stands."""
    mode = Mode.ENTRY if row.direction is Direction.ENTRY else Mode.EXIT
    verdict = stood(ticket, entering=mode is Mode.ENTRY, forced=row.forced)
    return Given(
        "",
        ticket.secret,
        mode,
        verdict,
        row.admission,
        at=row.at,
        product=row.product,
        confirmed=row.confirmed,
        by_hub_alone=row.by_hub_alone,
    )
