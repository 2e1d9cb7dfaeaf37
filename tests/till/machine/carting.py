"""What may happen to a cart, one thing at a time."""

import hypothesis.strategies as st
from hypothesis.stateful import rule

from eventdesk.desk.till.commands import (
    AddProduct,
    ChangeCart,
    ChangeLine,
    DropCart,
    EnterCode,
    GiveDiscount,
    ParkCart,
    TakeCart,
)
from tests.till.machine import fair
from tests.till.machine.fair import LOG
from tests.till.machine.floor import ANY, CRASHES, DESKS, PRODUCTS, Floor


class Carting(Floor):
    @rule(at=DESKS, product=PRODUCTS, quantity=st.integers(1, 3), seat=st.integers(0, 3), crash=CRASHES)
    def add(self, at: int, product: str, quantity: int, seat: int, crash: int | None = None) -> None:
        seats = []
        if product == "chair":
            quantity, seats = 1, [fair.SEATS[seat]]
        self.act(at, AddProduct(product, quantity=quantity, seats=seats), crash=crash)

    @rule(at=DESKS, quantity=st.integers(1, 3))
    def add_meal(self, at: int, quantity: int) -> None:
        parent = next((one for one in self.screen(at).cart.lines if one.product == "entry"), None)
        if parent is not None:
            self.act(at, AddProduct("meal", quantity=quantity, parent=parent.id))

    @rule(at=DESKS, line=ANY, quantity=st.integers(0, 3), percent=st.sampled_from([None, None, 100_000]))
    def change(self, at: int, line: int, quantity: int, percent: int | None) -> None:
        lines = self.screen(at).cart.lines
        if lines:
            one = lines[line % len(lines)]
            number = None if one.product == "chair" else quantity
            self.act(at, ChangeLine(one.id, number, percent=percent, reason="worn"))

    @rule(at=DESKS, line=ANY)
    def comp(self, at: int, line: int) -> None:
        lines = self.screen(at).cart.lines
        if lines:
            self.act(at, ChangeLine(lines[line % len(lines)].id, comp=True, reason="a friend"))

    @rule(at=DESKS, percent=st.sampled_from([0, 33_333, 250_000]))
    def take_off(self, at: int, percent: int) -> None:
        self.act(at, ChangeCart(percent=percent, reason="late"))

    @rule(at=DESKS, which=st.sampled_from(sorted(fair.DISCOUNTS)))
    def discount(self, at: int, which: str) -> None:
        """One at a time."""
        if self.screen(at).cart.discounts:
            self.act(at, GiveDiscount(self.screen(at).cart.discounts[0], taken_back=True))
        elif code := fair.DISCOUNTS[which].get("code"):
            self.act(at, EnterCode(code))
        else:
            self.act(at, GiveDiscount(which))

    @rule(at=DESKS)
    def drop(self, at: int) -> None:
        self.act(at, DropCart())

    @rule(at=DESKS, crash=CRASHES)
    def park(self, at: int, crash: int | None = None) -> None:
        self.act(at, ParkCart("Ada"), crash=crash)

    @rule(at=DESKS, which=ANY, crash=CRASHES)
    def take(self, at: int, which: int, crash: int | None = None) -> None:
        with self.desk(at).store.reader() as reader:
            parked = [one for one in reader.carts(LOG) if one.state == "parked"]
        if parked:
            self.act(at, TakeCart(parked[which % len(parked)].sale), crash=crash)
