"""A node and a desk's store in memory: small, but as strict about chains as the real ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync import keys, wire
from sync.carrying import from_wire, to_wire
from sync.chain import Head, Record, breaks, head_of, new_salt, seal

Chains = dict[str, list[Record]]


def chains_of(logs: Mapping[str, Chains], log: str) -> Chains:
    return logs.get(log, {})


@dataclass
class DeskStore:
    """A desk's own facts and those of others; a `LogSource` and a `LogSink`."""

    desk: str = "d1"
    pair: keys.KeyPair = field(default_factory=keys.KeyPair.new)
    logs: dict[str, Chains] = field(default_factory=dict)
    signed: dict[tuple[str, str], wire.SignedHead] = field(default_factory=dict)
    known: dict[str, dict[str, int]] = field(default_factory=dict)
    answers: list[wire.Pushed] = field(default_factory=list)
    epoch: str = ""
    kept: dict[str, int] = field(default_factory=dict)

    def write(self, log: str, count: int = 1, payload: bytes = b"{}") -> None:
        chain = self.logs.setdefault(log, {}).setdefault(self.desk, [])
        for _ in range(count):
            head = head_of(chain[-1]) if chain else Head()
            name = f"{log}-{self.desk}-{head.seq + 1}"
            stamp = f"{head.seq:012x}-0000-{self.desk}"
            chain.append(seal(head, name, log, "noted", "s1", stamp, self.desk, payload, new_salt()))

    def heads(self, log: str) -> Mapping[str, int]:
        return {desk: len(chain) for desk, chain in chains_of(self.logs, log).items()}

    def records(self, log: str, desk: str, after: int, limit: int) -> Sequence[Record]:
        return chains_of(self.logs, log).get(desk, [])[after : after + limit]

    def signed_head(self, log: str, desk: str, upto: Head) -> wire.SignedHead | None:
        if desk == self.desk:
            return self.pair.signed_head(log, desk, upto)
        found = self.signed.get((log, desk))
        return found if found and found.seq <= upto.seq else None

    def answered(self, log: str, pushed: wire.Pushed) -> None:
        self.answers.append(pushed)
        self.known.setdefault(log, {}).update(pushed.heads)

    def cursors(self) -> tuple[str, Mapping[str, int]]:
        return self.epoch, dict(self.kept)

    def take(self, log: str, epoch: str, page: wire.Page) -> None:
        chains = self.logs.setdefault(log, {})
        for fact in page.facts:
            record = from_wire(log, fact)
            chain = chains.setdefault(record.desk, [])
            if record.seq <= len(chain):
                chain[record.seq - 1] = record
            else:
                assert not breaks(head_of(chain[-1]) if chain else Head(), record)
                chain.append(record)
        self.signed.update({(log, head.desk): head for head in page.heads})
        self.epoch, self.kept[log] = epoch, page.cursor

    def moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        self.epoch = epoch
        self.kept.update(cursors)


@dataclass
class MemoryNode:
    """Takes facts as a node does, in the order of their arrival. Only what `exchange` asks for."""

    hub: bool = False
    most: int = 10**9
    epoch: str = "e1"
    arrived: dict[str, list[Record]] = field(default_factory=dict)
    signed: dict[tuple[str, str], wire.SignedHead] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    pushes: list[wire.Push] = field(default_factory=list)

    def heads(self, log: str) -> wire.Heads:
        found: dict[str, int] = {}
        for record in self.arrived.get(log, []):
            found[record.desk] = max(record.seq, found.get(record.desk, 0))
        return wire.Heads(self.epoch, found, len(self.arrived.get(log, [])))

    def push(self, log: str, push: wire.Push) -> wire.Pushed:
        self.pushes.append(push)
        refused: list[wire.Refusal] = []
        taken = known = 0
        for fact in push.facts:
            why = self._why(log, fact)
            taken, known = taken + (not why), known + (why == "known")
            if why not in ("", "known"):
                refused.append(wire.Refusal(fact.id, fact.desk, fact.seq, why, "no"))
            if why in ("", "right"):
                self.arrived.setdefault(log, []).append(from_wire(log, fact))
        self.signed.update({(log, head.desk): head for head in push.heads})
        heads = self.heads(log).heads
        ends = {fact.desk: heads.get(fact.desk, 0) for fact in push.facts}
        return wire.Pushed(self.epoch, taken, known, refused, ends, 1)

    def _why(self, log: str, fact: wire.WireFact) -> str:
        before = [record for record in self.arrived.get(log, []) if record.desk == fact.desk]
        record = from_wire(log, fact)
        if record.seq <= len(before):
            return "known" if before[record.seq - 1].digest == record.digest else wire.Why.FORK
        found = breaks(head_of(before[-1]) if before else Head(), record)
        if record.seq != len(before) + 1:
            return wire.Why.GAP
        if found:
            return wire.Why.CHAIN
        return wire.Why.RIGHT if fact.id in self.bad else ""

    def pull(self, pull: wire.Pull) -> wire.Pulled:
        pages: dict[str, wire.Page] = {}
        for log, cursor in pull.cursors.items():
            arrived = self.arrived.get(log, [])
            after = cursor if pull.epoch == self.epoch else min(cursor, len(arrived))
            new = arrived[after : after + pull.limit]
            if new or after != cursor or pull.epoch != self.epoch:
                heads = [head for (of, _), head in self.signed.items() if of == log]
                more = after + len(new) < len(arrived)
                facts = [to_wire(record) for record in new]
                pages[log] = wire.Page(facts, heads, after + len(new), more, 0)
        return wire.Pulled(self.epoch, pages, sorted(self.arrived), 1)

    def restore(self, epoch: str, log: str, count: int) -> None:
        """From a backup, made when so many facts had arrived."""
        self.epoch = epoch
        del self.arrived[log][count:]
