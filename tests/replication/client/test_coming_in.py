"""Pairing and tokens against a real node over a real socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import pairing, wire
from sync.client.enrolling import enrol, sign_in
from sync.client.http import HttpUpstream
from sync.client.session import Session
from sync.errors import Refused, Revoked, Unauthorized, WrongNode
from sync.keys import KeyPair
from tests.replication.client.conftest import Connect
from tests.replication.relay.nodes import Node

PAIR = KeyPair.new()


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = Node(tmp_path, "Centre")
    made.start()
    yield made
    made.stop()


def invited(upstream: HttpUpstream, role: str = "organizer", secret: bytes = b"") -> pairing.Invitation:
    """By a supervisor's desk: `secret` is sealed with the code."""
    code = pairing.new_code()
    box = pairing.seal(code, secret) if secret else b""
    upstream.make_code(wire.CodeAsked(pairing.lookup(code), "Gate", [role], [], 600.0, box))
    return pairing.Invitation(code)


@pytest.fixture
def chief(node: Node, connect: Connect) -> HttpUpstream:
    upstream = connect(node.url)
    token = enrol(
        upstream, pairing.Invitation(node.code("organizer")), "chief", "Chief", KeyPair.new()
    ).signed_in.token
    return connect(node.url, lambda: token, node=node.id)


def test_a_desk_comes_in_with_the_events_secret(chief: HttpUpstream, node: Node, connect: Connect) -> None:
    invitation = invited(chief, "door", b"pepper")
    enrolled = enrol(connect(node.url), invitation, "d1", "Gate", PAIR)
    assert enrolled.secret == b"pepper"
    assert enrolled.signed_in.node == node.id
    assert set(enrolled.signed_in.roles) == {"door"}


def test_a_lost_answer_is_asked_for_again_with_the_same_code(
    chief: HttpUpstream, node: Node, connect: Connect
) -> None:
    invitation = invited(chief, secret=b"pepper")
    upstream = connect(node.url)
    enrol(upstream, invitation, "d1", "Gate", PAIR)
    assert enrol(upstream, invitation, "d1", "Gate", PAIR).secret == b"pepper"
    with pytest.raises(Refused):
        enrol(upstream, invitation, "d2", "Gate", KeyPair.new())


def test_an_unknown_code_is_refused_in_words(node: Node, connect: Connect) -> None:
    with pytest.raises(Refused) as raised:
        enrol(connect(node.url), pairing.Invitation(pairing.new_code()), "d1", "Gate", PAIR)
    assert raised.value.code == "code"


def test_a_token_is_renewed_by_the_key(chief: HttpUpstream, node: Node, connect: Connect) -> None:
    upstream = connect(node.url)
    first = enrol(upstream, invited(chief), "d1", "Gate", PAIR).signed_in
    kept: list[str] = []
    session = Session("d1", PAIR, node.id, first.token, first.token_until_ms, lambda s: kept.append(s.token))
    assert not session.is_due(first.now_ms)
    assert session.is_due(first.token_until_ms - 1000)
    session.renew(upstream, refused="another")
    assert not kept, "somebody else has renewed it meanwhile"
    session.renew(upstream, refused=first.token)
    assert kept == [session.token()] != [first.token]
    assert connect(node.url, session.token).heads("log1").heads == {}


def test_an_unknown_token_and_an_unknown_desk(node: Node, connect: Connect) -> None:
    with pytest.raises(Unauthorized):
        connect(node.url, lambda: "nonsense").heads("log1")
    with pytest.raises(Unauthorized):
        sign_in(connect(node.url), "nobody", KeyPair.new(), node.id)


def test_a_desk_signs_in_at_its_own_node_alone(node: Node, connect: Connect) -> None:
    with pytest.raises(WrongNode):
        sign_in(connect(node.url), "d1", PAIR, "another node")


def test_who_was_shut_out_may_hand_in_and_nothing_more(
    chief: HttpUpstream, node: Node, connect: Connect
) -> None:
    token = enrol(connect(node.url), invited(chief), "d1", "Gate", PAIR).signed_in.token
    chief.revoke("d1", "lost")
    upstream = connect(node.url, lambda: token)
    with pytest.raises(Revoked):
        upstream.pull(wire.Pull("", {}))
    assert upstream.push("log1", wire.Push([])).taken == 0
    assert [desk.desk for desk in chief.desks() if desk.revoked_ms] == ["d1"]


def test_the_clock_is_compared_at_each_contact(chief: HttpUpstream) -> None:
    chief.hello()
    contact = chief.last_contact()
    assert contact is not None
    assert abs(contact.clock_error_ms) <= contact.within_ms + 5
