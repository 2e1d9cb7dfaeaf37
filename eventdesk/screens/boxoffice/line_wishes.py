"""One line of the cart: what may be changed of it, each by a sheet of its own."""

from functools import partial

from eventdesk.desk.till.commands import ChangeLine
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.editing import asked
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.adding import Adding
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.lessening import Lessening
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.typed import pieces
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.words import joined


class LineWishes:
    def __init__(self, state: TillState, work: Work, adding: Adding, less: Lessening) -> None:
        self._state = state
        self._work = work
        self._adding = adding
        self._less = less

    def step_line(self, id_: str, by: int) -> None:
        """One more or less; a line with seats chooses them anew."""
        line = self._state.line(id_)
        if line is None or line.quantity + by < 1:
            return
        if line.seats and by > 0:
            self._choose_seats(line, line.quantity + by)
        else:
            self._state.post(ChangeLine(line.id, quantity=line.quantity + by))

    def open_line(self, line: CartLine) -> None:
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
            Choice(tr("Percent off"), partial(self._less.percent_off, line_off)),
            Choice(tr("An amount off"), partial(self._less.amount_off, line_off)),
            Choice(tr("Give it away"), partial(self._less.why, partial(self._give_away, line))),
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
            self.open_line(line)
        return True

    def _do(self, command: ChangeLine) -> None:
        self._work.close_sheet()
        self._state.post(command)
