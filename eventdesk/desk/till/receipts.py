"""Receipts: queued in the transaction of what they tell of, printed on a lane of their own.

A job is drawn from the facts when it is printed. Whether it came out, only its printer can say; where
that is not known, a person looks, and a second one says COPY.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import RECEIPT_AUTO, RECEIPT_PRINTER
from eventdesk.desk.till.commands import PrintReceipt, PrintReport
from eventdesk.desk.till.completing import Made
from eventdesk.desk.till.drawing import drawn
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import PrintState, ReceiptChanged
from eventdesk.devices.receipts.port import NotOpened, Outcome, ReceiptPrinter
from eventdesk.domain.badges import JobState
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.errors import BadInput, EventDeskError
from eventdesk.storage.store import Transaction

Opener = Callable[[str], ReceiptPrinter]

_STATES: Final = {Outcome.PRINTED: JobState.PRINTED, Outcome.SENT: JobState.PRINTED}
_TOLD: Final = {
    JobState.PRINTED: PrintState.PRINTED,
    JobState.FAILED: PrintState.FAILED,
    JobState.UNKNOWN: PrintState.FAILED,
}
SLIPS: Final = frozenset({Printout.SHIFT, Printout.CASH})
CUT_OFF: Final = "EventDesk was shut while this was being printed."


@dataclass(frozen=True, slots=True)
class PrintWaiting(Command):
    """To the receipts' lane: there is something to print."""


@dataclass(frozen=True, slots=True)
class KickDrawer(Command):
    """To the receipts' lane: open the drawer."""


@dataclass(frozen=True, slots=True)
class ReceiptEnded(Command):
    """To the engine: what became of a job."""

    job: ReceiptJob
    state: JobState
    words: str = ""


