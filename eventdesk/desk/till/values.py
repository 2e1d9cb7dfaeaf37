"""What the till tells, in the past tense: values of its hooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from eventdesk.devices.states import DeviceState
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.rights import Right
from eventdesk.domain.till.audit import AuditEntry
from eventdesk.domain.till.cart import Cart, Priced
from eventdesk.domain.till.sales import Payment, Reversal, Sale, Shift
from eventdesk.domain.till.setup import Tender, TillSetup
from eventdesk.domain.till.slips import Slip
from eventdesk.domain.verdicts import Words


@dataclass(frozen=True, slots=True)
class TillOpened:
    """`left`: how many of a product this desk may still sell by its quotas (absent: any number)."""

    request: str
    catalogue: Catalogue
    setup: TillSetup
    left: Mapping[str, int] = field(default_factory=dict)
    tenders: Sequence[Tender] = tuple(Tender)
    training: bool = False


@dataclass(frozen=True, slots=True)
class StockChanged:
    left: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CartChanged:
    """`paid` are the payments that stand for this cart, whatever their state; `due` is what is left to pay.
    `words` say what a discount or voucher did not do, and why; `needs` names the right that a second person
    must give before it can be paid (empty: none)."""

    request: str
    cart: Cart
    priced: Priced
    paid: Sequence[Payment] = ()
    due: int = 0
    words: Sequence[Words] = ()
    needs: str = ""
    parked: int = 0


@dataclass(frozen=True, slots=True)
class PaymentChanged:
    """`payment` as it stands; `busy`: a terminal is being asked. `words` are for the person at the till."""

    request: str
    payment: Payment
    busy: bool = False
    words: str = ""
    remedy: str = ""


class PrintState(StrEnum):
    WAITING = "waiting"
    PRINTED = "printed"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SaleMade:
    """Durable. `change` is to be handed over in cash."""

    request: str
    sale: Sale
    change: int = 0
    tickets: Sequence[str] = ()
    admitted: bool = False


@dataclass(frozen=True, slots=True)
class SaleRow:
    id: str
    number: int
    desk: str
    at: datetime
    total: int
    left: int
    order: str = ""
    name: str = ""
    tenders: Sequence[Tender] = ()


@dataclass(frozen=True, slots=True)
class SalesFound:
    request: str
    text: str
    rows: Sequence[SaleRow]


@dataclass(frozen=True, slots=True)
class SaleShown:
    """`left`: of each line how many may still be given back, and their money; `may` is empty, or says why
    nothing may be given back now."""

    request: str
    sale: Sale
    payments: Sequence[Payment]
    left: Mapping[str, tuple[int, int]]
    may: Words | None = None


@dataclass(frozen=True, slots=True)
class SaleReversed:
    request: str
    sale: Sale
    reversal: Reversal
    cash: int = 0


@dataclass(frozen=True, slots=True)
class ShiftChanged:
    """The shift that is open at this desk (None: none). `open_payments` are those whose fate is not
    known."""

    request: str
    shift: Shift | None
    open_payments: Sequence[Payment] = ()


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """`figures` by `domain.till.closing`; a closed one's are those that were written. `report` says them in
    the desk's language, without what whoever counts the drawer may not know yet."""

    request: str
    shift: Shift
    figures: Any
    report: Slip | None = None


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    request: str
    shift: Shift
    figures: Any


@dataclass(frozen=True, slots=True)
class ShiftsListed:
    request: str
    shifts: Sequence[Shift]


@dataclass(frozen=True, slots=True)
class ParkedCart:
    sale: str
    name: str
    lines: int
    due: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CartsListed:
    request: str
    carts: Sequence[ParkedCart]


@dataclass(frozen=True, slots=True)
class SeatsShown:
    """`taken` are seat ids; `best` those that were asked for, as many as there are together."""

    request: str
    plan: str
    session: str | None
    taken: frozenset[str]
    best: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AuditedShift:
    """`entries`: the latest first."""

    shift: Shift
    entries: Sequence[AuditEntry]


@dataclass(frozen=True, slots=True)
class AuditListed:
    """`people` are names by staff id; `is_all`: no earlier shift was left out."""

    request: str
    shifts: Sequence[AuditedShift]
    people: Mapping[str, str]
    is_all: bool


@dataclass(frozen=True, slots=True)
class MailAsked:
    """It is on the disk; the mailer sends it once it hears of it."""

    request: str
    sale: str


class CodeKind(StrEnum):
    GIFT_CARD = "gift_card"
    TICKET = "ticket"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class CodeKnown:
    """`id` of the gift card or ticket; `left` on the card; `sale` that it came from and `order` of the
    ticket (or empty)."""

    request: str
    code: str
    kind: CodeKind
    id: str
    left: int = 0
    sale: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalNeeded:
    """Nothing was written: a second person's PIN (`Approve`), then `command` may be posted again."""

    request: str
    right: Right
    command: Any


@dataclass(frozen=True, slots=True)
class Approved:
    """Until it is used, or a minute has passed."""

    request: str
    name: str


@dataclass(frozen=True, slots=True)
class ReceiptChanged:
    request: str
    sale: str
    state: PrintState
    words: str = ""


@dataclass(frozen=True, slots=True)
class TerminalChanged:
    terminal: str
    state: DeviceState


@dataclass(frozen=True, slots=True)
class ReceiptPrinterTried:
    """`state` before it printed; `printed`: all of it came out, as far as the printer says."""

    request: str
    state: DeviceState
    printed: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class SecretKept:
    request: str
    name: str
