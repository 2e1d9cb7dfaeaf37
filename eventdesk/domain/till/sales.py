"""What happened at a till, as the folds of its facts show it (docs/facts.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.setup import Tender


class Way(StrEnum):
    """Whither money goes."""

    IN = "in"
    OUT = "out"


class PaymentState(StrEnum):
    STARTED = "started"  # its fate is not known (yet)
    TAKEN = "taken"
    RETURNED = "returned"
    FAILED = "failed"


class Failure(StrEnum):
    DECLINED = "declined"
    CANCELED = "canceled"
    EXPIRED = "expired"
    NOT_CHARGED = "not_charged"


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount` is what counts for the sale; in cash `given` - `change` = `amount` + `rounding`. `of`: the
    payment that it returns. `reference` is the terminal's. `shift` and `at` are those of its end, once it
    has one."""

    id: str
    sale: str
    shift: str
    desk: str
    way: Way
    tender: Tender
    amount: int
    currency: str
    at: datetime
    state: PaymentState
    given: int = 0
    change: int = 0
    rounding: int = 0
    terminal: str = ""
    key: str = ""
    reference: str = ""
    brand: str = ""
    last4: str = ""
    of: str = ""
    words: str = ""
    why: Failure | None = None
    settled_by: str = ""
    by: str = ""

    @property
    def counts(self) -> bool:
        """Money went over the counter."""
        return self.state in (PaymentState.TAKEN, PaymentState.RETURNED)

    @property
    def moved(self) -> int:
        """What went over the counter, rounded: positive into the till, negative out of it, 0 where none
        did."""
        if not self.counts:
            return 0
        return (self.amount + self.rounding) * (1 if self.way is Way.IN else -1)


@dataclass(frozen=True, slots=True)
class SaleLine:
    """`owed`: its tickets were there before they were paid for, and use no quota by this sale."""

    id: str
    name: str
    quantity: int
    price: int
    gross: int
    net: int
    tax: int
    rate: int
    code: str = ""
    product: str = ""
    variation: str = ""
    tickets: tuple[str, ...] = ()
    seat: str = ""
    discount: int = 0
    discounts: tuple[str, ...] = ()
    manual: bool = False
    comp: bool = False
    changed_price: bool = False
    fee: bool = False
    parent: str = ""
    reason: str = ""
    owed: bool = False


class ReversalWay(StrEnum):
    VOID = "void"
    REFUND = "refund"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True)
class ReversedLine:
    """Of one line of the sale, so many, and what of its money."""

    line: str
    quantity: int
    gross: int
    net: int
    tax: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """`id` is the fact's."""

    id: str
    number: int
    desk: str
    shift: str
    at: datetime
    way: ReversalWay
    lines: tuple[ReversedLine, ...]
    amount: int
    payments: tuple[str, ...] = ()
    rounding: int = 0
    reason: str = ""
    by: str = ""
    exchanged_for: str = ""
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """`customer` and `address`: to whom it is made out. `total` = the sum of the lines' `gross`;
    `rounding` that of its cash. `reversals` in stamp order."""

    id: str
    number: int
    desk: str
    shift: str
    at: datetime
    currency: str
    lines: tuple[SaleLine, ...]
    total: int
    taxes: tuple[TaxSum, ...]
    payments: tuple[str, ...]
    order: str = ""
    rounding: int = 0
    by: str = ""
    customer: str = ""
    exchange_of: str = ""
    reversals: tuple[Reversal, ...] = ()
    net_prices: bool = False
    address: str = ""
    approved: str = ""


class Movement(StrEnum):
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class CashMoved:
    id: str
    way: Movement
    amount: int
    number: int
    at: datetime
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """`float_` is what the drawer began with; `counted` what was counted last (None: not yet).
    `difference` (over is positive), `expected`, `facts` (how many belong to it), `digest` and `closed` are
    set when it is closed."""

    id: str
    desk: str
    number: int
    drawer: str
    currency: str
    opened: datetime
    float_: int
    by: str = ""
    moves: tuple[CashMoved, ...] = ()
    no_sales: int = 0
    counted: int | None = None
    count: Mapping[int, int] = field(default_factory=dict)
    closed: datetime | None = None
    difference: int = 0
    expected: int = 0
    facts: int = 0
    digest: str = ""
