"""Seats at this desk: which are taken, which are best, and whether another desk was first."""

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import ShowSeats
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.values import SeatsShown
from eventdesk.desk.upstream.claims import Claims
from eventdesk.domain.till import seats
from eventdesk.domain.till.cart import Cart
from eventdesk.errors import BadInput


class Seating:
    """Lives on the engine's lane. `claims` None: nobody else sells."""

    def __init__(self, register: Register, claims: Claims | None = None) -> None:
        self._register = register
        self._claims = claims

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
        """Raises BadInput where a seat of the cart is taken, as far as this desk knows."""
        register = self._register
        for line in cart.lines:
            for seat in line.seats:
                found = seats.parts(seat)
                if found is None:
                    raise BadInput("This is no seat.", "Choose it on the plan.")
                with register.store.reader() as reader:
                    taken = reader.seats_taken(register.log, found[0], line.session)
                if seats.place(seat, line.session) in taken:
                    name = seats.label(register.setup.seatings.values(), seat)
                    raise BadInput(f"{name} was sold meanwhile.", "Choose another seat.")

    def unconfirmed(self, cart: Cart) -> frozenset[str]:
        """Seats that no upstream has confirmed, though other desks may sell them."""
        if self._claims is None or not self._claims.is_paired:
            return frozenset()
        return frozenset(seat for line in cart.lines for seat in line.seats)
