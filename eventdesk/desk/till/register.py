"""Where the till stands: the event it sells for, and the shift that is open at this desk.

Owned by the engine's lane, as the door's `Standing` is.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import TILL_LOG, TRAINING
from eventdesk.desk.till.approving import Approvals
from eventdesk.desk.till.shares import Shares
from eventdesk.desk.till.values import ShiftChanged, StockChanged, TillOpened
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.facts import Draft, Fact
from eventdesk.domain.rights import Right
from eventdesk.domain.till import refunding
from eventdesk.domain.till.approvals import needed
from eventdesk.domain.till.cart import Cart, Priced
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, Shift
from eventdesk.domain.till.setup import TillSetup
from eventdesk.domain.till.sums import SALE, Span
from eventdesk.domain.verdicts import Words
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader, Store, Transaction


class Register:
    """`store`, `now` and `desk` are for the till's other parts as well."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        preferences: Preferences,
        approvals: Approvals,
        shares: Shares,
        now: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.hooks = hooks
        self.preferences = preferences
        self.approvals = approvals
        self.shares = shares
        self.now = now
        self._catalogue: Catalogue | None = None
        self.setup = TillSetup()
        self.shift: Shift | None = None
        self._left: Mapping[str, int] = {}

    @property
    def desk(self) -> str:
        return self.store.desk

    @property
    def is_open(self) -> bool:
        return self._catalogue is not None

    @property
    def catalogue(self) -> Catalogue:
        """Raises BadInput where the till is not open."""
        if self._catalogue is None:
            raise BadInput("The till is not open.", "Choose the event that it sells for.")
        return self._catalogue

    @property
    def log(self) -> str:
        return self.catalogue.event.id

    @property
    def currency(self) -> str:
        return self.catalogue.event.currency

    @property
    def is_training(self) -> bool:
        return bool(self.preferences.get(TRAINING))

    @property
    def left(self) -> Mapping[str, int]:
        """How many of each limited product are left, as it was told last."""
        return self._left

    def open_shift(self) -> Shift:
        """The shift at this desk. Raises BadInput where there is none."""
        if self.shift is None:
            raise BadInput("No shift is open at this till.", "Open one and say what the drawer holds.")
        return self.shift

    def stand(self, log: str, request: str = "") -> None:
        """Sell for this event from now on; again: by what is set up now."""
        self._read(log)
        if self.preferences.get(TILL_LOG) != log:
            self.preferences.put(TILL_LOG, log)
        self._tell_opened(request)
        self.tell_shift(request)

    def _tell_opened(self, request: str) -> None:
        tenders = self.setup.rules.tenders
        opened = TillOpened(request, self.catalogue, self.setup, self._left, tenders, self.is_training)
        self.hooks.till_opened(opened)

    def refresh(self, request: str = "") -> None:
        """Tell what has changed: the set-up as a whole, or how many are left."""
        before = self.catalogue, self.setup
        self._read(self.log)
        if (self.catalogue, self.setup) != before:
            self._tell_opened(request)
        else:
            self.hooks.stock_changed(StockChanged(self._left))

    def _read(self, log: str) -> None:
        with self.store.reader() as reader:
            catalogue = reader.catalogue(log)
            self.setup = reader.till_setup(log)
            shifts = reader.open_shifts(log, self.desk)
            self._left = self.shares.left_of_products(reader, catalogue)
        self._catalogue = catalogue
        self.shift = shifts[-1] if shifts else None

    def count(self) -> None:
        """How many are left may have changed, here or elsewhere."""
        with self.store.reader() as reader:
            left = self.shares.left_of_products(reader, self.catalogue)
        if left != self._left:
            self._left = left
            self.hooks.stock_changed(StockChanged(left))

    def tell_shift(self, request: str = "") -> None:
        self.hooks.shift_changed(ShiftChanged(request, self.shift, self.open_payments()))

    def open_payments(self) -> Sequence[Payment]:
        with self.store.reader() as reader:
            return reader.open_payments(self.log, self.desk)

    def comps(self) -> int:
        """How many pieces the shift has given away."""
        with self.store.reader() as reader:
            sold = reader.turnover(self.log, Span(shift=self.open_shift().id))
        return sum(one.quantity for one in sold if one.comp and one.way == SALE)

    def credit(self, source: Reader | Transaction, cart: Cart) -> int:
        """What the lines that are exchanged give back. Raises Refused where they are not left any more."""
        if cart.exchange is None:
            return 0
        sale = source.sale(self.log, cart.exchange.sale)
        if sale is None:
            raise Refused(Words("The sale to be exchanged is not known here."), Words("Look it up again."))
        return refunding.amount(refunding.give_back(sale, cart.exchange.lines))

    def needs(self, cart: Cart, priced: Priced) -> str:
        """The right that a second person must give for this cart; empty: none."""
        wanted = list(needed(priced)) + ([Right.REFUND] if cart.exchange else [])
        missing = [] if cart.approved else self.approvals.missing(self.log, wanted)
        return missing[0].value if missing else ""

    def refresh_shift(self, source: Reader | Transaction) -> None:
        """The shift as it stands, with what this transaction has written."""
        shifts = source.open_shifts(self.log, self.desk)
        self.shift = shifts[-1] if shifts else None

    def write(self, tx: Transaction, drafts: Sequence[Draft]) -> list[Fact]:
        """What people at the till do. Raises NeedsApproval; then nothing is written."""
        facts = tx.append(self.log, self.approvals.signed(self.log, drafts))
        self.approvals.used()
        return facts

    def record(self, tx: Transaction, drafts: Sequence[Draft], approved: str = "") -> list[Fact]:
        """What has happened, whoever is logged on by now: a terminal's answer, and the sale that was asked
        for before. `approved`: who allowed it then."""
        signed = self.approvals.by_now(drafts, approved)
        return tx.append(self.log, signed)


def bad_input(error: Refused) -> BadInput:
    """What the till's rules refuse, as the desk tells it."""
    return BadInput(str(error.words), str(error.remedy))
