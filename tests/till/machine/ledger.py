"""The model's ledger: plain dicts of what was sold, paid and given back, by rules of its own.

It reads the facts that a desk wrote, one after the other, as an auditor would: each must be one that somebody
meant, and follow from those before it. It knows nothing of the till's own functions.
"""

from collections import Counter

from tests.till.machine.arithmetic import part_of, rounded, tax_in
from tests.till.machine.fair import QUOTAS, STEP
from tests.till.machine.handed_out import HandedOut, Row


class Ledger(HandedOut):
    """`drawer` is the cash that lies in each desk's drawer, as people put it there. `meant` is what the
    person at the desk is about to take for a cart: `sale`, `due` and `given`."""

    def __init__(self) -> None:
        super().__init__()
        self.payments: dict[str, Row] = {}
        self.sales: dict[str, Row] = {}
        self.reversals: list[Row] = []
        self.shifts: dict[str, Row] = {}
        self.drawer: Counter[str] = Counter()
        self.open: dict[str, str] = {}  # desk -> shift
        self.last: Counter[tuple[str, str]] = Counter()  # receipts' and shifts' numbers by desk
        self.meant: Row = {}
        self._touched: set[str] = set()

    def read(self, desk: str, kind: str, subject: str, told: Row) -> None:
        reads = getattr(self, f"_{kind}", None)
        if reads is not None:
            reads(desk, subject, told)

    # Shifts

    def _shift_opened(self, desk: str, subject: str, told: Row) -> None:
        assert desk not in self.open, "two shifts are open at one desk"
        self._number(desk, "shift", told["number"])
        self.open[desk] = subject
        self.shifts[subject] = {"desk": desk, "float": told["float"], "moves": 0, "counted": None}
        self.drawer[desk] = told["float"]

    def _cash_moved(self, desk: str, subject: str, told: Row) -> None:
        assert self.open[desk] == subject
        moved = told["amount"] if told["way"] == "pay_in" else -told["amount"]
        self.drawer[desk] += moved
        self.shifts[subject]["moves"] += moved

    def _cash_counted(self, desk: str, subject: str, told: Row) -> None:
        assert self.open[desk] == subject
        self.shifts[subject]["counted"] = told["amount"]

    def _shift_closed(self, desk: str, subject: str, told: Row) -> None:
        assert self.open.pop(desk) == subject, "a shift that is not open was closed"
        assert told["expected"] == self.drawer[desk], "the Z report is not what lies in the drawer"
        assert told["difference"] == told["counted"] - told["expected"]
        sums, figures = self.sums(subject), told["figures"]
        assert (figures["sold"], figures["reversed"]) == (sums["sold"], sums["reversed"])
        assert {one["rate"]: one["tax"] for one in figures["taxes"] if one["tax"]} == sums["taxes"]
        self.shifts[subject]["closed"] = told

    def _number(self, desk: str, of: str, number: int) -> None:
        self.last[desk, of] += 1
        assert number == self.last[desk, of], f"{of} {number} of {desk} does not follow"

    def sums(self, shift: str) -> Row:
        """What a shift sold, less what it gave back; fees have no product."""
        sales = [one for one in self.sales.values() if one["shift"] == shift]
        back = [one for one in self.reversals if one["shift"] == shift]
        taxes, products = Counter[int](), Counter[str]()
        rows = [(line, line, 1) for one in sales for line in one["lines"].values()]
        rows += [
            (self.sales[one["sale"]]["lines"][part["line"]], part, -1)
            for one in back
            for part in one["lines"]
        ]
        for line, part, sign in rows:
            taxes[line["rate"]] += sign * part["tax"]
            products["" if line.get("fee") else line["product"]] += sign * part["quantity"]
        return {
            "sales": len(sales),
            "sold": sum(one["total"] for one in sales),
            "reversed": sum(one["amount"] for one in back),
            "taxes": {rate: tax for rate, tax in taxes.items() if tax},
            "products": {id_: number for id_, number in products.items() if number},
        }

    # Payments

    def _payment_started(self, desk: str, subject: str, told: Row) -> None:
        assert self.open[desk] == told["shift"]
        assert subject not in self.payments, "a payment was started twice"
        self._check_meant(told)
        self.payments[subject] = {**told, "desk": desk, "state": "started", "moved": 0}
        self._check_returns(told)

    def _payment_taken(self, desk: str, subject: str, told: Row) -> None:
        moved = told["amount"] + told.get("rounding", 0)
        if told["tender"] != "card":
            self._check_meant(told)
        if told["tender"] == "cash":
            is_last = told["amount"] == self.meant["due"]
            assert moved == (rounded(told["amount"], STEP) if is_last else told["amount"])
            assert told.get("given", 0) - told.get("change", 0) == moved
            assert told.get("given", 0) == (self.meant["given"] or moved)
        self._end(desk, subject, told, "taken", moved)

    def _payment_returned(self, desk: str, subject: str, told: Row) -> None:
        self._end(desk, subject, told, "returned", -told["amount"] - told.get("rounding", 0))
        self._check_returns(told)

    def _payment_failed(self, desk: str, subject: str, told: Row) -> None:
        self._end(desk, subject, {**self.payments[subject], **told}, "failed", 0)

    def _end(self, desk: str, subject: str, told: Row, state: str, moved: int) -> None:
        assert self.open[desk] == told["shift"], "money moved without a shift"
        before = self.payments.get(subject, {"state": "started", "desk": desk})
        assert before["state"] == "started", "a payment ended twice"
        assert (before["desk"], before.get("amount", told["amount"])) == (desk, told["amount"])
        self.payments[subject] = {**before, **told, "state": state, "moved": moved}
        if told["tender"] == "cash":
            self.drawer[desk] += moved

    def _check_meant(self, told: Row) -> None:
        if told.get("way", "in") == "in" and not told.get("of"):
            assert told["sale"] == self.meant.get("sale"), "money was taken that nobody asked for"
            assert 0 < told["amount"] <= self.meant["due"]

    def _check_returns(self, told: Row) -> None:
        of = self.payments[told["of"]] if told.get("of") else None
        if of is None:
            return
        backs = self.backs(told["of"])
        assert of["state"] == "taken"
        assert sum(one["amount"] for one in backs) <= of["amount"], "more goes back than was paid"
        cash = [one for one in backs if one["tender"] == "cash"]
        if of["tender"] == "cash" and sum(one["amount"] for one in cash) == of["amount"]:
            assert sum(one["moved"] for one in cash) == -of["moved"], "not the coins that were taken"

    def backs(self, payment: str) -> list[Row]:
        found = (one for one in self.payments.values() if one.get("of") == payment)
        return [one for one in found if one["state"] != "failed"]

    def standing(self, sale: str) -> dict[str, int]:
        """What is left of each payment that was taken for a cart or sale, by those that name it."""
        taken = {id_: one for id_, one in self.payments.items() if one["sale"] == sale and not one.get("of")}
        return {
            id_: one["amount"]
            - sum(back["amount"] for back in self.backs(id_) if back["state"] == "returned")
            for id_, one in taken.items()
            if one["state"] == "taken"
        }

    # Sales

    def _sale_completed(self, desk: str, subject: str, told: Row) -> None:
        assert subject not in self.sales
        assert self.open[desk] == told["shift"]
        self._number(desk, "receipt", told["number"])
        lines = {line["id"]: {**line, "left": line["quantity"], "back": 0} for line in told["lines"]}
        assert told["total"] == sum(line["gross"] for line in lines.values())
        taxes: Counter[int] = Counter()
        for line in lines.values():
            assert line["tax"] == tax_in(line["gross"], line["rate"]) == line["gross"] - line["net"]
            taxes[line["rate"]] += line["tax"]
        assert {one["rate"]: one["tax"] for one in told["tax"] if one["tax"]} == +taxes
        if told.get("exchange_of"):
            back = next(one for one in self.reversals if one.get("exchanged_for") == subject)
            credit = min(back["amount"], told["total"])
        else:
            credit = 0
        standing = {id_: left for id_, left in self.standing(subject).items() if left}
        assert set(standing) == set(told["payments"])
        assert sum(standing.values()) == told["total"] - credit, "it is not paid for"
        self.sales[subject] = {**told, "desk": desk, "lines": lines, "credit": credit}
        self._touched.add(subject)

    def _sale_reversed(self, desk: str, subject: str, told: Row) -> None:
        assert self.open[desk] == told["shift"]
        self._number(desk, "receipt", told["number"])
        lines = self.sales[subject]["lines"]
        for part in told["lines"]:
            line = lines[part["line"]]
            assert part["quantity"] <= line["left"], "more was given back than was sold"
            assert part["gross"] == part_of(line, part["quantity"])
            line["left"] -= part["quantity"]
            line["back"] += part["gross"]
        self.reversals.append({**told, "sale": subject, "desk": desk})
        self._touched.add(subject)

    def paid_back(self, reversal: Row) -> None:
        """In its transaction a reversal and the sale that it was exchanged for stand together."""
        sale = self.sales.get(reversal.get("exchanged_for", ""))
        credit = min(reversal["amount"], sale["total"]) if sale else 0
        back = [self.payments[id_] for id_ in reversal["payments"]]
        assert all(one["state"] == "returned" for one in back)
        assert sum(one["amount"] for one in back) == reversal["amount"] - credit, "not what is owed went back"

    def check(self) -> None:
        """After a transaction: whatever belongs together is there together."""
        for reversal in self.reversals:
            self.paid_back(reversal)
        for id_ in self._touched:
            for line in self.sales[id_]["lines"].values():
                if tickets := line.get("tickets"):
                    good = sum(self.tickets[one]["good"] for one in tickets)
                    assert good == line["left"], "tickets are not what was paid for"
        self._touched.clear()
        sold = [
            one
            for sale in self.sales.values()
            for line in sale["lines"].values()
            for one in line.get("tickets", ())
        ]
        assert sorted(sold) == sorted(self.tickets), "a ticket without a sale"
        good = Counter(one["product"] for one in self.tickets.values() if one["good"])
        assert {id_: good[product] for id_, (product, _) in QUOTAS.items() if good[product]} == +self.uses
        for seat, tickets in self.seats.items():
            assert len(tickets) < 2 or seat in self.unconfirmed, f"{seat} was sold twice"
