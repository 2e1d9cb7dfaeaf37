"""Who stands there: by a code, by an order code or a name with a second fact."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from eventdesk.desk.kiosk import finding, phrases
from eventdesk.desk.kiosk.admitting import Admitting
from eventdesk.desk.kiosk.commands import ChooseGuests, FindByCode, FindByName, FindByOrder
from eventdesk.desk.kiosk.finding import Found
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.domain.decision import Outcome
from eventdesk.domain.kiosk import wording
from eventdesk.domain.kiosk.setup import Find
from eventdesk.domain.kiosk.wording import BadWording
from eventdesk.domain.tickets import Ticket, Via
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Reason as Refusal
from eventdesk.domain.verdicts import Verdict
from eventdesk.storage.store import Reader

# Whoever has just gone in here and still holds their code up is not told that it was used already.
JUST_NOW: Final = timedelta(minutes=2)


class Searching:
    """Lives on the engine's lane. `found` goes on with a visit whose guests are known."""

    def __init__(
        self,
        scene: Scene,
        admitting: Admitting,
        may_pay: Callable[[Party], bool],
        found: Callable[[Visit], None],
    ) -> None:
        """`may_pay`: whether what a guest owes can be paid here."""
        self._scene = scene
        self._may_pay = may_pay
        self._admitting = admitting
        self._found = found
        self._passed: dict[str, datetime] = {}

    def passed(self, ticket: str) -> None:
        """This guest has gone in here. Finding oneself is not enough: guesses between would be free."""
        now, tries = self._scene.now(), self._scene.tries
        if tries.failed:
            self._scene.put_tries(tries.succeeded(now))
        self._passed = {one: at for one, at in self._passed.items() if now - at < JUST_NOW}
        self._passed[ticket] = now

    def by_code(self, visit: Visit, command: FindByCode) -> None:
        if not command.camera and self._must_wait(visit):
            return
        scene, door = self._scene, self._scene.door
        try:
            code = wording.checked(command.code.strip(), wording.LONGEST_CODE)
        except BadWording:
            code = ""
        visit.code = digest(command.code)
        with scene.store.reader() as reader:
            presented = self._admitting.presented(reader, door, code)
            ticket = presented.ticket
            if not code or ticket is None or presented.via is Via.NOTHING:
                self._unknown_code(visit, limited=not command.camera)
                return
            party = Party(ticket, code)
            verdict = self._admitting.foreseen(reader, door, party, asks=False)
            party.ticket = verdict.ticket or ticket
            # A code that opens nothing (revoked, canceled, used) shows nobody else of its order.
            opens = verdict.outcome is not Outcome.ERROR or self._may_pay(party)
            others = self._others(reader, party.ticket) if scene.setup.group and opens else []
        self._set(visit, [party, *others])

    def by_order(self, visit: Visit, command: FindByOrder) -> None:
        self._by(
            visit,
            Find.ORDER,
            lambda reader, passes: finding.by_order(
                reader, self._scene.log, self._scene.setup, command.code, command.second, passes
            ),
        )

    def by_name(self, visit: Visit, command: FindByName) -> None:
        self._by(
            visit,
            Find.NAME,
            lambda reader, passes: finding.by_name(
                reader, self._scene.log, self._scene.setup, command.name, command.second, passes
            ),
        )

    def choose(self, visit: Visit, command: ChooseGuests) -> None:
        """Who of the group is here."""
        chosen = [one for one in visit.parties if one.ticket.id in command.tickets]
        if not chosen:
            visit.say(phrases.NOBODY)
            return
        for one in visit.parties:
            one.here = one in chosen
        self._found(visit)

    def _by(self, visit: Visit, find: Find, look: Callable[[Reader, Callable[[str], bool]], Found]) -> None:
        scene = self._scene
        if find not in scene.setup.finds or self._must_wait(visit):
            return
        # Counted before it is looked at: who pulls the plug meanwhile has tried all the same.
        before = scene.tries
        scene.put_tries(before.one_more(scene.now()))
        with scene.store.reader() as reader:
            found = look(reader, lambda ticket: self._passes(reader, ticket))
            known = reader.order_tickets(scene.log, found.order) if found.order else ()
            parties = self._parties(reader, found, known)
        if not parties:
            self._not_found(visit)
            return
        scene.put_tries(before)
        self._set(visit, parties)

    def _parties(self, reader: Reader, found: Found, known: Sequence[Ticket]) -> list[Party]:
        """Those who said who they are first; with a group, the others of the order after them."""
        mine = [Party(one) for one in known if one.id in found.tickets]
        if not mine or not self._scene.setup.group:
            return mine
        return mine + [
            one for one in self._others(reader, mine[0].ticket) if one.ticket.id not in found.tickets
        ]

    def _others(self, reader: Reader, ticket: Ticket) -> list[Party]:
        """The other guests of the order; add-ons are no guests."""
        known = reader.order_tickets(self._scene.log, ticket.order.id)
        return [Party(one, here=False) for one in known if one.id != ticket.id and one.addon_to is None]

    def _passes(self, reader: Reader, ticket: str) -> bool:
        found = reader.ticket(self._scene.log, ticket)
        return found is not None and self._verdict(reader, Party(found)).outcome is not Outcome.ERROR

    def _verdict(self, reader: Reader, party: Party) -> Verdict:
        return self._admitting.foreseen(reader, self._scene.door, party, asks=False)

    def _set(self, visit: Visit, parties: list[Party]) -> None:
        """The guests of this visit, and what stands against each."""
        with self._scene.store.reader() as reader:
            verdicts = [self._verdict(reader, one) for one in parties]
        refused = [
            one.outcome is Outcome.ERROR and not (one.reason is Refusal.UNPAID and self._may_pay(party))
            for one, party in zip(verdicts, parties, strict=True)
        ]
        for party, verdict, is_refused in zip(parties, verdicts, refused, strict=True):
            if is_refused:
                party.words = phrases.refused(verdict)
                party.here = False
        visit.parties, visit.at = parties, 0
        if len(parties) > 1 and not all(refused):
            visit.turn(Page.CHOOSING)
        elif not refused[0]:
            parties[0].here = True
            self._found(visit)
        else:
            self._refuse(visit, parties[0], verdicts[0])

    def _refuse(self, visit: Visit, party: Party, verdict: Verdict) -> None:
        at = self._passed.get(party.ticket.id)
        if verdict.reason is Refusal.ALREADY_REDEEMED and at and self._scene.now() - at < JUST_NOW:
            party.goes(Fate.PASSED)
            visit.turn(Page.DONE, phrases.WELCOME)
            return
        self._scene.write(*verdict.facts)
        self._scene.send_to_staff(party, Reason.NOT_ADMITTED, phrases.refused(verdict))
        visit.turn(Page.SORRY, phrases.refused(verdict), phrases.GO_TO_STAFF)

    # Nobody is found

    def _must_wait(self, visit: Visit) -> bool:
        waits = self._scene.tries.waiting(self._scene.now()) is not None
        if waits:
            visit.turn(Page.FINDING, phrases.WAIT)
        return waits

    def _not_found(self, visit: Visit) -> None:
        visit.turn(Page.FINDING, phrases.NOT_FOUND, phrases.CHECK_AGAIN)
        self._guessed(visit)

    def _unknown_code(self, visit: Visit, *, limited: bool) -> None:
        event = self._scene.door.catalogue.event.name
        visit.turn(Page.FINDING, phrases.with_event(event), phrases.CHECK_AGAIN)
        if limited:
            self._scene.put_tries(self._scene.tries.one_more(self._scene.now()))
            self._guessed(visit)

    def _guessed(self, visit: Visit) -> None:
        if self._scene.tries.waiting(self._scene.now()) is not None:
            visit.say(phrases.WAIT)
            visit.called.add(Reason.GUESSING)
            self._scene.calls.guessing()


def digest(code: str) -> bytes:
    """By it a code is known again; the code itself is not kept."""
    return sha256(code.strip().encode("utf-8", "surrogatepass")).digest()
