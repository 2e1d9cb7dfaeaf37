"""A till for tests that writes what a real one does, by the till's own rules, without its screens."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from eventdesk.domain.facts import Draft, Fact, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till import paying, refunding
from eventdesk.domain.till.cart import Cart, CartLine, Customer, Exchange
from eventdesk.domain.till.pricing import price
from eventdesk.domain.till.reversing import HeldTicket, Reversing, reverse
from eventdesk.domain.till.sales import Payment, PaymentState, ReversalWay, Sale, Way
from eventdesk.domain.till.selling import Issued, Making, makes, sell
from eventdesk.domain.till.setup import Tender
from eventdesk.storage.store import Store, Transaction

NOW = datetime.now(UTC).replace(microsecond=0)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class MadeTill:
    """One desk's, with one shift. A sale is one transaction, as is what is given back of it."""

    def __init__(self, store: Store, log: str, currency: str = "EUR") -> None:
        self.store, self.log, self.currency = store, log, currency
        self.number = 0
        self.shift = new_id()
        members = {"number": 1, "drawer": "A", "at": moment_text(NOW), "currency": currency, "float": 0}
        with store.transaction() as tx:
            tx.append(log, [Draft(Kind.SHIFT_OPENED, self.shift, members)])

    def sell(
        self,
        lines: Sequence[CartLine],
        percent: int = 0,
        card: int = 0,
        customer: Customer | None = None,
        exchange: Exchange | None = None,
    ) -> Sale:
        """`percent` off, in parts per million; `card`: so much of each hundred is paid by card."""
        reason = "regular guest" if percent else ""
        cart = Cart(
            new_id(),
            tuple(lines),
            percent=percent,
            reason=reason,
            customer=customer or Customer(),
            exchange=exchange,
        )
        with self.store.transaction() as tx:
            before = tx.sale(self.log, exchange.sale) if exchange else None
            credit = 0
            if before is not None and exchange is not None:
                credit = refunding.amount(refunding.give_back(before, exchange.lines))
            catalogue, setup = tx.catalogue(self.log), tx.till_setup(self.log)
            cost = price(cart, catalogue, setup, NOW, credit=credit)
            payments = self._pay(tx, cart.sale, max(cost.due, 0), card)
            issued = {
                line: [Issued(new_id(), new_id() + new_id()) for _ in range(number)]
                for line, number in makes(cart, catalogue).items()
            }
            self.number += 1
            making = Making(
                self.number, self.shift, self.currency, NOW, new_id(), self._code(), issued, locale="de"
            )
            tx.append(self.log, sell(cart, cost, payments, making, catalogue, setup))
            if before is not None and exchange is not None:
                spent = min(cost.total, credit)
                self._reverse(tx, before, exchange.lines, ReversalWay.EXCHANGE, spent, cart.sale)
            sale = tx.sale(self.log, cart.sale)
        assert sale is not None
        return sale

    def give_back(
        self, sale: str, lines: Sequence[tuple[str, int]] = (), chosen: frozenset[str] = frozenset()
    ) -> Fact:
        """Lines and how many of each; none: all of it."""
        with self.store.transaction() as tx:
            found = tx.sale(self.log, sale)
            assert found is not None
            return self._reverse(tx, found, lines, ReversalWay.REFUND, chosen=chosen)

    def turnover(self) -> int:
        """As the shift's report says it."""
        with self.store.reader() as reader:
            figures = reader.shift_figures(self.log, self.shift)
        assert figures is not None
        return figures.turnover

    def _reverse(
        self,
        tx: Transaction,
        sale: Sale,
        lines: Sequence[tuple[str, int]],
        way: ReversalWay,
        credited: int = 0,
        exchanged_for: str = "",
        chosen: frozenset[str] = frozenset(),
    ) -> Fact:
        parts = refunding.give_back(sale, lines)
        owed = refunding.amount(parts) - credited
        family = refunding.related(sale, lambda id_: tx.sale(self.log, id_))
        every = [one for id_ in family for one in tx.payments_of(self.log, id_)]
        back = [
            replace(
                self._payment(sale.id, one.amount, one.tender),
                way=Way.OUT,
                state=PaymentState.RETURNED,
                of=one.of,
                rounding=one.rounding,
            )
            for one in refunding.repay(owed, every)
        ]
        tx.append(self.log, [paying.ended(one) for one in back])
        self.number += 1
        tickets = tx.order_tickets(self.log, sale.order) if sale.order else ()
        held: Mapping[str, HeldTicket] = {
            one.id: HeldTicket(one.secret, canceled=one.canceled) for one in tickets
        }
        told = Reversing(
            self.number, self.shift, NOW, way, "guest is ill", back, credited, exchanged_for, held, chosen
        )
        return tx.append(self.log, reverse(sale, parts, told))[0]

    def _pay(self, tx: Transaction, sale: str, due: int, card: int) -> list[Payment]:
        by_card = due * card // 100
        parts = [(by_card, Tender.CARD), (due - by_card, Tender.CASH)]
        payments = [self._payment(sale, amount, tender) for amount, tender in parts if amount]
        tx.append(self.log, [paying.ended(one) for one in payments])
        return payments

    def _payment(self, sale: str, amount: int, tender: Tender) -> Payment:
        return Payment(
            new_id(),
            sale,
            self.shift,
            self.store.desk,
            Way.IN,
            tender,
            amount,
            self.currency,
            NOW,
            PaymentState.TAKEN,
            given=amount if tender is Tender.CASH else 0,
        )

    def _code(self) -> str:
        digits, number = "", int(new_id()[-8:], 16)
        for _ in range(7):
            number, place = divmod(number, 32)
            digits += LETTERS[place]
        return f"W{digits}"
