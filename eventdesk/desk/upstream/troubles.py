"""What is wrong with the line, in words: what it means for the door, and what would help."""

from typing import Final

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.refusals import of_answer
from sync import errors
from sync.errors import SyncError

_NOBODY: Final = Trouble(
    "",
    "The server does not answer.",
    "Check the cable or the wireless network. This desk goes on alone and catches up by itself.",
)


def in_words(error: SyncError) -> Trouble:
    """Who answers in the server's place is told as the client found out; a node's answer, by its code."""
    if isinstance(error, errors.Refused):
        return of_answer(error)
    if isinstance(error, (errors.NotEventDesk, errors.WrongNode)):
        return Trouble("", error.message, error.remedy)
    return _NOBODY


def retry_after(error: Exception) -> float:
    return error.retry_after if isinstance(error, errors.Refused) else 0.0
