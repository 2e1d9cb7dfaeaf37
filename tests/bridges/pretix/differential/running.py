"""Many random events, one after the other: what differed, and what was set aside by name."""

import itertools
import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from hypothesis import HealthCheck, Phase, given, seed, settings

from eventdesk.storage.store import Store
from tests.bridges.pretix.differential import filters
from tests.bridges.pretix.differential.drawing import worlds
from tests.bridges.pretix.differential.our_side import DESK, Desk
from tests.bridges.pretix.differential.outcome import Difference, differences
from tests.bridges.pretix.differential.pretix_side import Ids, Pretix
from tests.bridges.pretix.differential.times import moment

Row = dict[str, Any]
KEY = bytes(range(48))
# hypothesis draws variations of what it drew before: a run is made of many short ones.
AT_ONCE = 15


@dataclass
class Tally:
    """What a run has come to. `outcomes` as pretix answered; `aside` by the name of the filter."""

    events: int = 0
    scans: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    found: list[tuple[Row, list[Difference]]] = field(default_factory=list)


class Differ:
    """Within `with`: both sides, in the folder that is given."""

    def __init__(self, python: Path, folder: Path) -> None:
        self._python, self._folder = python, folder
        self._slugs = itertools.count()
        self._seen: set[bytes] = set()
        self._only_first = False
        self.tally = Tally()

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        self._pretix = self._stack.enter_context(Pretix(self._python))
        store = self._stack.enter_context(Store.open(self._folder / "desk.db", KEY, DESK))
        self._desk = Desk(store, self._pretix)
        self._stack.callback(self._desk.close)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def compare(self, world: Row) -> list[Difference]:
        """Set it up, ask both, scan by scan. The first scan that differs is the last one asked."""
        slug = f"w{next(self._slugs)}"
        ids = self._pretix.build(world, slug)
        self._desk.open(slug, ids)
        self.tally.events += 1
        due = sorted(moment(one["exit_all_at"]) for one in world["lists"] if one["exit_all_at"])
        for place, scan in enumerate(world["scans"]):
            self._pretix.clock(scan["at"])
            for one in world["reissued"]:
                if one["before"] == place:
                    self._pretix.reissue(one["position"])
                    self._desk.changes()
            if due and due[0] <= moment(scan["at"]):
                due = []
                if different := self._check_out(world, scan["at"], ids):
                    return different
            theirs = self._pretix.redeem(world, scan, ids)
            ours, verdict = self._desk.scan(world, scan)
            self.tally.scans += 1
            self.tally.outcomes[theirs.reason or theirs.status] += 1
            theirs = filters.without_owner(world, scan, theirs) if theirs.reason == "revoked" else theirs
            if filters.before_our_time(world, scan):
                self.tally.aside["before_our_time"] += 1
                return []
            if theirs.status == "500" and filters.unexplained(self._desk, scan, verdict):
                self.tally.aside["unexplained"] += 1
            elif different := differences(place, theirs, ours):
                names = [one.__name__ for one in filters.OF_DIFFERENCES if one(world, scan)]
                self.tally.aside.update(names)
                return [] if names else different
            if scan["answers"] and not scan["simulate"]:
                # pretix keeps good answers of refused scans too; a bridge is told so by pretix.
                self._desk.changes()
        there, here = self._pretix.stands(), self._desk.stands()
        return [
            Difference(None, one, there.get(one), here.get(one))
            for one in sorted(there.keys() | here.keys())
            if there.get(one) != here.get(one)
        ]

    def _check_out(self, world: Row, at: str, ids: Ids) -> list[Difference]:
        """The hour at which a list checks everyone out has come."""
        ours = self._desk.leaving(world, at)
        before = self._pretix.stands()
        self._pretix.exit_all()
        after = self._pretix.stands()
        self._desk.changes()
        theirs = sorted(one for one, row in after.items() if row["exit"] > before[one]["exit"])
        return [Difference(None, "checked out", theirs, ours)] if theirs != ours else []

    def run(
        self,
        number: int,
        count: int,
        *,
        stop: bool = False,
        first: bool = False,
        told: Callable[[Tally], None] = lambda _: None,
    ) -> Tally:
        """`count` different events from one seed. `first`: no more after one that differs. `stop`: raise
        at it, for the least event that shows the difference."""
        self._only_first = first
        for part in itertools.count():
            if self.tally.events >= count or (first and self.tally.found):
                return self.tally
            self._part(number * 100_000 + part, count, stop, told)
        raise AssertionError

    def _part(self, number: int, count: int, stop: bool, told: Callable[[Tally], None]) -> None:
        @seed(number)
        @settings(
            max_examples=AT_ONCE,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink) if stop else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(worlds())
        def each(world: Row) -> None:
            digest = sha256(json.dumps(world).encode()).digest()
            is_over = self.tally.events >= count or (self._only_first and self.tally.found)
            if not stop and (digest in self._seen or is_over):
                return
            self._seen.add(digest)
            found = self.compare(world)
            if found:
                self.tally.found.append((world, found))
            told(self.tally)
            assert not (stop and found), "\n".join(map(str, found))

        each()
