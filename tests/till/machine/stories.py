"""Turns of an evening that end well, and ill where a certain bug is put in."""

from eventdesk.domain.till.setup import Tender
from tests.till.machine.cards import Happens
from tests.till.machine.evening import Evening

CASH, CARD = Tender.CASH, Tender.CARD


def power_cut_at_the_drawer(fair: Evening) -> None:
    """Down just after the cash was written."""
    fair.add(0, "coffee", 1, 0)
    fair.pay(0, CASH, crash=1)
    fair.sell(0, "entry", CASH)


def answer_lost(fair: Evening) -> None:
    fair.sell(0, "coffee", CARD, happens=[Happens.UNHEARD])
    fair.ask(0, 0, [])


def return_lost(fair: Evening) -> None:
    """The answer is lost, and somebody tries again, in cash this time."""
    fair.sell(0, "concert", CARD)
    fair.refund(0, 0, 0, 1, None, [Happens.UNHEARD])
    fair.refund(0, 0, 0, 1, CASH)
    fair.ask(0, 0, [])


def exchanged_while_it_goes_back(fair: Evening) -> None:
    """The answer is lost; somebody exchanges the same pieces for others, and it turns out that it went."""
    fair.sell(0, "coffee", CARD)
    fair.refund(0, 0, 0, 1, None, [Happens.UNHEARD])
    fair.exchange(0, 0, 0, 2)
    fair.add(0, "concert", 1, 0)
    fair.pay(0, CASH)
    fair.ask(0, 0, [])


def two_desks_at_once(fair: Evening) -> None:
    """Both know the sale, and neither what the other does."""
    fair.sell(0, "entry", CASH)
    fair.all_talk()
    fair.cut_or_mend(0)
    fair.refund(0, 0)
    fair.refund(1, 0)


def cut_off_from_a_sale(fair: Evening) -> None:
    fair.sell(0, "entry", CASH)
    fair.all_talk()
    fair.cut_or_mend(0)
    fair.talk(0, [])
    fair.refund(1, 0)
    fair.refund(0, 0)


def back_to_the_coin(fair: Evening) -> None:
    """333 came as 335, and go back so, in parts too."""
    fair.add(0, "coffee", 1, 0)
    fair.pay(0, CASH)
    fair.refund(0, 0)
    fair.sell(0, "coffee", CASH)
    fair.refund(0, 1, 0, 1)
    fair.refund(0, 1, 0, 1)


def given_back(fair: Evening) -> None:
    fair.sell(0, "concert", CASH)
    fair.refund(0, 0, 0, 1)


def sold_out_by_two(fair: Evening) -> None:
    for at in (0, 1, 0, 1):
        fair.sell(at, "concert", CASH)
    fair.cut_or_mend(0)
    for at in (0, 1):
        fair.sell(at, "concert", CASH)


def cash_for_a_card(fair: Evening) -> None:
    """One goes back in cash, the other to the card, and its answer is lost."""
    fair.sell(0, "coffee", CARD)
    fair.refund(0, 0, 0, 1, CASH)
    fair.refund(0, 0, 0, 1, None, [Happens.UNHEARD])
    fair.ask(0, 0, [])


def seat_of_a_cart_that_pays(fair: Evening) -> None:
    """The guest looks for the card; the cart waits, and somebody asks for its seat."""
    fair.the_last_one_twice(0, "chair", CARD, 0, True)
