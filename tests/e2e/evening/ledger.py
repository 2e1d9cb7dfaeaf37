"""What the evening must come to, by arithmetic of its own: nothing of the program is asked."""

from collections import Counter, defaultdict
from fractions import Fraction
from math import floor
from typing import Any

from tests.e2e.evening.event import GIFT, ITEMS, STEP, VOUCHER_OFF

MILLION = 1_000_000
Order = dict[str, Any]


def nearest(value: Fraction) -> int:
    """Half away from zero, of what is not negative."""
    return floor(value + Fraction(1, 2))


def tax_in(gross: int, rate: int) -> int:
    return nearest(Fraction(gross * rate, MILLION + rate))


def coins(amount: int) -> int:
    """To the next five cents; there is no middle between whole cents."""
    return STEP * nearest(Fraction(amount, STEP))


class Shift:
    """One shift's books, as a Z report has them."""

    def __init__(self, float_: int) -> None:
        self.drawer = self.float_ = float_
        self.sales = self.sold = self.back = self.backs = 0
        self.comps = self.discounts = self.no_sales = 0
        self.numbers: list[int] = []
        self.tenders: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # in, out, rounding
        self.products: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # pieces, gross
        self.taxes: Counter[int] = Counter()
        self.moves: Counter[str] = Counter()

    def lines(self, order: Order) -> list[tuple[str, int, int, int]]:
        """Product, pieces, gross, rate; what is off one line alone is that line's."""
        found = []
        for product, pieces in order["items"]:
            price = order["worth"] if product == GIFT else ITEMS[product].price
            gross = pieces * price
            if order.get("comp") == product:
                self.comps += gross
                gross = 0
            if order.get("code"):
                gross -= VOUCHER_OFF
                self.discounts += VOUCHER_OFF
            found.append((product, pieces, gross, 0 if product == GIFT else ITEMS[product].rate))
        return found

    def sell(self, order: Order, number: int) -> int:
        """Write a sale down; the change that is due."""
        lines = self.lines(order)
        total = sum(gross for _, _, gross, _ in lines)
        self.sales += 1
        self.sold += total
        self.numbers.append(number)
        for product, pieces, gross, rate in lines:
            self.products[product][0] += pieces
            self.products[product][1] += gross
            self.taxes[rate] += tax_in(gross, rate)
        return self._paid(order["pay"], total)

    def _paid(self, payments: list[tuple[str, int | None]], total: int) -> int:
        """`typed`: what the guest gave in cash, or a part of what is due."""
        change, due = 0, total
        for tender, typed in payments:
            is_last = typed is None or typed >= due or (tender, typed) == payments[-1]
            amount = due if is_last else typed
            assert amount is not None
            rounding = coins(amount) - amount if tender == "cash" and is_last else 0
            book = self.tenders[tender]
            book[0] += amount
            book[2] += rounding
            if tender == "cash":
                self.drawer += amount + rounding
                change += max(0, (typed or 0) - amount - rounding) if is_last else 0
            due -= amount
        assert due == 0
        return change

    def refund(self, order: Order, whole: "Shift", number: int, product: str = "") -> None:
        """All of it, or one piece of a product; by the tender of its one payment. `whole` had sold it."""
        (tender, _) = order["pay"][0]
        gross = 0
        for sold, pieces, line, rate in Shift(0).lines(order):
            if product in ("", sold):
                part, back = (1, line // pieces) if product else (pieces, line)
                gross += back
                self.products[sold][0] -= part
                self.products[sold][1] -= back
                self.taxes[rate] -= nearest(Fraction(tax_in(line, rate) * part, pieces))  # in proportion
        self.backs += 1
        self.back += gross
        self.numbers.append(number)
        rounding = coins(gross) - gross if tender == "cash" else 0
        self.tenders[tender][1] += gross
        self.tenders[tender][2] -= rounding
        self.drawer -= gross + rounding if tender == "cash" else 0

    def move(self, way: str, amount: int) -> None:
        self.moves[way] += amount
        self.drawer += amount if way == "pay_in" else -amount

    def told(self) -> dict[str, Any]:
        """As `of_figures` has a report."""
        return {
            "sales": (self.sales, self.sold),
            "back": (self.backs, self.back),
            "tenders": {name: tuple(sums) for name, sums in self.tenders.items() if any(sums)},
            "products": {name: tuple(sums) for name, sums in self.products.items() if any(sums)},
            "tax": {rate: sum_ for rate, sum_ in self.taxes.items() if sum_},
            "comps": self.comps,
            "discounts": self.discounts,
            "moves": dict(self.moves),
            "no_sales": self.no_sales,
            "numbers": (min(self.numbers), max(self.numbers)),
            "drawer": self.drawer,
        }


def of_figures(figures: dict[str, Any]) -> dict[str, Any]:
    """A report's members, in the ledger's words."""
    return {
        "sales": (figures["sales"], figures["sold"]),
        "back": (sum(one["number"] for one in figures["reversals"]), figures["reversed"]),
        "tenders": {
            one["tender"]: (one["taken"], one["returned"], one["rounding"]) for one in figures["tenders"]
        },
        "products": {
            one["product"]: (one["quantity"], one["gross"])
            for one in figures["products"]
            if one["quantity"] or one["gross"]
        },
        "tax": {one["rate"]: one["tax"] for one in figures["taxes"] if one["tax"]},
        "comps": figures["comps"],
        "discounts": figures["discounts"],
        "moves": {one["way"]: one["amount"] for one in figures["moves"]},
        "no_sales": figures["no_sales"],
        "numbers": (figures["first"], figures["last"]),
        "drawer": figures["expected_cash"],
    }
