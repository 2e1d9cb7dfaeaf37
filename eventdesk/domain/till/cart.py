"""A cart: what a guest wants, before it is a sale. Values alone; `pricing` says what it costs."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CartLine:
    """`price` (of one; None: the product's) is set where it is free or was changed; `percent` and `off`
    are a person's discount on this line (parts per million, or money); `comp`: given away, with `reason`.
    `names`, `seats` and `answers` are by ticket, as many as `quantity` or none. `parent`: the line of
    which it is an add-on. `tickets` (as many as `quantity`): it makes none, but pays for these, which the
    customer's `order` has already."""

    id: str
    product: str
    variation: str | None = None
    quantity: int = 1
    price: int | None = None
    percent: int = 0
    off: int = 0
    comp: bool = False
    reason: str = ""
    names: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    answers: tuple[tuple[tuple[str, str], ...], ...] = ()
    session: str | None = None
    parent: str = ""
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """Lines of an earlier sale that are given back: line id and how many of it; none: all that is left.
    `way` is one of `sales.ReversalWay`: what is given back for nothing is a cart without lines."""

    sale: str
    lines: tuple[tuple[str, int], ...] = ()
    way: str = "exchange"


@dataclass(frozen=True, slots=True)
class Customer:
    """To whom an invoice or a receipt is made out; `order`: a guest who is here already."""

    name: str = ""
    email: str = ""
    company: str = ""
    address: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Cart:
    """`sale` is the id that the sale will have. `discounts` are ids, in the order in which they were
    given; `percent` and `off` a person's discount on the whole. `priced_at`: the moment (ISO 8601) whose
    prices hold since the first money was asked for; `approved`: the staff id of whoever allowed it."""

    sale: str
    lines: tuple[CartLine, ...] = ()
    discounts: tuple[str, ...] = ()
    percent: int = 0
    off: int = 0
    reason: str = ""
    customer: Customer = field(default_factory=Customer)
    exchange: Exchange | None = None
    admit: bool = False
    priced_at: str = ""
    approved: str = ""

    @property
    def owing(self) -> str:
        """The order whose tickets it pays for, which are there already; empty: it makes its own."""
        return self.customer.order if any(line.tickets for line in self.lines) else ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line as it will stand in the sale. `line` is its id there: the cart line's `of`, a fee's with `/fee`
    behind it, and with `/included` what comes with its parent without charge. `price` is of one, as the
    prices are; `discount` is gross money off."""

    line: str
    name: str
    quantity: int
    price: int
    discount: int
    gross: int
    net: int
    tax: int
    rate: int
    code: str = ""
    discounts: tuple[str, ...] = ()
    fee: bool = False
    of: str = ""
    product: str = ""
    variation: str = ""
    parent: str = ""
    comp: bool = False
    manual: bool = False
    changed_price: bool = False


@dataclass(frozen=True, slots=True)
class TaxSum:
    """What a sale holds of one rate."""

    rate: int
    code: str
    net: int
    tax: int
    gross: int


@dataclass(frozen=True, slots=True)
class Priced:
    """What a cart costs. `total` is the sum of its lines' `gross`; `credit` is what an exchange gives back;
    `due` what is to be paid (negative: paid out). `taxes` by rate, the highest first."""

    lines: tuple[PricedLine, ...] = ()
    total: int = 0
    taxes: tuple[TaxSum, ...] = ()
    credit: int = 0
    used: tuple[tuple[str, int], ...] = ()  # discount id, and how much of its limit

    @property
    def due(self) -> int:
        return self.total - self.credit
