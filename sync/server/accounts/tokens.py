"""Tokens: 256 random bits, of which the node keeps a digest. So whoever steals the database gets none."""

from secrets import token_urlsafe
from typing import NamedTuple

from sqlalchemy import Connection, select

from sync.keys import token_digest
from sync.server import schema

PREFIX = "ed1_"
BYTES = 32
GOOD_MS = 30 * 86_400_000
# The token before stays good for a while: the answer with the new one may have been lost.
OLD_GOOD_MS = 3_600_000
# Of a desk that signs in again and again without hearing the answers, the newest.
MOST = 16

_tokens = schema.tokens


class Issued(NamedTuple):
    token: str
    until_ms: int


def issue(connection: Connection, desk: str, now_ms: int) -> Issued:
    """A new token for the desk; its older ones end soon."""
    issued = Issued(PREFIX + token_urlsafe(BYTES), now_ms + GOOD_MS)
    _end_old(connection, desk, now_ms)
    values = {"digest": token_digest(issued.token), "desk": desk, "issued_ms": now_ms}
    connection.execute(_tokens.insert().values(**values, until_ms=issued.until_ms))
    newest = (
        select(_tokens.c.digest)
        .where(_tokens.c.desk == desk)
        .order_by(_tokens.c.until_ms.desc(), _tokens.c.issued_ms.desc())
        .limit(MOST)
    )
    connection.execute(_tokens.delete().where(_tokens.c.desk == desk, _tokens.c.digest.not_in(newest)))
    return issued


def owner(connection: Connection, token: str, now_ms: int) -> str | None:
    """The desk that the token was given to, while it is good."""
    found = select(_tokens.c.desk).where(_tokens.c.digest == token_digest(token), _tokens.c.until_ms > now_ms)
    return connection.execute(found).scalar()


def _end_old(connection: Connection, desk: str, now_ms: int) -> None:
    connection.execute(_tokens.delete().where(_tokens.c.until_ms <= now_ms))
    soon = now_ms + OLD_GOOD_MS
    late = _tokens.update().where(_tokens.c.desk == desk, _tokens.c.until_ms > soon)
    connection.execute(late.values(until_ms=soon))
