"""The whole comparison, small: a real pretix and we, on the same random events."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bridges.pretix.differential.planted import PLANTED, plant
from tests.bridges.pretix.differential.running import Differ
from tests.rigs.cached import NotInstallable
from tests.rigs.pretix_server.installing import python

pytestmark = pytest.mark.long

EVENTS = 15
LEAST_SCANS = 150
# Those that are found soonest; the command tries all: --plant.
SOON = (
    "in again though the list says no",
    "blocked tickets pass",
    "an ambiguous code means the first ticket",
)


@pytest.fixture
def differ(tmp_path: Path) -> Iterator[Differ]:
    try:
        found = python()
    except NotInstallable as error:
        pytest.skip(f"a real pretix can't be installed here: {error}")
    with Differ(found, tmp_path) as differ:
        yield differ


def test_our_verdicts_are_pretix_own(differ: Differ) -> None:
    tally = differ.run(1, EVENTS)
    assert [(world, list(map(str, found))) for world, found in tally.found] == []
    assert tally.scans >= LEAST_SCANS
    assert len(tally.outcomes) >= 8, tally.outcomes
    assert sum(tally.aside.values()) <= tally.scans / 50, tally.aside


@pytest.mark.parametrize("name", SOON)
def test_a_planted_fault_is_found(differ: Differ, name: str) -> None:
    assert set(SOON) <= set(PLANTED)
    with plant(name):
        assert differ.run(7, 40, first=True).found
