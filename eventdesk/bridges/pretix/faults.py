"""What can be wrong between us and a pretix server, in words for the organizer."""

from eventdesk.errors import EventDeskError
from eventdesk.i18n import tr


class PretixError(EventDeskError):
    """A fault of the line to pretix; nothing was lost, and what waits goes on waiting."""


class PretixSilent(PretixError):
    """The server can't be reached, or answers what is no pretix."""


class PretixBusy(PretixError):
    """The server asks for patience (429) or fails by itself (5xx). `wait_s`: as long as it asked for."""

    def __init__(self, message: str, remedy: str = "", wait_s: float = 0.0, status: int = 0) -> None:
        super().__init__(message, remedy)
        self.wait_s = wait_s
        self.status = status


class PretixRevoked(PretixError):
    """The device's token is not good (any more), or the device may not see the event (any more)."""


class PretixRefused(PretixError):
    """pretix says no to one call: 400, 403, 404, 409. `answer` is its JSON, `words` what of it a person
    can read."""

    def __init__(self, status: int, answer: object, words: str) -> None:
        super().__init__(tr("pretix refused ({status}): {words}", status=status, words=words))
        self.status = status
        self.answer = answer
        self.words = words


class PretixWaits(PretixError):
    """One call can't go before another one has: the words say which."""


class PretixCannot(PretixError):
    """There is no way to tell pretix this, as shows when it is to be sent."""
