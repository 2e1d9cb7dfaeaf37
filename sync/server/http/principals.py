"""Whose token it is, and what they may ask."""

import time

from sync.server.http.endpoints import Endpoint, Who
from sync.server.http.problems import Trouble, shut_out
from sync.server.ports import Accounts, Principal

NOBODY = Principal("", frozenset(), frozenset())
_LONGEST = 256
_MOST_KEPT = 20_000


class Doorkeeper:
    """Remembers good tokens for a moment: a desk asks fifty times a second.

    A revocation in this process counts at once (`forget`), one in another after `seconds`.
    """

    def __init__(self, accounts: Accounts, seconds: float) -> None:
        self._accounts = accounts
        self._seconds = seconds
        self._kept: dict[str, tuple[Principal, float]] = {}
        self._forgotten = 0

    async def principal(self, token: str) -> Principal | None:
        """None where nobody has this token now."""
        now = time.monotonic()
        found, until = self._kept.get(token, (None, 0.0))
        if found is not None and now < until:
            return found
        before = self._forgotten
        principal = await self._accounts.principal(token) if len(token) <= _LONGEST else None
        self._kept.pop(token, None)
        if principal is not None and before == self._forgotten:  # nothing was revoked while we asked
            self._keep(token, principal, now)
        return principal

    def forget(self) -> None:
        self._kept.clear()
        self._forgotten += 1

    def _keep(self, token: str, principal: Principal, now: float) -> None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[token] = (principal, now + self._seconds)


def token_of(authorization: bytes) -> str:
    """The bearer's token; empty where there is none."""
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def check(endpoint: Endpoint, by: Principal, log: str) -> None:
    """Raises Trouble where this desk may not ask this of this log. NOBODY was let pass before."""
    if by is NOBODY:
        return
    if by.revoked and not endpoint.revoked:
        raise shut_out()
    if not endpoint.who.admits(by.roles):
        raise Trouble(403, "right", f"This is for others: {_whom(endpoint.who)}.")
    if log and not by.may_use(log):
        raise Trouble(403, "log", "This desk is not let in to this log.")


def _whom(who: Who) -> str:
    return "a supervisor, or this computer itself" if who is Who.NEAR else f"a {who.value}"
