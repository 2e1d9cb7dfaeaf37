"""Kiosks under a bad star."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from tests.desk.kiosk.machine import bugs
from tests.desk.kiosk.machine.bugs import Bug
from tests.desk.kiosk.machine.machine import Kiosks


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Kiosks,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_guest_has_one_badge_and_one_pass_or_is_called_for() -> None:
    run(6, 20)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_and_so_for_long() -> None:
    """Nearly twice as many as the planted bug needs that is hardest to find."""
    run(100, 40)


QUICK = (bugs.admitted_before_the_badge, bugs.nobody_is_called)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "bug",
    [pytest.param(one, id=one.__name__, marks=() if one in QUICK else pytest.mark.long) for one in bugs.BUGS],
)
def test_the_machine_finds(bug: Bug, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(place: Any, name: str, value: Any) -> None:
        monkeypatch.setattr(place, name, value)

    bug(put)
    with pytest.raises((AssertionError, Flaky)):
        run(150, 40)
