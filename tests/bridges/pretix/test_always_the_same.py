"""Whatever happens in a real pretix: what came in bit by bit is what a fresh download has."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.bridges.pretix.pairing import Invitation, pair
from eventdesk.domain.tickets import Ticket
from eventdesk.storage.store import Store
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long
LOG = log_of("http://127.0.0.1", "rig", "fair")
ROUNDS, STEPS = 4, 12


class Happening:
    """One thing after another, at random; a refusal is one of the things that happen."""

    def __init__(self, pretix: PretixServer, seed: int) -> None:
        self.pretix, self.dice = pretix, random.Random(seed)
        rows = pretix.api("GET", "events/fair/orders/", params={"page_size": 50})["results"]
        self.orders = [one["code"] for one in rows]
        self.positions = [one for row in rows for one in row["positions"]]
        self.nonces: list[str] = []

    def step(self) -> None:
        doings: list[Callable[[], Any]] = [
            self.rename, self.cancel, self.pay, self.scan, self.scan, self.annul, self.block, self.unblock,
            self.new_codes, self.answer, self.drop,
        ]  # fmt: skip
        self.dice.choice(doings)()

    def _position(self, path: str = "", method: str = "POST", **body: Any) -> None:
        one = self.dice.choice(self.positions)
        self.pretix.ask(method, f"events/fair/orderpositions/{one['id']}/{path}", json=body)

    def _order(self, path: str, **body: Any) -> None:
        code = self.dice.choice(self.orders)
        self.pretix.ask("POST", f"events/fair/orders/{code}/{path}/", json=body)

    def rename(self) -> None:
        name = self.dice.choice(("Ana", "Bo", "Zoë", "Ōe"))
        self._position(method="PATCH", attendee_name_parts={"_scheme": "full", "full_name": name})

    def answer(self) -> None:
        answers = [{"question": 1, "answer": self.dice.choice("ABC"), "options": []}]
        self._position(method="PATCH", answers=self.dice.choice(([], answers)))

    def cancel(self) -> None:
        self._order("mark_canceled", send_email=False)

    def pay(self) -> None:
        self._order(self.dice.choice(("mark_paid", "reactivate")), send_email=False)

    def new_codes(self) -> None:
        self._order("regenerate_secrets")

    def block(self) -> None:
        self._position("add_block/", name="api:test")

    def unblock(self) -> None:
        self._position("remove_block/", name="api:test")

    def drop(self) -> None:
        self._position(method="DELETE")

    def scan(self) -> None:
        one, nonce = self.dice.choice(self.positions), f"{self.dice.random()}"
        kind = self.dice.choice(("entry", "exit"))
        body = {"secret": one["secret"], "lists": [1], "nonce": nonce, "type": kind, "force": True}
        self.pretix.ask("POST", "checkinrpc/redeem/", json=body)
        self.nonces.append(nonce)

    def annul(self) -> None:
        if self.nonces:
            body = {"lists": [1], "nonce": self.dice.choice(self.nonces)}
            self.pretix.ask("POST", "checkinrpc/annul/", json=body)


@pytest.fixture
def api(pretix: PretixServer) -> Api:
    _, token = pair(Invitation(pretix.url, pretix.state["devices"]["Bridge"]))
    return Api(pretix.url, token, Pacing(most=100_000))


def whole(incoming: Incoming) -> None:
    incoming.catalogue()
    for _ in incoming.first():
        pass


def guests(store: Store) -> dict[str, Any]:
    with store.reader() as reader:
        return {row.ticket: said(reader.ticket(LOG, row.ticket)) for row in reader.guests(LOG, limit=10_000)}


def said(ticket: Ticket | None) -> Any:
    assert ticket is not None
    passes = [(one.id, one.list, one.direction, one.at) for one in ticket.admissions]
    members = (ticket.secret, ticket.product, ticket.variation, ticket.name, ticket.canceled, ticket.blocked)
    return ticket.order, *members, dict(ticket.answers), sorted(passes)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_came_bit_by_bit_is_what_is_there(
    seed: int, pretix: PretixServer, api: Api, tmp_path: Path
) -> None:
    happening = Happening(pretix, seed)
    with (
        Store.open(tmp_path / "old.db", KEY, "bridge1") as old,
        Store.open(tmp_path / "new.db", KEY, "bridge2") as new,
    ):
        follower = Incoming(api, old, "rig", "fair", frozenset)
        whole(follower)
        for _ in range(ROUNDS):
            for _ in range(STEPS):
                happening.step()
            for _ in follower.changes():
                happening.step()
        for _ in follower.changes():
            pass
        whole(Incoming(api, new, "rig", "fair", frozenset))
        assert guests(old) == guests(new)
        assert sum(one.facts for one in follower.changes()) == 0