class Receipts:
    """`queue` and the commands of people on the engine's lane, the printing on its own."""

    def __init__(self, register: Register, opened: Opener, post: Callable[[Command], None]) -> None:
        """`opened(address)` gives the receipt printer. Raises BadInput, DeviceError."""
        self._register = register
        self._opened = opened
        self._post = post
        self._printer: tuple[str, ReceiptPrinter] | None = None

    def writing(self) -> Handlers:
        return {PrintReceipt: self.again, PrintReport: self.report, ReceiptEnded: self.ended}

    def printing(self) -> Handlers:
        return {PrintWaiting: self.print_waiting, KickDrawer: self.kick}

    @property
    def address(self) -> str:
        return str(self._register.preferences.get(RECEIPT_PRINTER))

    def queue(self, tx: Transaction, made: Made) -> None:
        """In the transaction of a sale or a reversal."""
        if not self.address or not self._register.preferences.get(RECEIPT_AUTO):
            return
        if made.sale is not None:
            self._add(tx, Printout.SALE, made.sale.id)
        if made.of is not None and made.reversal is not None:
            self._add(tx, Printout.REVERSAL, made.of.id, made.reversal.id)

    def made(self, made: Made) -> None:
        """After it: the drawer opens where cash went over the counter."""
        if not self.address:
            return
        # First the drawer: change is counted while the receipt is printed.
        if any(one.tender is Tender.CASH for one in made.payments) or made.reversal is not None:
            self._post(KickDrawer())
        self._post(PrintWaiting())

    def queue_of_shift(self, tx: Transaction, shift: str, moved: str = "") -> None:
        """In the transaction of a close, or of cash that was moved."""
        if self.address:
            self._add(tx, Printout.CASH if moved else Printout.SHIFT, shift, moved)

    def of_drawer(self) -> None:
        """After it: the drawer opens, and the slip is printed."""
        if self.address:
            self._post(KickDrawer())
            self._post(PrintWaiting())

    def again(self, command: PrintReceipt) -> None:
        """A copy. Raises BadInput where there is no printer, or no such receipt."""
        register = self._register
        self._check_printer()
        with register.store.transaction() as tx:
            sale = tx.sale(register.log, command.sale)
            if sale is None:
                raise BadInput("This sale is not known here (yet).", "Look at the desk that sold it.")
            numbers = {one.number: one.id for one in sale.reversals}
            what = Printout.REVERSAL if command.number in numbers else Printout.SALE
            self._add(tx, what, sale.id, numbers.get(command.number, ""))
        self._post(PrintWaiting())

    def report(self, command: PrintReport) -> None:
        """The X or Z report. Raises BadInput where there is no printer, or no shift."""
        register = self._register
        self._check_printer()
        shift = command.shift or register.open_shift().id
        with register.store.transaction() as tx:
            self._add(tx, Printout.SHIFT, shift)
        self._post(PrintWaiting())

    def _check_printer(self) -> None:
        if not self.address:
            raise BadInput("No receipt printer is set at this desk.", "Set one in the settings.")

    def _add(self, tx: Transaction, what: Printout, subject: str, receipt: str = "") -> None:
        register, now = self._register, self._register.now()
        log = register.log
        known = [one for one in tx.receipt_jobs.of_subject(log, subject) if one.receipt == receipt]
        copy = 0 if what in SLIPS else sum(one.state is not JobState.CANCELED for one in known)
        job = ReceiptJob(new_id(), log, what, subject, self.address, JobState.QUEUED, now, now, receipt, copy)
        tx.receipt_jobs.add(job)

    def ended(self, command: ReceiptEnded) -> None:
        """Write down what became of a job; that it came out is a fact."""
        register, job = self._register, command.job
        with register.store.transaction() as tx:
            tx.receipt_jobs.move(job.id, command.state, register.now(), detail=command.words)
            if command.state is JobState.PRINTED and job.what not in SLIPS:
                register.record(tx, [_printed(tx, job)])
        told = ReceiptChanged(
            job.id, job.subject, _TOLD.get(command.state, PrintState.WAITING), command.words
        )
        register.hooks.receipt_changed(told)

    # On the receipts' lane

    def print_waiting(self, _command: PrintWaiting) -> None:
        with self._register.store.reader() as reader:
            jobs = [one for one in reader.receipt_jobs.waiting() if one.state is JobState.QUEUED]
        for job in jobs:
            self._print(job)

    def resume(self) -> None:
        """At the start: what was being printed then may have come out."""
        with self._register.store.reader() as reader:
            cut = [one for one in reader.receipt_jobs.waiting() if one.state is JobState.PRINTING]
        for job in cut:
            self._post(ReceiptEnded(job, JobState.UNKNOWN, CUT_OFF))
        self._post(PrintWaiting())

    def _print(self, job: ReceiptJob) -> None:
        register = self._register
        with register.store.transaction() as tx:
            tx.receipt_jobs.move(job.id, JobState.PRINTING, register.now(), attempts=job.attempts + 1)
        try:
            with register.store.reader() as reader:
                drawing = drawn(reader, register, job)
            printed = self.printer(job.printer).print(drawing, f"EventDesk {job.id[-8:]}")
        except EventDeskError as error:
            return self._post(ReceiptEnded(job, JobState.FAILED, str(error)))
        state = _STATES.get(printed.outcome, JobState.UNKNOWN)
        words = f"{printed.message} {printed.remedy}".strip()
        return self._post(ReceiptEnded(job, state, words))

    def kick(self, _command: KickDrawer) -> None:
        """Raises DeviceError where the drawer did not open: it is told."""
        try:
            self.printer(self.address).kick()
        except NotOpened as error:
            raise NotOpened(error.message, error.remedy or "Open the drawer by its key.") from error

    def printer(self, address: str) -> ReceiptPrinter:
        """The one at this address, opened once. Raises BadInput, DeviceError."""
        if self._printer is None or self._printer[0] != address:
            self.close()
            self._printer = address, self._opened(address)
        return self._printer[1]

    def close(self) -> None:
        if self._printer is not None:
            self._printer[1].close()
        self._printer = None


def _printed(tx: Transaction, job: ReceiptJob) -> Draft:
    sale = tx.sale(job.log, job.subject)
    number = sale.number if sale else 0
    for reversal in sale.reversals if sale else ():
        number = reversal.number if reversal.id == job.receipt else number
    members = {"number": number, "copy": job.copy, "printer": job.printer}
    return Draft(Kind.RECEIPT_PRINTED, job.subject, members)
