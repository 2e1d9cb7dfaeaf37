"""The cart at hand and those that are parked. Each change is on the disk before it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import (
    AddProduct,
    ChangeCart,
    ChangeLine,
    DropCart,
    GiveDiscount,
    ListCarts,
    ParkCart,
    TakeCart,
)
from eventdesk.desk.till.register import Register, bad_input
from eventdesk.desk.till.reserving import going_back
from eventdesk.desk.till.values import CartChanged, CartsListed, ParkedCart
from eventdesk.domain.facts import new_id
from eventdesk.domain.moments import moment_text, parse_moment
from eventdesk.domain.till import editing, pricing, selling
from eventdesk.domain.till.cart import Cart, CartLine, Priced
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState
from eventdesk.domain.till.vouchers import refusals
from eventdesk.domain.verdicts import Words
from eventdesk.errors import BadInput
from eventdesk.storage.carts import CartState as Kept
from eventdesk.storage.carts import KeptCart
from eventdesk.storage.store import Reader, Transaction


@dataclass(frozen=True, slots=True)
class CartState:
    """The cart at hand, what it costs, and what was paid for it so far."""

    cart: Cart
    priced: Priced
    payments: Sequence[Payment] = ()
    words: Sequence[Words] = ()

    @property
    def paid(self) -> int:
        return selling.paid(self.payments)

    @property
    def due(self) -> int:
        return self.priced.due - self.paid

    @property
    def open_payments(self) -> list[Payment]:
        return [one for one in self.payments if one.state is PaymentState.STARTED]


class Carts:
    """Lives on the engine's lane."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._cart = Cart(new_id())
        self.let_go: Callable[[str], None] = lambda _sale: None  # what was claimed for a cart that is dropped

    def handlers(self) -> Handlers:
        return {
            AddProduct: self._changing(_added),
            ChangeLine: self._changing(_line_changed),
            ChangeCart: self._changing(_cart_changed),
            GiveDiscount: self._changing(_discounted),
            ParkCart: self.park,
            TakeCart: self.take,
            DropCart: self.drop,
            ListCarts: self.list_parked,
        }

    @property
    def cart(self) -> Cart:
        return self._cart

    def resume(self) -> None:
        """The cart that was at hand when the desk was shut, or lost its power."""
        with self._register.store.reader() as reader:
            kept = [one for one in reader.carts(self._register.log) if one.state is Kept.CURRENT]
        self._cart = kept[-1].cart if kept else Cart(new_id())

    def begin(self) -> None:
        """The one at hand is a sale now."""
        self._cart = Cart(new_id())

    def take_up(self, cart: Cart) -> None:
        """Another cart at hand, on the disk as soon as money is asked for it; the one before is put aside."""
        with self._register.store.transaction() as tx:
            if self._cart.lines:
                self._park(tx, "")
        self._cart = cart

    def put_aside(self, sale: str, name: str) -> None:
        """A cart whose money is in doubt: it is at hand no more, and kept."""
        if self._cart.sale == sale:
            with self._register.store.transaction() as tx:
                self._park(tx, name)
            self.begin()

    def give_up(self, sale: str) -> None:
        """Drop a cart, wherever it is. The caller has seen that no money stands for it."""
        with self._register.store.transaction() as tx:
            tx.drop_cart(sale)
        self.let_go(sale)
        if self._cart.sale == sale:
            self.begin()

    def change(self, cart: Cart, request: str) -> None:
        """Put a changed cart in the place of the one at hand, and tell. Raises BadInput for one that can't
        be sold so, or while money is being asked for it; then it stays as it was."""
        cart = self._check_free(cart)
        with self._register.store.transaction() as tx:
            try:
                self.price(tx, cart)
            except Refused as error:
                raise bad_input(error) from error
            self._put(tx, cart)
        self._cart = cart  # not before it is on the disk
        self.tell(request)

    def fix(self, approved: str) -> None:
        """Money is asked for now: its prices hold, and whoever allowed it."""
        cart = self._cart
        self._cart = replace(
            cart,
            approved=approved or cart.approved,
            priced_at=cart.priced_at or moment_text(self._register.now()),
        )

    def keep(self, tx: Transaction) -> None:
        """Write the cart at hand down; an empty one is none."""
        self._put(tx, self._cart)

    def _put(self, tx: Transaction, cart: Cart) -> None:
        if cart.lines or cart.priced_at:
            tx.put_cart(KeptCart(self._register.log, cart, Kept.CURRENT, "", self._register.now()))
        else:
            tx.drop_cart(cart.sale)

    def price(self, source: Reader | Transaction, cart: Cart) -> Priced:
        """Raises Refused."""
        register = self._register
        left = register.shares.left_of_discounts(source, register.log, register.setup)
        moment = parse_moment(cart.priced_at) if cart.priced_at else register.now()
        credit = register.credit(source, cart)
        return pricing.price(cart, register.catalogue, register.setup, moment, left, credit)

    def state(self) -> CartState:
        """Raises BadInput where what was in the cart can't be sold any more."""
        register, cart = self._register, self._cart
        with register.store.reader() as reader:
            try:
                priced = self.price(reader, cart)
            except Refused as error:
                raise bad_input(error) from error
            payments = reader.payments_of(register.log, cart.sale) if cart.priced_at else []
            left = register.shares.left_of_discounts(reader, register.log, register.setup)
        words = refusals(cart, register.catalogue, register.setup, register.now(), left)
        return CartState(cart, priced, payments, words)

    def tell(self, request: str) -> None:
        state = self.state()
        with self._register.store.reader() as reader:
            parked = len(self._parked_in(reader))
        self._register.hooks.cart_changed(
            CartChanged(
                request,
                state.cart,
                state.priced,
                tuple(state.payments),
                state.due,
                tuple(state.words),
                self._register.needs(state.cart, state.priced),
                parked,
            )
        )

    def check_complete(self, cart: Cart) -> None:
        """Raises BadInput where something of what is sold must be known first: names, seats, answers."""
        found = editing.missing(cart, self._register.catalogue, self._register.setup)
        if found is not None:
            raise bad_input(found)

    def _changing(self, edit: Callable[[Cart, Any, Register], Cart]) -> Callable[[Any], None]:
        def handle(command: Any) -> None:
            self._register.open_shift()
            try:
                cart = edit(self._cart, command, self._register)
            except Refused as error:
                raise bad_input(error) from error
            self.change(replace(cart, approved=""), command.request)

        return handle

    def _check_free(self, cart: Cart) -> Cart:
        """What is paid for in part may grow, and be given back whole; it may not change under a guest's
        card. Where no money stands any more, prices are those of now again."""
        self._check_returned()
        if not self._cart.priced_at:
            return cart
        state = self.state()
        if state.open_payments:
            raise BadInput("A card payment is not finished.", "Wait for it, or ask what became of it.")
        return cart if state.paid else replace(cart, priced_at="")

    def _check_returned(self) -> None:
        """What went back is what this cart owed: it may not owe another sum now."""
        exchange, register = self._cart.exchange, self._register
        if exchange is None:
            return
        with register.store.reader() as reader:
            sale = reader.sale(register.log, exchange.sale)
            is_back = sale is not None and bool(going_back(reader, register.log, sale))
        if is_back:
            raise BadInput("Money went back for this cart.", "Finish it first.")

    def park(self, command: ParkCart) -> None:
        """Raises BadInput for an empty one."""
        if not self._cart.lines:
            raise BadInput("The cart is empty.", "There is nothing to put aside.")
        with self._register.store.transaction() as tx:
            self._park(tx, command.name)
        self.begin()
        self.tell(command.request)

    def _park(self, tx: Transaction, name: str) -> None:
        register = self._register
        name = name.strip() or self._cart.customer.name
        tx.put_cart(KeptCart(register.log, self._cart, Kept.PARKED, name, register.now()))

    def take(self, command: TakeCart) -> None:
        """Raises BadInput where it is not there (any more)."""
        register = self._register
        with register.store.transaction() as tx:
            kept = tx.cart(command.sale)
            if kept is None or kept.log != register.log:
                raise BadInput("This cart is not there any more.", "Look at the list again.")
            if self._cart.lines:
                self._park(tx, "")
            self._cart = kept.cart
            self.keep(tx)
        self.tell(command.request)

    def drop(self, command: DropCart) -> None:
        """Raises BadInput where money was taken for it, or is being asked for, or went back."""
        self._check_returned()
        register = self._register
        with register.store.reader() as reader:
            payments = reader.payments_of(register.log, self._cart.sale)
        if selling.paid(payments) or any(one.state is PaymentState.STARTED for one in payments):
            raise BadInput("Money was taken for this cart.", "Give it back first, or finish the sale.")
        with self._register.store.transaction() as tx:
            tx.drop_cart(self._cart.sale)
        self.let_go(self._cart.sale)
        self.begin()
        self.tell(command.request)

    def list_parked(self, command: ListCarts) -> None:
        with self._register.store.reader() as reader:
            parked = [self._parked(reader, one) for one in self._parked_in(reader)]
        self._register.hooks.carts_listed(CartsListed(command.request, tuple(parked)))

    def _parked_in(self, reader: Reader) -> list[KeptCart]:
        return [one for one in reader.carts(self._register.log) if one.state is Kept.PARKED]

    def _parked(self, reader: Reader, kept: KeptCart) -> ParkedCart:
        try:
            due = self.price(reader, kept.cart).due
        except Refused:  # its products may be gone: it is listed all the same
            due = 0
        return ParkedCart(kept.cart.sale, kept.name, len(kept.cart.lines), due, kept.changed)


