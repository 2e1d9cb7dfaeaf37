"""What people ask of the badge spool: print, print again, settle a job, try a printer."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from eventdesk.badges import layout as layouts
from eventdesk.badges.layout import Layout
from eventdesk.desk.commands import PrintBadge, PrintStaffCard, PrintTestBadge, SettleJob
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing import maker as badge_maker
from eventdesk.desk.printing.commands import PrintCalibration
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.printing.maker import Badge
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.settings import LAYOUT, PRINTER, PRINTERS
from eventdesk.desk.standing import Standing
from eventdesk.devices.printers.queues import Printers, Progress
from eventdesk.domain.badges import BadgeContents, JobState
from eventdesk.domain.printing.setup import PrinterSetup, setup_of
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.storage.store import Store

TRY_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 0.3
_STATES: Final = {
    Progress.PRINTED: JobState.PRINTED,
    Progress.FAILED: JobState.FAILED,
    Progress.GONE: JobState.FAILED,
    Progress.PRINTING: JobState.PRINTING,
}


class BadgeRequests:
    """Lives on the engine's lane: it writes jobs."""

    def __init__(
        self, store: Store, hooks: Hooks, standing: Standing, spool: Spool, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._hooks = hooks
        self._standing = standing
        self._spool = spool
        self._now = now

    def handlers(self) -> Handlers:
        return {PrintBadge: self.print, SettleJob: self._spool.settle}

    def print(self, command: PrintBadge) -> None:
        """Queue a badge; a second one is a copy and needs a reason (BadInput)."""
        log = command.log or self._standing.log
        with self._store.transaction() as tx:
            ticket = tx.ticket(log, command.ticket)
            if ticket is None:
                raise BadInput("This ticket is not on the desk (any more).", "Search for the guest again.")
            order = Order(tx.catalogue(log), ticket, self._now(), command.reason, command.printer)
            job = self._spool.enqueue_another(tx, order)
        self._hooks.job_changed(job)
        self._spool.nudge()


class PrinterTrial:
    """A made-up badge on a queue, followed until it is out. Lives on the errands lane: it waits."""

    def __init__(
        self,
        hooks: Hooks,
        printers: Printers,
        preferences: Preferences,
        used: Callable[[str], None] = lambda _queue: None,
    ) -> None:
        """`used`: a label of this printer is gone."""
        self._hooks = hooks
        self._used = used
        self._printers = printers
        self._preferences = preferences

    def handlers(self) -> Handlers:
        return {
            PrintTestBadge: self.try_out,
            PrintStaffCard: self.print_card,
            PrintCalibration: self.calibrate,
        }

    def calibrate(self, command: PrintCalibration) -> None:
        """As `try_out` tells it. Raises BadInput where the printer's sheet is not there."""
        page = badge_maker.calibration(self._layout(), self._setup(command.queue))
        self._send(command.request, command.queue, page, "EventDesk calibration")

    def _setup(self, printer: str) -> PrinterSetup:
        return setup_of(self._preferences.get(PRINTERS), [], "").of(printer)

    def _layout(self) -> Layout:
        name = str(self._preferences.get(LAYOUT))
        return layouts.shipped().get(name, layouts.shipped()[layouts.DEFAULT])

    def try_out(self, command: PrintTestBadge) -> None:
        """Tells each change, at last PRINTED or FAILED. Raises DeviceError where the queue takes nothing."""
        self._print(command.request, command.printer, _TRIAL, "EventDesk test badge")

    def print_card(self, command: PrintStaffCard) -> None:
        """As `try_out` tells it."""
        card = BadgeContents(
            ticket="staff", name=command.name, product=tr("Staff card"), event="EventDesk", code=command.code
        )
        self._print(command.request, "", card, "EventDesk staff card")

    def _print(self, request: str, chosen: str, contents: BadgeContents, title: str) -> None:
        self.print_by(self._layout(), request, chosen, contents, title)

    def print_by(
        self, layout: Layout, request: str, chosen: str, contents: BadgeContents, title: str
    ) -> None:
        """On a queue (empty: the printer set), as `try_out` tells it."""
        printer = chosen or str(self._preferences.get(PRINTER))
        if not printer:
            raise BadInput("No printer is chosen on this desk.", "Choose one first.")
        badge = badge_maker.make(layout, contents, badge_maker.place_on(self._setup(printer)))
        self._send(request, printer, badge, title)

    def _send(self, request: str, printer: str, badge: Badge, title: str) -> None:
        reference = self._printers.send(printer, badge.pdf, title, badge.size)
        self._follow(request, printer, reference)

    def _follow(self, request: str, printer: str, reference: str) -> None:
        told: BadgeTried | None = None
        give_up = time.monotonic() + TRY_SECONDS
        while time.monotonic() < give_up:
            status = self._printers.status(printer, reference)
            state = _STATES.get(status.progress, JobState.SENT)
            tried = BadgeTried(request, printer, state, status.detail)
            if tried != told:
                told = tried
                self._hooks.test_badge_told(tried)
            if state is JobState.PRINTED:
                self._used(printer)
            if state in {JobState.PRINTED, JobState.FAILED}:
                return
            time.sleep(LOOK_SECONDS)
        self._printers.cancel(printer, reference)
        detail = told.detail if told else ""
        self._hooks.test_badge_told(BadgeTried(request, printer, JobState.FAILED, detail))


_TRIAL: Final = BadgeContents(
    ticket="trial",
    name="Test Badge",
    company="EventDesk",
    product="This is a test",
    event="Is this straight, whole and sharp?",
    code="EVENTDESK-TEST",
)
