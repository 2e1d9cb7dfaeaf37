"""What the spooler's bits say of a queue and of a job, and what a job that is gone from it has become.

Windows takes a job out of its queue when it has handed it to the printer, and as well when somebody deletes
it. So each job is asked to stay until it was seen as printed (JOB_CONTROL_RETAIN; `printers.py` releases it
then). A spooler that does not keep it leaves a guess, which is made here and nowhere else.
"""

from dataclasses import dataclass

from eventdesk.devices.printers.queues import JobStatus, Progress
from eventdesk.devices.printers.windows.winspool import Job, Queue
from eventdesk.devices.printers.words import (
    CANT_DRAW,
    HELD,
    IN_DOUBT,
    NEEDS_A_PERSON,
    NOT_KNOWN,
    WORDS,
)

JOB_PAUSED, JOB_ERROR, JOB_DELETING, JOB_SPOOLING, JOB_PRINTING = 1, 2, 4, 8, 0x10
JOB_OFFLINE, JOB_PAPEROUT, JOB_PRINTED, JOB_DELETED = 0x20, 0x40, 0x80, 0x100
JOB_BLOCKED, JOB_USER_INTERVENTION, JOB_RESTART, JOB_COMPLETE, JOB_RETAINED = (
    0x200,
    0x400,
    0x800,
    0x1000,
    0x2000,
)
# At the printer, in whole or in part, now or before.
BEGUN = JOB_PRINTING | JOB_PRINTED | JOB_COMPLETE | JOB_RESTART
PRINTER_ATTRIBUTE_WORK_OFFLINE = 0x400

# In the order in which they are told: the more a person has to do about it the earlier.
QUEUE_WORDS = {
    0x8: WORDS["media-jam"],
    0x10: WORDS["media-empty"],
    0x20: WORDS["media-needed"],
    0x400000: WORDS["cover-open"],
    0x40000: WORDS["toner-empty"],
    0x40: WORDS["failure"],  # a problem with its paper that has no bit of its own
    0x800: WORDS["output-area-full"],
    0x200000: WORDS["spool-area-full"],
    0x100000: NEEDS_A_PERSON,
    0x2000000: WORDS["offline"],  # its server
    0x80: WORDS["offline"],
    0x1000: WORDS["timed-out"],
    0x800000: WORDS["timed-out"],  # its server
    0x80000: WORDS["failure"],  # it can't print this page
    0x4000000: WORDS["failure"],  # its driver is to be renewed
    0x2: WORDS["failure"],
    0x1: WORDS["paused"],
    0x4: WORDS["stopped"],  # it is being deleted
}
QUEUE_HARMLESS = {0x20000: WORDS["toner-low"]}
JOB_WORDS = {
    JOB_PAPEROUT: WORDS["media-empty"],
    JOB_BLOCKED: CANT_DRAW,
    JOB_USER_INTERVENTION: NEEDS_A_PERSON,
    JOB_OFFLINE: WORDS["offline"],
    JOB_ERROR: WORDS["failure"],
    JOB_PAUSED: HELD,
}
# Those of which the driver's own words may say more.
VAGUE = frozenset({CANT_DRAW, NEEDS_A_PERSON, WORDS["failure"]})
# Nobody deletes a job by hand sooner than this after it was handed over.
QUICK_SECONDS = 5.0


@dataclass(slots=True)
class Sight:
    """What was seen of a job that this program handed over. Times by the monotonic clock."""

    queue: str
    handed_over: float
    last: Job | None = None
    kept: bool = False
    begun: bool = False
    over: JobStatus | None = None

    def look(self, job: Job) -> None:
        self.last = job
        self.kept = self.kept or bool(job.status & JOB_RETAINED)
        self.begun = self.begun or has_begun(job)


def explain(queue: Queue) -> tuple[str, bool]:
    """As `words.explain`: the worst of a queue in words, and whether a person must do something."""
    for bit, words in QUEUE_WORDS.items():
        if queue.status & bit:
            return words, True
    if queue.attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE:
        return WORDS["offline"], True
    return next((words for bit, words in QUEUE_HARMLESS.items() if queue.status & bit), ""), False


def has_begun(job: Job) -> bool:
    """Whether some of it may be on paper."""
    return bool(job.status & BEGUN) or job.pages_printed > 0


def status(job: Job, queue: Queue, before: Job | None = None) -> JobStatus:
    """How a job in the queue is doing; `before` is how it was when last seen."""
    words, waits = explain(queue)
    if job.status & JOB_PRINTED:
        return JobStatus(Progress.PRINTED)
    if job.status & (JOB_DELETING | JOB_DELETED):
        return JobStatus(Progress.GONE, IN_DOUBT)
    if own := _trouble(job):
        return JobStatus(Progress.HELD, words if waits and own in {HELD, *VAGUE} else own)
    if waits:
        return JobStatus(Progress.HELD, words)
    if job.status & JOB_COMPLETE or _awaits_release(job, before):
        return JobStatus(Progress.PRINTED)
    return JobStatus(Progress.PRINTING if job.status & JOB_PRINTING else Progress.SENT, words)


def vanished(sight: Sight | None, queue: Queue, now: float) -> JobStatus:
    """What became of a job that is not in the queue any more. Of one that another run of this program handed
    over nothing is known."""
    if sight is None:
        return JobStatus(Progress.GONE, NOT_KNOWN)
    if sight.over is not None:
        return sight.over
    if sight.last is None:
        went_well = now - sight.handed_over <= QUICK_SECONDS
    else:
        at_the_printer = bool(sight.last.status & JOB_PRINTING) and not sight.last.status & JOB_DELETING
        # A job that was to be kept is not taken out by the spooler.
        went_well = at_the_printer and not sight.kept and not _trouble(sight.last)
    if went_well and not explain(queue)[1]:
        return JobStatus(Progress.PRINTED)
    return JobStatus(Progress.GONE, NOT_KNOWN)


def _awaits_release(job: Job, before: Job | None) -> bool:
    """Whether it is only there because it was asked to stay: a driver may not say that it has printed."""
    idle = job.status & JOB_RETAINED and not job.status & (JOB_SPOOLING | JOB_PRINTING)
    all_pages = 0 < job.pages <= job.pages_printed
    was_printing = before is not None and bool(before.status & JOB_PRINTING) and not _trouble(before)
    return bool(idle) and (all_pages or was_printing)


def _trouble(job: Job) -> str:
    """What the job waits for, in words; "" where it waits for nothing."""
    told = next((words for bit, words in JOB_WORDS.items() if job.status & bit), "")
    return job.words or told if told in VAGUE else told
