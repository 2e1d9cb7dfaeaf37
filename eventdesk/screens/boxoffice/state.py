"""What the box office knows of the till: what the engine told last. It decides nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QLocale

from eventdesk import i18n
from eventdesk.desk.commands import Command
from eventdesk.desk.till.values import CartChanged, TillOpened
from eventdesk.domain.catalogue import Catalogue, Product, Variation
from eventdesk.domain.till import editing, money
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.currencies import Currency
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, Shift, Way
from eventdesk.domain.till.selling import standing_payments
from eventdesk.domain.till.setup import Tender, TillSetup
from eventdesk.screens.bridge import Bridge


class TillState:
    """Money in minor units of the event's currency."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self.opened: TillOpened | None = None
        self.left: Mapping[str, int] = {}
        self.cart: CartChanged | None = None
        self.shift: Shift | None = None
        self.ended: set[str] = set()  # payments whose end was told, which the cart may not know yet
        self.terminals: Sequence[Mapping[str, Any]] = ()

    def post(self, command: Command) -> str:
        """Hand it to the engine; its request, by which the answer is known."""
        self._bridge.post(command)
        return command.request

    # The event

    @property
    def catalogue(self) -> Catalogue | None:
        return self.opened.catalogue if self.opened else None

    @property
    def setup(self) -> TillSetup:
        return self.opened.setup if self.opened else TillSetup()

    @property
    def tenders(self) -> Sequence[Tender]:
        return self.opened.tenders if self.opened else ()

    @property
    def is_training(self) -> bool:
        return bool(self.opened and self.opened.training)

    @property
    def can_sell(self) -> bool:
        return self.opened is not None and self.shift is not None

    def product(self, id_: str) -> Product | None:
        return self.catalogue.products.get(id_) if self.catalogue else None

    def name(self, line: CartLine) -> str:
        """Product and variation, as people say them."""
        product = self.product(line.product)
        if product is None:
            return line.product
        chosen = next((one.name for one in product.variations if one.id == line.variation), "")
        return f"{product.name} ({chosen})" if chosen else product.name

    # The cart

    @property
    def lines(self) -> Sequence[CartLine]:
        return self.cart.cart.lines if self.cart else ()

    @property
    def due(self) -> int:
        return self.cart.due if self.cart else 0

    def line(self, id_: str) -> CartLine | None:
        return next((one for one in self.lines if one.id == id_), None)

    def gross(self, line: CartLine) -> int:
        """What the line costs, with its fees."""
        priced = self.cart.priced.lines if self.cart else ()
        return sum(one.gross for one in priced if one.of == line.id)

    def in_cart(self, product: str) -> int:
        return sum(one.quantity for one in self.lines if one.product == product)

    def missing(self) -> Refused | None:
        """What must be known before this can be paid."""
        if self.cart is None or self.catalogue is None:
            return None
        try:
            return editing.missing(self.cart.cart, self.catalogue, self.setup)
        except Refused as error:  # a product that is not sold any more
            return error

    def standing(self) -> Sequence[Payment]:
        """What was taken for the cart so far."""
        return standing_payments(self.cart.paid) if self.cart else ()

    def unsettled(self) -> Payment | None:
        """A payment of the cart whose fate is not known (yet)."""
        for one in self.cart.paid if self.cart else ():
            if one.state is PaymentState.STARTED and one.way is Way.IN and one.id not in self.ended:
                return one
        return None

    # Money

    @property
    def currency(self) -> Currency:
        code = self.catalogue.event.currency if self.catalogue else "EUR"
        try:
            return money.currency_of(code)
        except Refused:  # the engine says so as well, and sells nothing
            return Currency(code)

    @property
    def cash_step(self) -> int:
        return money.cash_step(self.currency, self.setup.rules)

    @property
    def denominations(self) -> Sequence[int]:
        return money.denominations(self.currency, self.setup.rules)

    def says(self, amount: int) -> str:
        return i18n.money(amount, self.currency.code, i18n.chosen())

    def bare(self, amount: int) -> str:
        return i18n.bare_money(amount, self.currency.code, i18n.chosen())

    def typed(self, text: str) -> int:
        """Raises Refused for what is no amount."""
        return money.typed(text, self.currency, decimal_sign())

    def price(self, product: Product, variation: Variation | None = None) -> int:
        own = variation.price if variation else None
        return product.price if own is None else own


def decimal_sign() -> str:
    """Of the chosen language."""
    sign = QLocale(i18n.chosen()).decimalPoint()
    return sign if sign in (".", ",") else "."
