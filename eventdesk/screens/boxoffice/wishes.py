"""What a person at the till wants, beside adding products and taking money: each opens what it needs."""

from collections.abc import Callable
from functools import partial

from eventdesk.desk.till.commands import (
    ChangeCart,
    ChangeLine,
    DropCart,
    EnterCode,
    GiveDiscount,
    ListCarts,
    ParkCart,
    TakeCart,
)
from eventdesk.desk.till.values import CartsListed
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.editing import asked
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.adding import Adding
from eventdesk.screens.boxoffice.cart_rows import CartRow
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.typed import millionths, pieces, some_text
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.words import clock, joined


def reasons() -> list[str]:
    """Why something costs less."""
    return [tr("Complaint"), tr("Regular guest"), tr("Staff"), tr("Press"), tr("Sponsor"), tr("Damaged")]


class Wishes:
    def __init__(self, state: TillState, work: Work, adding: Adding) -> None:
        self._state = state
        self._work = work
        self._adding = adding
        self._listing = ""
        # The page's own, which knows the other parts.
        self.choose_event: Callable[[], object] = lambda: None
        self.choose_display: Callable[[], object] = lambda: None
        self.find_guest: Callable[[], object] = lambda: None

    # Codes and carts

    def enter_code(self) -> None:
        if self._state.can_sell:
            self._work.open_sheet(self._work.typing)
            self._work.typing.ask(
                tr("Voucher, gift card or ticket"),
                some_text,
                lambda code: self._do(EnterCode(code)),
                told=tr("Scan it, or type its code."),
                digits=False,
            )

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
            Choice(tr("Percent off the whole"), partial(self._percent_off, self._whole)),
            Choice(tr("An amount off the whole"), partial(self._amount_off, self._whole)),
        ]
        if self._state.cart.cart.percent or self._state.cart.cart.off:
            choices.append(Choice(tr("No discount on the whole"), partial(self._whole, 0, 0, "")))
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(tr("Discount"), choices)

    def _giving(self, discount: str, taken_back: bool) -> Callable[[], None]:
        return partial(self._do, GiveDiscount(discount, taken_back))

    def _whole(self, percent: int, off: int, reason: str) -> None:
        self._do(ChangeCart(percent=percent, off=off, reason=reason))

    def _percent_off(self, done: Callable[[int, int, str], None]) -> None:
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("Discount in percent"), millionths, lambda share: self._why(lambda why: done(share, 0, why))
        )

    def _amount_off(self, done: Callable[[int, int, str], None]) -> None:
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("Discount as an amount"),
            self._state.typed,
            lambda off: self._why(lambda why: done(0, off, why)),
        )

    def _why(self, done: Callable[[str], None]) -> None:
        self._work.open_sheet(self._work.reasons)
        self._work.reasons.ask(tr("Why?"), reasons(), done)

    # One line

    def open_row(self, row: CartRow) -> None:
        line = self._state.line(row.line) if row.line else None
        if line is not None:
            self._open_line(line)
        else:
            self.discount()

    def remove_row(self, row: CartRow) -> None:
        if row.line:
            self._state.post(ChangeLine(row.line, quantity=0))
        elif row.discount:
            self._state.post(GiveDiscount(row.discount, taken_back=True))
        else:
            self._state.post(ChangeCart(percent=0, off=0, reason=""))

    def step_line(self, id_: str, by: int) -> None:
        """One more or less; a line with seats chooses them anew."""
        line = self._state.line(id_)
        if line is None or line.quantity + by < 1:
            return
        if line.seats and by > 0:
            self._choose_seats(line, line.quantity + by)
        else:
            self._state.post(ChangeLine(line.id, quantity=line.quantity + by))

    def _open_line(self, line: CartLine) -> None:
        product, catalogue = self._state.product(line.product), self._state.catalogue
        if product is None or catalogue is None:
            return
        line_off = partial(self._line_off, line)
        less = bool(
            line.percent or line.off or line.comp or (line.price is not None and not product.free_price)
        )
        choices = [
            Choice(tr("How many"), partial(self._ask_number, line)),
            Choice(tr("Price"), partial(self._ask_price, line)),
            Choice(tr("Percent off"), partial(self._percent_off, line_off)),
            Choice(tr("An amount off"), partial(self._amount_off, line_off)),
            Choice(tr("Give it away"), partial(self._why, partial(self._give_away, line))),
            Choice(tr("Full price again"), partial(self._full_price, line), is_offered=less),
            Choice(tr("Names"), partial(self.ask_names, line)),
        ]
        if product.seating in self._state.setup.seatings:
            choices.append(Choice(tr("Seats"), partial(self._choose_seats, line, line.quantity)))
        if product.addons:
            choices.append(Choice(tr("Add-ons"), partial(self._adding.offer_addons, line)))
        if any(asked(line, catalogue)):
            choices.append(Choice(tr("Questions"), partial(self._ask_again, line)))
        choices.append(Choice(tr("Take out"), partial(self._do, ChangeLine(line.id, quantity=0))))
        self._work.open_sheet(self._work.choice)
        told = joined(f"{line.quantity} ×", self._state.says(self._state.gross(line)), by=" ")
        self._work.choice.ask(self._state.name(line), choices, told)

    def _ask_number(self, line: CartLine) -> None:
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("{name}: how many?", name=self._state.name(line)),
            pieces,
            lambda number: self._do(ChangeLine(line.id, quantity=number)),
            str(line.quantity),
        )

    def _ask_price(self, line: CartLine) -> None:
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("{name}: price of one", name=self._state.name(line)),
            self._state.typed,
            lambda price: self._do(ChangeLine(line.id, price=price)),
        )

    def _line_off(self, line: CartLine, percent: int, off: int, reason: str) -> None:
        self._do(ChangeLine(line.id, percent=percent, off=off, comp=False, reason=reason))

    def _give_away(self, line: CartLine, reason: str) -> None:
        self._do(ChangeLine(line.id, percent=0, off=0, comp=True, reason=reason))

    def _full_price(self, line: CartLine) -> None:
        product = self._state.product(line.product)
        chosen = (
            next((one for one in product.variations if one.id == line.variation), None) if product else None
        )
        changed = line.price is not None and product is not None and not product.free_price
        price = self._state.price(product, chosen) if changed and product else None
        self._do(ChangeLine(line.id, price=price, percent=0, off=0, comp=False, reason=""))

    def ask_names(self, line: CartLine) -> None:
        self._work.open_sheet(self._work.names)
        self._work.names.ask(
            self._state.name(line),
            line.quantity,
            line.names,
            lambda names: self._do(ChangeLine(line.id, names=names)),
        )

    def _choose_seats(self, line: CartLine, number: int) -> None:
        product = self._state.product(line.product)
        if product is None:
            return
        own = line.seats if number == line.quantity else ()
        self._work.open_sheet(self._work.seats)
        self._work.seats.ask(
            self._state.name(line),
            product.seating,
            number,
            own,
            lambda seats: self._do(ChangeLine(line.id, quantity=len(seats), seats=seats)),
        )

    def _ask_again(self, line: CartLine) -> None:
        self._do(ChangeLine(line.id, answers=()))
        self._adding.ask_questions(line)

    def mend(self) -> bool:
        """Ask for what must be known before this is paid; False where nothing is missing."""
        missing = self._state.missing()
        line = self._state.line(missing.line) if missing else None
        if missing is None:
            return False
        product = self._state.product(line.product) if line else None
        if line is None or product is None:
            return False
        if product.seating in self._state.setup.seatings and len(set(line.seats)) < line.quantity:
            self._choose_seats(line, line.quantity)
        elif product.asks_name and sum(1 for one in line.names if one.strip()) < line.quantity:
            self.ask_names(line)
        elif not self._adding.ask_questions(line):
            self._open_line(line)
        return True

    def more(self) -> None:
        """What is seldom wanted."""
        choices = [
            Choice(tr("Begin anew"), self._drop_and_close, is_offered=bool(self._state.lines)),
            Choice(tr("Another event"), self.choose_event),
            Choice(tr("Customer display"), self.choose_display),
        ]
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(tr("More"), choices)

    def _drop_and_close(self) -> None:
        self._work.close_sheet()
        self.drop()

    def _do(self, command: object) -> None:
        self._work.close_sheet()
        self._state.post(command)  # type: ignore[arg-type]
