"""kill -9 of a whole desk while it admits: whoever was shown green is there, with a badge on its way."""

import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eventdesk import config
from eventdesk.config import Config
from eventdesk.desk import settings as keys
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.domain.badges import JobState
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Reader, Store
from eventdesk.storage.verification import verify

ROOT = Path(__file__).resolve().parent.parent.parent
GUESTS = 12_000


def crowd(number: int) -> Iterator[Draft]:
    placed = {"code": "CROWD", "status": "paid", "name": "The crowd"}
    yield Draft(Kind.ORDER_PLACED, "crowd", placed)
    for one in range(number):
        issued = {"order": "crowd", "secret": f"code-{one}", "product": "pass", "name": f"Guest {one}"}
        yield Draft(Kind.TICKET_ISSUED, f"t{one}", issued)


@dataclass
class Killing:
    """`told` are the tickets shown green so far, `next` the first number that was not."""

    settings: Config
    key: bytes
    chance: random.Random
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    next: int = 0

    def prepare(self, guests: int) -> None:
        door = {"log": LOG, "list": LIST, "gate": "north", "mode": Mode.ENTRY}
        with self.store() as store, store.transaction() as tx:
            tx.append(LOG, demo_drafts(utc_now()))
            tx.append_bulk(LOG, crowd(guests), lambda _done: None)
            for name, value in {keys.CAMERA_SOURCE: "", keys.DOOR: door, keys.PRINTER: "pdf-folder"}.items():
                tx.settings.put(name, value)

    def store(self) -> Store:
        return Store.open(self.settings.database, self.key, self.settings.desk)

    def round(self) -> None:
        """Start the desk, let it admit, kill it at a random moment."""
        arguments = [str(self.settings.folder), self.key.hex(), str(self.next)]
        command = [sys.executable, "-m", "tests.e2e.killed_desk", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline()]
            assert lines[0], "the desk did not come to admit anyone"
            time.sleep(self.chance.random() ** 2 * 0.6)
            child.kill()
            lines += child.stdout.readlines()
        whole = [line.strip() for line in lines if line.endswith("\n")]
        self.wrong += [line for line in whole if line.startswith("!")]
        self.told += [line for line in whole if not line.startswith("!")]
        # Scans that waited may have been written without being shown: they are not scanned again.
        self.next = int(self.told[-1][1:]) + 20

    def check(self) -> None:
        """Whoever was shown green is inside, once, and has a badge that is out or on its way."""
        with self.store() as store:
            with store.reader() as reader:
                passed = self._passed(reader)
                badges = [reader.jobs.for_ticket(LOG, ticket) for ticket in passed]
            assert verify(store) == []
        missing = [ticket for ticket in self.told if passed.get(ticket) != 1]
        assert missing == []
        assert set(passed.values()) == {1}
        assert {len(jobs) for jobs in badges} == {1}, "a pass and its badge are written together"
        assert JobState.FAILED not in {job.state for jobs in badges for job in jobs}

    def _passed(self, reader: Reader) -> dict[str, int]:
        passed: dict[str, int] = {}
        after: str | None = None
        while rows := reader.admissions(LOG, after=after):
            for row in rows:
                passed[row.ticket] = passed.get(row.ticket, 0) + 1
            after = rows[-1].order
        return passed


def kill_again_and_again(folder: Path, rounds: int, seed: int, guests: int) -> Killing:
    killing = Killing(config.load(folder), secrets.token_bytes(48), random.Random(seed))
    killing.prepare(guests)
    for number in range(rounds):
        killing.round()
        if number % 2 or number == rounds - 1:  # else the next desk finds what the killed one left
            killing.check()
    assert killing.wrong == []
    return killing


def test_no_one_who_was_shown_green_is_missing(tmp_path: Path) -> None:
    assert len(kill_again_and_again(tmp_path / "desk", 2, 1, 2000).told) >= 2


@pytest.mark.long
def test_no_one_is_missing_after_many_kills(tmp_path: Path) -> None:
    began = time.monotonic()
    killing = kill_again_and_again(tmp_path / "desk", 40, 2, GUESTS)
    print(f"{len(killing.told)} shown green in 40 rounds, {time.monotonic() - began:.0f} s")  # noqa: T201
    assert len(killing.told) > 40
