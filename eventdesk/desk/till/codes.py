"""What is scanned or typed at the till: a voucher, a gift card, a ticket or an order."""

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.commands import EnterCode
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import CodeKind, CodeKnown
from eventdesk.domain.till import editing
from eventdesk.domain.till.setup import Discount
from eventdesk.domain.till.vouchers import limit, why_not
from eventdesk.domain.training import REMEDY, WHY, is_training_code
from eventdesk.errors import BadInput


class Codes:
    """Lives on the engine's lane."""

    def __init__(self, register: Register, carts: Carts) -> None:
        self._register = register
        self._carts = carts

    def handlers(self) -> Handlers:
        return {EnterCode: self.enter}

    def enter(self, command: EnterCode) -> None:
        """Raises BadInput for what is none of these, and for a voucher that does not count: it says why."""
        code = command.code.strip()
        with self._register.store.reader() as reader:
            discount = reader.discount_by_code(self._register.log, code)
        if discount is not None:
            return self._give(discount, command.request)
        known = self._known(code, command.request)
        if known is None:
            if is_training_code(code):
                raise BadInput(str(WHY), str(REMEDY))
            raise BadInput("Nothing has this code here.", "Check it; a voucher's code is typed in whole.")
        return self._register.hooks.code_known(known)

    def _give(self, discount: Discount, request: str) -> None:
        register = self._register
        if limit(discount) is not None:
            with register.store.reader() as reader:  # what this desk has no share of is asked for
                register.shares.want(reader, register.log, discount.id, 1)
                left = register.shares.left_of_discounts(reader, register.log, register.setup)
        else:
            left = {}
        words = why_not(discount, register.now(), left)
        if words:
            raise BadInput(str(words), "Try again in a moment, or sell without it.")
        self._carts.change(editing.give(self._carts.cart, discount.id), request)

    def _known(self, code: str, request: str) -> CodeKnown | None:
        log = self._register.log
        with self._register.store.reader() as reader:
            card = reader.gift_card(log, code)
            if card is not None:
                left = card.left.number or 0
                # So that it can be paid with in a moment.
                self._register.shares.want(reader, log, card.id, left)
                return CodeKnown(request, code, CodeKind.GIFT_CARD, card.id, left, card.sale)
            ticket = reader.presented(log, code).ticket
            if ticket is not None:
                sales = reader.sales_of_ticket(log, ticket.id)
                sale = sales[-1].id if sales else ""
                return CodeKnown(request, code, CodeKind.TICKET, ticket.id, sale=sale, order=ticket.order.id)
        return None
