"""A ticket on the spot, for a guest who has none: what, for whom, the questions; then the card."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.commands import BuyAtKiosk, ShowProducts
from eventdesk.desk.kiosk.filling import NOT_HERE
from eventdesk.desk.kiosk.paying import Paying
from eventdesk.desk.kiosk.ports import KioskTill, Owed, Wanted
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Party, Visit
from eventdesk.domain.catalogue import Question
from eventdesk.domain.decision import Outcome, decide
from eventdesk.domain.kiosk import wording
from eventdesk.domain.kiosk.setup import Amend
from eventdesk.domain.kiosk.wording import BadWording
from eventdesk.domain.questions import asked_of
from eventdesk.domain.tickets import Order, OrderStatus, Presented, Ticket, Via
from eventdesk.domain.verdicts import Scan


class Buying:
    """Lives on the engine's lane."""

    def __init__(self, scene: Scene, paying: Paying, go_on: Callable[[Visit], None]) -> None:
        self._scene = scene
        self._paying = paying
        self._go_on = go_on

    def show(self, visit: Visit, _command: ShowProducts) -> None:
        till = self._paying.till
        visit.offers = self._offers(till) if till is not None else ()
        if visit.offers:
            visit.turn(Page.BUYING)
        else:
            visit.say(phrases.NO_SALE)

    def _offers(self, till: KioskTill) -> Sequence[Owed]:
        """In the organizer's order. What does not open this door now is for the box office to sell."""
        log = self._scene.log
        offered = {one.id: one for one in till.offers(log)}
        products = [offered[id_] for id_ in self._scene.setup.sells if id_ in offered]
        wishes = [
            Wanted(one.id, variation.id if variation else None)
            for one in products
            for variation in one.variations or (None,)
        ]
        return [owed for one in wishes if self._opens(one) and (owed := till.price(log, one)) is not None]

    def _opens(self, wanted: Wanted) -> bool:
        ticket = replace(_ticket_to_be(wanted, ""), order=Order("", ""))
        scene, door = self._scene, self._scene.door
        scan = Scan(at=scene.now(), desk=scene.store.desk, gate=door.gate, nonce=uuid4().hex, can_ask=False)
        held_up = Presented(ticket.id, Via.SECRET, ticket)
        return decide(held_up, door.list, scan, door.catalogue).outcome is not Outcome.ERROR

    def buy(self, visit: Visit, command: BuyAtKiosk) -> None:
        """Nothing is sold yet: the questions first, then the card."""
        chosen = next((one.wanted for one in visit.offers if _is_same(one.wanted, command)), None)
        if chosen is None:
            return
        try:
            name = wording.amended({"name": command.name}, frozenset({Amend.NAME}))["name"]
        except BadWording as error:
            visit.say(error.words)
            return
        party = Party(_ticket_to_be(chosen, name), wanted=Wanted(chosen.product, chosen.variation, name))
        party.questions = self._questions(party.ticket)
        party.steps = [Page.QUESTIONS] * bool(party.questions)
        visit.parties, visit.at = [party], 0
        self._go_on(visit)

    def _questions(self, ticket: Ticket) -> list[Question]:
        """Of the sale and of the door at once: whoever has paid is asked nothing more."""
        till = self._paying.till
        asked = [*till.questions(ticket.product)] if till is not None else []
        if self._scene.setup.asks:
            asked += asked_of(ticket, self._scene.door.catalogue)
        return [one for one in asked if one.type not in NOT_HERE]


def _is_same(wanted: Wanted | None, command: BuyAtKiosk) -> bool:
    return wanted is not None and (wanted.product, wanted.variation) == (command.product, command.variation)


def _ticket_to_be(wanted: Wanted, name: str) -> Ticket:
    """What the pages before the sale are about. It stands nowhere."""
    order = Order("", "", OrderStatus.PENDING)
    return Ticket(uuid4().hex, order, "", wanted.product, wanted.variation, name=name)
