"""Card terminals and their maker, which keeps its own truth of what guests paid, whatever a till hears."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum

from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Return


class Crashed(BaseException):
    """The desk's computer went down in the middle of something: no `except Exception` outlives it."""


class Happens(StrEnum):
    """What becomes of one request to a terminal."""

    WELL = "well"
    DECLINED = "declined"
    UNHEARD = "unheard"  # it is done, and the answer is lost
    LOST = "lost"  # it never arrives
    WAITS = "waits"  # the guest stands there still; the answer is lost
    CRASH_BEFORE = "crash_before"
    CRASH_AFTER = "crash_after"


@dataclass
class Charged:
    amount: int
    state: str = "waiting"
    returns: dict[str, int] = field(default_factory=dict)

    @property
    def returned(self) -> int:
        return sum(self.returns.values())


class Maker:
    """`charged` by key. `asked` are the keys of charges that a till asked for, `faults` what it did wrong."""

    def __init__(self) -> None:
        self.charged: dict[str, Charged] = {}
        self.asked: list[str] = []
        self.faults: list[str] = []

    def guest_pays(self, key: str) -> None:
        if key in self.charged and self.charged[key].state == "waiting":
            self.charged[key].state = "paid"

    def paid(self, key: str) -> bool:
        return key in self.charged and self.charged[key].state == "paid"

    def of(self, reference: str) -> Charged | None:
        return self.charged.get(reference.removeprefix("ref-"))


class ModelTerminal:
    """`devices.terminals.port.Terminal` at one desk. `script`: what happens to the requests to come; then all
    goes well."""

    name = "t1"

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.script: list[Happens] = []

    def state(self) -> DeviceState:
        return DeviceState(self.name, Status.READY, "The terminal is ready.")

    def close(self) -> None:
        pass

    def _next(self) -> Happens:
        happens = self.script.pop(0) if self.script else Happens.WELL
        if happens is Happens.CRASH_BEFORE:
            raise Crashed
        return happens

    def charge(self, charge: Charge, canceled: threading.Event) -> Answer:
        maker = self.maker
        if charge.key in maker.asked or charge.key in maker.charged:
            maker.faults.append(f"{charge.key} was charged again")
        maker.asked.append(charge.key)
        happens = self._next()
        if happens is Happens.LOST:
            return Answer(Fate.UNKNOWN)
        state = {Happens.DECLINED: "declined", Happens.WAITS: "waiting"}.get(happens, "paid")
        maker.charged[charge.key] = Charged(charge.amount, state)
        return self._heard(happens, self._fate(charge.key))

    def find(self, charge: Charge, reference: str = "") -> Answer:
        """What never arrived, or waits still, can't be paid any more."""
        happens = self._next()
        if happens in (Happens.LOST, Happens.DECLINED, Happens.WAITS):
            return Answer(Fate.UNKNOWN)
        charged = self.maker.charged.setdefault(charge.key, Charged(charge.amount))
        if charged.state == "waiting":
            charged.state = "canceled"
        return self._heard(happens, self._fate(charge.key))

    def _fate(self, key: str) -> Answer:
        fates = {"paid": Fate.PAID, "declined": Fate.DECLINED, "canceled": Fate.CANCELED}
        fate = fates.get(self.maker.charged[key].state, Fate.UNKNOWN)
        return Answer(fate, f"ref-{key}" if fate is Fate.PAID else "")

    def give_back(self, wanted: Return) -> Answer:
        charged, happens = self.maker.of(wanted.reference), self._next()
        if charged is None or wanted.amount > charged.amount - charged.returned:
            self.maker.faults.append(f"{wanted.key}: more goes back than was paid")
            return Answer(Fate.DECLINED)
        if wanted.key in charged.returns:
            self.maker.faults.append(f"{wanted.key} went back again")
        if happens is Happens.DECLINED:
            return Answer(Fate.DECLINED)
        if happens not in (Happens.LOST, Happens.WAITS):
            charged.returns[wanted.key] = wanted.amount
        return self._heard(happens, Answer(Fate.PAID, f"ref-{wanted.key}"))

    def find_return(self, wanted: Return) -> Answer:
        """As a maker that knows no keys finds it: by the sum of what went back before."""
        charged, happens = self.maker.of(wanted.reference), self._next()
        if happens in (Happens.LOST, Happens.DECLINED, Happens.WAITS) or charged is None:
            return Answer(Fate.UNKNOWN)
        before = charged.returned - charged.returns.get(wanted.key, 0)
        if before != wanted.earlier:
            self.maker.faults.append(f"{wanted.key}: {before} went back before, not {wanted.earlier}")
        done = charged.returned == wanted.earlier + wanted.amount
        return self._heard(happens, Answer(Fate.PAID if done else Fate.CANCELED, f"ref-{wanted.key}"))

    def _heard(self, happens: Happens, answer: Answer) -> Answer:
        if happens is Happens.CRASH_AFTER:
            raise Crashed
        return Answer(Fate.UNKNOWN) if happens in (Happens.UNHEARD, Happens.LOST, Happens.WAITS) else answer
