"""What a till can ask of a transaction or a reader. Money is in minor units; moments are in UTC."""

from collections.abc import Mapping, Sequence

from eventdesk.domain.facts import Fact
from eventdesk.domain.till.figures import Figures
from eventdesk.domain.till.limits import GiftCard, Left
from eventdesk.domain.till.sales import Payment, Sale, Shift
from eventdesk.domain.till.setup import Discount, TillSetup
from eventdesk.domain.till.sums import ReceiptSum, Span, TenderSum, Turnover
from eventdesk.domain.till.taken import SeatConflict, SeatTaken
from eventdesk.storage import log as facts
from eventdesk.storage.carts import Carts, KeptCart
from eventdesk.storage.reading.till import figures, finding, limits, money, seats, setup, sums
from eventdesk.storage.reading.till.reports import AccountReading
from eventdesk.storage.receipt_jobs import ReceiptJobs


class TillReading(AccountReading):
    """Carts and `receipt_jobs` are this desk's own."""

    _execute: facts.Execute
    _carts: Carts
    receipt_jobs: ReceiptJobs

    def carts(self, log: str) -> list[KeptCart]:
        """The current one and those that are parked, the oldest first."""
        return self._carts.every(log)

    def cart(self, sale_id: str) -> KeptCart | None:
        return self._carts.get(sale_id)

    def till_setup(self, log: str) -> TillSetup:
        """Without what was removed."""
        return setup.till_setup(self._execute, log)

    def sale(self, log: str, sale_id: str) -> Sale | None:
        """With what was given back of it."""
        return money.sale(self._execute, log, sale_id)

    def sale_by_number(self, log: str, desk: str, number: int) -> Sale | None:
        """By a number of a receipt: its own, or that of a reversal."""
        return finding.sale_by_number(self._execute, log, desk, number)

    def sales(self, log: str, text: str = "", limit: int = 50) -> list[Sale]:
        """By a receipt's number, an order's code, a ticket's code or id, the customer's words; the latest
        first. Without a text: the latest."""
        return finding.sales(self._execute, log, text, limit)

    def sales_of_order(self, log: str, order_id: str) -> list[Sale]:
        """The oldest first."""
        return finding.sales_of_order(self._execute, log, order_id)

    def sales_of_ticket(self, log: str, ticket_id: str) -> list[Sale]:
        """The oldest first: an exchanged ticket has several."""
        return finding.sales_of_ticket(self._execute, log, ticket_id)

    def payment(self, log: str, payment_id: str) -> Payment | None:
        return money.payment(self._execute, log, payment_id)

    def payments_of(self, log: str, sale_id: str) -> list[Payment]:
        """All of them, whatever became of them, also of a sale that is not completed; the oldest first."""
        return money.payments_of(self._execute, log, sale_id)

    def open_payments(self, log: str, desk: str) -> list[Payment]:
        """Of the desk, without an end: nobody knows what became of them. The oldest first."""
        return money.open_payments(self._execute, log, desk)

    def payments_of_shift(self, log: str, shift_id: str) -> list[Payment]:
        """Those that ended in the shift, or are still open in it; the oldest first."""
        return money.payments_of_shift(self._execute, log, shift_id)

    def sales_of_shift(self, log: str, shift_id: str) -> list[Sale]:
        """Every sale that the shift made or gave something back of, by the numbers of its receipts."""
        return money.sales_of_shift(self._execute, log, shift_id)

    def shift(self, log: str, shift_id: str) -> Shift | None:
        return money.shift(self._execute, log, shift_id)

    def open_shifts(self, log: str, desk: str) -> list[Shift]:
        """By their numbers. A desk opens no second one; another program may have."""
        return money.open_shifts(self._execute, log, desk)

    def shifts(self, log: str, limit: int = 500, desk: str = "") -> list[Shift]:
        """Of one desk or (empty) of all, the latest first."""
        return money.shifts(self._execute, log, desk, limit)

    def shift_facts(self, log: str, shift_id: str) -> list[Fact]:
        """Everything that names the shift, but for its close, in the order of the desk's chain."""
        return money.shift_facts(self._execute, log, shift_id)

    def next_receipt_number(self, log: str, desk: str) -> int:
        """Of the desk's next sale or reversal. Only its own transaction can be sure of it."""
        return finding.next_receipt_number(self._execute, log, desk)

    def next_shift_number(self, log: str, desk: str) -> int:
        """Of the desk's next shift: its Z number."""
        return finding.next_shift_number(self._execute, log, desk)

    def seats_taken(self, log: str, plan_id: str, session: str | None = None) -> dict[str, SeatTaken]:
        """By seat id (with `@session` where one is named); where two have one, the first."""
        return seats.taken(self._execute, log, plan_id, session)

    def seats_of_ticket(self, log: str, ticket_id: str) -> list[str]:
        return seats.of_ticket(self._execute, log, ticket_id)

    def seat_conflicts(self, log: str, settled: bool = False) -> list[SeatConflict]:
        """Seats that two tickets have: open ones, or settled ones, in the order in which they were taken."""
        return seats.conflicts(self._execute, log, settled)

    def gift_card(self, log: str, code: str) -> GiftCard | None:
        """By its code, as people type it, or its id."""
        return limits.gift_card(self._execute, log, code)

    def gift_cards_of(self, log: str, sale_id: str) -> list[GiftCard]:
        """Those that the sale sold."""
        return limits.gift_cards_of(self._execute, log, sale_id)

    def discount_by_code(self, log: str, code: str) -> Discount | None:
        """The voucher with the code, as people type it, whether it may be used now or not."""
        return limits.discount_by_code(self._execute, log, code)

    def left(self, log: str, counter: str) -> Left | None:
        """What is left of a quota, a discount or a gift card, by its id; None where there is none."""
        return limits.left(self._execute, log, counter)

    def shift_figures(self, log: str, shift_id: str) -> Figures | None:
        """Of an open shift as it stands, of a closed one as its facts say now; None where there is none."""
        return figures.shift_figures(self._execute, log, shift_id)

    def turnover(self, log: str, span: Span) -> list[Turnover]:
        """What was sold and given back within a shift or a time, by desk, person, product and tax rate."""
        return sums.turnover(self._execute, log, span)

    def tender_sums(self, log: str, span: Span) -> list[TenderSum]:
        """What was taken and paid out, by desk, person and tender."""
        return sums.tenders(self._execute, log, span)

    def receipt_sums(self, log: str, span: Span) -> list[ReceiptSum]:
        """How many receipts of each way, with their first and last numbers."""
        return sums.receipts(self._execute, log, span)

    def left_of_many(self, log: str, counters: Sequence[str]) -> Mapping[str, Left]:
        """As `left`, of those that there are."""
        return {one: found for one in counters if (found := self.left(log, one)) is not None}
