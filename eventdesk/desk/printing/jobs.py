"""What a guest's badge says, and whether it may be printed: the rules of the spool without its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from eventdesk import i18n
from eventdesk.badges.layout import DEFAULT
from eventdesk.desk.printing.routes import first_choice
from eventdesk.desk.settings import DOOR, LAYOUT, SHEET_PRINTER, TRAINING
from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.domain.catalogue import Catalogue, QuestionType
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.domain.tickets import Ticket
from eventdesk.errors import BadInput
from eventdesk.storage.store import Transaction

UNDER_WAY = frozenset({JobState.QUEUED, JobState.SENT, JobState.PRINTING})
# A badge that may have come out counts as one that has: the next one is a copy.
MAY_BE_OUT = frozenset({JobState.PRINTED, JobState.UNKNOWN})
REPLACED = "Replaced by a newer job"
# A ticket on a sheet is no badge: by its jobs' ids they are told apart, whatever the layouts are called.
SHEET = "sheet-"
SHEET_LAYOUT = "ticket-a4"


@dataclass(frozen=True, slots=True)
class Order:
    """A wish for a badge, at `at` (UTC). `printer` empty: by this desk's routes. `entry`: the
    check-in that is written when the badge is out. `wave`: the one that the badge belongs to."""

    catalogue: Catalogue
    ticket: Ticket
    at: datetime
    reason: str = ""
    printer: str = ""
    entry: Entry | None = None
    wave: str = ""


def first(tx: Transaction, order: Order) -> BadgeJob | None:
    """Queue a ticket's first badge, or a new try where none came out. One that waits in a wave is printed by
    itself.

    None where the badge is out or under way, or where no printer is set.
    """
    printer = _printer(tx, order)
    jobs = _jobs(tx, order)
    if not printer or _out(tx, order, jobs) or any(map(_is_on_its_way, jobs)):
        return None
    if order.wave and any(map(_waits_in_a_wave, jobs)):
        return None
    return _queue(tx, order, printer, jobs, copy=0)


def sheet(tx: Transaction, order: Order) -> BadgeJob | None:
    """Queue a ticket on a sheet of paper: the guest's badge is still to come. None where no printer is
    set."""
    printer = order.printer or str(tx.settings.get(SHEET_PRINTER, "")) or _printer(tx, order)
    if not printer:
        return None
    return _add(tx, order, printer, SHEET_LAYOUT, kind=SHEET)


def is_sheet(job: str) -> bool:
    """Of a job's id: whether it is a ticket on a sheet."""
    return job.startswith(SHEET)


def another(tx: Transaction, order: Order) -> BadgeJob:
    """Queue a badge because a person asks for it; a second one is a copy and needs a reason.

    Raises BadInput where there is no printer, no reason, or one is under way already.
    """
    printer = _printer(tx, order)
    if not printer:
        raise BadInput("No printer is chosen on this desk.", "Choose one in the settings.")
    jobs = _jobs(tx, order)
    if any(map(_is_on_its_way, jobs)):
        raise BadInput(
            f"The badge of {order.ticket.name or order.ticket.secret} is being printed already.",
            "Wait for it, or send it to another printer in the print queue.",
        )
    out = _out(tx, order, jobs)
    if out and not order.reason.strip():
        raise BadInput("A second badge needs a reason.", "Say why it is printed again.")
    return _queue(tx, order, printer, jobs, copy=out)


