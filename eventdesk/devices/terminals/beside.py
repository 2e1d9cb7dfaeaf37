"""A terminal that stands beside the till and is no part of it: a person types in what it said."""

from threading import Condition, Event

from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Patience, Return
from eventdesk.i18n import tr

LOOK_S = 0.2


class TerminalBeside:
    """`charge` and `give_back` wait until `tell` brings what the person at the till read from the terminal.

    Nobody knows better than that person, so nothing is found out here: what nobody told stays unknown, and
    canceling at the till is no answer, as the guest may have paid meanwhile."""

    def __init__(self, name: str, patience: Patience | None = None) -> None:
        self._name = name
        self._patience = patience or Patience(guest=900.0)
        self._told: dict[str, Answer] = {}
        self._news = Condition()

    @property
    def name(self) -> str:
        return self._name

    def state(self) -> DeviceState:
        return DeviceState(self._name, Status.READY)

    def tell(self, what: str, fate: Fate, reference: str = "", amount: int = 0) -> None:
        """What the terminal said of the payment or return with the id `what`: PAID, DECLINED, CANCELED, or
        UNKNOWN by a person who is not sure. `reference` is the number on the terminal's slip."""
        with self._news:
            self._told[what] = Answer(fate, reference, amount if fate is Fate.PAID else 0)
            self._news.notify_all()

    def charge(self, charge: Charge, canceled: Event) -> Answer:
        return self._wait(charge.id, canceled)

    def find(self, charge: Charge, reference: str = "") -> Answer:
        return self._known(charge.id, reference)

    def give_back(self, wanted: Return) -> Answer:
        return self._wait(wanted.id, Event())

    def find_return(self, wanted: Return) -> Answer:
        return self._known(wanted.id, "")

    def close(self) -> None:
        """Nothing is open."""

    def _wait(self, what: str, canceled: Event) -> Answer:
        left = self._patience.guest
        with self._news:
            while what not in self._told and left > 0 and not canceled.is_set():
                self._news.wait(LOOK_S)
                left -= LOOK_S
        return self._known(what, "")

    def _known(self, what: str, reference: str) -> Answer:
        with self._news:
            told = self._told.get(what)
        if told is None or told.fate is Fate.UNKNOWN:
            words = tr("Look at the slips of {name}: was it paid?", name=self._name)
            return Answer(Fate.UNKNOWN, told.reference if told else reference, words=words)
        return told
