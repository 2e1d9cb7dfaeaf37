"""What a node's no means, in the desk's own words: by the protocol's code, as a node speaks English alone.

A code that is not here (of a newer node) is told by the sentence of its kind, and the node's own beside it.
"""

from collections.abc import Mapping
from typing import Final

from eventdesk.desk.hooks import Trouble
from eventdesk.i18n import tr
from sync.errors import Forbidden, Refused, Revoked, ServerFault, TooMany, Unauthorized
from sync.wire import Why

# By the code of a `Problem` (sync/README.md).
_BY_CODE: Final[Mapping[str, Trouble]] = {
    "code": Trouble(
        "",
        "This code is not known there, was used, or is too old.",
        "Take the address that stands beside the code, or ask for a new code.",
    ),
    "clock": Trouble(
        "", "The server does not accept this computer's time.", "Set the clock, then try again."
    ),
    "name": Trouble(
        "", "The server can't keep this name.", "Take a shorter one, without special characters."
    ),
    "role": Trouble(
        "",
        "The server does not know this role.",
        "Is one of the two programs older? Bring both to the same version.",
    ),
    "right": Trouble("", "The server does not let this desk do that.", "A supervisor's desk may do more."),
    "log": Trouble("", "This desk was let in to another event.", "Ask for a code of this one."),
    "reason": Trouble("", "The server wants a reason.", "Say why; it is kept."),
    "desk": Trouble(
        "", "The server does not know this desk.", "Pair it anew. What waits in the outbox stays."
    ),
    "key": Trouble(
        "",
        "The server knows this desk by another key.",
        "Pair it anew. Was its folder copied from another computer?",
    ),
    "replay": Trouble("", "The server has had this log-on already.", "It goes on by itself in a moment."),
    "length": Trouble("", "What this desk sent is too long for the server.", "Tell whoever runs the server."),
    "slow": Trouble("", "What this desk sent came too slowly.", "It goes on by itself in a moment."),
    "busy": Trouble("", "The server is busy.", "It goes on by itself in a moment."),
    "stopping": Trouble("", "The server is about to stop.", "This desk goes on alone until it is back."),
    "database": Trouble(
        "", "The server's database does not answer.", "This desk goes on alone. Tell whoever runs the server."
    ),
    "body": Trouble(
        "",
        "The server does not understand this desk.",
        "Is one of the two programs older? Bring both to the same version.",
    ),
    "path": Trouble(
        "",
        "The server does not know what this desk asks for.",
        "Is one of the two programs older? Bring both to the same version.",
    ),
    "method": Trouble(
        "",
        "The server does not know what this desk asks for.",
        "Is one of the two programs older? Bring both to the same version.",
    ),
}

_BY_KIND: Final[Mapping[type[Refused], Trouble]] = {
    Unauthorized: Trouble(
        "",
        "The server does not know this desk any more.",
        "Pair it anew. What waits in the outbox stays.",
    ),
    Revoked: Trouble(
        "",
        "This desk was shut out by a supervisor.",
        "It hands in what it still holds and forgets its guests. Pair it anew to use it again.",
    ),
    Forbidden: _BY_CODE["right"],
    TooMany: Trouble("", "The server asks this desk to wait.", "It goes on by itself in a moment."),
    ServerFault: Trouble(
        "",
        "The server has a fault of its own.",
        "This desk goes on alone and tries again by itself. Tell whoever runs the server.",
    ),
    Refused: Trouble("", "The server refused what this desk asked for."),
}


def of_answer(error: Refused) -> Trouble:
    """Its code's sentence, else that of its kind with the node's own words."""
    # Whoever must sign in or wait does so for whatever reason.
    if not isinstance(error, (Revoked, TooMany)) and error.code in _BY_CODE:
        return _BY_CODE[error.code]
    kind = next(_BY_KIND[one] for one in type(error).__mro__ if one in _BY_KIND)
    return kind if kind.remedy else Trouble("", kind.message, error.message)


def of_fact(why: str, words: str) -> str:
    """Why a node did not take a fact; its own `words` where the reason is not known here."""
    reasons = {
        Why.GAP: tr("Entries before this one are missing there; they are sent again."),
        Why.FORK: tr("Another entry of this desk has its number there: two copies of this desk are in use."),
        Why.CHAIN: tr("It does not follow from the entries before it."),
        Why.UNSIGNED: tr("The desk that wrote it has not signed it."),
        Why.PAYLOAD: tr("Its content is not the one that was signed."),
        Why.UNREADABLE: tr("The server can't read it. Is one of the two programs older?"),
        Why.RIGHT: tr("Neither this desk nor the person at it may do this."),
        Why.REVOKED: tr("The desk was shut out: a person must look at it."),
    }
    return {one.value: text for one, text in reasons.items()}.get(why, words)
