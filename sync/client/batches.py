"""What still has to go up of one log: cut into batches, and corrected by each answer."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sync import wire
from sync.carrying import to_wire
from sync.chain import Record, head_of
from sync.client.port import Upstream
from sync.errors import Refused

if TYPE_CHECKING:
    from sync.client.exchange import LogSource

FIXED_BYTES = 300  # of a fact beside its texts and its payload, generously
HEADS_BYTES = 1 << 18  # kept free in a batch for the signed heads
TOO_LARGE = 413
MOST_SET_BACK = 3  # times that an upstream may ask for older facts of a chain in one exchange
KEEP_THEIR_PLACE = {wire.Why.PAYLOAD, wire.Why.UNREADABLE, wire.Why.RIGHT, wire.Why.REVOKED}


class Batch(wire.Push, frozen=True):
    """A push, and the last number that it holds of each desk."""

    def ends(self) -> dict[str, int]:
        return {fact.desk: fact.seq for fact in self.facts}


class Outgoing:
    """`theirs`: the upstream's last numbers. `stopped`: chains that can't go on, and why."""

    def __init__(
        self,
        source: "LogSource",
        log: str,
        theirs: Mapping[str, int],
        desks: Collection[str] | None,
        *,
        hub: bool,
    ) -> None:
        self._source = source
        self._log = log
        self._hub = hub
        self._most = wire.MOST_FACTS
        ours = source.heads(log)
        self._ours = {desk: ours.get(desk, 0) for desk in (ours if desks is None else desks)}
        self.theirs = {desk: theirs.get(desk, 0) for desk in self._ours}
        self.ahead = {desk: seq for desk, seq in self.theirs.items() if seq > self._ours[desk]}
        self.stopped: dict[str, str] = {}
        self.refused: list[wire.Refusal] = []
        self.taken = 0
        self.epoch = ""
        self._set_back: dict[str, int] = {}

    def batch(self) -> Batch | None:
        """The next facts to send, of as many desks as fit; None when nothing is left that can go."""
        records: list[Record] = []
        heads: list[wire.SignedHead] = []
        room = wire.MOST_BYTES - HEADS_BYTES
        for desk in self._behind():
            chain = self._next_of(desk, self._most - len(records))
            fitting = _fitting(chain, room, at_least=0 if records else 1)
            if not fitting:
                break
            head = self._source.signed_head(self._log, desk, head_of(fitting[-1]))
            fitting = self._vouched(desk, fitting, head)
            records += fitting
            heads += [head] if head and fitting else []
            room -= sum(_size(record) for record in fitting)
            if len(records) >= self._most:
                break
        return Batch([to_wire(record) for record in records], heads) if records else None

    def sent(self, upstream: Upstream, batch: Batch) -> wire.Pushed:
        """Push the batch. Where it is too large for something on the way, half of it, until one fact
        alone is too large: then the refusal is raised."""
        while True:
            try:
                return upstream.push(self._log, batch)
            except Refused as refusal:
                if refusal.status != TOO_LARGE or len(batch.facts) == 1:
                    raise
            self._most = max(1, len(batch.facts) // 2)
            batch = self.batch() or batch

    def learn(self, batch: Batch, pushed: wire.Pushed) -> None:
        self.epoch = pushed.epoch
        self.taken += pushed.taken
        self.refused += pushed.refused
        for desk in batch.ends():
            self._go_on(desk, pushed)

    def _behind(self) -> list[str]:
        return [d for d, seq in self._ours.items() if seq > self.theirs[d] and d not in self.stopped]

    def _next_of(self, desk: str, limit: int) -> list[Record]:
        found = list(self._source.records(self._log, desk, self.theirs[desk], limit))
        if not found:
            self.stopped[desk] = "nothing to send"
        return found

    def _vouched(self, desk: str, records: list[Record], head: wire.SignedHead | None) -> list[Record]:
        """Without a head that the desk signed, its facts are a hub's word alone."""
        if self._hub:
            return records
        upto = head.seq if head else 0
        vouched = [record for record in records if record.seq <= upto]
        if not vouched:
            self.stopped[desk] = wire.Why.UNSIGNED
        return vouched

    def _go_on(self, desk: str, pushed: wire.Pushed) -> None:
        """From the number that the upstream says, be it lower than before (a gap: it lost facts). A
        chain that gets no further, or is set back again and again, stands still: this must end."""
        before, now = self.theirs[desk], pushed.heads.get(desk, 0)
        self.theirs[desk] = now
        reasons = [refusal.why for refusal in pushed.refused if refusal.desk == desk]
        halting = [why for why in reasons if why not in KEEP_THEIR_PLACE and why != wire.Why.GAP]
        self._set_back[desk] = self._set_back.get(desk, 0) + (now < before)
        stands = now == before and now < self._ours[desk]
        if halting or stands or self._set_back[desk] > MOST_SET_BACK:
            self.stopped[desk] = (halting or reasons or ["no progress"])[0]


def _fitting(records: list[Record], room: int, *, at_least: int) -> list[Record]:
    for index, record in enumerate(records):
        room -= _size(record)
        if room < 0:
            return records[: max(index, at_least)]
    return records


def _size(record: Record) -> int:
    """At most, in bytes, as it travels."""
    texts = record.id, record.kind, record.subject, record.stamp, record.desk
    return FIXED_BYTES + 4 * sum(map(len, texts)) + len(record.payload)
