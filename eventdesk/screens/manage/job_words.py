"""The states of a print job, in words."""

from eventdesk.domain.badges import JobState
from eventdesk.i18n import tr


def state_words(state: JobState) -> str:
    return {
        JobState.QUEUED: tr("waiting at this desk"),
        JobState.SENT: tr("handed to the printer's queue"),
        JobState.PRINTING: tr("printing"),
        JobState.PRINTED: tr("printed"),
        JobState.FAILED: tr("failed"),
        JobState.UNKNOWN: tr("unknown: did it come out?"),
        JobState.CANCELED: tr("canceled"),
    }[state]


def state_tone(state: JobState) -> str:
    """The tone of `screens/sheet.py` for a state."""
    if state in (JobState.FAILED, JobState.UNKNOWN):
        return "bad"
    return "good" if state is JobState.PRINTED else "muted"
