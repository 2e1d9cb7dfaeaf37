"""What is in the mail: a few words, the receipt, and each ticket on a sheet of its own."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from eventdesk import i18n
from eventdesk.badges import layout as layouts
from eventdesk.badges.render import render_many
from eventdesk.desk.printing.jobs import SHEET_LAYOUT, contents_of
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.facts import Fact
from eventdesk.domain.paper import Paper
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.till.receipt import receipt_of_sale
from eventdesk.domain.till.sales import Sale
from eventdesk.errors import BadInput
from eventdesk.receipts import drawing
from eventdesk.storage.store import Reader


class Gone(Exception):
    """The address or the sale is not there (any more): there is nothing to send."""


def letter(reader: Reader, asked: Fact, sender: str) -> tuple[EmailMessage, str]:
    """The letter that a `mail_asked` wants, and to whom. Raises Gone; LookupError while the sale has not
    arrived."""
    to = asked.payload.get("to")
    if not isinstance(to, str) or not to or any(sign in to for sign in "\r\n"):
        raise Gone
    sale = reader.sale(asked.log, str(asked.payload.get("sale") or ""))
    if sale is None:
        raise LookupError
    language = str(asked.payload.get("language") or "en")
    catalogue = reader.catalogue(asked.log)
    tickets = list(_tickets(reader, asked.log, sale))
    message = EmailMessage(policy=SMTP.clone(utf8=not to.isascii()))
    _head(message, asked, catalogue, language, is_tickets=bool(tickets))
    message["From"], message["To"] = sender, to
    message.add_attachment(
        _receipt(reader, sale, catalogue, language),
        maintype="application",
        subtype="pdf",
        filename="receipt.pdf",
    )
    if tickets:
        sheets = _sheets(reader, catalogue, tickets)
        message.add_attachment(sheets, maintype="application", subtype="pdf", filename="tickets.pdf")
    return message, to


def _head(
    message: EmailMessage, asked: Fact, catalogue: Catalogue, language: str, *, is_tickets: bool
) -> None:
    tr = i18n.speaker(language)
    event = " ".join(catalogue.event.name.split())
    if is_tickets:
        subject = tr("Your tickets: {event}", event=event)
        words = tr("Here are your tickets. Show the codes at the door, on paper or on your screen.")
    else:
        subject, words = tr("Your receipt: {event}", event=event), tr("Here is your receipt.")
    message["Subject"] = subject
    message["Date"] = formatdate(asked.stamp.wall / 1000)
    # The same for each try: a server that has it already may see so.
    message["Message-ID"] = f"<{asked.id}@eventdesk.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{event}\n\n{words}\n")


def _tickets(reader: Reader, log: str, sale: Sale) -> Iterator[Ticket]:
    """Those that stand."""
    for id_ in (id_ for line in sale.lines for id_ in line.tickets):
        ticket = reader.ticket(log, id_)
        if ticket is not None and not ticket.canceled:
            yield ticket


def _receipt(reader: Reader, sale: Sale, catalogue: Catalogue, language: str) -> bytes:
    log = catalogue.event.id
    payments, setup = reader.payments_of(log, sale.id), reader.till_setup(log)
    contents = receipt_of_sale(sale, payments, setup, catalogue.event, sale.desk)
    return drawing.receipt(contents, language).pdf(Paper.A4).pdf


def _sheets(reader: Reader, catalogue: Catalogue, tickets: list[Ticket]) -> bytes:
    """Raises BadInput for a layout that can't be used."""
    own = reader.layouts(catalogue.event.id).get(SHEET_LAYOUT)
    layout = layouts.parse(own) if own else layouts.shipped().get(SHEET_LAYOUT)
    if layout is None:
        raise BadInput("There is no layout for tickets on sheets.", "Install EventDesk anew.")
    return render_many(layout, [contents_of(ticket, catalogue) for ticket in tickets])
