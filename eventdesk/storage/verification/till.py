"""Whether the till's own sums hold: what `domain.till.checks` asks of every sale, payment, number and close.

It reads what the replay made of the log. Of a sale whose other half has not arrived, and of a desk some of
whose facts are withheld or can't be read, nothing is said: what is not here can't be added up.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.till import checks, summing
from eventdesk.domain.till.figures import figures_from
from eventdesk.domain.till.folds import PAYMENT_KINDS
from eventdesk.domain.till.sales import Payment, Sale, Shift
from eventdesk.domain.verdicts import Words
from eventdesk.storage import log
from eventdesk.storage.reading.till import figures, money
from eventdesk.storage.verification.compare import shown

Execute = Callable[..., Any]

SELECT_LOGS = "SELECT DISTINCT log FROM shift_facts ORDER BY log"
SELECT_SALES = "SELECT id FROM sales WHERE log = ? ORDER BY id"
SELECT_PAYMENTS = "SELECT id FROM payments WHERE log = ? ORDER BY id"
SELECT_SHIFTS = "SELECT id FROM shifts WHERE log = ? ORDER BY id"
SELECT_HIDDEN = "SELECT DISTINCT desk FROM kept.facts WHERE log = ? AND redacted > 1"
SELECT_NUMBERS = """
    SELECT desk, json_extract(CAST(payload AS TEXT), '$.number') FROM kept.facts
    WHERE log = ? AND kind IN (SELECT value FROM json_each(?)) AND redacted < 2 ORDER BY desk, 2
"""
NUMBERED = (Kind.SALE_COMPLETED, Kind.SALE_REVERSED), (Kind.SHIFT_OPENED,)


def check_till(connection: Any) -> Iterator[str]:
    """`main` holds what the log says, and the facts are those of `kept`."""
    for (log_id,) in connection.execute(SELECT_LOGS).fetchall():
        found = map(str, _Log(connection.execute, log_id).words())
        yield from shown((f"Till of event {log_id}: {one}" for one in found), f"Till of event {log_id}")


class _Log:
    def __init__(self, execute: Execute, log_id: str) -> None:
        self._execute = execute
        self._log = log_id
        self._hidden = set(self._ids(SELECT_HIDDEN))

    def words(self) -> Iterator[Words]:
        for id_ in self._ids(SELECT_SALES):
            yield from self._sale(id_)
        payments = []
        for id_ in self._ids(SELECT_PAYMENTS):
            yield from checks.check_payment(id_, self._facts(id_, *PAYMENT_KINDS))
            payments.append(money.payment(self._execute, self._log, id_))
        yield from checks.check_returned(one for one in payments if one is not None)
        for kinds in NUMBERED:
            yield from self._numbers(kinds)
        for id_ in self._ids(SELECT_SHIFTS):
            yield from self._shift(id_)

    def _sale(self, id_: str) -> Iterator[Words]:
        sale = money.sale(self._execute, self._log, id_)
        if sale is None or self._hidden.intersection({sale.desk, *(one.desk for one in sale.reversals)}):
            return
        payments = money.payments_of(self._execute, self._log, id_)
        earlier = self._other(sale.exchange_of)
        if not sale.exchange_of or earlier is not None:
            yield from checks.check_sale(sale, payments, checks.exchange_credit(sale, earlier))
        others = {one.exchanged_for for one in sale.reversals if one.exchanged_for}
        totals = {other: found.total for other in others if (found := self._other(other)) is not None}
        if len(totals) == len(others):
            yield from checks.check_reversals(sale, payments, totals)

    def _numbers(self, kinds: Iterable[Kind]) -> Iterator[Words]:
        numbers: dict[str, list[int]] = {}
        for desk, number in self._execute(SELECT_NUMBERS, (self._log, log.encode(list(kinds)).decode())):
            numbers.setdefault(desk, []).append(number)
        for desk in numbers.keys() - self._hidden:
            yield from checks.check_numbers(desk, numbers[desk])

    def _shift(self, id_: str) -> Iterator[Words]:
        shift = money.shift(self._execute, self._log, id_)
        assert shift is not None
        facts = money.shift_facts(self._execute, self._log, id_)
        if shift.desk in self._hidden or not all(self._is_whole(fact) for fact in facts):
            return
        sales = money.sales_of_shift(self._execute, self._log, id_)
        payments = money.payments_of_shift(self._execute, self._log, id_)
        yield from self._sums(shift, sales, payments)
        closes = self._facts(id_, Kind.SHIFT_CLOSED)
        if closes:
            stored = figures_from(closes[0].payload.get("figures") or {})
            yield from checks.check_shift(shift, stored, [*facts, *closes], sales, payments)
        if len(closes) > 1:
            yield Words("Shift {number} ({shift}) was closed twice.", {"number": shift.number, "shift": id_})

    def _sums(self, shift: Shift, sales: list[Sale], payments: list[Payment]) -> Iterator[Words]:
        """What tills show, from sums, against the sales and payments one by one."""
        found = figures.shift_figures(self._execute, self._log, shift.id)
        if found != summing.figures(shift, sales, payments):
            name = {"number": shift.number, "shift": shift.id}
            yield Words("Shift {number} ({shift}): its sums are not those of its sales.", name)

    def _is_whole(self, fact: Fact) -> bool:
        """A reversal counts for nothing while its sale has not arrived."""
        return fact.kind is not Kind.SALE_REVERSED or self._other(fact.subject) is not None

    def _other(self, sale_id: str) -> Sale | None:
        return money.sale(self._execute, self._log, sale_id) if sale_id else None

    def _facts(self, subject: str, *kinds: Kind) -> list[Fact]:
        return log.facts_of(self._execute, self._log, subject, *kinds)

    def _ids(self, query: str) -> list[str]:
        return [row[0] for row in self._execute(query, (self._log,)).fetchall()]
