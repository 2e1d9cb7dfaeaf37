"""A product on its way into the cart: what must be chosen first, and what is asked and offered then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from eventdesk.desk.till.commands import AddProduct, ChangeLine
from eventdesk.desk.till.values import CartChanged
from eventdesk.domain.catalogue import Addon, Product, Variation
from eventdesk.domain.questions import read_answer
from eventdesk.domain.till import editing
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.verdicts import Words
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.words import joined


@dataclass(frozen=True, slots=True)
class Wanted:
    """`names` and `seats` None: not asked for yet."""

    product: Product
    quantity: int
    parent: str = ""
    variation: Variation | None = None
    price: int | None = None
    seats: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None

    @property
    def title(self) -> str:
        name = f"{self.product.name} ({self.variation.name})" if self.variation else self.product.name
        return f"{self.quantity} × {name}" if self.quantity > 1 else name


class Adding:
    """One product at a time; a sheet that is given up ends it, and nothing is added."""

    def __init__(self, state: TillState, work: Work) -> None:
        self._state = state
        self._work = work
        self._request = ""
        self._before: Mapping[str, CartLine] = {}
        self._asking: CartLine | None = None

    def start(self, product: Product, quantity: int = 1, parent: str = "") -> None:
        self._go_on(Wanted(product, quantity, parent))

    def _go_on(self, wanted: Wanted) -> None:
        """Ask for the next thing that is missing; with nothing missing, add it."""
        product = wanted.product
        if product.variations and wanted.variation is None:
            self._ask_variation(wanted)
        elif product.free_price and wanted.price is None:
            self._ask_price(wanted)
        elif product.seating in self._state.setup.seatings and wanted.seats is None:
            self._work.open_sheet(self._work.seats)
            self._work.seats.ask(
                wanted.title,
                product.seating,
                wanted.quantity,
                (),
                lambda seats: self._go_on(replace(wanted, seats=seats, quantity=len(seats))),
            )
        elif product.asks_name and wanted.names is None:
            self._ask_names(wanted)
        else:
            self._add(wanted)

    def _ask_variation(self, wanted: Wanted) -> None:
        state = self._state
        choices = [
            Choice(
                joined(one.name, state.says(state.price(wanted.product, one))),
                lambda chosen=one: self._go_on(replace(wanted, variation=chosen)),  # type: ignore[misc]
            )
            for one in wanted.product.variations
        ]
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(wanted.title, choices)

    def _ask_price(self, wanted: Wanted) -> None:
        product, state = wanted.product, self._state
        least = state.says(product.lowest) if product.lowest else ""
        most = state.says(product.highest) if product.highest is not None else ""
        parts = [
            tr("at least {amount}", amount=least) if least else "",
            tr("at most {amount}", amount=most) if most else "",
        ]
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("{name}: how much?", name=wanted.title),
            lambda text: _within(state.typed(text), product),
            lambda price: self._go_on(replace(wanted, price=price)),
            told=joined(*parts),
        )

    def _ask_names(self, wanted: Wanted) -> None:
        customer = self._state.cart.cart.customer.name if self._state.cart else ""
        taken = {name for line in self._state.lines for name in line.names}
        known = (customer,) if customer and customer not in taken else ()
        self._work.open_sheet(self._work.names)
        self._work.names.ask(
            wanted.title,
            wanted.quantity,
            known,
            lambda names: self._add(replace(wanted, names=names)),
        )
        self._work.names.later = lambda: self._add(replace(wanted, names=()))

    def _add(self, wanted: Wanted) -> None:
        self._work.close_sheet()
        self._before = {one.id: one for one in self._state.lines}
        names = wanted.names or ()
        command = AddProduct(
            wanted.product.id,
            wanted.variation.id if wanted.variation else None,
            wanted.quantity,
            wanted.price,
            names if any(names) else (),
            wanted.seats or (),
            parent=wanted.parent,
        )
        self._request = self._state.post(command)

    # What is asked and offered once it is there

    def cart_changed(self, told: CartChanged) -> None:
        if not self._request or told.request != self._request:
            return
        self._request = ""
        line = next((one for one in told.cart.lines if self._before.get(one.id) != one), None)
        if line is not None:
            self._follow(line)

    def _follow(self, line: CartLine) -> None:
        if not self.ask_questions(line):
            self.offer_addons(line)

    def ask_questions(self, line: CartLine) -> bool:
        """Of the line's next piece without answers; False where nothing is asked."""
        catalogue = self._state.catalogue
        questions = list(editing.asked(line, catalogue)) if catalogue else []
        place = len([one for one in line.answers if one])
        if not questions or place >= line.quantity:
            return False
        name = line.names[place] if place < len(line.names) else ""
        asked = name or f"{self._state.name(line)} {place + 1}/{line.quantity}"
        work = self._work
        work.open_sheet(work.questions)
        work.questions.ask(asked, questions, {})
        work.questions.focus_first()
        self._asking = line
        return True

    def answered(self, answers: Mapping[str, object]) -> None:
        """Of the piece that was asked about; the next one follows when the cart has them."""
        line = self._state.line(self._asking.id) if self._asking else None
        self._work.close_sheet()
        if line is None:
            return
        given = tuple(dict(one) for one in line.answers if one)
        self._before = {one.id: one for one in self._state.lines}
        texts = self._read(answers)
        self._request = self._state.post(ChangeLine(line.id, answers=(*given, texts)))

    def _read(self, answers: Mapping[str, object]) -> dict[str, str]:
        """As a ticket keeps them; the sheet has seen that they can be read."""
        catalogue = self._state.catalogue
        if catalogue is None:
            return {}
        now, zone = datetime.now(UTC), catalogue.event.zone
        asked = {key: catalogue.questions[key] for key in answers if key in catalogue.questions}
        return {key: read_answer(one, answers[key], now, zone) for key, one in asked.items()}

    def offer_addons(self, line: CartLine) -> bool:
        """What may be sold with it; for an add-on, the rest of its parent's. Enter: no more."""
        parent = self._state.line(line.parent) if line.parent else line
        product = self._state.product(parent.product) if parent else None
        if parent is None or product is None or not product.addons:
            return False
        choices = [one for one in (self._addon(parent, addon) for addon in product.addons) if one]
        if not any(one.is_offered for one in choices):
            return False
        self._work.open_sheet(self._work.choice)
        title = tr("With {name}", name=self._state.name(parent))
        self._work.choice.ask(title, choices, may_be_done=True)
        return True

    def _addon(self, parent: CartLine, addon: Addon) -> Choice | None:
        product = self._state.product(addon.product)
        if product is None or not product.at_till:
            return None
        there = sum(
            one.quantity
            for one in self._state.lines
            if one.parent == parent.id and one.product == addon.product
        )
        most = None if addon.most is None else addon.most * parent.quantity
        left = self._state.left.get(product.id)
        free = max(0, addon.included * parent.quantity - there)
        number = min(parent.quantity, most - there if most is not None else parent.quantity)
        number = min(number, left) if left is not None else number
        price = tr("included: {number}", number=free) if free else self._state.says(product.price)
        name = f"{number} × {product.name}" if number > 1 else product.name
        text = joined(name, price, tr("Sold out") if left == 0 else "")
        return Choice(text, lambda: self.start(product, number, parent.id), is_offered=number > 0)


def _within(price: int, product: Product) -> int:
    """Raises Refused where the organizer has set other limits."""
    if price < (product.lowest or 0):
        raise Refused(Words("This is less than the lowest price."), Words("Type another price."))
    if product.highest is not None and price > product.highest:
        raise Refused(Words("This is more than the highest price."), Words("Type another price."))
    return price
