"""What a person at the till wants, beside adding products and taking money: each opens what it needs."""

from collections.abc import Callable
from functools import partial

from eventdesk.desk.commands import Command
from eventdesk.desk.till.commands import (
    ChangeCart,
    ChangeLine,
    DropCart,
    GiveDiscount,
    ListCarts,
    MailTickets,
    ParkCart,
    TakeCart,
)
from eventdesk.desk.till.values import CartsListed
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.cart_rows import CartRow
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.lessening import Lessening
from eventdesk.screens.boxoffice.line_wishes import LineWishes
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.typed import some_text
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.words import clock, joined


class Wishes:
    def __init__(self, state: TillState, work: Work, lines: LineWishes, less: Lessening) -> None:
        self._state = state
        self._work = work
        self._lines = lines
        self._less = less
        self._listing = ""
        # The page's own, which knows the other parts.
        self.choose_event: Callable[[], object] = lambda: None
        self.choose_display: Callable[[], object] = lambda: None
        self.find_guest: Callable[[], object] = lambda: None
        self.ask_code: Callable[[str], object] = lambda _title: None

    # Codes and carts

    def enter_code(self) -> None:
        if self._state.can_sell:
            self.ask_code(tr("Voucher, gift card or ticket"))

    def park(self) -> None:
        """Under the customer's name; without one, a word is asked for by which it is found again."""
        cart = self._state.cart
        if not self._state.lines or cart is None:
            return None
        if cart.cart.customer.name:
            return self._do(ParkCart())
        self._work.open_sheet(self._work.typing)
        return self._work.typing.ask(
            tr("Put the cart aside"),
            str.strip,
            lambda name: self._do(ParkCart(name)),
            told=tr("A name, or a word to find it by; may stay empty."),
            digits=False,
        )

    def show_parked(self) -> None:
        if self._state.can_sell:
            self._listing = self._state.post(ListCarts())

    def carts_listed(self, listed: CartsListed) -> None:
        if listed.request != self._listing:
            return
        choices = [
            Choice(
                joined(
                    one.name or tr("Without a name"),
                    self._state.says(one.due),
                    tr("{number} lines", number=one.lines),
                    clock(one.at),
                ),
                partial(self._do, TakeCart(one.sale)),
            )
            for one in sorted(listed.carts, key=lambda one: one.at, reverse=True)
        ]
        self._work.open_sheet(self._work.choice)
        told = "" if choices else tr("No cart is put aside.")
        self._work.choice.ask(tr("Carts put aside"), choices, told, columns=1)

    def toggle_admit(self) -> None:
        cart = self._state.cart
        if self._state.can_sell and cart is not None:
            self._state.post(ChangeCart(admit=not cart.cart.admit))

    def drop(self) -> None:
        """Begin anew: what money was taken for is refused by the engine, in words."""
        if self._state.lines:
            self._state.post(DropCart())

    def mail(self, sale: str) -> None:
        """Tickets and receipt of a sale that was made."""
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("To which e-mail address?"),
            some_text,
            lambda to: self._do(MailTickets(sale, to)),
            digits=False,
        )

    # Discounts on the whole

    def discount(self) -> None:
        if not (self._state.can_sell and self._state.lines and self._state.cart):
            return
        given = self._state.cart.cart.discounts
        offered = [one for one in self._state.setup.discounts.values() if not one.code]
        choices = [
            Choice(f"✓ {one.name}" if one.id in given else one.name, self._giving(one.id, one.id in given))
            for one in offered
        ]
        choices += [
            Choice(tr("Percent off the whole"), partial(self._less.percent_off, self._whole)),
            Choice(tr("An amount off the whole"), partial(self._less.amount_off, self._whole)),
        ]
        if self._state.cart.cart.percent or self._state.cart.cart.off:
            choices.append(Choice(tr("No discount on the whole"), partial(self._whole, 0, 0, "")))
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(tr("Discount"), choices)

    def _giving(self, discount: str, taken_back: bool) -> Callable[[], None]:
        return partial(self._do, GiveDiscount(discount, taken_back))

    def _whole(self, percent: int, off: int, reason: str) -> None:
        self._do(ChangeCart(percent=percent, off=off, reason=reason))

    # One line

    def open_row(self, row: CartRow) -> None:
        line = self._state.line(row.line) if row.line else None
        if line is not None:
            self._lines.open_line(line)
        else:
            self.discount()

    def remove_row(self, row: CartRow) -> None:
        if row.line:
            self._state.post(ChangeLine(row.line, quantity=0))
        elif row.discount:
            self._state.post(GiveDiscount(row.discount, taken_back=True))
        else:
            self._state.post(ChangeCart(percent=0, off=0, reason=""))

    def more(self) -> None:
        """What is seldom wanted."""
        choices = [
            Choice(tr("Type a code"), self.enter_code),
            Choice(tr("Begin anew"), self._drop_and_close, is_offered=bool(self._state.lines)),
            Choice(tr("Another event"), self.choose_event),
            Choice(tr("Customer display"), self.choose_display),
        ]
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(tr("More"), choices)

    def _drop_and_close(self) -> None:
        self._work.close_sheet()
        self.drop()

    def _do(self, command: Command) -> None:
        self._work.close_sheet()
        self._state.post(command)
