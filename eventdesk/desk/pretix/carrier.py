"""The bridge's thread: fetch, tell, listen for changes, and say how it stands."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixBusy
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.outgoing import handing_on
from eventdesk.bridges.pretix.outgoing.handing_on import bridge_id
from eventdesk.bridges.pretix.outgoing.sending import Sending
from eventdesk.bridges.pretix.outgoing.taking_up import TakingUp
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.desk.lane import trouble
from eventdesk.desk.pretix.exclusive import Exclusive, Hold
from eventdesk.desk.pretix.kept import Kept
from eventdesk.desk.pretix.telling import Progress, Telling
from eventdesk.desk.pretix.values import Phase
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.storage.store import Store

log = logging.getLogger(__name__)

TELL_S: Final = 1.0
CHANGES_S: Final = 15.0
CATALOGUE_S: Final = 60.0
ALL_S: Final = 3600.0
HANDING_ON_S: Final = 120.0
ELSEWHERE_S: Final = 20.0
UNKNOWN_S: Final = 2.0  # nobody has said yet who is the bridge
AFTER_FAULT_S: Final = 5.0
LONGEST_S: Final = 60.0


class Carrier:
    """One for an event of pretix; `start` and `stop` once each. `check` raises NotAllowed for drafts that
    this desk may not write."""

    def __init__(
        self,
        store: Store,
        api: Api,
        kept: Kept,
        exclusive: Exclusive,
        telling: Telling,
        check: Callable[[str, Iterable[Draft]], None],
        on_granted: Callable[[str], None] = lambda _claim: None,
        on_lost: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._api = api
        self._kept = kept
        self._exclusive = exclusive
        self._telling = telling
        self._check = check
        self._on_granted = on_granted
        self._on_lost = on_lost
        self._incoming = Incoming(api, store, kept.organizer, kept.slug, self._devices, check)
        target = Target(kept.organizer, kept.slug)
        self._taking_up = TakingUp(store, kept.log, target)
        self._sending = Sending(api, store, kept.log, target)
        self._claim = kept.claim or new_id()
        self._is_granted = False
        self._due = {
            "catalogue": 0.0,
            "changes": 0.0,
            "claim": 0.0,
            "count": 0.0,
            "all": 0.0,
            "handing on": 0.0,
        }
        self._faults = 0
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pretix", daemon=True)

    def start(self) -> None:
        if self._kept.granted:
            self._exclusive.mean(self._claim)
        self._thread.start()

    def stop(self, *, let_go: bool = False) -> None:
        """Waits for the call under way. `let_go`: another node may be the bridge now."""
        self._stopping.set()
        self._wake.set()
        self._api.close()
        if self._thread.is_alive():
            self._thread.join()
        if let_go:
            if self._is_granted:
                self._hand_on()
            self._exclusive.let_go()

    def hurry(self) -> None:
        """A person waits: everything is due now."""
        self._due = dict.fromkeys(self._due, 0.0)
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            pause = self._safely()
            self._wake.wait(pause)

    def _safely(self) -> float:
        try:
            pause = self._round()
        except Exception as error:  # noqa: BLE001 - a bug must not end the bridge in silence
            return self._failed(error)
        self._faults = 0
        self._telling.settle()
        return pause

    def _failed(self, error: Exception) -> float:
        """How long to wait: what cannot be helped is tried again by itself, ever more seldom."""
        if self._stopping.is_set():
            return 0.0
        self._faults += 1
        told = trouble("", error, "carrying between pretix and here")
        self._telling.fault(told.message, told.remedy)
        asked = error.wait_s if isinstance(error, PretixBusy) else 0.0
        return max(asked, min(AFTER_FAULT_S * math.pow(2, min(self._faults - 1, 6)), LONGEST_S))

    def _round(self) -> float:
        if self._is_due("claim", ELSEWHERE_S) or not self._is_granted:
            hold = self._take()
            if not hold.granted:
                self._telling.phase(Phase.ELSEWHERE, holder=hold.holder)
                return ELSEWHERE_S if hold.holder else UNKNOWN_S
        if self._is_due("catalogue", CATALOGUE_S):
            self._configure()
        if not self._incoming.cursor.is_fetched:
            self._fetch()
        elif self._is_due("changes", CHANGES_S):
            self._carry(self._incoming.changes())
            self._telling.heard(datetime.now(UTC))
            if self._is_due("count", CATALOGUE_S) and self._incoming.is_short():
                self._carry(self._incoming.sweep())
        self._tell()
        if self._is_due("handing on", HANDING_ON_S):
            self._hand_on()
        self._telling.phase(Phase.RUNNING)
        return TELL_S

    def _configure(self) -> None:
        """Once an hour all of it, and which orders there are: not every change over there can be heard of."""
        if self._is_due("all", ALL_S):
            self._incoming.refresh()
        self._taking_up.all()
        self._incoming.catalogue()
        self._telling.unmapped(tuple(self._incoming.unmapped))
        self._introduce()

    def _carry(self, steps: Iterable[object]) -> None:
        """What doors do is told between two pages."""
        for _ in steps:
            self._tell()

    def _take(self) -> Hold:
        """Also while it is ours: a supervisor may have given it to another node meanwhile."""
        ours = self._is_granted or self._kept.granted
        hold = self._exclusive.take(self._kept.log, self._claim, self._kept.name, ours=ours)
        if hold.granted and not self._is_granted:
            self._taking_up.begin()
            self._on_granted(self._claim)
        elif hold.granted is False:
            self._kept = replace(self._kept, granted=False)
            self._on_lost()
        self._is_granted = bool(hold.granted)
        return hold

    def _fetch(self) -> None:
        """Doors may scan already: what they do is told between two pages."""
        done = self._incoming.cursor.page * 50
        for written in self._incoming.first():
            done += written.orders
            self._telling.phase(Phase.FETCHING, Progress(min(done, written.total), written.total))
            if self._stopping.is_set():
                return
            self._tell()
        self._telling.heard(datetime.now(UTC))

    def _tell(self) -> None:
        """While much waits, what is new over there is asked for in between."""
        self._taking_up.all()
        until = time.monotonic() + CHANGES_S
        while not self._stopping.is_set() and time.monotonic() < until and self._sending.round():
            self._telling.touch()

    def _hand_on(self) -> None:
        """Say how far pretix has been told, for whoever is the bridge next."""
        with self._store.transaction() as tx:
            draft = handing_on.draft(tx, self._kept.log, bridge_id(self._kept.device))
            if draft is not None:
                self._check(self._kept.log, [draft])
                tx.append(self._kept.log, [draft])

    def _is_due(self, what: str, every_s: float) -> bool:
        now = time.monotonic()
        if now < self._due[what]:
            return False
        self._due[what] = now + every_s
        return True

    def _introduce(self) -> None:
        """Which device of pretix we are, so that whoever is the bridge next knows what is our own."""
        subject = bridge_id(self._kept.device)
        if self._kept.device in self._devices():
            return
        members = {
            "system": "pretix",
            "address": self._kept.address,
            "organizer": self._kept.organizer,
            "event": self._kept.slug,
            "device": self._kept.device,
        }
        drafts = [Draft(Kind.BRIDGE_DEFINED, subject, members)]
        self._check(self._kept.log, drafts)
        with self._store.transaction() as tx:
            tx.append(self._kept.log, drafts)

    def _devices(self) -> frozenset[int]:
        with self._store.reader() as reader:
            defined = reader.definitions(self._kept.log)
        return frozenset(int(one["device"]) for kind, _, one in defined if kind is Kind.BRIDGE_DEFINED)
