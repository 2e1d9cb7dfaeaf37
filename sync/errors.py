"""What can go wrong between two nodes, told apart by what the asking one should do about it.

SyncError
  Unreachable      no answer: nothing was heard; the request may or may not have been served
  NotEventDesk     an answer, but not from a node: a captive portal, a proxy, rubbish
  WrongNode        a node, but not the one paired with (its certificate or its id is another)
  Refused          the node said no
    Unauthorized   the token is not (or no longer) known: sign in again
    Revoked        this desk was shut out by a person
    Forbidden      this desk may not do this
    TooMany        too often or too much: again after `retry_after` seconds
    ServerFault    the node failed (5xx)
"""


class SyncError(Exception):
    """`message` is one plain sentence for a person, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Unreachable(SyncError):
    pass


class NotEventDesk(SyncError):
    pass


class WrongNode(SyncError):
    pass


class Refused(SyncError):
    """`status` is HTTP's, `code` the protocol's word for it (`sync/README.md`). `now_ms`: the node's
    time, where the asker's clock was the reason (code `clock`)."""

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        status: int = 400,
        code: str = "",
        retry_after: float = 0.0,
        now_ms: int = 0,
    ) -> None:
        super().__init__(message, remedy)
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.now_ms = now_ms


class Unauthorized(Refused):
    pass


class Revoked(Refused):
    pass


class Forbidden(Refused):
    pass


class TooMany(Refused):
    pass


class ServerFault(Refused):
    pass
