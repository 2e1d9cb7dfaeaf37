"""The life of a print job, on printers that do what the test says."""

from pathlib import Path

import pytest

from eventdesk.desk.printing.asking import MOST_ASKED
from eventdesk.desk.printing.maker import Badge
from eventdesk.desk.printing.press import CUT_OFF, MISTAKE, title
from eventdesk.desk.upstream.present import with_members
from eventdesk.devices.printers.folder import NAME, FolderPrinters
from eventdesk.devices.printers.queues import JobStatus, PageSize, Progress
from eventdesk.devices.printers.rack import NO_PYCUPS, Rack
from eventdesk.devices.printers.words import IN_DOUBT
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store
from tests.desk.printing.scripted_printers import SILENCE, ScriptedPrinters
from tests.desk.printing.spooling import Spooling, blank, choose_printer, printed_facts, spooling, wish


def test_a_job_goes_from_queued_to_printed_and_leaves_its_fact(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTING)
        desk.wait(job, JobState.PRINTING)
        assert printed_facts(store, job) == []
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert [one.state for one in desk.jobs] == [JobState.SENT, JobState.PRINTING, JobState.PRINTED]
    (fact,) = printed_facts(store, job)
    assert fact.payload == {"job": job.id, "printer": "left", "copy": 0}
    assert len(printers.sent) == 1


def test_a_badge_s_fact_names_who_was_at_the_desk(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        desk.spool.signed = lambda drafts: [with_members(one, {"by": "eve"}) for one in drafts]
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    (fact,) = printed_facts(store, job)
    assert fact.payload["by"] == "eve"


def test_the_first_badge_waits_for_the_commit_not_for_the_printer(store: Store) -> None:
    choose_printer(store, "left")
    with spooling(store, ScriptedPrinters(silent=True)) as desk:
        with store.transaction() as tx:
            job = desk.spool.enqueue_once(tx, wish(tx, printer=""))
        assert job is not None
        desk.spool.nudge()
        assert desk.wait(job, JobState.QUEUED, SILENCE).attempts


def test_what_was_queued_is_printed_at_the_next_start(store: Store) -> None:
    waiting = Spooling(store, ScriptedPrinters(), blank).order()
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        desk.wait(waiting, JobState.SENT)
    assert len(printers.sent) == 1


def test_the_printers_own_reason_is_told_while_it_waits(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTING)
        desk.wait(job, JobState.PRINTING)
        printers.move_all(Progress.HELD, "Out of paper")
        desk.wait(job, JobState.PRINTING, "Out of paper")
        printers.move_all(Progress.PRINTED)
        assert desk.wait(job, JobState.PRINTED).detail == ""


def test_a_silent_print_system_is_told_once_and_waited_for(store: Store, brisk: None) -> None:
    printers = ScriptedPrinters(silent=True)
    with spooling(store, printers) as desk:
        jobs = [desk.order(0), desk.order(1)]
        desk.until(lambda now: now.attempts > 2, jobs[0], "tried again")
        assert [trouble.message for trouble in desk.troubles] == [SILENCE]
        printers.silent = False
        for job in jobs:
            desk.wait(job, JobState.SENT)
        assert len(printers.sent) == 2


def test_a_silent_system_does_not_stop_another_printer(store: Store, tmp_path: Path, brisk: None) -> None:
    rack = Rack(ScriptedPrinters(silent=True), FolderPrinters(tmp_path), NO_PYCUPS)
    with spooling(store, rack) as desk:
        waiting = desk.order(0, printer="left")
        desk.wait(desk.order(1, printer=NAME), JobState.PRINTED)
        desk.wait(waiting, JobState.QUEUED, SILENCE)


def test_a_refused_job_fails_with_the_reason_and_goes_elsewhere_when_a_person_says_so(store: Store) -> None:
    printers = ScriptedPrinters(refused={"left"})
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.FAILED, "left takes no jobs.")
        desk.settle(job, "retry", "right")
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert [queue for queue, _ in printers.sent] == ["right"]
    assert [fact.payload["printer"] for fact in printed_facts(store, job)] == ["right"]


def test_a_jammed_job_is_taken_back_before_it_goes_to_another_printer(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        stuck = desk.wait(job, JobState.SENT)
        printers.move_all(Progress.HELD, "Paper jam")
        desk.wait(job, JobState.SENT, "Paper jam")
        desk.settle(job, "retry", "right")
        desk.until(lambda now: now.attempts == 2 and bool(now.reference), job, "sent again")
        assert printers.jobs[title(stuck)].progress is Progress.FAILED
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert [queue for queue, _ in printers.sent] == ["left", "right"]


def test_a_job_that_came_out_meanwhile_is_not_printed_again(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.stubborn = True
        printers.move_all(Progress.PRINTED)
        desk.settle(job, "retry", "right")
        desk.wait(job, JobState.PRINTED)
    assert len(printers.sent) == 1
    assert len(printed_facts(store, job)) == 1


def test_a_queue_that_does_not_let_go_keeps_the_job(store: Store, brisk: None) -> None:
    printers = ScriptedPrinters(stubborn=True)
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        desk.settle(job, "retry", "right")
        desk.until(lambda now: bool(desk.troubles), job, "told")
        assert "does not let go" in desk.troubles[0].message
    assert len(printers.sent) == 1


def test_a_broken_hand_over_is_found_again_by_its_title(store: Store, brisk: None) -> None:
    printers = ScriptedPrinters(lost="arrived")
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.until(lambda now: bool(now.reference), job, "found")
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert len(printers.sent) == 1


@pytest.mark.parametrize(
    ("choice", "sheets", "facts"), [("retry", 1, 1), ("printed", 0, 1), ("cancel", 0, 0)]
)
def test_a_hand_over_that_nobody_remembers_waits_for_a_person(
    store: Store, brisk: None, choice: str, sheets: int, facts: int
) -> None:
    printers = ScriptedPrinters(lost="vanished")
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.UNKNOWN, CUT_OFF)
        printers.lost = ""
        desk.settle(job, choice)
        if choice == "retry":
            desk.wait(job, JobState.SENT)
            printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.CANCELED if choice == "cancel" else JobState.PRINTED)
    assert len(printers.sent) == sheets
    assert len(printed_facts(store, job)) == facts


