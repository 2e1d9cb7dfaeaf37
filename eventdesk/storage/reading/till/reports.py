"""What accounts and audits ask of a transaction or a reader. Money is in minor units; moments are in UTC."""

from collections.abc import Iterator

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.till.accounts import (
    EVER,
    Closing,
    GivenBack,
    MinuteSum,
    PaymentKey,
    ReceiptKey,
    ShiftKey,
    SoldLine,
)
from eventdesk.domain.till.audit import AuditEntry
from eventdesk.domain.till.figures import Figures, figures_from
from eventdesk.domain.till.sums import Span
from eventdesk.storage import log as facts
from eventdesk.storage.reading.till import accounts, mails, money

PAGE = 500


class AccountReading:
    """A `span` here is a time; its `shift` is not looked at."""

    _execute: facts.Execute

    def sold_lines(
        self, log: str, span: Span = EVER, after: ReceiptKey | None = None, receipts: int = PAGE
    ) -> list[SoldLine]:
        """The lines of so many receipts after a key, by desk and number; empty at the end."""
        return accounts.sold_lines(self._execute, log, span, after, receipts)

    def payment_keys(
        self, log: str, span: Span = EVER, after: PaymentKey | None = None, limit: int = PAGE
    ) -> list[PaymentKey]:
        """Moments and ids of payments, the oldest first; empty at the end."""
        return accounts.payment_keys(self._execute, log, span, after, limit)

    def closed_shifts(
        self, log: str, span: Span = EVER, after: ShiftKey | None = None, limit: int = PAGE
    ) -> list[ShiftKey]:
        """Keys of shifts that were closed within the span, by desk and number; empty at the end."""
        return accounts.closed_shifts(self._execute, log, span, after, limit)

    def closing(self, log: str, shift_id: str) -> Closing | None:
        """What the close of a shift says; None where it is open or unknown."""
        shift = money.shift(self._execute, log, shift_id)
        if shift is None or shift.closed is None:
            return None
        payload = facts.facts_of(self._execute, log, shift_id, Kind.SHIFT_CLOSED)[0].payload
        told = payload.get("figures")
        figures = figures_from(told) if told else Figures()
        return Closing(shift, figures, payload.get("by") or "", payload.get("approved") or "")

    def given_back(self, log: str, span: Span = EVER) -> Iterator[GivenBack]:
        """The reversals of a time, the oldest first."""
        for sale_id, id_ in accounts.reversals(self._execute, log, span):
            sale = money.sale(self._execute, log, sale_id)
            found = next((one for one in sale.reversals if one.id == id_), None) if sale else None
            if sale is not None and found is not None:
                yield GivenBack(found, sale.currency, sale.number, sale.desk)

    def minute_sums(self, log: str, span: Span = EVER) -> Iterator[MinuteSum]:
        """Turnover by the minute, in no order: whoever tells days knows the zone."""
        return accounts.minutes(self._execute, log, span)

    def receipt_number(self, log: str, shift: str, id_: str) -> int:
        """Of the sale or reversal, where the shift wrote it; 0 where it did not."""
        return accounts.receipt_number(self._execute, log, shift, id_)

    def receipt_count(self, log: str, span: Span = EVER) -> int:
        return accounts.count(self._execute, accounts.COUNT_RECEIPTS, log, span)

    def payment_count(self, log: str, span: Span = EVER) -> int:
        return accounts.count(self._execute, accounts.COUNT_PAYMENTS, log, span)

    def audit(self, log: str, shift_id: str) -> list[AuditEntry]:
        """Who did what in a shift that is to be asked about, in the order of the desk's chain, its close
        last."""
        return accounts.audit(self._execute, log, shift_id)

    def mails_asked(self, log: str, desk: str, after: int = 0) -> list[Fact]:
        """What the desk asked to be mailed after that number of its chain; an erased one has no address."""
        return mails.asked(self._execute, log, desk, after)
