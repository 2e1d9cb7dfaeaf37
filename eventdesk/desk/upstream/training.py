"""A training desk and others: it never meets them."""

from typing import Any, Final

from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream.commands import ListTicketKeys, ShowLine
from eventdesk.errors import NotAllowed

# What only shows how things stand.
HARMLESS: Final = frozenset({ShowLine, ListTicketKeys})


def cut(handlers: Handlers, silent: frozenset[type]) -> Handlers:
    """The handlers as a training desk has them: refused in words, those of `silent` (which nobody asks for
    by hand) passed over."""
    return {
        kind: handle if kind in HARMLESS else (_nothing if kind in silent else refuse)
        for kind, handle in handlers.items()
    }


def refuse(_command: Any = None) -> None:
    """Raises NotAllowed."""
    raise NotAllowed(
        "This desk is for training: it meets no other desks and signs no tickets.",
        "Close the training, and do this at the real desk.",
    )


def _nothing(_command: Any) -> None:
    """There is nothing to be done in a training."""
