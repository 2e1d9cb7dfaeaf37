"""Tokens and sign-ins: rotation, replay, clocks, thieves, and desks that are shut out."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from sync import wire
from sync.errors import Refused, Unauthorized
from sync.keys import SIGN_IN_GOOD_S
from sync.server import schema
from sync.server.accounts import tokens
from sync.server.accounts.accounts import SEEN_EVERY_MS
from sync.server.accounts.signing import GOOD_MS
from sync.server.database import Database
from sync.server.ports import Principal
from tests.replication.accounts.node import DAY, Desk, Node, run

MINUTE = 60_000


def sign_in(node: Node, desk: Desk, at_ms: int | None = None) -> wire.SignedIn:
    return run(node.accounts.sign_in(desk.sign_in(node, at_ms)))


def refused(node: Node, asked: wire.SignInAsked, code: str) -> Refused:
    with pytest.raises(Refused) as caught:
        run(node.accounts.sign_in(asked))
    assert caught.value.code == code
    return caught.value


def is_good(node: Node, token: str) -> bool:
    return node.principal(token) is not None


def test_a_token_is_good_for_thirty_days(node: Node) -> None:
    desk = node.enrolled("gate1")
    assert desk.token.startswith("ed1_")
    assert len(desk.token) >= 4 + 43  # 256 bits in base 64
    node.later(30 * DAY - 1)
    assert is_good(node, desk.token)
    node.later(1)
    assert not is_good(node, desk.token)


def test_the_token_before_stays_good_for_an_hour(node: Node) -> None:
    desk = node.enrolled("gate1")
    old = desk.token
    node.later(DAY)
    new = desk.take(sign_in(node, desk))
    assert new.token_until_ms == node.now + 30 * DAY
    node.later(60 * MINUTE - 1)
    assert is_good(node, old)
    node.later(1)
    assert not is_good(node, old)
    assert is_good(node, new.token)


def test_a_desk_that_never_hears_its_answers_keeps_few_tokens(node: Node) -> None:
    desk = node.enrolled("gate1")
    other = node.enrolled("gate2")
    for _ in range(tokens.MOST + 8):
        node.later(1000)
        desk.take(sign_in(node, desk))
    count = select(schema.tokens.c.digest).where(schema.tokens.c.desk == "gate1")
    kept = node.database.read_now(lambda connection: connection.execute(count).all())
    assert len(kept) == tokens.MOST
    assert is_good(node, desk.token)
    assert is_good(node, other.token)


@pytest.mark.parametrize("token", ["", "ed1_", "ed1_" + "x" * 43, "ed1_" + "x" * 5000, "ed1_\0", "Bearer x"])
def test_what_is_no_token_is_nobodys(node: Node, token: str) -> None:
    node.enrolled("gate1")
    assert node.principal(token) is None


def test_a_stolen_database_holds_no_token_and_no_code(tmp_path: Path) -> None:
    """Without a key, so that its pages can be read: neither the words nor their digests' inputs are there."""
    database = Database.open(f"sqlite:///{tmp_path}/node.db")
    node = Node(database)
    try:
        code, desk = node.code(), node.enrolled("gate1")
        desk.take(sign_in(node, desk))
    finally:
        database.close()
    pages = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"gate1" in pages
    for secret in (desk.token, desk.token.removeprefix("ed1_"), code, code.replace("-", "")):
        assert secret.encode() not in pages
    assert desk.keys.private not in pages


def test_a_sign_in_is_good_once(opened: Callable[[], Node]) -> None:
    nodes = [opened(), opened()]
    desk = nodes[0].enrolled("gate1")
    asked = desk.sign_in(nodes[0])

    async def rush() -> list[wire.SignedIn | BaseException]:
        asks = [nodes[i % 2].accounts.sign_in(asked) for i in range(8)]
        return await asyncio.gather(*asks, return_exceptions=True)

    answers = asyncio.run(rush())
    assert sum(isinstance(answer, wire.SignedIn) for answer in answers) == 1, answers
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"replay"}
    for node in nodes:
        node.later(GOOD_MS)
        refused(node, asked, "replay")
        node.later(1)
        refused(node, asked, "clock")


