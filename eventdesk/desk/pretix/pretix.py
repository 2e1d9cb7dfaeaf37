"""What people ask of the bridge, on a lane of its own: it waits for pretix."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixError
from eventdesk.bridges.pretix.pairing import pair, read_invitation, renew, revoke
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.pretix import listing
from eventdesk.desk.pretix.carrier import Carrier
from eventdesk.desk.pretix.commands import (
    BridgeEvent,
    ListCalls,
    ListPretixEvents,
    PairPretix,
    PauseBridge,
    ResumeBridge,
    RotateToken,
    SettleCall,
    TakeOverBridge,
    UnpairPretix,
)
from eventdesk.desk.pretix.exclusive import Exclusive
from eventdesk.desk.pretix.kept import TOKEN, Kept, keep, load, of_device
from eventdesk.desk.pretix.telling import Telling
from eventdesk.desk.pretix.values import CallsListed, PretixEvent, PretixEventsListed
from eventdesk.domain.facts import Draft
from eventdesk.domain.rights import Right
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Store

RENEW_AFTER_MS: Final = 30 * 86_400_000
OPEN: Final = (CallState.WAITING, CallState.REFUSED, CallState.UNTOLD)


class Keeps(Protocol):
    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, value: bytes) -> None: ...

    def delete(self, name: str) -> None: ...


class Rights(Protocol):
    """`upstream.present.Present`, as much as is needed here."""

    def check(self, log: str, right: Right | None) -> None: ...

    def check_drafts(self, log: str, drafts: Iterable[Draft]) -> None: ...


class Pretix:
    """`start` once the engine runs; `stop` ends the bridge's thread, and what waits goes on at the next
    start."""

    def __init__(
        self,
        store: Store,
        secrets: Keeps,
        hooks: Hooks,
        preferences: Preferences,
        exclusive: Exclusive,
        rights: Rights,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._secrets = secrets
        self._hooks = hooks
        self._preferences = preferences
        self._exclusive = exclusive
        self._rights = rights
        self._now = now
        self.telling = Telling(store, hooks.pretix_changed)
        self._carrier: Carrier | None = None
        self._lock = threading.RLock()

    def handlers(self) -> Handlers:
        return {
            PairPretix: self.pair,
            ListPretixEvents: self.list_events,
            BridgeEvent: self.bridge,
            PauseBridge: self.pause,
            ResumeBridge: self.resume,
            UnpairPretix: self.unpair,
            RotateToken: self.rotate,
            TakeOverBridge: self.take_over,
            ListCalls: self.list_calls,
            SettleCall: self.settle,
        }

    @property
    def log(self) -> str:
        """Of the event that is carried; empty: none is chosen."""
        kept = load(self._preferences)
        return kept.log if kept else ""

    def start(self) -> None:
        self._begin(load(self._preferences))

    def stop(self) -> None:
        with self._lock:
            if self._carrier is not None:
                self._carrier.stop()
                self._carrier = None

    def pair(self, command: PairPretix) -> None:
        """Raises PretixError, and BadInput for a code that is used up, or while another pairing stands."""
        if load(self._preferences) is not None:
            raise BadInput("This desk is a device of pretix already.", "End that pairing first.")
        device, token = pair(read_invitation(command.text), self._name())
        self._secrets.put(TOKEN, token.encode())
        kept = of_device(device, self._now_ms())
        keep(self._preferences, kept)
        self._begin(kept)

    def list_events(self, command: ListPretixEvents) -> None:
        self._hooks.pretix_events_listed(PretixEventsListed(command.request, self.events()))

    def events(self) -> Sequence[PretixEvent]:
        """Those that the device may see. Raises PretixError."""
        kept = self._kept()
        return listing.events(self._api(kept), kept.organizer)

    def take_over(self, _command: TakeOverBridge) -> None:
        """Raises NotAllowed without the right to take back what another desk holds, NodeSilent where the
        node does not answer."""
        kept = self._kept()
        self._rights.check(kept.log, Right.TAKE_BACK)
        self._exclusive.take_back(kept.log)
        with self._lock:
            if self._carrier is not None:
                self._carrier.hurry()

    def bridge(self, command: BridgeEvent) -> None:
        """Raises BadInput while calls of another event wait, NotAllowed without the right to define
        events."""
        kept = self._kept()
        chosen = replace(kept, slug=command.slug, claim="", granted=False, paused=False)
        self._rights.check(chosen.log, Right.CATALOGUE)
        if kept.slug not in ("", command.slug):
            self._check_told(kept)
        self._end(let_go=kept.slug != command.slug)
        keep(self._preferences, chosen)
        self._begin(chosen)

    def pause(self, _command: PauseBridge) -> None:
        self._end(let_go=True)
        self._change(paused=True, granted=False)

    def resume(self, _command: ResumeBridge) -> None:
        self._change(paused=False)

    def unpair(self, command: UnpairPretix) -> None:
        kept = self._kept()
        if not command.forget:
            self._check_told(kept)
        self._end(let_go=True)
        try:
            revoke(self._api(kept))
        except PretixError:
            if not command.forget:
                self._begin(kept)
                raise
        self._secrets.delete(TOKEN)
        keep(self._preferences, None)
        self._begin(None)

    def rotate(self, _command: RotateToken) -> None:
        kept = self._kept()
        self._end(let_go=False)
        try:
            self._secrets.put(TOKEN, renew(self._api(kept)).encode())
            keep(self._preferences, replace(kept, renewed_ms=self._now_ms()))
        finally:
            self._begin(load(self._preferences))

    def list_calls(self, command: ListCalls) -> None:
        kept = self._kept()
        states = OPEN if command.only_open else tuple(CallState)
        with self._store.reader() as reader:
            calls = reader.bridge_calls.listed(kept.log, states, command.limit)
            counts = reader.bridge_calls.counts(kept.log)
            rows = [listing.row(reader, one) for one in calls]
        total = sum(counts.get(state, 0) for state in states)
        self._hooks.calls_listed(CallsListed(command.request, rows, total))

    def settle(self, command: SettleCall) -> None:
        kept = self._kept()
        state = CallState.WAITING if command.again else CallState.GIVEN_UP
        with self._store.transaction() as tx:
            refused = tx.bridge_calls.listed(kept.log, [CallState.REFUSED], 10_000)
            for one in refused:
                if command.call in (0, one.n):
                    tx.bridge_calls.settle(one.n, state, one.answer, tried=False)
        self.telling.touch()
        with self._lock:
            if self._carrier is not None:
                self._carrier.hurry()

    def _begin(self, kept: Kept | None) -> None:
        with self._lock:
            self.telling.begin(kept)
            if kept is None or not kept.slug or kept.paused or self._carrier is not None:
                return
            self._carrier = Carrier(
                self._store,
                self._api(kept),
                kept,
                self._exclusive,
                self.telling,
                self._rights.check_drafts,
                self._granted,
                self._lost,
            )
            self._carrier.start()

    def _end(self, *, let_go: bool) -> None:
        with self._lock:
            if self._carrier is not None:
                self._carrier.stop(let_go=let_go)
                self._carrier = None

    def _granted(self, claim: str) -> None:
        kept = load(self._preferences)
        if kept is not None and (kept.claim, kept.granted) != (claim, True):
            keep(self._preferences, replace(kept, claim=claim, granted=True))

    def _lost(self) -> None:
        kept = load(self._preferences)
        if kept is not None and kept.granted:
            keep(self._preferences, replace(kept, granted=False))

    def _change(self, **members: Any) -> None:
        kept = replace(self._kept(), **members)
        keep(self._preferences, kept)
        self._begin(kept)

    def _kept(self) -> Kept:
        kept = load(self._preferences)
        if kept is None:
            raise BadInput("This desk is no device of pretix.", "Pair it with a token from pretix first.")
        return kept

    def _check_told(self, kept: Kept) -> None:
        if kept.log:
            with self._store.reader() as reader:
                counts = reader.bridge_calls.counts(kept.log)
            if waiting := counts.get(CallState.WAITING, 0):
                raise BadInput(
                    tr("{number} of what desks did is not told to pretix yet.", number=waiting),
                    "Wait until it is, or give it up.",
                )

    def _api(self, kept: Kept) -> Api:
        token = self._secrets.get(TOKEN)
        if token is None:
            raise BadInput(
                "The token of pretix is not in this computer's keyring (any more).", "Pair the desk anew."
            )
        return Api(kept.address, token.decode())

    def _name(self) -> str:
        return f"EventDesk {self._store.desk}"

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)
