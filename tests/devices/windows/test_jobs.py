"""What the bits of winspool.h mean, and what is made of a job that is gone."""

import pytest

from eventdesk.devices.printers.queues import JobStatus, PageSize, Progress
from eventdesk.devices.printers.windows import jobs
from eventdesk.devices.printers.windows.jobs import (
    JOB_BLOCKED,
    JOB_COMPLETE,
    JOB_DELETED,
    JOB_DELETING,
    JOB_ERROR,
    JOB_OFFLINE,
    JOB_PAPEROUT,
    JOB_PAUSED,
    JOB_PRINTED,
    JOB_PRINTING,
    JOB_RETAINED,
    JOB_SPOOLING,
    JOB_USER_INTERVENTION,
    QUICK_SECONDS,
    Sight,
)
from eventdesk.devices.printers.windows.paper import ON_ITS_SIDE, UPRIGHT, choose
from eventdesk.devices.printers.windows.winspool import Form, Job, Queue
from eventdesk.devices.printers.words import IN_DOUBT, NOT_KNOWN

WELL = Queue("Badges")
OUT_OF_PAPER = Queue("Badges", status=0x10)
PRINTED, GONE = JobStatus(Progress.PRINTED), JobStatus(Progress.GONE, NOT_KNOWN)
DOUBT = JobStatus(Progress.GONE, IN_DOUBT)


def held(words: str) -> JobStatus:
    return JobStatus(Progress.HELD, words)


@pytest.mark.parametrize(
    ("status", "attributes", "words", "waits"),
    [
        (0, 0, "", False),
        (0x400, 0, "", False),  # printing
        (0x1000000, 0, "", False),  # saving power
        (0x10, 0, "Out of paper", True),
        (0x8 | 0x10 | 0x2, 0, "Paper jam", True),
        (0x400000, 0, "The cover is open", True),
        (0x100000 | 0x2, 0, "The printer waits for a person: look at it", True),
        (0x80, 0, "The printer is offline", True),
        (0, 0x400, "The printer is offline", True),
        (0x20000, 0, "Toner is running low", False),
        (0x20000 | 0x1, 0, "The print queue is paused", True),
        (0x2, 0, "The printer reports a fault", True),
    ],
)
def test_a_queue_in_words(status: int, attributes: int, words: str, waits: bool) -> None:
    assert jobs.explain(Queue("Badges", "", status, attributes)) == (words, waits)


@pytest.mark.parametrize(
    ("status", "queue", "told"),
    [
        (0, WELL, JobStatus(Progress.SENT)),
        (JOB_SPOOLING, WELL, JobStatus(Progress.SENT)),
        (JOB_RETAINED, WELL, JobStatus(Progress.SENT)),
        (JOB_PRINTING | JOB_RETAINED, WELL, JobStatus(Progress.PRINTING)),
        (JOB_PRINTING, OUT_OF_PAPER, held("Out of paper")),
        (0, OUT_OF_PAPER, held("Out of paper")),
        (JOB_PRINTING | JOB_PAPEROUT, WELL, held("Out of paper")),
        (JOB_OFFLINE | JOB_ERROR, WELL, held("The printer is offline")),
        (JOB_ERROR, OUT_OF_PAPER, held("Out of paper")),
        (JOB_ERROR, WELL, held("The printer reports a fault")),
        (JOB_BLOCKED, WELL, held("The printer's driver can't print this badge")),
        (JOB_USER_INTERVENTION, WELL, held("The printer waits for a person: look at it")),
        (JOB_PAUSED, WELL, held("Held in the print queue")),
        (JOB_PAUSED, Queue("Badges", status=0x1), held("The print queue is paused")),
        (JOB_PRINTED | JOB_RETAINED, WELL, PRINTED),
        (JOB_PRINTED | JOB_DELETING, WELL, PRINTED),
        (JOB_COMPLETE, WELL, PRINTED),
        # Sent to the printer, which may not have printed it.
        (JOB_COMPLETE, OUT_OF_PAPER, held("Out of paper")),
        (JOB_PRINTED, OUT_OF_PAPER, PRINTED),
        (JOB_PRINTING | JOB_DELETING, WELL, DOUBT),
        (JOB_DELETED, WELL, DOUBT),
    ],
)
def test_a_job_in_words(status: int, queue: Queue, told: JobStatus) -> None:
    assert jobs.status(Job(7, "badge-1", status), queue) == told


def test_the_drivers_own_words_say_more_than_an_error() -> None:
    assert jobs.status(Job(7, "badge-1", JOB_ERROR, "Ribbon torn"), WELL) == held("Ribbon torn")
    assert jobs.status(Job(7, "badge-1", JOB_PAPEROUT, "Error"), WELL) == held("Out of paper")


def test_a_kept_job_may_be_over_without_saying_that_it_is_printed() -> None:
    kept = Job(7, "badge-1", JOB_RETAINED, pages=2, pages_printed=2)
    assert jobs.status(kept, WELL) == PRINTED
    assert jobs.status(kept, OUT_OF_PAPER) == held("Out of paper")
    printing, idle = Job(7, "badge-1", JOB_PRINTING), Job(7, "badge-1", JOB_RETAINED)
    assert jobs.status(idle, WELL, printing) == PRINTED
    assert jobs.status(idle, WELL, Job(7, "badge-1", JOB_PRINTING | JOB_PAPEROUT)).progress is Progress.SENT


@pytest.mark.parametrize(
    ("last", "after", "queue", "told"),
    [
        # Not even the first look saw it: it went through at once, or nobody looked for long.
        (None, 1, WELL, PRINTED),
        (None, 1, OUT_OF_PAPER, GONE),
        (None, QUICK_SECONDS + 1, WELL, GONE),
        (JOB_PRINTING, 60, WELL, PRINTED),
        (JOB_PRINTING, 60, OUT_OF_PAPER, GONE),
        (JOB_PRINTING | JOB_PAPEROUT, 60, WELL, GONE),
        (JOB_PRINTING | JOB_DELETING, 60, WELL, GONE),
        # It waited, and was taken out of the queue.
        (0, 1, WELL, GONE),
        (JOB_PAUSED, 1, WELL, GONE),
        # The spooler was to keep it, and somebody else took it out.
        (JOB_PRINTING | JOB_RETAINED, 1, WELL, GONE),
    ],
)
def test_a_job_that_is_gone(last: int | None, after: float, queue: Queue, told: JobStatus) -> None:
    sight = Sight("Badges", handed_over=1000.0)
    if last is not None:
        sight.look(Job(7, "badge-1", last))
    assert jobs.vanished(sight, queue, 1000.0 + after) == told


def test_of_a_job_that_another_run_handed_over_nothing_is_known() -> None:
    assert jobs.vanished(None, WELL, 1000.0) == GONE


@pytest.mark.parametrize(
    ("forms", "size", "chosen"),
    [
        ([(210, 297), (54, 86)], (86.1, 54.0), (1, ON_ITS_SIDE)),
        ([(54, 86), (86, 54)], (86.0, 54.0), (1, UPRIGHT)),
        ([(102.1, 151.9)], (101.6, 152.4), (0, UPRIGHT)),
        ([(210, 297)], (86.0, 54.0), None),
        ([], (86.0, 54.0), None),
    ],
)
def test_the_drivers_paper_for_a_badge(
    forms: list[PageSize], size: PageSize, chosen: tuple[int, int] | None
) -> None:
    offered = [Form(256 + at, form) for at, form in enumerate(forms)]
    found = choose(offered, size)
    assert (found and (found[0].number - 256, found[1])) == chosen
