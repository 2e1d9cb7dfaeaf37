"""From a receipt's job to its drawing: everything is read anew, so that nothing of a guest lies in the
spool."""

from eventdesk.desk.settings import STATION, TICKETS_AS
from eventdesk.desk.till.register import Register
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.till.cart import Customer
from eventdesk.domain.till.receipt import (
    Extras,
    ReceiptContents,
    TicketCode,
    receipt_of_reversal,
    receipt_of_sale,
)
from eventdesk.domain.till.sales import Sale
from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.errors import BadInput
from eventdesk.i18n import chosen
from eventdesk.receipts import drawing
from eventdesk.receipts.drawing import Drawing
from eventdesk.storage.store import Reader


def drawn(reader: Reader, register: Register, job: ReceiptJob) -> Drawing:
    """Raises BadInput where what it tells of is not here (any more)."""
    if job.what is Printout.SHIFT:
        raise BadInput("This report can't be printed.", "Look at it on the screen.")
    sale = reader.sale(job.log, job.subject)
    if sale is None:
        raise BadInput("The sale of this receipt is not here (any more).", "Look at the desk that sold it.")
    return drawing.receipt(contents(reader, register, sale, job), chosen())


def contents(reader: Reader, register: Register, sale: Sale, job: ReceiptJob) -> ReceiptContents:
    catalogue = reader.catalogue(job.log)
    setup = reader.till_setup(job.log)
    payments = reader.payments_of(job.log, sale.id)
    desk = str(register.preferences.get(STATION)) or register.desk
    training = register.is_training
    reversal = next((one for one in sale.reversals if one.id == job.receipt), None)
    if reversal is not None:
        extras = Extras(copy=job.copy, training=training)
        return receipt_of_reversal(sale, reversal, payments, setup, catalogue.event, desk, extras)
    extras = Extras(
        customer=Customer(name=sale.customer),
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
