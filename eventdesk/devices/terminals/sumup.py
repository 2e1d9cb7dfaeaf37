"""SumUp Solo, driven through SumUp's servers (its Cloud API): the desk asks SumUp, SumUp asks the reader.

A checkout has no key that would make asking twice the same as asking once, so it is asked for once. It bears
the payment's id, and by that its transaction is found. A refund bears nothing of ours: it is told from others
by the sum that has been paid back.
"""

import time
from threading import Event

from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals import words
from eventdesk.devices.terminals.faults import KEY_REFUSED, Lost, Refused
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Patience, Return
from eventdesk.devices.terminals.sumup_api import Account, SumUpApi, Transaction, in_units
from eventdesk.devices.terminals.waiting import settled, watched

# SumUp begins a checkout that it has accepted within a minute, or never.
BEGINS_S = 75.0
_NOT_NOW = "422"  # the reader is off, or asks another guest
_PAID = {"SUCCESSFUL", "REFUNDED"}
_NOT_PAID = {"FAILED", "CANCELLED"}


class SumUpTerminal:
    """One reader of one merchant. Calls may come from any thread, one at a time. `settle` of the patience
    must be longer than `begins`."""

    def __init__(
        self, name: str, account: Account, patience: Patience | None = None, begins: float = BEGINS_S
    ) -> None:
        self._name = name
        self._patience = patience or Patience(settle=BEGINS_S + 30)
        self._begins = begins
        self._api = SumUpApi(account, self._patience.call)

    @property
    def name(self) -> str:
        return self._name

    def state(self) -> DeviceState:
        try:
            reader = self._api.reader()
        except (Lost, Refused) as trouble:
            return words.unreachable(self._name, trouble)
        return DeviceState(self._name, Status.READY) if reader.online else words.offline(self._name)

    def charge(self, charge: Charge, canceled: Event) -> Answer:
        if in_units(charge.amount, charge.currency) is None:
            raise words.foreign(self._name, charge.currency)
        if canceled.is_set():
            return Answer(Fate.CANCELED)
        try:
            reference, checkout = self._api.begin(charge)
        except Refused as no:
            if no.code == _NOT_NOW:
                return Answer(Fate.CANCELED, words=no.words)
            raise words.impossible(self._name, no) from None
        except Lost as lost:
            return Answer(Fate.UNKNOWN, words=lost.words)
        visit = _Visit(self._api, charge, reference, checkout, self._begins)
        answer = watched(visit.look, self._patience.guest, self._patience.pause, canceled)
        return answer or self._settled(visit, Fate.CANCELED if canceled.is_set() else Fate.EXPIRED)

    def find(self, charge: Charge, reference: str = "") -> Answer:
        return self._settled(_Visit(self._api, charge, reference, "", self._begins), Fate.CANCELED)

    def give_back(self, wanted: Return) -> Answer:
        try:
            paid = self._api.transaction(wanted.reference)
            if paid is None:
                raise words.impossible(self._name, Refused("404", words.no_such_payment()))
            if answer := _returned(wanted, paid):
                return answer
            if paid.returned != wanted.earlier:
                return Answer(Fate.DECLINED, wanted.reference, words=words.other_returns())
            self._api.refund(paid.id, wanted.amount, wanted.currency)
        except Refused as no:
            if no.code == KEY_REFUSED:
                raise words.impossible(self._name, no) from None
            return Answer(Fate.DECLINED, wanted.reference, words=no.words)
        except Lost as lost:
            return Answer(Fate.UNKNOWN, wanted.reference, words=lost.words)
        return Answer(Fate.PAID, wanted.reference, wanted.amount)

    def find_return(self, wanted: Return) -> Answer:
        """Looks for as long as `settle` says before it holds that the request never arrived."""
        seen: list[int] = []

        def look() -> Answer | None:
            seen.clear()
            paid = self._api.transaction(wanted.reference)
            if paid is None:
                return None
            seen.append(paid.returned)
            return _returned(wanted, paid)

        answer = settled(look, self._patience.settle, self._patience.pause, lambda: wanted.reference)
        if answer.fate is not Fate.UNKNOWN or not seen:
            return answer
        if seen == [wanted.earlier]:
            return Answer(Fate.CANCELED, wanted.reference)
        return Answer(Fate.UNKNOWN, wanted.reference, words=words.other_returns())

    def close(self) -> None:
        self._api.close()

    def _settled(self, visit: "_Visit", why: Fate) -> Answer:
        return settled(
            lambda: visit.step(why), self._patience.settle, self._patience.pause, lambda: visit.reference
        )


class _Visit:
    """A guest at the reader, with one checkout."""

    def __init__(self, api: SumUpApi, charge: Charge, reference: str, checkout: str, begins: float) -> None:
        self._api = api
        self._charge = charge
        self._checkout = checkout
        self._begins = begins
        self._quiet_since: float | None = None
        self.reference = reference

    def look(self) -> Answer | None:
        transaction = self._transaction()
        if transaction is not None and transaction.status in _PAID:
            return self._paid(transaction)
        if self._checkout:
            checkout = self._api.checkout(self._checkout)
            if checkout.status == "cancelled":
                return Answer(Fate.CANCELED, self.reference)
            if checkout.status == "failed":
                return Answer(Fate.DECLINED, self.reference, words=checkout.words)
        if transaction is not None and transaction.status in _NOT_PAID:
            fate = Fate.CANCELED if transaction.status == "CANCELLED" else Fate.DECLINED
            return Answer(fate, self.reference)
        return None

    def step(self, why: Fate) -> Answer | None:
        """One try to end it; None while that is not sure."""
        answer = self.look()
        if answer is not None:
            stopped = answer.fate in (Fate.CANCELED, Fate.DECLINED) and not answer.words
            return Answer(why, self.reference) if stopped and self._checkout else answer
        reader = self._api.reader()
        if self._transaction() is not None or not (reader.online and reader.idle):
            self._quiet_since = None
            self._api.terminate()
            return None
        # Nothing is there, and nothing is asked: after a while nothing can come any more.
        self._quiet_since = self._quiet_since or time.monotonic()
        if time.monotonic() - self._quiet_since < self._begins:
            return None
        return Answer(why, self.reference)

    def _transaction(self) -> Transaction | None:
        found = self._api.transaction(self.reference, self._charge.id)
        if found is not None and not self.reference:
            self.reference = found.reference
        return found

    def _paid(self, transaction: Transaction) -> Answer:
        return Answer(
            Fate.PAID, self.reference, transaction.amount, transaction.brand.lower(), transaction.last4
        )


def _returned(wanted: Return, paid: Transaction) -> Answer | None:
    """The answer where the maker's sum holds this return already."""
    if paid.returned != wanted.earlier + wanted.amount:
        return None
    if paid.returning:
        return Answer(Fate.WAITING, wanted.reference)
    return Answer(Fate.PAID, wanted.reference, wanted.amount)