@pytest.mark.parametrize("sign", [1, -1])
def test_a_clock_that_is_off_is_told_the_time(node: Node, sign: int) -> None:
    desk = node.enrolled("gate1")
    off = sign * int(SIGN_IN_GOOD_S * 1000)
    sign_in(node, desk, node.now + off)
    answer = refused(node, desk.sign_in(node, node.now + off + sign), "clock")
    assert answer.now_ms == node.now
    assert ("ahead" if sign > 0 else "behind") in answer.message
    sign_in(node, desk, answer.now_ms)


def test_a_clock_in_another_century_is_refused(node: Node) -> None:
    desk = node.enrolled("gate1")
    for at_ms in (0, 2**53):
        refused(node, desk.sign_in(node, at_ms), "clock")


def test_only_the_desks_own_key_signs_it_in(node: Node) -> None:
    desk, other = node.enrolled("gate1"), node.enrolled("gate2")
    asked = desk.sign_in(node)
    for wrong in (
        msgspec.structs.replace(asked, desk="gate2"),
        msgspec.structs.replace(asked, at_ms=asked.at_ms + 1),
        msgspec.structs.replace(asked, signature=other.sign_in(node).signature),
        msgspec.structs.replace(asked, signature=b""),
    ):
        refused(node, wrong, "key")
    with pytest.raises(Unauthorized):
        run(node.accounts.sign_in(Desk("gate3").sign_in(node)))
    sign_in(node, desk)


def test_a_signature_for_another_node_is_worth_nothing(node: Node) -> None:
    desk = node.enrolled("gate1")
    theirs = desk.sign_in(node).signature
    there = Node(node.database)
    there.accounts._node = "another"
    refused(there, wire.SignInAsked("gate1", node.now, theirs), "key")


def test_who_was_shut_out_may_hand_in_and_no_more(node: Node) -> None:
    desk = node.enrolled("gate1", "supervisor", logs=["show"])
    old = desk.token
    run(node.accounts.revoke("gate1", "boss", "stolen"))
    assert node.known("gate1").revoked_ms == node.now
    assert run(node.accounts.revoked()) == ["gate1"]
    node.later(1000)
    run(node.accounts.revoke("gate1", "boss", "again"))
    assert node.known("gate1").revoked_ms == node.now - 1000
    new = sign_in(node, desk)
    assert (new.roles, new.hubs, new.sealed) == ([], [], b"")
    for token in (old, new.token):
        assert node.principal(token) == Principal("gate1", frozenset(), frozenset({"show"}), True)
    told = [deed for deed in node.deeds() if deed[1] == "revoke"]
    assert told == [("boss", "revoke", "gate1", "stolen")]


def test_a_desk_that_nobody_knows_can_not_be_shut_out(node: Node) -> None:
    with pytest.raises(Refused) as caught:
        run(node.accounts.revoke("nobody", "boss", "stolen"))
    assert (caught.value.status, caught.value.code) == (404, "desk")


def test_when_a_desk_was_seen_and_how_far_its_clock_is_off(node: Node) -> None:
    desk = node.enrolled("gate1")
    node.later(SEEN_EVERY_MS + 1)
    node.principal(desk.token)
    assert node.known("gate1").seen_ms == node.now
    for told, kept in ((-4200, -4200), (90_000, 90_000), (2**62, 2**53)):
        node.later(1)
        asked = msgspec.structs.replace(desk.sign_in(node, node.now), clock_error_ms=told)
        run(node.accounts.sign_in(asked))
        assert node.known("gate1").clock_error_ms == kept


def test_keys_of_desks(node: Node) -> None:
    desks = [node.enrolled(f"gate{i}") for i in range(3)]
    asked = ["gate0", "gate2", "nobody", *(f"x{i}" for i in range(1200))]
    assert run(node.accounts.keys(asked)) == {desk.id: desk.keys.public for desk in (desks[0], desks[2])}
    assert run(node.accounts.keys([])) == {}
