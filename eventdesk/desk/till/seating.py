"""Seats at this desk: which are taken, which are best, and whether another desk was first."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import ShowSeats
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.reserving import paid_for
from eventdesk.desk.till.values import SeatsShown
from eventdesk.desk.upstream.claims import Asked, Claims, Wish
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till import seats
from eventdesk.domain.till.cart import Cart
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.storage.carts import KeptCart


class Seating:
    """Lives on the engine's lane. `claims` None: nobody else sells."""

    def __init__(self, register: Register, claims: Claims | None = None) -> None:
        self._register = register
        self._claims = claims
        self._held: dict[str, list[tuple[Wish, Asked]]] = {}

    def handlers(self) -> Handlers:
        return {ShowSeats: self.show}

    def show(self, command: ShowSeats) -> None:
        """Raises BadInput where there is no such plan."""
        register = self._register
        plan = register.setup.seatings.get(command.plan)
        if plan is None:
            raise BadInput("This seating plan is not there (any more).", "Choose another product.")
        with register.store.reader() as reader:
            taken = frozenset(reader.seats_taken(register.log, command.plan, command.session))
        free_of = {seat.partition("@")[0] for seat in taken}
        best = seats.best(plan, command.best, free_of, command.section) if command.best else ()
        shown = SeatsShown(command.request, command.plan, command.session, taken, best)
        register.hooks.seats_shown(shown)

    def check(self, cart: Cart) -> None:
        """Raises BadInput where a seat of the cart is taken, as far as this desk knows, or stands in another
        cart that has begun to pay."""
        register = self._register
        with register.store.reader() as reader:
            held = {one for other in paid_for(reader, register.log, cart.sale) for one in places(other)}
        for line in cart.lines:
            for seat in line.seats:
                found = seats.parts(seat)
                if found is None:
                    raise BadInput("This is no seat.", "Choose it on the plan.")
                with register.store.reader() as reader:
                    taken = reader.seats_taken(register.log, found[0], line.session)
                if seats.place(seat, line.session) in {*taken, *held}:
                    name = seats.label(register.setup.seatings.values(), seat)
                    raise BadInput(tr("{seat} was sold meanwhile.", seat=name), "Choose another seat.")

    def claim(self, cart: Cart) -> None:
        """Before money is asked for. Raises BadInput where another desk has one of the seats; where nobody
        can be asked, the seat is sold unconfirmed."""
        if self._claims is None or not self._claims.is_paired:
            return
        if [wish.subject for wish, _ in self._held.get(cart.sale, [])] == places(cart):
            return
        self.let_go(cart.sale)
        held = []
        for place in places(cart):
            wish = Wish(self._register.log, f"seat/{place}", place, seat_fact(cart.sale, place), "")
            asked = Asked()
            self._claims.hold(wish, asked)
            held.append((wish, asked))
        self._held[cart.sale] = held
        if any(asked.answer.granted is False for _, asked in held):
            self.let_go(cart.sale)
            raise BadInput("Another desk is selling one of these seats.", "Choose other seats.")

    def let_go(self, sale: str) -> None:
        """Sold, or given up."""
        if self._claims is not None:
            for wish, asked in self._held.pop(sale, []):
                self._claims.let_go(wish, asked)

    def unconfirmed(self, cart: Cart) -> frozenset[str]:
        """Seats that no upstream has confirmed, though other desks may sell them."""
        if self._claims is None or not self._claims.is_paired:
            return frozenset()
        granted = {wish.subject for wish, asked in self._held.get(cart.sale, []) if asked.answer.granted}
        return frozenset(
            seat
            for line in cart.lines
            for seat in line.seats
            if seats.place(seat, line.session) not in granted
        )

    def is_meant(self, kept: Iterable[KeptCart], fact: str) -> bool:
        """Whether one of these carts still means to take the seat by this fact."""
        return any(seat_fact(one.sale, place) == fact for one in kept for place in places(one.cart))


def named(cart: Cart, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, seats under the ids that were claimed."""
    return [
        replace(one, id=seat_fact(cart.sale, one.subject)) if one.kind is Kind.SEAT_TAKEN else one
        for one in drafts
    ]


def places(cart: Cart) -> list[str]:
    return [seats.place(seat, line.session) for line in cart.lines for seat in line.seats]


def seat_fact(sale: str, place: str) -> str:
    """The id of the fact by which a sale takes a seat: known before it is written, as it is claimed."""
    return sha256(f"seat\n{sale}\n{place}".encode()).hexdigest()[:32]