def contents_of(
    ticket: Ticket, catalogue: Catalogue, copy: int = 0, *, training: bool = False, gate: str = ""
) -> BadgeContents:
    """The texts of a ticket's badge, ids replaced by names. `gate` is the id of the one that prints it."""
    session = catalogue.sessions.get(ticket.session or "")
    product = catalogue.products.get(ticket.product)
    variations = product.variations if product else ()
    addons = (catalogue.products.get(addon.product) for addon in ticket.addons if not addon.canceled)
    return BadgeContents(
        ticket=ticket.id,
        name=ticket.name,
        company=ticket.company or ticket.order.company,
        product=product.name if product else "",
        variation=next((one.name for one in variations if one.id == ticket.variation), ""),
        order=ticket.order.code,
        seat=ticket.seat,
        event=catalogue.event.name,
        code=ticket.secret,
        photo=ticket.photo,
        addons=tuple(addon.name for addon in addons if addon),
        copy=copy,
        training=training,
        when=_when(ticket, catalogue),
        session=session.name if session else "",
        gate=catalogue.gates[gate].name if gate in catalogue.gates else "",
        answers=dict(ticket.answers),
        begins=catalogue.event.begins.astimezone(catalogue.event.zone).date().isoformat(),
        born=_born(ticket, catalogue),
    )


def _born(ticket: Ticket, catalogue: Catalogue) -> str:
    """The birth date, if one was asked for: the earliest of the answered dates, as no other is as early."""
    dates = (one.id for one in catalogue.questions.values() if one.type is QuestionType.DATE)
    return min(filter(None, (ticket.answers.get(question, "") for question in dates)), default="")


def _when(ticket: Ticket, catalogue: Catalogue) -> str:
    """When it begins, in the event's zone and the desk's language."""
    event = catalogue.event
    dated = catalogue.sessions.get(ticket.session or "", event)
    return i18n.minute(dated.begins.astimezone(event.zone), i18n.chosen())


def _jobs(tx: Transaction, order: Order) -> Sequence[BadgeJob]:
    jobs = tx.jobs.for_ticket(order.catalogue.event.id, order.ticket.id)
    return [job for job in jobs if not is_sheet(job.id)]


def _out(tx: Transaction, order: Order, jobs: Sequence[BadgeJob]) -> int:
    """How many badges of the ticket are out, or may be: by this desk's jobs and by every desk's facts."""
    here = [job.copy + 1 for job in jobs if job.state in MAY_BE_OUT]
    return max([tx.badges_printed(order.catalogue.event.id, order.ticket.id), *here])


def _printer(tx: Transaction, order: Order) -> str:
    return order.printer or first_choice(tx, order.ticket.product)


def _gate(tx: Transaction, order: Order) -> str:
    """The gate where the guest stands: the check-in's, else this desk's."""
    if order.entry is not None:
        return order.entry.gate or ""
    return str((tx.settings.get(DOOR) or {}).get("gate") or "")


def _is_on_its_way(job: BadgeJob) -> bool:
    return job.state in UNDER_WAY and not _waits_in_a_wave(job)


def _waits_in_a_wave(job: BadgeJob) -> bool:
    return bool(job.wave) and job.state is JobState.QUEUED


def _queue(tx: Transaction, order: Order, printer: str, jobs: Sequence[BadgeJob], copy: int) -> BadgeJob:
    """Add the job. Those of the same badge that did not come out, or still wait, can't be tried beside it."""
    product = order.catalogue.products.get(order.ticket.product)
    layout = (product.layout if product else "") or str(tx.settings.get(LAYOUT, DEFAULT))
    replaced = [one for one in jobs if one.state is JobState.FAILED or _waits_in_a_wave(one)]
    for one in replaced:
        tx.jobs.move(one.id, JobState.CANCELED, detail=REPLACED, at=order.at)
    return _add(tx, order, printer, layout, copy)


def _add(tx: Transaction, order: Order, printer: str, layout: str, copy: int = 0, kind: str = "") -> BadgeJob:
    job = BadgeJob(
        id=kind + uuid4().hex,
        log=order.catalogue.event.id,
        ticket=order.ticket.id,
        layout=layout,
        contents=contents_of(
            order.ticket,
            order.catalogue,
            copy,
            training=bool(tx.settings.get(TRAINING)),
            gate=_gate(tx, order),
        ),
        printer=printer,
        state=JobState.QUEUED,
        created=order.at,
        changed=order.at,
        copy=copy,
        reason=order.reason,
        entry=order.entry,
        wave=order.wave,
        routed=not order.printer and kind != SHEET,
    )
    tx.jobs.add(job)
    return job
