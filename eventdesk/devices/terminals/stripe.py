"""Stripe Terminal, driven through Stripe's servers: the desk asks Stripe, Stripe asks the reader.

A payment is one PaymentIntent, and Stripe takes the money of one once at most, however often a reader is
asked for it. So the fate of a payment is that of its intent, and no other end than `PAID` is told before
Stripe has said that the intent is canceled.
"""

import time
from threading import Event

from eventdesk.devices.states import DeviceState, Status
from eventdesk.devices.terminals import words
from eventdesk.devices.terminals.faults import KEY_REFUSED, KEY_USED, Lost, Refused
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Patience, Return
from eventdesk.devices.terminals.stripe_api import Intent, Refund, StripeApi
from eventdesk.devices.terminals.waiting import settled, watched

TRIES = 3
AUTHORIZING_S = 20.0  # for a card that is being authorized, before its intent is canceled all the same
# Stripe counts these in other units than ISO 4217.
OTHER_UNITS = {"ISK", "MGA", "UGX"}
_HEARD_PERHAPS = {"terminal_reader_timeout", "terminal_reader_busy", "intent_invalid_state"}
_REFUNDS = {"succeeded": Fate.PAID, "failed": Fate.DECLINED, "canceled": Fate.CANCELED}


class StripeTerminal:
    """One reader of one Stripe account. Calls may come from any thread, one at a time."""

    def __init__(
        self, name: str, key: str, reader: str, patience: Patience | None = None, url: str = ""
    ) -> None:
        self._name = name
        self._patience = patience or Patience()
        self._api = StripeApi(key, reader, self._patience.call, url)

    @property
    def name(self) -> str:
        return self._name

    def state(self) -> DeviceState:
        try:
            reader = self._api.reader()
        except (Lost, Refused) as trouble:
            return words.unreachable(self._name, trouble)
        if not reader.online:
            return words.offline(self._name)
        return DeviceState(self._name, Status.READY) if reader.live else words.trial(self._name)

    def charge(self, charge: Charge, canceled: Event) -> Answer:
        if charge.currency in OTHER_UNITS:
            raise words.foreign(self._name, charge.currency)
        try:
            intent, known = self._api.create(charge)
        except Refused as no:
            raise words.impossible(self._name, no) from None
        except Lost as lost:
            return Answer(Fate.UNKNOWN, words=lost.words)
        visit = _Visit(self._api, intent.id, self._patience)
        answer = None if known or canceled.is_set() else visit.send()
        return answer or visit.run(canceled)

    def find(self, charge: Charge, reference: str = "") -> Answer:
        search = _Search(self._api, charge, reference, self._patience)
        return settled(search.look, self._patience.settle, self._patience.pause, lambda: search.reference)

    def give_back(self, wanted: Return) -> Answer:
        # Stripe forgets a key after a day, and a refund never.
        try:
            return _returned(wanted, self._api.find_refund(wanted) or self._api.refund(wanted))
        except Refused as no:
            if no.code in (KEY_REFUSED, KEY_USED, "resource_missing"):
                raise words.impossible(self._name, no) from None
            return Answer(Fate.DECLINED, wanted.reference, words=no.words)
        except Lost as lost:
            return Answer(Fate.UNKNOWN, wanted.reference, words=lost.words)

    def find_return(self, wanted: Return) -> Answer:
        """Looks for as long as `settle` says before it holds that the request never arrived."""

        def look() -> Answer | None:
            found = self._api.find_refund(wanted)
            return _returned(wanted, found) if found else None

        answer = settled(look, self._patience.settle, self._patience.pause, lambda: wanted.reference)
        never_came = answer.fate is Fate.UNKNOWN and not answer.words
        return Answer(Fate.CANCELED, wanted.reference) if never_came else answer

    def close(self) -> None:
        self._api.close()


