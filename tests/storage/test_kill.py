"""kill -9 in the midst of admissions: none that was told is missing, and the log holds."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import KEY, LOG, setup

ROOT = Path(__file__).resolve().parent.parent.parent


def admit_and_kill(path: Path, first: int, chance: random.Random) -> int:
    """Let a child admit until it is killed at a random moment; returns the last number it told."""
    command = [sys.executable, "-m", "tests.storage.killed", str(path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        told = int(child.stdout.readline())
        time.sleep(chance.random() * 0.2)
        child.kill()
        rest = child.stdout.read().splitlines(keepends=True)
    return int(rest[-1]) if rest and rest[-1].endswith("\n") else (int(rest[-2]) if rest[1:] else told)


def kill_again_and_again(path: Path, rounds: int, seed: int) -> int:
    with Store.open(path, KEY, "desk1") as store, store.transaction() as tx:
        tx.append(LOG, setup())
    chance, told = random.Random(seed), -1
    for _ in range(rounds):
        told = admit_and_kill(path, told + 2, chance)
        with Store.open(path, KEY, "desk1") as store:
            assert verify(store) == []
            with store.reader() as reader:
                ticket = reader.ticket(LOG, f"t{told}")
                inside = reader.figures(LOG, "main").inside
        assert ticket is not None
        assert len(ticket.admissions) == 1
        # Beyond what was told, each round may have written one that it could not tell any more.
        assert told - rounds + 1 <= inside <= told + 2
    return told


def test_no_admission_that_was_told_is_missing(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path / "desk.db", 2, 1) > 2


@pytest.mark.long
def test_no_admission_is_missing_after_many_kills(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path / "desk.db", 60, 2) > 60
