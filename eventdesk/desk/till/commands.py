"""What people and devices ask of the till. Each is answered by the hook named, or by `trouble_told`.

Money is in minor units of the event's currency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eventdesk.desk.commands import Command
from eventdesk.domain.till.cart import Customer
from eventdesk.domain.till.sales import Movement, ReversalWay
from eventdesk.domain.till.setup import Tender


@dataclass(frozen=True, slots=True)
class OpenTill(Command):
    """Sell for this event at this desk from now on: `till_opened`, then `shift_changed` and
    `cart_changed`."""

    log: str


@dataclass(frozen=True, slots=True)
class RefreshTill(Command):
    """What is set up, or what is left of it, may have changed."""


@dataclass(frozen=True, slots=True)
class Approve(Command):
    """A second person allows, by PIN, the next thing that the one at the till may not do: `approved`."""

    pin: str = field(repr=False)
    log: str = ""


# Shifts


@dataclass(frozen=True, slots=True)
class OpenShift(Command):
    """`count` is by denomination, where it was counted so; `float_` its sum: `shift_changed`."""

    drawer: str
    float_: int
    count: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveCash(Command):
    """`shift_changed`; a slip is printed."""

    way: Movement
    amount: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenDrawer(Command):
    """Without a sale: `shift_changed`."""

    reason: str


@dataclass(frozen=True, slots=True)
class CountCash(Command):
    """What lies in the drawer: `shift_changed`, with the difference as far as it may be shown."""

    amount: int
    count: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CloseShift(Command):
    """By the last count: `shift_closed`; the Z report is printed. `hand_over`: open the next one at once,
    by what was counted, on the same drawer."""

    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class ShowShift(Command):
    """The X report of the open shift, or the Z report of a closed one: `shift_shown`."""

    shift: str = ""


@dataclass(frozen=True, slots=True)
class ListShifts(Command):
    """`shifts_listed`, the newest first."""

    limit: int = 100


@dataclass(frozen=True, slots=True)
class PrintReport(Command):
    """The X or Z report once more on the receipt printer."""

    shift: str = ""


# The cart: each is answered by `cart_changed`


@dataclass(frozen=True, slots=True)
class AddProduct(Command):
    """`price` where it is free; `parent`: line of which it is an add-on."""

    product: str
    variation: str | None = None
    quantity: int = 1
    price: int | None = None
    names: Sequence[str] = ()
    seats: Sequence[str] = ()
    session: str | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine(Command):
    """Members that are None stay as they are. `quantity` 0 takes the line away, with its add-ons."""

    line: str
    quantity: int | None = None
    price: int | None = None
    percent: int | None = None
    off: int | None = None
    comp: bool | None = None
    reason: str | None = None
    names: Sequence[str] | None = None
    seats: Sequence[str] | None = None
    answers: Sequence[Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class ChangeCart(Command):
    """The cart as a whole; None: as it is. `percent` and `off` are a person's discount and need a
    `reason`."""

    percent: int | None = None
    off: int | None = None
    reason: str | None = None
    customer: Customer | None = None
    admit: bool | None = None


@dataclass(frozen=True, slots=True)
class GiveDiscount(Command):
    """One of the catalogue, without a code. `taken_back`: no more."""

    discount: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class EnterCode(Command):
    """Something was scanned or typed at the till: a voucher, a gift card, a ticket or an order.
    `cart_changed`, `code_known` for what is no voucher, or trouble that says what the code is."""

    code: str


@dataclass(frozen=True, slots=True)
class StartExchange(Command):
    """Give lines of a sale back for what comes into the cart: line id and how many."""

    sale: str
    lines: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ParkCart(Command):
    """Put the cart aside under a name, and begin a new one."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class TakeCart(Command):
    """Go on with a parked cart; the one at hand is parked."""

    sale: str


@dataclass(frozen=True, slots=True)
class DropCart(Command):
    """Begin anew. Raises where money was taken for it: that is given back first."""


@dataclass(frozen=True, slots=True)
class ListCarts(Command):
    """`carts_listed`: parked ones."""


@dataclass(frozen=True, slots=True)
class ShowSeats(Command):
    """`seats_shown`; `best` asks for so many that are best and free."""

    plan: str
    session: str | None = None
    section: str = ""
    best: int = 0


# Paying


@dataclass(frozen=True, slots=True)
class Pay(Command):
    """Pay `amount` (None: all that is due) of the cart. Cash: `given` by the guest (None: just so). Card:
    on `terminal` (empty: this desk's). A gift card: its `code`. Other and invoice: a `reference` in
    words.

    `cart_changed` or `payment_changed`; once nothing is due, `sale_made`.
    """

    tender: Tender
    amount: int | None = None
    given: int | None = None
    terminal: str = ""
    code: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class FinishFree(Command):
    """Complete a sale of which nothing is due: `sale_made`."""


@dataclass(frozen=True, slots=True)
class CancelPayment(Command):
    """Stop asking the guest: `payment_changed`, which may say that it came too late."""

    payment: str


@dataclass(frozen=True, slots=True)
class AskPayment(Command):
    """Find out what became of it: `payment_changed`. Nothing is charged."""

    payment: str


@dataclass(frozen=True, slots=True)
class SettlePayment(Command):
    """A person has looked at the terminal: `payment_changed`."""

    payment: str
    paid: bool
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReturnPayment(Command):
    """Give back what was taken for a cart that is no sale yet."""

    payment: str


# What was sold


@dataclass(frozen=True, slots=True)
class FindSales(Command):
    """By number, order code, name, ticket or amount; empty: the latest. `sales_found`."""

    text: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ShowSale(Command):
    """`sale_shown`, with what may still be given back."""

    sale: str


@dataclass(frozen=True, slots=True)
class ReverseSale(Command):
    """Give money back for lines (line id and how many; empty: all that is left). `tender` None: as it was
    paid.

    `sale_reversed`, or `payment_changed` while a terminal is asked.
    """

    sale: str
    way: ReversalWay
    reason: str
    lines: Sequence[tuple[str, int]] = ()
    tender: Tender | None = None


@dataclass(frozen=True, slots=True)
class PrintReceipt(Command):
    """Again, as a copy. `number` of a reversal's receipt; 0: the sale's."""

    sale: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class ListAudit(Command):
    """Who did what at the tills: whole shifts, the latest first, until there are `limit` entries:
    `audit_listed`."""

    limit: int = 500


@dataclass(frozen=True, slots=True)
class MailTickets(Command):
    """Ask the server to send tickets and receipt of a sale: `mail_asked`. Only where this desk has one."""

    sale: str
    to: str


# The till's devices


@dataclass(frozen=True, slots=True)
class TryReceiptPrinter(Command):
    """Print something made up on the printer at this address: `receipt_printer_tried`."""

    address: str


@dataclass(frozen=True, slots=True)
class KeepSecret(Command):
    """A card terminal's key, into the keyring: `secret_kept`. Settings hold its name alone."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckTerminal(Command):
    """Ask the card terminal of this name, as the settings have it now: `terminal_changed`."""

    terminal: str