def _added(cart: Cart, command: AddProduct, _register: Register) -> Cart:
    line = CartLine(
        id=new_id(),
        product=command.product,
        variation=command.variation,
        quantity=command.quantity,
        price=command.price,
        names=tuple(command.names),
        seats=tuple(command.seats),
        session=command.session,
        parent=command.parent,
    )
    return editing.add(cart, line)


def _line_changed(cart: Cart, command: ChangeLine, _register: Register) -> Cart:
    answers = command.answers
    return editing.change(
        cart,
        command.line,
        quantity=command.quantity,
        price=command.price,
        percent=command.percent,
        off=command.off,
        comp=command.comp,
        reason=None if command.reason is None else command.reason.strip(),
        names=None if command.names is None else tuple(command.names),
        seats=None if command.seats is None else tuple(command.seats),
        answers=None if answers is None else tuple(tuple(one.items()) for one in answers),
    )


def _cart_changed(cart: Cart, command: ChangeCart, _register: Register) -> Cart:
    members = {
        name: value
        for name in ("percent", "off", "reason", "customer", "admit")
        if (value := getattr(command, name)) is not None
    }
    return replace(cart, **members)


def _discounted(cart: Cart, command: GiveDiscount, register: Register) -> Cart:
    """A voucher's code must be shown: it is no button."""
    discount = register.setup.discounts.get(command.discount)
    if command.taken_back:
        return editing.take_back(cart, command.discount)
    if discount is None or discount.code:
        raise BadInput("This discount is not offered (any more).", "Choose another one.")
    return editing.give(cart, discount.id)
