"""What is wrong with the line, in words: what it means for the door, and what would help."""

from collections.abc import Mapping
from typing import Final

from eventdesk.desk.hooks import Trouble
from sync import errors
from sync.errors import SyncError

_NOBODY: Final = Trouble(
    "",
    "The upstream does not answer.",
    "Check the cable or the wireless network. This desk goes on alone and catches up by itself.",
)

_WORDS: Mapping[type[SyncError], Trouble] = {
    errors.Unreachable: _NOBODY,
    errors.NotEventDesk: Trouble(
        "",
        "Something else than the upstream answers.",
        "The network may want a log-in page first: open a browser, log in there, and wait a moment.",
    ),
    errors.WrongNode: Trouble(
        "",
        "Another node answers than the one this desk was paired with.",
        "Nothing was sent to it. Is this the right network? Otherwise pair this desk anew.",
    ),
    errors.Unauthorized: Trouble(
        "",
        "The upstream does not know this desk any more.",
        "Pair it anew. What waits in the outbox stays.",
    ),
    errors.Revoked: Trouble(
        "",
        "This desk was shut out by a supervisor.",
        "It hands in what it still holds and forgets its guests. Pair it anew to use it again.",
    ),
    errors.Forbidden: Trouble(
        "",
        "The upstream does not let this desk do that.",
        "A supervisor can pair it with more rights.",
    ),
    errors.TooMany: Trouble("", "The upstream asks this desk to wait.", "It goes on by itself in a moment."),
    errors.ServerFault: Trouble(
        "",
        "The upstream has a fault of its own.",
        "This desk goes on alone and tries again by itself. Tell whoever runs the server.",
    ),
    errors.Refused: Trouble("", "The upstream refused what this desk sent.", "Look at the outbox."),
}


def in_words(error: SyncError) -> Trouble:
    """The sentence of the error's kind: an answer's own words are for the log, not for a door."""
    for kind in type(error).__mro__:
        if kind in _WORDS:
            return _WORDS[kind]
    return _NOBODY


def retry_after(error: Exception) -> float:
    return error.retry_after if isinstance(error, errors.Refused) else 0.0