def test_a_restart_between_hand_over_and_note_asks_the_system(store: Store) -> None:
    printers = ScriptedPrinters()
    job = Spooling(store, printers, blank).order()
    with store.transaction() as tx:
        marked = tx.jobs.move(job.id, JobState.SENT, reference="", attempts=1)
    printers.send("left", b"", title(marked))
    printers.move_all(Progress.PRINTED)
    with spooling(store, printers) as desk:
        desk.wait(job, JobState.PRINTED)
    assert len(printers.sent) == 1
    assert len(printed_facts(store, job)) == 1


def test_a_job_that_the_system_forgot_is_unknown(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.jobs.clear()
        desk.wait(job, JobState.UNKNOWN)


@pytest.mark.parametrize("choice", ["retry", "cancel", "printed"])
def test_what_is_done_with_stays_as_it_is(store: Store, choice: str) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
        desk.settle(job, choice)
        desk.wait(desk.order(1), JobState.SENT)
        assert desk.now(job).state is JobState.PRINTED
    assert len(printed_facts(store, job)) == 1


def test_a_canceled_job_is_taken_from_the_queue(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        sent = desk.wait(job, JobState.SENT)
        desk.settle(job, "cancel")
        desk.wait(job, JobState.CANCELED)
        assert printers.jobs[title(sent)].progress is Progress.FAILED
    assert printed_facts(store, job) == []


def test_a_job_that_may_have_come_out_while_it_was_canceled_is_a_person_s_question(store: Store) -> None:
    printers = ScriptedPrinters(ends_as=JobStatus(Progress.GONE, IN_DOUBT))
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        desk.settle(job, "cancel")
        assert desk.wait(job, JobState.UNKNOWN).detail == IN_DOUBT
        desk.settle(job, "cancel")
        desk.wait(job, JobState.CANCELED)


def test_wrong_wishes_are_told(store: Store) -> None:
    with spooling(store, ScriptedPrinters(silent=True)) as desk:
        job = desk.order()
        desk.settle(job, "shred")
        desk.settle(job, "printed")
        desk.until(lambda now: len(desk.troubles) >= 3, job, "told")
    messages = " ".join(trouble.message for trouble in desk.troubles)
    assert 'no choice "shred"' in messages
    assert "not sent to a printer yet" in messages


def test_a_layout_that_is_missing_fails_its_job_alone(store: Store) -> None:
    def render(job: BadgeJob) -> Badge:
        if not job.contents.name.startswith("Ada"):
            return blank(job)
        raise BadInput('There is no badge layout "x".')

    with spooling(store, ScriptedPrinters(), render) as desk:
        desk.wait(desk.order(0), JobState.FAILED, "no badge layout")
        desk.wait(desk.order(1), JobState.SENT)


def test_a_mistake_of_the_program_fails_its_job_alone(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def render(job: BadgeJob) -> Badge:
        if job.contents.name.startswith("Ada"):
            raise ZeroDivisionError
        return blank(job)

    with spooling(store, ScriptedPrinters(), render) as desk:
        desk.wait(desk.order(0), JobState.FAILED, MISTAKE)
        desk.wait(desk.order(1), JobState.SENT)
    assert "ZeroDivisionError" in caplog.text


def test_a_mistake_after_the_hand_over_has_begun_leaves_the_question_to_a_person(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(ScriptedPrinters):
        def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
            super().send(queue, pdf, title, size)
            raise ZeroDivisionError

    with spooling(store, Faulty()) as desk:
        desk.wait(desk.order(), JobState.UNKNOWN, MISTAKE)
    assert "ZeroDivisionError" in caplog.text


def test_a_person_can_say_that_it_came_out_while_the_print_system_is_silent(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order()
        desk.wait(job, JobState.SENT)
        printers.jobs.clear()
        desk.wait(job, JobState.UNKNOWN)
        printers.silent = True
        desk.settle(job, "printed")
        desk.wait(job, JobState.PRINTED)
    assert len(printed_facts(store, job)) == 1


def test_behind_a_jam_every_job_is_asked_for_in_its_turn(store: Store, brisk: None) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        jobs = [desk.order(number) for number in range(MOST_ASKED + 5)]
        for job in jobs:
            desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTED)
        for job in jobs:
            desk.wait(job, JobState.PRINTED)


def test_a_desk_without_a_printer_prints_to_files(store: Store, tmp_path: Path) -> None:
    with spooling(store, FolderPrinters(tmp_path / "badges")) as desk:
        job = desk.wait(desk.order(printer=NAME), JobState.PRINTED)
    assert (tmp_path / "badges" / job.reference).read_bytes() == blank(job).pdf


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The spool's pauses, shortened for tests that wait them out."""
    monkeypatch.setattr("eventdesk.desk.printing.spool.SILENT_SECONDS", 0.1)
    monkeypatch.setattr("eventdesk.desk.printing.spool.LIVELY_SECONDS", 0.05)
    monkeypatch.setattr("eventdesk.desk.printing.settling.RECALL_SECONDS", 0.2)
