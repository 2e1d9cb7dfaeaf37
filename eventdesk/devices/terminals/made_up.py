"""A card terminal that is not there, for training: it answers as the trainee has chosen."""

from collections.abc import Callable
from enum import StrEnum
from threading import Event

from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Return

# As long as a guest takes to find the card.
GUEST_S = 2.0


class Answers(StrEnum):
    """`LOST`: it was paid, but the first answer never comes; who asks again hears of it."""

    PAID = "paid"
    DECLINED = "declined"
    LOST = "lost"


class MadeUpTerminal:
    """No money moves. `answers` is asked at each payment."""

    def __init__(self, name: str, answers: Callable[[], str], guest_s: float = GUEST_S) -> None:
        self._name = name
        self._answers = answers
        self._guest_s = guest_s

    @property
    def name(self) -> str:
        return self._name

    def state(self) -> DeviceState:
        return DeviceState(self._name, Status.READY)

    def charge(self, charge: Charge, canceled: Event) -> Answer:
        if canceled.wait(self._guest_s):
            return Answer(Fate.CANCELED)
        if self._answers() == Answers.DECLINED:
            return Answer(Fate.DECLINED)
        if self._answers() == Answers.LOST:
            return Answer(Fate.UNKNOWN)
        return _paid(charge.id, charge.amount)

    def find(self, charge: Charge, reference: str = "") -> Answer:
        if self._answers() == Answers.DECLINED:
            return Answer(Fate.DECLINED, reference)
        return _paid(charge.id, charge.amount)

    def give_back(self, wanted: Return) -> Answer:
        if self._answers() == Answers.DECLINED:
            return Answer(Fate.DECLINED)
        return _paid(wanted.id, wanted.amount)

    def find_return(self, wanted: Return) -> Answer:
        return self.give_back(wanted)

    def close(self) -> None:
        """Nothing is open."""


def _paid(what: str, amount: int) -> Answer:
    return Answer(Fate.PAID, f"training-{what[:8]}", amount, brand="TRAINING", last4="0000")
