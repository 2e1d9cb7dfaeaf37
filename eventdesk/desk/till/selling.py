"""From a cart that is paid to a sale: order, tickets, seats, uses of quotas and the sale in one
transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eventdesk.desk.commands import AdmitOrder, Command
from eventdesk.desk.settings import TERMINALS
from eventdesk.desk.till.carts import Carts, CartState
from eventdesk.desk.till.register import Register, rights_of
from eventdesk.desk.till.seating import Seating
from eventdesk.desk.till.values import SaleMade
from eventdesk.desk.upstream.signer import Signer
from eventdesk.desk.walk_ins import new_secret, order_code
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.till import selling
from eventdesk.domain.till.cart import Cart, Priced
from eventdesk.domain.till.sales import Payment, Sale
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput
from eventdesk.storage.store import Transaction

TRAINING_MARK: Final = "TRAINING-"


@dataclass(frozen=True, slots=True)
class Made:
    """A sale that stands on the disk, and what is still to be done about it."""

    sale: Sale
    payments: Sequence[Payment]
    tickets: Sequence[str]
    admit: bool


class Selling:
    def __init__(
        self,
        register: Register,
        carts: Carts,
        signer: Signer | None,
        seating: Seating,
        post: Callable[[Command], None],
        after: Callable[[Transaction, Sale], None] = lambda _tx, _sale: None,
    ) -> None:
        """`after` is called in the transaction of each sale: it queues what is printed."""
        self._register = register
        self._carts = carts
        self._signer = signer
        self._seating = seating
        self._post = post
        self._after = after

    def terminal(self) -> str:
        """The card terminal of this desk. Raises BadInput where none is set."""
        known = self._register.preferences.get(TERMINALS)
        if not known:
            raise BadInput("No card terminal is set at this desk.", "Set one in the settings, or take cash.")
        return str(known[0]["name"])

    def check(self, state: CartState) -> None:
        """Before money is asked for: whether this may be sold here, now, by whoever is at the till.

        Raises BadInput, NeedsApproval. The cart keeps who approved it, and the moment of its prices.
        """
        register, cart = self._register, state.cart
        if not cart.lines:
            raise BadInput("The cart is empty.", "Choose what is sold.")
        self._carts.check_complete(cart)
        with register.store.reader() as reader:
            register.shares.check_quotas(reader, register.catalogue, cart)
        self._carts.fix(cart.approved or register.approvals.approver(register.log, rights_of(state.priced)))

    def complete(self, tx: Transaction, sale: str) -> Made | None:
        """Within the transaction of its last payment; None while something is due."""
        kept = tx.cart(sale)
        if kept is None:
            return None
        register, cart = self._register, kept.cart
        priced = self._carts.price(tx, cart)
        payments = tx.payments_of(register.log, sale)
        standing = selling.standing_payments(payments)
        if sum(one.amount for one in standing) != max(priced.due, 0):
            return None
        drafts = self._drafts(tx, cart, priced, payments)
        register.record(tx, drafts, approved=cart.approved)
        tx.drop_cart(sale)
        made = tx.sale(register.log, sale)
        assert made is not None
        self._after(tx, made)
        tickets = [draft.subject for draft in drafts if draft.kind is Kind.TICKET_ISSUED]
        return Made(made, standing, tickets, cart.admit and bool(tickets))

    def tell(self, made: Made | None, request: str) -> None:
        """After the transaction: what people see, and what follows."""
        if made is not None:
            change = sum(one.change for one in made.payments if one.tender is Tender.CASH)
            told = SaleMade(request, made.sale, change, tuple(made.tickets), made.admit)
            self._register.hooks.sale_made(told)
            self._carts.begin()
            self._register.count()
            self._register.refresh_shift_now()
            if made.admit:
                self._post(AdmitOrder(made.sale.order, tuple(made.tickets)))
        self._carts.tell(request)

    def _drafts(
        self, tx: Transaction, cart: Cart, priced: Priced, payments: Sequence[Payment]
    ) -> list[Draft]:
        register, now = self._register, self._register.now()
        making = self._making(tx, cart, now)
        drafts = selling.sell(cart, priced, payments, making, register.catalogue, register.setup)
        if self._signer is None or register.is_training:
            return drafts
        return self._signer.signed(tx, register.log, drafts, now)

    def _making(self, source: Transaction, cart: Cart, now: datetime) -> selling.Making:
        register = self._register
        shift = register.open_shift()
        return selling.Making(
            number=source.next_receipt_number(register.log, register.desk),
            shift=shift.id,
            currency=register.currency,
            at=now,
            order=cart.customer.order or new_id(),
            order_code="" if cart.customer.order else order_code(),
            issued={
                line: [selling.Issued(new_id(), self._code()) for _ in range(number)]
                for line, number in selling.makes(cart, register.catalogue).items()
            },
            quotas=_quotas(source, register.log),
            unconfirmed=self._seating.unconfirmed(cart),
        )

    def _code(self) -> str:
        return f"{TRAINING_MARK}{new_secret()}" if self._register.is_training else new_secret()


def _quotas(source: Transaction, log: str) -> Mapping[str, Sequence[str]]:
    by_product: dict[str, list[str]] = {}
    for state in source.quotas(log):
        for product in state.quota.products:
            by_product.setdefault(product, []).append(state.quota.id)
    return by_product
