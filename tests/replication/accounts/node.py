"""A node's accounts in a test, and desks that come to it."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from sync import pairing, wire
from sync.keys import KeyPair, enrol_message, sign_in_message
from sync.server import schema
from sync.server.accounts import SqlAccounts, deeds
from sync.server.database import Database
from sync.server.ports import Identity, Principal

T = TypeVar("T")

NOON = 1_800_000_000_000
DAY = 86_400_000


class Node:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOON
        identity = Identity(database.node, database.name, "centre", "")
        self.accounts = SqlAccounts(database, identity, lambda: self.now)

    def later(self, ms: int) -> None:
        self.now += ms

    def code(
        self,
        *roles: str,
        by: str = deeds.SERVER,
        held: Sequence[str] = ("organizer",),
        logs: Sequence[str] = (),
        name: str = "",
        valid_s: float = 3600.0,
        sealed: bytes = b"",
    ) -> str:
        code = pairing.new_code()
        asked = wire.CodeAsked(
            pairing.lookup(code), name, list(roles or ("door",)), list(logs), valid_s, sealed
        )
        run(self.accounts.make_code(by, asked, held))
        return code

    def enrolled(self, id_: str, *roles: str, logs: Sequence[str] = ()) -> "Desk":
        desk = Desk(id_)
        desk.take(run(self.accounts.enrol(desk.enrolment(self.code(*roles, logs=logs)))))
        return desk

    def principal(self, token: str) -> Principal | None:
        return run(self.accounts.principal(token))

    def known(self, desk: str) -> wire.DeskKnown:
        return next(one for one in run(self.accounts.desks()) if one.desk == desk)

    def deeds(self) -> list[tuple[str, str, str, str]]:
        rows = self.database.read_now(lambda connection: connection.execute(schema.deeds.select()).all())
        return [(row.who, row.what, row.whom, row.reason) for row in rows]


class Desk:
    def __init__(self, id_: str) -> None:
        self.id = id_
        self.keys = KeyPair.new()
        self.token = ""

    def take(self, answer: wire.SignedIn) -> wire.SignedIn:
        self.token = answer.token
        return answer

    def enrolment(
        self, code: str, name: str = "Gate A", hub: wire.HubReached | None = None
    ) -> wire.EnrolAsked:
        lookup = pairing.lookup(code)
        signature = self.keys.sign(enrol_message(self.id, lookup))
        return wire.EnrolAsked(lookup, self.id, name, self.keys.public, signature, hub)

    def sign_in(self, node: Node, at_ms: int | None = None) -> wire.SignInAsked:
        moment = node.now if at_ms is None else at_ms
        message = sign_in_message(node.database.node, self.id, moment)
        return wire.SignInAsked(self.id, moment, self.keys.sign(message))


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)
