"""The evening's state machine (machine/evening.py), let loose: briefly, and for long."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.till.machine.evening import Evening


def loose(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_tills_balance_whatever_happens() -> None:
    run_state_machine_as_test(Evening, settings=loose(8, 12))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_tills_balance_whatever_happens_for_long() -> None:
    run_state_machine_as_test(Evening, settings=loose(400, 15))
