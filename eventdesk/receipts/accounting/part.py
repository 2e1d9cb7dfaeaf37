"""What every part of the report needs: its account, and how the language writes what stands in it."""

from datetime import datetime

from eventdesk import i18n
from eventdesk.domain.till.accounts import Account, CurrencyAccount
from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.receipts.accounting import sums


class Part:
    """One currency's account, in words. Its derived classes are the report's chapters."""

    def __init__(self, account: Account, part: CurrencyAccount, language: str) -> None:
        self._account, self._part, self._language = account, part, language
        self._tr = i18n.speaker(language)
        self._zone = account.event.zone
        self._currency = CURRENCIES[part.currency]
        self._total = sums.total(part)
        self._paid = sums.paid_by_tender(part.tenders)

    def _money(self, amount: int) -> str:
        return i18n.bare_money(amount, self._part.currency, self._language)

    def _minute(self, at: datetime | None) -> str:
        return "" if at is None else i18n.minute(at.astimezone(self._zone), self._language)

    def _day(self, start: datetime) -> str:
        return i18n.minute(start, self._language).rpartition(" ")[0]

    def _person(self, by: str) -> str:
        return self._account.people.get(by) or by or self._tr("Nobody named")

    def _sum_row(self) -> tuple[str, ...]:
        """Sold, given back, net, tax and turnover in all."""
        total = self._total
        amounts = (total.sold, total.back, total.net, total.tax, total.gross)
        return (self._tr("Sum"), *map(self._money, amounts))
