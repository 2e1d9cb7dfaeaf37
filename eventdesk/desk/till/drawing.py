"""From a receipt's job to its drawing: everything is read anew, so that nothing of a guest lies in the
spool."""

from eventdesk.desk.settings import STATION, TICKETS_AS
from eventdesk.desk.till.register import Register
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.till.closing import Figures
from eventdesk.domain.till.receipt import (
    Extras,
    ReceiptContents,
    TicketCode,
    receipt_of_reversal,
    receipt_of_sale,
)
from eventdesk.domain.till.sales import Sale, Shift
from eventdesk.domain.till.slips import Slip
from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.errors import BadInput
from eventdesk.i18n import chosen
from eventdesk.receipts import drawing, reports
from eventdesk.receipts.drawing import Drawing
from eventdesk.receipts.reports import Where
from eventdesk.storage.store import Reader, Transaction


def drawn(reader: Reader, register: Register, job: ReceiptJob) -> Drawing:
    """Raises BadInput where what it tells of is not here (any more)."""
    if job.what in (Printout.SHIFT, Printout.CASH):
        return drawing.slip(_slip(reader, register, job), chosen())
    sale = reader.sale(job.log, job.subject)
    if sale is None:
        raise BadInput("The sale of this receipt is not here (any more).", "Look at the desk that sold it.")
    return drawing.receipt(contents(reader, register, sale, job), chosen())


def _slip(reader: Reader, register: Register, job: ReceiptJob) -> Slip:
    shift = reader.shift(job.log, job.subject)
    if shift is None:
        raise BadInput("The shift of this report is not here (any more).", "Look at the desk that had it.")
    moved = next((one for one in shift.moves if one.id == job.receipt), None)
    if moved is not None:
        return reports.cash_slip(shift, moved, _where(reader, register, job.log))
    figures = reader.shift_figures(job.log, shift.id)
    assert figures is not None
    return report(reader, register, job.log, shift, figures)


def report(
    source: Reader | Transaction, register: Register, log: str, shift: Shift, figures: Figures
) -> Slip:
    """The X or Z report. What the drawer must hold is left out until it was counted, where the event wants
    it so."""
    is_shown = shift.counted is not None or not source.till_setup(log).rules.blind
    return reports.report(shift, figures, _where(source, register, log), is_shown)


def _where(source: Reader | Transaction, register: Register, log: str) -> Where:
    business = source.till_setup(log).rules.business.name
    people = {one.id: one.name for one in source.staff(log)}
    event = source.catalogue(log).event
    return Where(business, event, _desk(register), chosen(), people, register.is_training)


def _desk(register: Register) -> str:
    """What people call it."""
    return str(register.preferences.get(STATION)) or register.desk


def contents(reader: Reader, register: Register, sale: Sale, job: ReceiptJob) -> ReceiptContents:
    catalogue = reader.catalogue(job.log)
    setup = reader.till_setup(job.log)
    payments = reader.payments_of(job.log, sale.id)
    desk = _desk(register)
    training = register.is_training
    reversal = next((one for one in sale.reversals if one.id == job.receipt), None)
    if reversal is not None:
        extras = Extras(copy=job.copy, training=training)
        return receipt_of_reversal(sale, reversal, payments, setup, catalogue.event, desk, extras)
    extras = Extras(
        codes=_codes(reader, register, catalogue, sale),
        copy=job.copy,
        training=training,
    )
    return receipt_of_sale(sale, payments, setup, catalogue.event, desk, extras)


def _codes(reader: Reader, register: Register, catalogue: Catalogue, sale: Sale) -> tuple[TicketCode, ...]:
    """The tickets to be scanned at doors, where they are handed out on the receipt."""
    if register.preferences.get(TICKETS_AS) != "receipt":
        return ()
    found = []
    for id_ in (id_ for line in sale.lines for id_ in line.tickets):
        ticket = reader.ticket(catalogue.event.id, id_)
        if ticket is not None and not ticket.canceled:
            product = catalogue.products.get(ticket.product)
            words = " · ".join(filter(None, (product.name if product else "", ticket.name, ticket.seat)))
            found.append(TicketCode(ticket.secret, words))
    return tuple(found)
