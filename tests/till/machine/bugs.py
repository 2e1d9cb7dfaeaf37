"""Bugs that are put in on purpose: each would lose or double money, tickets or places."""

from collections.abc import Callable
from typing import Any

from eventdesk.desk.till import reserving, seating
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.claiming import Claiming
from eventdesk.desk.till.completing import Back
from eventdesk.desk.till.fates import Fates
from eventdesk.desk.till.paying import Paying
from eventdesk.desk.till.repaying import Repaying
from eventdesk.desk.till.reversing import Reversing
from eventdesk.desk.till.terminals import ChargeNow
from eventdesk.desk.upstream.allotments import Allotments
from eventdesk.devices.terminals.port import Charge, Fate
from eventdesk.domain.till import paying, refunding, reversing
from eventdesk.domain.till.sales import Way

Put = Callable[[Any, str, Any], None]
Bug = Callable[[Put], None]


def paid_apart_from_its_sale(put: Put) -> None:
    """The payment is one transaction, the sale another."""

    def at_once(self: Any, command: Any, payment: Any, more: Any = ()) -> None:
        with self._register.store.transaction() as tx:
            self._carts.keep(tx)
            self._register.write(tx, [paying.ended(payment), *more])
        with self._register.store.transaction() as tx:
            made = self._completing.complete(tx, payment.sale)
        self._selling.tell(made, command.request)

    put(Paying, "_at_once", at_once)


def unknown_charged_again(put: Put) -> None:
    """Whoever asks about a lost answer asks for the money once more."""

    def find(self: Any, payment: Any, request: str) -> None:
        if payment.way is Way.IN:
            charge = Charge(payment.id, payment.key, payment.amount, payment.currency)
            self._post(ChargeNow(payment.terminal, charge, request=request))

    put(Fates, "_find", find)


def unknown_taken_for_failed(put: Put) -> None:
    """An answer that was lost counts as a no."""
    answered = Fates.answered

    def hasty(self: Any, command: Any) -> Any:
        if command.answer.fate is Fate.UNKNOWN:
            object.__setattr__(command.answer, "fate", Fate.DECLINED)
        return answered(self, command)

    put(Fates, "answered", hasty)


def given_back_again(put: Put) -> None:
    """What is on its way back is begun once more."""
    put(Back, "check_known", lambda _self: None)
    put(Repaying, "_returns", lambda *_: [])


def given_back_by_two_carts(put: Put) -> None:
    """A sale is exchanged in one cart while another gives it back."""
    put(Reversing, "_check_alone", lambda *_: None)
    put(Back, "check_known", lambda _self: None)
    put(Carts, "_check_returned", lambda _self: None)


def refund_without_a_claim(put: Put) -> None:
    put(Claiming, "claim", lambda *_: None)


def refund_of_what_has_left(put: Put) -> None:
    """A desk that is cut off gives back what others know as well."""

    def claim(self: Any, sale: Any, cart: str) -> None:
        if not self._claims.is_down:
            honest(self, sale, cart)

    honest = Claiming.claim
    put(Claiming, "claim", claim)


def rounding_lost(put: Put) -> None:
    """Cash goes back to the cent, though it came rounded."""
    put(refunding, "_rounding", lambda *_: 0)


def change_reckoned_to_the_cent(put: Put) -> None:
    put(paying, "rounded", lambda amount, _step: amount)


def tickets_stay_good(put: Put) -> None:
    put(reversing, "_canceled", lambda *_: ())


def places_beyond_the_share(put: Put) -> None:
    put(Allotments, "may_use", lambda *_, **__: True)


def cash_known_to_the_maker(put: Put) -> None:
    """Cash that stood for a card counts as returned by the card's maker."""
    told = Fates._return

    def counting(self: Any, payment: Any) -> Any:
        wanted = told(self, payment)
        with self._register.store.reader() as reader:
            every = reader.payments_of(self._register.log, payment.sale)
        gone = sum(one.amount for one in every if one.of == payment.of and one.tender == "cash")
        object.__setattr__(wanted, "earlier", wanted.earlier + gone)
        return wanted

    put(Fates, "_return", counting)


def places_of_waiting_carts_sold(put: Put) -> None:
    """A cart that is being paid keeps nothing."""
    put(reserving, "paid_for", lambda *_: ())
    put(seating, "paid_for", lambda *_: ())
