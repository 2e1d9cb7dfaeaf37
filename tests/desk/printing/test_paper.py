"""Whatever happens to printers, desk and people: no badge twice in silence, no check-in lost, none without a
badge. And the machine that says so finds the bugs that it is there to find."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from eventdesk.desk.printing import admitting
from eventdesk.desk.printing.notes import Notes
from eventdesk.desk.printing.press import Press
from eventdesk.desk.printing.settling import Settling
from eventdesk.domain.badges import JobState
from eventdesk.domain.facts import Draft, Kind
from tests.desk.printing.paper_machine import PaperMachine

EXAMPLES, STEPS = 15, 40


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for a clock."""
    monkeypatch.setattr("eventdesk.desk.printing.routes.TAKE_OVER_SECONDS", 0.0)
    monkeypatch.setattr("eventdesk.desk.printing.fleet.LOOK_SECONDS", 0.0)
    monkeypatch.setattr("eventdesk.desk.printing.fleet.SILENT_SECONDS", 0.0)
    monkeypatch.setattr("eventdesk.desk.printing.settling.RECALL_SECONDS", 0.0)
    monkeypatch.setattr("eventdesk.desk.printing.settling.PAUSE_SECONDS", 0.0)


def run(examples: int, steps: int = STEPS, phases: tuple[Phase, ...] = (Phase.generate,)) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(PaperMachine, settings=chosen)


def test_no_badge_is_printed_twice_and_no_check_in_is_lost() -> None:
    run(EXAMPLES)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_no_badge_is_printed_twice_and_no_check_in_is_lost_for_long() -> None:
    run(100, 60)


def _no_taking_back(patch: pytest.MonkeyPatch) -> None:
    def take_over(self: Settling, job: object, printer: str) -> None:
        self._notes.move(job, JobState.QUEUED, reference="", printer=printer)  # type: ignore[arg-type]

    patch.setattr(Settling, "take_over", take_over)


def _again_where_nobody_knows(patch: pytest.MonkeyPatch) -> None:
    def look_up(self: Press, job: object) -> None:
        self._notes.move(job, JobState.QUEUED, reference="")  # type: ignore[arg-type]

    patch.setattr(Press, "_look_up", look_up)


def _marked_though_taken_away(patch: pytest.MonkeyPatch) -> None:
    def marked(self: Notes, jobs: list, page: str = "") -> list:  # type: ignore[type-arg]
        with self._store.transaction() as tx:
            return [tx.jobs.move(one.id, JobState.SENT, attempts=one.attempts + 1) for one in jobs]

    patch.setattr(Notes, "marked", marked)


def _not_decided_again(patch: pytest.MonkeyPatch) -> None:
    def drafts(_tx: object, job: object) -> list[Draft]:
        entry = job.entry  # type: ignore[attr-defined]
        if entry is None:
            return []
        payload = {"list": entry.list, "at": "2026-06-10T10:00:00Z"}
        return [Draft(Kind.ADMITTED, job.ticket, payload, entry.fact)]  # type: ignore[attr-defined]

    patch.setattr(admitting, "drafts", drafts)


def _forgotten_pass(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(admitting, "drafts", lambda _tx, _job: [])


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "plant",
    [
        _no_taking_back,
        _again_where_nobody_knows,
        _marked_though_taken_away,
        _not_decided_again,
        _forgotten_pass,
    ],
)
def test_planted_bugs_are_found(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run(400, 60)
