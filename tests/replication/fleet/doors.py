"""Desks of the fleet: a real store and the real door behind it, on a line whose fate the test decides."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from eventdesk.desk.commands import ChooseDoor, ScanCode, Source, UndoAdmission
from eventdesk.desk.door import DoorKeeper
from eventdesk.desk.hooks import Given, Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.allotments import Allotments
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.desk.upstream.claims import Claims
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.ends import DeskEnds
from eventdesk.desk.upstream.membership import Membership, Node, Pairing
from eventdesk.desk.upstream.present import Present
from eventdesk.desk.upstream.reach import Link
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.tickets import Admission
from eventdesk.errors import EventDeskError
from eventdesk.storage.store import Store
from sync import wire
from sync.client.exchange import pull_some, push_all
from sync.errors import SyncError
from tests.replication.fleet.fated import FatedLine
from tests.storage.made import KEY, LIST, LOG

STEP = 3  # facts a transaction, as they come


class Crashed(Exception):
    """The desk's computer went down in the middle of something."""


class SmallSteps(DeskEnds):
    """Takes pages in small steps, so that a crash can come between two."""

    def _fit(self, number: int, took_s: float) -> None:
        self._size = STEP


class Kept:
    """Secrets that outlive a crash, as a keyring's do."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._kept.get(name)

    def put(self, name: str, value: bytes) -> None:
        self._kept[name] = value

    def delete(self, name: str) -> None:
        self._kept.pop(name, None)


class InReach:
    """Stands for `Reach`: the one node is always tried."""

    def __init__(self, link: Link) -> None:
        self.current = link


class FleetDesk:
    """`wall_s` is this computer's clock, right or wrong. What was shown is in `admitted`."""

    def __init__(
        self,
        folder: Path,
        name: str,
        line: FatedLine,
        wall_s: Callable[[], float],
        steady: Callable[[], float],
    ) -> None:
        self.name = name
        self.line = line
        self.admitted: dict[str, str] = {}  # fact id -> ticket id, of all that was shown green
        self._path = folder / f"{name}.db"
        self._wall_s, self._steady_s = wall_s, steady
        self._secrets = Kept()
        self._free = threading.Event()
        self._free.set()
        node = Node(line.station.name, line.station.name, line.station.kind, "sim")
        met_ms = int(wall_s() * 1000)
        self._pairing = Pairing(node, ("organizer",), met_ms=met_ms)
        self._link = Link(node, line)
        self._crash_after: int | None = None
        self.open()

    def open(self) -> None:
        self.clock = DeskClock(self._wall_s, self._steady_s)
        self.store = Store.open(self._path, KEY, self.name, self.clock.wall_ms)
        self.clock.keep(self.store)
        self.membership = Membership(self.store, self._secrets)
        if self.membership.pairing is None:
            self.membership.put(self._pairing)
        preferences = Preferences(self.store)
        self._reach = InReach(self._link)
        self.claims = Claims(self.membership, self._reach, preferences, lambda: None)  # type: ignore[arg-type]
        self._present = Present(self.membership, preferences, self.clock)
        at_door = AtDoor(self._present, self.claims)
        hooks = Hooks()
        self._given: list[Given] = []
        hooks.verdict_given.connect(self._given.append)
        self._standing = Standing(self.store, hooks, preferences)
        self._door = DoorKeeper(self.store, hooks, self._standing, preferences, None, self._now, at_door)
        self.allotments = Allotments(self.membership)
        self._stands = False

    def close(self) -> None:
        self.store.close()

    def crash(self) -> None:
        """Whatever was in memory alone is gone."""
        self.store.close()
        self.open()

    def move(self, line: FatedLine) -> None:
        """To another node, as where the hub is gone, or found."""
        self.line = line
        node = Node(line.station.name, line.station.name, line.station.kind, "sim")
        self._link = self._reach.current = Link(node, line)

    def _now(self) -> datetime:
        return self.clock.now()

    # At the door

    def scan(self, ticket: str, mode: Mode) -> Given | None:
        """What the door shows; None where it knows no event yet, or has locked itself."""
        try:
            self._standing.choose(ChooseDoor(LOG, LIST, None, mode))
            self._given.clear()
            self._door.scan(ScanCode(f"secret-{ticket}", Source.TYPED))
        except EventDeskError:
            return None
        given = self._given[-1]
        if given.admission and mode is Mode.ENTRY:
            self.admitted[given.admission] = ticket
        return given

    def undo_last(self) -> bool:
        try:
            self._door.undo(UndoAdmission("mistake"))
        except EventDeskError:
            return False
        return True

    def sell(self, counter: str) -> bool:
        """Take one of the quota, if this desk may."""
        with self.store.transaction() as tx:
            if not any(one.quota.id == counter for one in tx.quotas(LOG)):
                return False
            if not self.allotments.may_use(tx, LOG, counter, 1):
                return False
            tx.append(LOG, [Draft(Kind.QUOTA_USED, counter, {"number": 1})])
        return True

    def passes(self, ticket: str) -> tuple[Admission, ...]:
        """As far as this desk knows."""
        with self.store.reader() as reader:
            known = reader.ticket(LOG, ticket)
        return known.admissions if known else ()

    def write(self, *drafts: Draft) -> None:
        with self.store.transaction() as tx:
            tx.append(LOG, drafts)

    def claim_and_crash(self, ticket: str) -> None:
        """Down between the upstream's word and the admission."""
        asked = wire.ClaimAsked(f"entry/{LIST}/{ticket}", ticket, new_id())
        self._try(lambda: self.line.claim(LOG, asked, 1.0))
        self.crash()

    # On the line

    def exchange(self) -> bool:
        """What the two threads do, one after the other; False where the line failed anywhere."""
        steps = (self._push, self._pull, self._errands)
        went = [self._try(step) for step in steps]
        return all(went)

    def exchange_and_crash(self, steps: int) -> None:
        """Down after so many steps of taking what came, if there were as many."""
        self._crash_after = steps
        try:
            self.exchange()
        except Crashed:
            self.crash()
        self._crash_after = None

    def _took(self, *_: object) -> None:
        if self._crash_after is not None:
            self._crash_after -= 1
            if self._crash_after <= 0:
                raise Crashed

    def _try(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except SyncError:
            self.claims.heard_nothing()
            return False
        return True

    def _ends(self) -> DeskEnds:
        ends = SmallSteps(self.membership, self.line.station.name, self.clock, self._took, self._free)
        ends._size = STEP
        return ends

    def _push(self) -> None:
        with self.store.reader() as reader:
            line = reader.line(LOG, self.line.station.name)
        since = None if line is None or self._all_again else {self.name: line.acked}
        desks = None if self._all_again else (self.name,)
        push_all(self._ends(), self.line, LOG, desks=desks, since=since)
        self._all_again = False

    _all_again = False

    def _pull(self) -> None:
        more = True
        while more:
            took = pull_some(self._ends(), self.line, logs=(LOG,))
            self.clock.heard(self.line.last_contact())
            more = took.more
            self._all_again = self._all_again or took.renewed
        self.claims.heard()
        self._present.met_ms = self.clock.wall_ms()

    def _errands(self) -> None:
        self.claims.give_back(self._link)
        self.claims.give_back_all(self._link, [LOG])
        self.allotments.fetch(self._link)
        self.allotments.look_ahead(self._link, [LOG])

    def give_back_share(self) -> None:
        self._try(lambda: self.allotments.give_back(self._link, LOG))

    def heads(self) -> dict[str, int]:
        with self.store.reader() as reader:
            return {desk: head.seq for desk, head in reader.heads(LOG).items()}
