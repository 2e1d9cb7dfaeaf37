"""The fleet's state machine (machine.py), let loose: briefly, and for long."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.replication.fleet.machine import Fleet


def loose(examples: int, steps: int = 30) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_a_fleet_agrees_whatever_happens() -> None:
    run_state_machine_as_test(Fleet, settings=loose(6))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_fleet_agrees_whatever_happens_for_long() -> None:
    run_state_machine_as_test(Fleet, settings=loose(150, 50))
