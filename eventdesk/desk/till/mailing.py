"""Tickets and receipts by e-mail: a desk asks, a mailer that pulls from the same node sends."""

import re
from collections.abc import Callable
from typing import Final

from eventdesk import i18n
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import MailTickets
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import MailAsked
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.forms import MailedWhat
from eventdesk.domain.till.sales import Sale
from eventdesk.errors import BadInput

# No more than catches what was mistyped: whether there is such a box, only its server knows.
_ADDRESS: Final = re.compile(
    r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+"
)
_LONGEST: Final = 254


class Mailing:
    """Lives on the engine's lane. `is_lined` says whether this desk has a node above it."""

    def __init__(self, register: Register, is_lined: Callable[[], bool]) -> None:
        self._register = register
        self._is_lined = is_lined

    def handlers(self) -> Handlers:
        return {MailTickets: self.mail}

    def mail(self, command: MailTickets) -> None:
        """Raises BadInput where nobody could send it, or the address can't be one."""
        register, to = self._register, command.to.strip()
        if register.is_training:
            raise BadInput("A training till sends no mail.", "Do it at the real one.")
        if not self._is_lined():
            raise BadInput("Nobody sends mail for this desk: it has no server.", "Print it instead.")
        if len(to) > _LONGEST or not _ADDRESS.fullmatch(to):
            raise BadInput("This is no e-mail address.", "Type it like name@example.org.")
        with register.store.transaction() as tx:
            sale = tx.sale(register.log, command.sale)
            if sale is None:
                raise BadInput("This sale is not known here (yet).", "Look at the desk that sold it.")
            register.write(tx, [_asked(sale, to)])
        register.hooks.mail_asked(MailAsked(command.request, sale.id))


def _asked(sale: Sale, to: str) -> Draft:
    """Of the order, so that its erasure takes the address away; of the sale where goods alone were sold."""
    has_tickets = any(line.tickets for line in sale.lines)
    what = MailedWhat.TICKETS if has_tickets else MailedWhat.RECEIPT
    members = {"to": to, "what": what.value, "sale": sale.id, "language": i18n.chosen()}
    return Draft(Kind.MAIL_ASKED, sale.order or sale.id, members)
