"""What was sold: looked up on the lookups' lane, so that no till waits for a search."""

from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import FindSales, ShowSale
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import SaleRow, SalesFound, SaleShown
from eventdesk.domain.till import refunding
from eventdesk.domain.till.sales import Sale
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader


class Looking:
    """Only reads."""

    def __init__(self, register: Register, hooks: Hooks) -> None:
        self._register = register
        self._hooks = hooks

    def handlers(self) -> Handlers:
        return {FindSales: self.find, ShowSale: self.show}

    def find(self, command: FindSales) -> None:
        log = self._register.log
        with self._register.store.reader() as reader:
            sales = reader.sales(log, command.text, command.limit)
            rows = tuple(self._row(reader, sale) for sale in sales)
        self._hooks.sales_found(SalesFound(command.request, command.text, rows))

    def _row(self, reader: Reader, sale: Sale) -> SaleRow:
        payments = {one.id: one for one in reader.payments_of(self._register.log, sale.id)}
        tenders = tuple(dict.fromkeys(payments[id_].tender for id_ in sale.payments if id_ in payments))
        return SaleRow(
            sale.id,
            sale.number,
            sale.desk,
            sale.at,
            sale.total,
            refunding.left_to_reverse(sale),
            sale.order,
            sale.customer,
            tenders,
        )

    def show(self, command: ShowSale) -> None:
        """Raises BadInput where it is not known here."""
        log = self._register.log
        with self._register.store.reader() as reader:
            sale = reader.sale(log, command.sale)
            if sale is None:
                raise BadInput("This sale is not known here (yet).", "Look at the desk that sold it.")
            payments = tuple(reader.payments_of(log, sale.id))
        left = {id_: (one.quantity, one.gross) for id_, one in refunding.left(sale).items()}
        self._hooks.sale_shown(SaleShown(command.request, sale, payments, left))
