"""Whether a signature is a desk's own, of now, and used for the first time."""

from hashlib import sha256

from sqlalchemy import Connection

from sync import keys, wire
from sync.errors import Refused, Unauthorized
from sync.server import schema
from sync.server.accounts.upsert import insert

GOOD_MS = int(keys.SIGN_IN_GOOD_S * 1000)

_used = schema.signatures


def check_enrolment(asked: wire.EnrolAsked) -> None:
    """Raises Refused (code `key`) where the key that it names has not signed it."""
    message = keys.enrol_message(asked.desk, asked.lookup)
    if not keys.verify(asked.public_key, asked.signature, message):
        raise Refused("The desk has not signed with the key that it names.", status=400, code="key")


def check_sign_in(asked: wire.SignInAsked, node: str, public_key: bytes, now_ms: int) -> None:
    """Raises Unauthorized for another's signature, Refused (code `clock`) for one that is not of now."""
    if not keys.verify(public_key, asked.signature, keys.sign_in_message(node, asked.desk, asked.at_ms)):
        raise Unauthorized("This desk has another key here.", "Pair it anew.", status=401, code="key")
    if abs(asked.at_ms - now_ms) > GOOD_MS:
        raise Refused(
            f"The desk's clock is {_span(asked.at_ms - now_ms)} the server's.",
            "Set the clock right.",
            status=400,
            code="clock",
            now_ms=now_ms,
        )


def use(connection: Connection, asked: wire.SignInAsked, node: str, now_ms: int) -> None:
    """Raises Refused (code `replay`) where this was used before.

    What is kept is the message's digest, not the signature's: more than one signature fits a message.
    """
    connection.execute(_used.delete().where(_used.c.until_ms < now_ms))
    digest = sha256(keys.sign_in_message(node, asked.desk, asked.at_ms)).digest()
    # Once it is older than this, its clock tells; the node's own clock may be set back in between.
    kept = insert(connection, _used).values(digest=digest, until_ms=asked.at_ms + 2 * GOOD_MS)
    if connection.execute(kept.on_conflict_do_nothing().returning(_used.c.digest)).first() is None:
        raise Refused("This sign-in was used before.", "Sign in anew.", status=400, code="replay")


def _span(error_ms: int) -> str:
    minutes = round(abs(error_ms) / 60_000)
    much = f"{minutes} minutes" if minutes < 180 else f"{round(minutes / 60)} hours"
    return f"{much} {'ahead of' if error_ms > 0 else 'behind'}"
