"""The upstream's word before a ticket is admitted: asked within a budget, outside of every transaction."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import CLAIM_MS
from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.reach import Link, Reach
from eventdesk.domain.facts import Kind
from eventdesk.storage.store import Store
from sync import wire
from sync.errors import Refused, SyncError

log = logging.getLogger(__name__)

# What is written by whoever was granted a claim.
CLAIMED: Final = (Kind.ADMITTED, Kind.SEAT_TAKEN, Kind.SALE_REVERSED, Kind.ORDER_CHANGED)
BEHIND_S: Final = 0.015  # between two questions while the node still has to learn of this desk's facts


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be claimed: `fact` is the id of the admission that will be written."""

    log: str
    key: str
    subject: str
    fact: str
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`granted` None: no upstream gave its word. `holder`: who has it, where it was refused. `level`: how
    far the word reaches, `stamp`: by what it was judged (`wire.ClaimAnswer`)."""

    granted: bool | None
    holder: wire.Holder | None = None
    now_ms: int = 0
    level: str = ""
    stamp: str = ""


ALONE: Final = Answer(None)  # nobody was asked


@dataclass(slots=True)
class Asked:
    answer: Answer = ALONE
    written: bool = False


class Claims:
    """`asked` on the engine's lane; the rest on the exchange's threads."""

    def __init__(
        self, membership: Membership, reach: Reach, preferences: Preferences, nudge: Callable[[], None]
    ) -> None:
        self._membership = membership
        self._reach = reach
        self._preferences = preferences
        self._nudge = nudge
        self._in_flight: dict[str, Wish] = {}
        self._releasing: tuple[str, str] | None = None
        self._unused: list[tuple[str, str]] = []
        self._lock = threading.Lock()
        self.is_down = False
        # Each says whether something that outlives a restart still means to write the fact (log, id).
        self.meant: list[Callable[[str, str], bool]] = []

    @property
    def store(self) -> Store:
        return self._membership.store

    @property
    def is_paired(self) -> bool:
        return self._membership.pairing is not None

    @property
    def link(self) -> Link | None:
        """To the node that answers now."""
        return self._reach.current

    @property
    def may_ask(self) -> bool:
        """Whether it is worth asking: the node answered last."""
        return bool(self._preferences.get(CLAIM_MS)) and not self.is_down and self._reach.current is not None

    def heard(self) -> None:
        """The node answers (again)."""
        self.is_down = False

    def heard_nothing(self) -> None:
        """The last contact failed: a scan need not find that out anew."""
        self.is_down = True

    def probe(self, link: Link, within_s: float) -> None:
        """Whether the node answers as fast as a claim needs. Raises SyncError."""
        begun = time.monotonic()
        link.upstream.hello()
        if time.monotonic() - begun < within_s:
            self.is_down = False

    @contextmanager
    def asked(self, wish: Wish) -> Iterator["Asked"]:
        """Within this, write the admission and say so by `written` (or don't): a grant without its fact is
        given back afterwards."""
        asked = Asked()
        try:
            self.hold(wish, asked)
            yield asked
        finally:
            self.let_go(wish, asked)

    def hold(self, wish: Wish, asked: "Asked") -> None:
        """Ask, and keep what is granted until `let_go`: for what takes longer than a scan."""
        with self._lock:
            self._in_flight[wish.fact] = wish
            is_leaving = self._releasing == (wish.log, wish.key)
        if not is_leaving:
            asked.answer = self._ask(wish)

    def keep(self, wish: Wish) -> None:
        """It was granted before a restart: it is not given back until `let_go`."""
        with self._lock:
            self._in_flight[wish.fact] = wish

    def give_back(self, link: Link) -> None:
        """Give back what was granted and not used, as far as this desk remembers. Raises SyncError."""
        while True:
            with self._lock:
                if not self._unused:
                    return
                log_id, key = self._unused.pop()
            try:
                self._release(link, log_id, key)
            except SyncError:
                with self._lock:
                    self._unused.append((log_id, key))
                raise

    def _release(self, link: Link, log_id: str, key: str) -> None:
        """Never while a scan asks for the very key: what is given back then might be its grant."""
        with self._lock:
            if any(wish.log == log_id and wish.key == key for wish in self._in_flight.values()):
                return
            self._releasing = log_id, key
        try:
            link.upstream.release(log_id, key)
        finally:
            self._releasing = None

    def give_back_all(self, link: Link, logs: list[str]) -> None:
        """After a start or a cut: what the node has granted to this desk without a fact. Raises
        SyncError."""
        for log_id in logs:
            try:
                held = link.upstream.held(log_id)
            except Refused as error:
                log.info("no grants are told for %s: %s", log_id, error.message)
                continue
            for one in held:
                if not self._is_used(log_id, one):
                    self._release(link, log_id, one.key)

    def _is_used(self, log_id: str, held: wire.HeldClaim) -> bool:
        """In this order: a fact leaves those in flight when it is in the log."""
        with self._lock:
            if held.fact in self._in_flight:
                return True
        return self.is_meant(log_id, held.fact) or self._is_written(log_id, held.subject, held.fact)

    def is_meant(self, log_id: str, fact: str) -> bool:
        return any(means(log_id, fact) for means in self.meant)

    def _is_written(self, log_id: str, subject: str, fact: str) -> bool:
        with self.store.reader() as reader:
            return any(one.id == fact for one in reader.facts(log_id, subject, *CLAIMED))

    def _ask(self, wish: Wish) -> Answer:
        link = self._reach.current
        if link is None or not self.may_ask:
            return ALONE
        until = time.monotonic() + self._preferences.get(CLAIM_MS) / 1000
        asked = wire.ClaimAsked(wish.key, wish.subject, wish.fact, wish.note)
        while (left := until - time.monotonic()) > 0:
            try:
                answer = link.upstream.claim(wish.log, asked, left)
            except SyncError as error:
                log.info("no word on a claim: %s", error.message)
                self.is_down = True
                self._nudge()  # whoever pushes finds out whether the node is there
                return Answer(None)
            self._seen(answer.stamp)
            if not self._is_behind(wish, answer):
                return Answer(answer.granted, answer.holder, answer.now_ms, answer.level, answer.stamp)
            self._nudge()
            time.sleep(min(BEHIND_S, max(0.0, until - time.monotonic())))
        return Answer(None)

    def _seen(self, stamp: str) -> None:
        """The node judged by facts that may not be here yet: what is written now stands after them."""
        if stamp:
            try:
                self.store.observe(stamp)
            except ValueError:
                log.warning("the node answered a claim with a malformed stamp")

    def _is_behind(self, wish: Wish, answer: wire.ClaimAnswer) -> bool:
        """This desk knows the pass that holds the claim, and that it was left or undone since: the node has
        yet to learn that."""
        if answer.granted or answer.holder is None:
            return False
        return self._is_written(wish.log, wish.subject, answer.holder.fact)

    def let_go(self, wish: Wish, asked: "Asked") -> None:
        """A grant without its fact is given back. Where no answer came, the node may have granted all the
        same: that is given back as well."""
        try:
            was_asked = asked.answer.granted is not False and asked.answer is not ALONE
            unused = was_asked and not asked.written
            if unused and not self._is_written(wish.log, wish.subject, wish.fact):
                with self._lock:
                    self._unused.append((wish.log, wish.key))
                self._nudge()
        finally:
            with self._lock:
                self._in_flight.pop(wish.fact, None)
