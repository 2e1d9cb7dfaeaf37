"""The door: scans, undo, whole orders and walk-ins. Each is one transaction; nothing is shown before it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from eventdesk.desk.commands import (
    AddWalkIn,
    AdmitOrder,
    ScanCode,
    ShowOrder,
    Source,
    UndoAdmission,
)
from eventdesk.desk.hooks import Door, Given, Hooks, OrderAdmitted, OrderShown, Undone
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.settings import AUTO_PRINT
from eventdesk.desk.signed_codes import SignedCodes
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.at_door import AtDoor, Word, is_by_hub_alone, is_confirmed
from eventdesk.desk.walk_ins import new_secret, walk_in_drafts
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.decision import Mode, Outcome, Scan, Verdict, decide
from eventdesk.domain.facts import Kind
from eventdesk.domain.fold import undo
from eventdesk.domain.rights import Right
from eventdesk.domain.signed import unknown_ticket
from eventdesk.domain.tickets import Direction, Presented, Ticket, Via
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader, Store, Transaction

PASSES = frozenset({Kind.ADMITTED, Kind.LEFT})
# A ticket's id is no secret: it stands in exports. Only a person at the desk may enter by it.
UNTRUSTED = frozenset({Source.CAMERA, Source.SCANNER})
WRITING = frozenset({Mode.ENTRY, Mode.EXIT})


class DoorKeeper:
    """Decides and writes at the door where the desk stands. Lives on the engine's lane."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        standing: Standing,
        preferences: Preferences,
        spool: Spool | None,
        now: Callable[[], datetime],
        line: AtDoor,
    ) -> None:
        self._store = store
        self._hooks = hooks
        self._standing = standing
        self._preferences = preferences
        self._spool = spool
        self._now = now
        self._line = line
        self._signed = SignedCodes()
        self._last_pass = ""

    def handlers(self) -> Handlers:
        return {
            ScanCode: self._served_first(self.scan),
            UndoAdmission: self.undo,
            ShowOrder: self.show_order,
            AdmitOrder: self._served_first(self.admit_order),
            AddWalkIn: self.walk_in,
        }

    def _served_first(self, handle: Callable[[Any], None]) -> Callable[[Any], None]:
        def serve(command: Any) -> None:
            with self._line.first():
                handle(command)

        return serve

    def scan(self, command: ScanCode) -> None:
        """Look the code up, decide and write; then tell. Raises NotAllowed for a force without the right,
        and where the desk is locked."""
        door = self._open_door(command.force)
        wished = self._scan(
            door,
            command.nonce,
            command.force,
            reason=command.reason.strip(),
            ignore_unpaid=command.ignore_unpaid,
            answers=command.answers,
        )
        with self._line.asked(door, self._foreseen(door, command, wished)) as word:
            with self._store.transaction() as tx:
                presented = self._presented(tx, door, command)
                given = self._give(tx, door, presented, wished, door.mode, word)
            self._line.written(word, [given.verdict])
        self._tell(replace(given, request=command.request, seen_at=command.seen_at))

    def _foreseen(self, door: Door, command: ScanCode, wished: Scan) -> list[Verdict]:
        """What the scan will come to as things stand, for the upstream to be asked about: while it is, the
        database is nobody's."""
        if door.mode is not Mode.ENTRY or not self._line.may_ask:
            return []
        with self._store.reader() as reader:
            presented = self._presented(reader, door, command)
        return [decide(presented, door.list, wished, door.catalogue)]

    def _presented(self, source: Reader | Transaction, door: Door, command: ScanCode) -> Presented:
        presented = self._signed.presented(source, door, command.code, self._now())
        if presented.via is Via.TICKET_ID and command.source in UNTRUSTED:
            return Presented(command.code)
        return presented

    def undo(self, command: UndoAdmission) -> None:
        """Annul a pass; the ticket is as if it had not been scanned. Raises BadInput where there is none."""
        if not command.reason.strip():
            raise BadInput("An undo needs a reason.", "Say why the scan is taken back.")
        log = self._open_door().catalogue.event.id
        self._line.present.check(log, Right.UNDO)
        admission = command.admission or self._last_pass
        with self._store.transaction() as tx:
            row = tx.admission(log, admission) if admission else None
            if row is None:
                raise BadInput("There is no check-in to undo.", "It may have been undone already.")
            tx.append(log, self._line.present.signed([undo(row.ticket, admission, command.reason)]))
            ticket = tx.ticket(log, row.ticket)
        if admission == self._last_pass:
            self._last_pass = ""
        ticket = ticket or unknown_ticket(row.ticket)  # let in by a signed code, its sale yet to be heard of
        self._hooks.admission_undone(Undone(command.request, ticket, admission))
        self._standing.count()

    def show_order(self, command: ShowOrder) -> None:
        """What each ticket of an order would get at this door; nothing is written."""
        door = self._open_door()
        with self._store.reader() as reader:
            tickets = reader.order_tickets(door.catalogue.event.id, command.order)
        verdicts = [decide(_by_hand(one), door.list, self._scan(door), door.catalogue) for one in tickets]
        self._hooks.order_shown(OrderShown(command.request, command.order, verdicts))

    def admit_order(self, command: AdmitOrder) -> None:
        """Admit the tickets of an order in one transaction: all of them are written, or none."""
        door = self._open_door(command.force)
        mode = door.mode if door.mode in WRITING else Mode.ENTRY
        scans = partial(self._scan, door, force=command.force)
        with self._line.asked(door, self._foreseen_order(door, command, mode)) as word:
            with self._store.transaction() as tx:
                given = [
                    self._give(tx, door, _by_hand(one), scans(), mode, word)
                    for one in self._chosen(tx, door, command)
                ]
            self._line.written(word, [one.verdict for one in given])
        given = [replace(one, request=command.request) for one in given]
        self._hooks.order_admitted(OrderAdmitted(command.request, command.order, given))
        self._follow_up(given)

    def _foreseen_order(self, door: Door, command: AdmitOrder, mode: Mode) -> list[Verdict]:
        if mode is not Mode.ENTRY or not self._line.may_ask:
            return []
        with self._store.reader() as reader:
            tickets = self._chosen(reader, door, command)
        scan = self._scan(door, force=command.force)
        return [decide(_by_hand(one), door.list, scan, door.catalogue) for one in tickets]

    def _chosen(self, source: Reader | Transaction, door: Door, command: AdmitOrder) -> list[Ticket]:
        tickets = source.order_tickets(door.catalogue.event.id, command.order)
        return [one for one in tickets if not command.tickets or one.id in command.tickets]

    def walk_in(self, command: AddWalkIn) -> None:
        """Issue a ticket to a guest who has none and admit it, all or nothing. Nobody else can have
        admitted it, so that nobody is asked."""
        door = self._open_door()
        log = door.catalogue.event.id
        drafts = walk_in_drafts(command, new_secret())
        self._line.present.check_drafts(log, drafts)
        mode = Mode.ENTRY if command.admit else Mode.INFO
        with self._store.transaction() as tx:
            if self._line.signer is not None:
                drafts = self._line.signer.signed(tx, log, drafts, self._now())
            tx.append(log, self._line.present.signed(drafts))
            presented = tx.presented(log, drafts[-1].payload["secret"])
            given = self._give(tx, door, presented, self._scan(door), mode, None)
            if command.admit and given.verdict.outcome is Outcome.ERROR:
                # Raised inside the transaction: the ticket that was to be issued goes with it.
                raise BadInput(
                    f"{given.verdict.headline}. {given.verdict.explanation}", "No ticket was issued."
                )
        self._tell(replace(given, request=command.request))

    def _open_door(self, force: bool = False) -> Door:
        """The door chosen. Raises NotAllowed where the desk is locked, or may not force."""
        door = self._standing.door
        self._line.present.check_open()
        self._line.present.check(door.catalogue.event.id, Right.FORCE if force else Right.ADMIT)
        return door

    def _scan(self, door: Door, nonce: str = "", force: bool = False, **told: Any) -> Scan:
        """`told`: more members of Scan, by whoever stands at the door."""
        return Scan(
            at=self._now(),
            direction=Direction.EXIT if door.mode is Mode.EXIT else Direction.ENTRY,
            desk=self._store.desk,
            gate=door.gate,
            nonce=nonce or uuid4().hex,
            force=force,
            **told,
        )

    def _give(
        self,
        tx: Transaction,
        door: Door,
        presented: Presented,
        scan: Scan,
        mode: Mode,
        word: Word | None,
    ) -> Given:
        """Decide and write within the caller's transaction. `word`: the upstream's, None for a ticket that
        was issued in this very transaction."""
        verdict = decide(presented, door.list, scan, door.catalogue)
        if mode in WRITING:
            verdict = self._line.judged(door, verdict, word, force=scan.force, reason=scan.reason)
        facts = tx.append(door.catalogue.event.id, verdict.facts) if mode in WRITING else []
        admission = next((fact.id for fact in facts if fact.kind in PASSES), "")
        product, variation = _names(door, verdict.ticket)
        return Given(
            request="",
            code=presented.code,
            mode=mode,
            verdict=verdict,
            admission=admission,
            nonce=scan.nonce,
            at=scan.at,
            product=product,
            variation=variation,
            job=self._badge(tx, door, verdict, mode, bool(admission)),
            confirmed=is_confirmed(verdict),
            by_hub_alone=is_by_hub_alone(verdict),
        )

    def _badge(
        self, tx: Transaction, door: Door, verdict: Verdict, mode: Mode, admitted: bool
    ) -> BadgeJob | None:
        """The badge that goes with the verdict: queued in the same transaction, so neither is lost."""
        if self._spool is None or verdict.ticket is None:
            return None
        by_itself = mode is Mode.ENTRY and admitted and self._preferences.get(AUTO_PRINT)
        asked = mode is Mode.PRINT and verdict.outcome is not Outcome.ERROR
        if not (by_itself or asked):
            return None
        return self._spool.enqueue_once(tx, Order(door.catalogue, verdict.ticket, self._now()))

    def _tell(self, given: Given) -> None:
        """Show a verdict that stands on the disk, and do what follows from it."""
        self._last_pass = given.admission or self._last_pass
        self._hooks.verdict_given(given)
        self._follow_up([given])

    def _follow_up(self, given: Iterable[Given]) -> None:
        jobs = [one.job for one in given if one.job is not None]
        for job in jobs:
            self._hooks.job_changed(job)
        if jobs and self._spool is not None:
            self._spool.nudge()
        self._standing.count()


def _names(door: Door, ticket: Ticket | None) -> tuple[str, str]:
    """The names of the ticket's product and variation."""
    product = door.catalogue.products.get(ticket.product) if ticket else None
    if product is None or ticket is None:
        return "", ""
    return product.name, next((one.name for one in product.variations if one.id == ticket.variation), "")


def _by_hand(ticket: Ticket) -> Presented:
    """A ticket that a person picked from a list instead of scanning it."""
    return Presented(code=ticket.secret, via=Via.SECRET, ticket=ticket)
