"""A cart on its way to a sale: what must be so before money is asked for, and what follows when it is
made."""

from collections.abc import Callable

from eventdesk.desk.commands import AdmitOrder, Command
from eventdesk.desk.settings import TERMINALS
from eventdesk.desk.till import reserving
from eventdesk.desk.till.carts import Carts, CartState
from eventdesk.desk.till.claiming import Claiming
from eventdesk.desk.till.completing import Made
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.seating import Seating
from eventdesk.desk.till.values import SaleMade, SaleReversed
from eventdesk.domain.rights import Right
from eventdesk.domain.till import owing
from eventdesk.domain.till.approvals import needed, over_limits
from eventdesk.domain.till.cart import Cart
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput


class Selling:
    def __init__(
        self,
        register: Register,
        carts: Carts,
        seating: Seating,
        claiming: Claiming,
        post: Callable[[Command], None],
    ) -> None:
        self._register = register
        self._carts = carts
        self._seating = seating
        self._claiming = claiming
        self._post = post
        self.after: Callable[[Made], None] = lambda _made: None  # what is printed

    def terminal(self) -> str:
        """The card terminal of this desk. Raises BadInput where none is set."""
        known = self._register.preferences.get(TERMINALS)
        if not known:
            raise BadInput("No card terminal is set at this desk.", "Set one in the settings, or take cash.")
        return str(known[0]["name"])

    def check(self, state: CartState) -> None:
        """Before money is asked for: whether this may be sold here, now, by whoever is at the till.

        Raises BadInput, NeedsApproval. The cart keeps who approved it, and the moment of its prices; what
        is exclusive is claimed.
        """
        register, cart = self._register, state.cart
        if not cart.lines:
            raise BadInput("The cart is empty.", "Choose what is sold.")
        self._carts.check_complete(cart)
        # Only a cart that gives something away asks what the shift gave: that is a sum over all its lines.
        comps = register.comps() if any(line.comp for line in state.priced.lines) else 0
        if words := over_limits(state.priced, register.setup.rules, comps):
            raise BadInput(str(words), "Change the cart.")
        rights = [*needed(state.priced), *([Right.REFUND] if cart.exchange else [])]
        approved = cart.approved or register.approvals.approver(register.log, rights)
        with register.store.reader() as reader:
            register.shares.check_quotas(reader, register.catalogue, cart)
            sale = reader.sale(register.log, cart.exchange.sale) if cart.exchange else None
        self._seating.check(cart)
        if sale is not None:
            self._claiming.claim(sale, cart.sale)
        if cart.owing:
            self._check_owed(cart)
        self._seating.claim(cart)
        self._carts.fix(approved)

    def _check_owed(self, cart: Cart) -> None:
        """Raises BadInput where the order is not owed any more, or its money is asked for elsewhere."""
        self._claiming.claim_owed(cart)
        log = self._register.log
        with self._register.store.reader() as reader:
            tickets = reader.order_tickets(log, cart.owing)
            others = [one.owing for one in reserving.paid_for(reader, log, cart.sale)]
        standing = {one.id for one in tickets if not one.canceled}
        if not owing.is_owed(tickets) or standing != _paid_tickets(cart):
            raise BadInput("This order is paid, or can't be paid any more.", "Look at it again.")
        if cart.owing in others:
            raise BadInput("Money was asked for this order already.", "Ask what became of it first.")

    def tell(self, made: Made | None, request: str) -> None:
        """After the transaction: what people see, and what follows."""
        if made is not None:
            self._claiming.settle(made.cart.sale)
            self._seating.let_go(made.cart.sale)
            self._tell_reversal(made, request)
            self._tell_sale(made, request)
            self.after(made)
            self._register.count()
        self._carts.tell(request)

    def _tell_reversal(self, made: Made, request: str) -> None:
        if made.of is None or made.reversal is None:
            return
        with self._register.store.reader() as reader:
            back = [reader.payment(self._register.log, id_) for id_ in made.reversal.payments]
        cash = sum(one.amount + one.rounding for one in back if one and one.tender is Tender.CASH)
        self._register.hooks.sale_reversed(SaleReversed(request, made.of, made.reversal, cash))

    def _tell_sale(self, made: Made, request: str) -> None:
        if made.sale is None:
            return
        change = sum(one.change for one in made.payments if one.tender is Tender.CASH)
        admit = made.cart.admit and bool(made.tickets)
        if self._carts.cart.sale == made.cart.sale:
            self._carts.begin()
        self._register.hooks.sale_made(SaleMade(request, made.sale, change, tuple(made.tickets), admit))
        if admit:
            self._post(AdmitOrder(made.sale.order, tuple(made.tickets)))


def _paid_tickets(cart: Cart) -> frozenset[str]:
    return frozenset(one for line in cart.lines for one in line.tickets)
