"""The badge spool on disk."""

from datetime import UTC, datetime, timedelta

import pytest

from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.made import LOG

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
CONTENTS = BadgeContents("t1", "Zoë", "ACME", addons=("Dinner", "Tour"), copy=1)


def job(id_: str, ticket: str = "t1", log: str = LOG) -> BadgeJob:
    return BadgeJob(id_, log, ticket, "layout", CONTENTS, "printer", JobState.QUEUED, NOW, NOW, 1, "lost")


def test_a_job_comes_back_as_it_was(store: Store) -> None:
    with store.transaction() as tx:
        tx.jobs.add(job("j1"))
    with store.reader() as reader:
        assert reader.jobs.get("j1") == job("j1")
        assert reader.jobs.get("j2") is None


def test_a_move_keeps_what_it_does_not_name(store: Store) -> None:
    later = NOW + timedelta(seconds=5)
    with store.transaction() as tx:
        tx.jobs.add(job("j1"))
        tx.jobs.move("j1", JobState.SENT, reference="42", attempts=1, at=later)
        moved = tx.jobs.move("j1", JobState.FAILED, detail="out of paper", at=later)
    assert (moved.reference, moved.attempts, moved.printer) == ("42", 1, "printer")
    assert (moved.state, moved.detail, moved.changed, moved.created) == (
        JobState.FAILED,
        "out of paper",
        later,
        NOW,
    )
    with store.reader() as reader:
        assert reader.jobs.get("j1") == moved


def test_an_unknown_job_can_not_be_moved(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(KeyError):
        tx.jobs.move("j1", JobState.SENT)


def test_waiting_are_those_that_are_neither_printed_nor_canceled(store: Store) -> None:
    with store.transaction() as tx:
        for number, state in enumerate(JobState):
            tx.jobs.add(job(f"j{number}"))
            tx.jobs.move(f"j{number}", state)
    with store.reader() as reader:
        states = [one.state for one in reader.jobs.waiting()]
    assert states == [one for one in JobState if one not in (JobState.PRINTED, JobState.CANCELED)]


def test_jobs_are_listed_by_event_by_ticket_and_over_all(store: Store) -> None:
    with store.transaction() as tx:
        for number, (ticket, log) in enumerate([("t1", LOG), ("t2", LOG), ("t1", LOG), ("t1", "other")]):
            tx.jobs.add(job(f"j{number}", ticket, log))
    with store.reader() as reader:
        assert [one.id for one in reader.jobs.recent(LOG, 2)] == ["j2", "j1"]
        assert [one.id for one in reader.jobs.latest(3)] == ["j3", "j2", "j1"]
        assert [one.id for one in reader.jobs.for_ticket(LOG, "t1")] == ["j0", "j2"]


def test_jobs_and_settings_are_no_projections(store: Store) -> None:
    with store.transaction() as tx:
        tx.jobs.add(job("j1"))
        tx.settings.put("theme", "dark")
    assert verify(store) == []
