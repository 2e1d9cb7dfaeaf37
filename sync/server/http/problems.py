"""Every refusal: one `Problem` with the protocol's word for it."""

from collections.abc import Mapping
from http import HTTPStatus

from sync import errors, wire


class Trouble(Exception):
    """A request is refused: raised by whoever finds out, answered in one place."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        headers: Mapping[bytes, bytes] | None = None,
        now_ms: int = 0,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.now_ms = now_ms
        self.now_ms = now_ms

    def problem(self) -> wire.Problem:
        title = HTTPStatus(self.status).phrase
        return wire.Problem(self.status, self.code, title, self.detail, self.now_ms)


def too_many(seconds: float, detail: str) -> Trouble:
    wait = str(max(1, round(seconds + 0.5))).encode()
    return Trouble(429, "rate", detail, {b"retry-after": wait})


def unauthorized(detail: str, code: str = "token") -> Trouble:
    return Trouble(401, code, detail, {b"www-authenticate": b"Bearer"})


def shut_out() -> Trouble:
    return Trouble(
        403, "revoked", "This desk was shut out. It may hand in what it still holds, and nothing more."
    )


def of(error: errors.SyncError) -> Trouble:
    """A refusal of the stores, in HTTP's terms."""
    if isinstance(error, errors.TooMany):
        return too_many(error.retry_after, error.message)
    if isinstance(error, errors.Unauthorized):
        return unauthorized(error.message, error.code or "token")
    if isinstance(error, errors.Revoked):
        return shut_out()
    if isinstance(error, errors.Forbidden):
        return Trouble(403, error.code or "right", error.message)
    if isinstance(error, errors.Refused) and not isinstance(error, errors.ServerFault):
        status = error.status if 400 <= error.status < 500 else 400
        return Trouble(status, error.code or "refused", error.message, now_ms=error.now_ms)
    return Trouble(503, "busy", error.message, {b"retry-after": b"1"})