class _Visit:
    """A guest at the reader, with one intent."""

    def __init__(self, api: StripeApi, intent: str, patience: Patience) -> None:
        self._api = api
        self._id = intent
        self._patience = patience
        self._tries = TRIES
        self._busy_since = 0.0

    def run(self, canceled: Event) -> Answer:
        answer = watched(self._look, self._patience.guest, self._patience.pause, canceled)
        return answer or self.stop(Fate.CANCELED if canceled.is_set() else Fate.EXPIRED)

    def send(self) -> Answer | None:
        """Ask at the reader, which may have heard what it seems to refuse: looking tells."""
        self._tries -= 1
        try:
            self._api.process(self._id)
        except Lost:
            return None
        except Refused as no:
            if no.code in _HEARD_PERHAPS and self._tries:
                return None
            return self.stop(Fate.CANCELED, _of_reader(no))
        return None

    def stop(self, why: Fate, said: str = "") -> Answer:
        """End it, and say `why`, unless it turns out to be paid."""
        return settled(
            lambda: self.step(why, said), self._patience.settle, self._patience.pause, lambda: self._id
        )

    def step(self, why: Fate, said: str = "") -> Answer | None:
        """One try to end it; None while a card is being authorized."""
        intent = self._api.intent(self._id)
        if intent.status == "canceled":
            return Answer(why, self._id, words=said)
        if answer := over(intent):
            return answer
        if why is Fate.CANCELED and intent.refusal and not said:
            why, said = Fate.DECLINED, intent.refusal
        reader = self._api.reader()
        if reader.at == self._id and reader.action == "in_progress":
            try:
                self._api.cancel_action()
            except Refused as no:
                if no.code == "terminal_reader_busy" and time.monotonic() < self._authorized_by():
                    return None
        canceled = self._api.cancel(self._id, expired=why is Fate.EXPIRED)
        return Answer(why, self._id, words=said) if canceled.status == "canceled" else None

    def _authorized_by(self) -> float:
        self._busy_since = self._busy_since or time.monotonic()
        return self._busy_since + AUTHORIZING_S

    def _look(self) -> Answer | None:
        intent = self._api.intent(self._id)
        if answer := over(intent):
            return answer
        reader = self._api.reader()
        if reader.at != self._id:
            return self.send() if self._tries else self.stop(Fate.CANCELED, words.interrupted())
        if reader.action != "failed":
            return None
        if reader.failure == "customer_canceled":
            return self.stop(Fate.CANCELED)
        refusal = intent.refusal or reader.words
        return self.stop(Fate.DECLINED, refusal or reader.failure)


class _Search:
    """For the intent of a charge of which nobody knows how far it came."""

    def __init__(self, api: StripeApi, charge: Charge, reference: str, patience: Patience) -> None:
        self._api = api
        self._charge = charge
        self._patience = patience
        self._visit: _Visit | None = None
        self.reference = reference

    def look(self) -> Answer | None:
        self.reference = self.reference or self._trace()
        if not self.reference:
            return Answer(Fate.CANCELED)
        self._visit = self._visit or _Visit(self._api, self.reference, self._patience)
        return over(self._api.intent(self.reference)) or self._visit.step(Fate.CANCELED)

    def _trace(self) -> str:
        """The intent of this charge; empty where none was made that a reader could have been asked for.

        Asking with the same key gives the intent that was made, or makes it now: a request that is still on
        its way then meets an intent that is canceled. A key that Stripe has forgotten makes a new one
        beside the old."""
        made = ""
        try:
            intent, known = self._api.create(self._charge)
            made = intent.id
            if known:
                return made
        except Lost as lost:
            if not lost.replayed:
                raise
        except Refused as no:
            if no.code != KEY_USED:
                raise
            if not (earlier := self._earlier()):
                raise
            return earlier
        earlier = self._earlier(besides=made)
        if earlier and made:
            self._api.cancel(made, expired=False)
        return earlier or made

    def _earlier(self, besides: str = "") -> str:
        found = [one for one in self._api.search(self._charge.id) if one.id != besides]
        paid = [one for one in found if one.status == "succeeded"]
        return (paid or found)[0].id if found else ""


def over(intent: Intent) -> Answer | None:
    """The end of an intent, None where it has none."""
    if intent.status == "succeeded":
        return Answer(Fate.PAID, intent.id, intent.received, intent.brand, intent.last4)
    if intent.status != "canceled":
        return None
    if intent.reason == "abandoned":
        return Answer(Fate.EXPIRED, intent.id)
    return Answer(Fate.DECLINED if intent.refusal else Fate.CANCELED, intent.id, words=intent.refusal)


def _returned(wanted: Return, refund: Refund) -> Answer:
    fate = _REFUNDS.get(refund.status, Fate.WAITING)
    return Answer(fate, wanted.reference, refund.amount if fate is Fate.PAID else 0, words=refund.words)


def _of_reader(no: Refused) -> str:
    own = {"terminal_reader_busy": words.busy, "terminal_reader_offline": words.not_there}
    return own[no.code]() if no.code in own else no.words
