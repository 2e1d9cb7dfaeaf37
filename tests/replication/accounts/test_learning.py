"""What a hub may say of desks, what its upstream, and what nobody may."""

import secrets

import msgspec
import pytest

from sync import wire
from sync.errors import Refused, Unauthorized
from sync.keys import KeyPair
from tests.replication.accounts.node import Desk, Node, run

HUB = "hub1"
ABOVE = "centre0"


def told(id_: str, *roles: str, key: bytes = b"", logs: tuple[str, ...] = (), **more: int) -> wire.DeskKnown:
    known = wire.DeskKnown(
        id_, f"Desk {id_}", key or KeyPair.new().public, list(roles), list(logs), "", 1, 1, 0, 0, {}
    )
    return msgspec.structs.replace(known, **more)


def learn(node: Node, *desks: wire.DeskKnown, via: str = HUB) -> None:
    run(node.accounts.learn(desks, via))


@pytest.fixture
def hub(node: Node) -> Desk:
    return node.enrolled(HUB, "hub")


def test_a_desk_of_a_hub_may_sign_in_at_the_centre(node: Node, hub: Desk) -> None:
    desk = Desk("gate1")
    with pytest.raises(Unauthorized):
        run(node.accounts.sign_in(desk.sign_in(node)))
    learn(node, told("gate1", "door", key=desk.keys.public))
    assert run(node.accounts.sign_in(desk.sign_in(node))).roles == ["door"]
    assert node.known("gate1").via == HUB


def test_a_hub_makes_no_hub(node: Node, hub: Desk) -> None:
    learn(node, told("gate1", "door", "hub", "king"))
    assert node.known("gate1").roles == ["door"]


def test_a_hub_lets_desks_in_to_its_own_logs_alone(node: Node) -> None:
    node.enrolled(HUB, "hub", logs=["show", "gala"])
    learn(
        node,
        told("all", "door"),
        told("some", "door", logs=("show", "fair")),
        told("other", "door", logs=("fair",)),
    )
    known = {desk.desk: desk.logs for desk in run(node.accounts.desks())}
    assert known == {HUB: ["gala", "show"], "all": ["gala", "show"], "some": ["show"]}


def test_a_hub_changes_its_own_desks_alone(node: Node, hub: Desk) -> None:
    ours = node.enrolled("gate1", "door")
    learn(node, told("gate2", "door", key=(key := KeyPair.new().public)))
    later = node.now + 1000
    node.later(2000)
    learn(
        node,
        told("gate1", "organizer", key=ours.keys.public, enrolled_ms=later),
        told("gate2", "supervisor", key=key, enrolled_ms=later),
    )
    assert node.known("gate1").roles == ["door"]
    assert node.known("gate2").roles == ["supervisor"]
    learn(node, told("gate2", "organizer", key=key, enrolled_ms=later - 1))
    assert node.known("gate2").roles == ["supervisor"]


def test_what_the_upstream_says_counts_for_all(node: Node) -> None:
    """At a hub: `ABOVE` is no desk of ours."""
    ours = node.enrolled("gate1", "door")
    learn(node, told("gate1", "supervisor", key=ours.keys.public, enrolled_ms=node.now + 1), via=ABOVE)
    learn(node, told("gate2", "hub"), via=ABOVE)
    assert (node.known("gate1").roles, node.known("gate1").via) == (["supervisor"], "")
    assert (node.known("gate2").roles, node.known("gate2").via) == (["hub"], ABOVE)


@pytest.mark.parametrize("via", [HUB, ABOVE])
def test_a_key_never_changes_silently(node: Node, hub: Desk, via: str) -> None:
    ours = node.enrolled("gate1", "door")
    for _ in range(3):
        learn(node, told("gate1", "organizer", revoked_ms=5), via=via)
    known = node.known("gate1")
    assert (known.public_key, known.roles, known.revoked_ms) == (ours.keys.public, ["door"], 0)
    assert [deed[:3] for deed in node.deeds() if deed[1] == "other_key"] == [(via, "other_key", "gate1")]


@pytest.mark.parametrize("via", [HUB, ABOVE])
def test_a_revocation_is_learned_and_never_unlearned(node: Node, hub: Desk, via: str) -> None:
    ours = node.enrolled("gate1", "door")
    gone = told("gate1", "door", key=ours.keys.public, revoked_ms=5)
    learn(node, gone, via=via)
    assert node.known("gate1").revoked_ms
    learn(node, msgspec.structs.replace(gone, revoked_ms=0, enrolled_ms=node.now + 1), via=via)
    learn(node, told("gate2", "door", revoked_ms=5), via=via)
    assert sorted(run(node.accounts.revoked())) == ["gate1", "gate2"]
    principal = node.principal(ours.token)
    assert principal is not None
    assert principal.revoked


def test_desks_that_can_not_be_are_passed_over_and_the_others_taken(node: Node, hub: Desk) -> None:
    learn(
        node,
        told("a b", "door"),
        told("gate1", "door", key=b"short"),
        msgspec.structs.replace(told("gate2", "door"), name="x" * 101),
        told("gate3", "door"),
    )
    assert {desk.desk for desk in run(node.accounts.desks())} == {HUB, "gate3"}


def test_told_again_nothing_is_written(node: Node, hub: Desk) -> None:
    desks = [told(f"gate{i}", "door") for i in range(20)]
    learn(node, *desks)
    before = run(node.accounts.desks()), node.deeds()
    learn(node, *reversed(desks))
    assert (run(node.accounts.desks()), node.deeds()) == before


def test_a_hub_says_where_it_is_and_desks_hear_it(node: Node) -> None:
    reached = wire.HubReached(secrets.token_bytes(32), ["https://10.0.0.7:8443"])
    hub = Desk(HUB)
    run(node.accounts.enrol(hub.enrolment(node.code("hub", logs=["show"]), "Venue", reached)))
    desk, other = node.enrolled("gate1", "door", logs=["show"]), node.enrolled("gate2", logs=["fair"])
    known = [wire.HubKnown(HUB, "Venue", reached.fingerprint, reached.addresses)]
    assert run(node.accounts.sign_in(desk.sign_in(node))).hubs == known
    assert run(node.accounts.sign_in(other.sign_in(node))).hubs == []
    assert run(node.accounts.sign_in(hub.sign_in(node))).hubs == []
    moved = wire.HubReached(reached.fingerprint, ["https://10.0.0.8:8443"])
    node.later(1)
    run(node.accounts.sign_in(msgspec.structs.replace(hub.sign_in(node), hub=moved)))
    assert run(node.accounts.sign_in(desk.sign_in(node))).hubs[0].addresses == moved.addresses
    run(node.accounts.revoke(HUB, "boss", "stolen"))
    node.later(1)
    assert run(node.accounts.sign_in(desk.sign_in(node))).hubs == []


def test_a_desk_that_is_no_hub_stands_in_for_nobody(node: Node) -> None:
    liar, desk = node.enrolled("liar", "organizer"), node.enrolled("gate1")
    reached = wire.HubReached(bytes(32), ["https://10.0.0.7"])
    run(node.accounts.sign_in(msgspec.structs.replace(liar.sign_in(node), hub=reached)))
    assert run(node.accounts.sign_in(desk.sign_in(node))).hubs == []


def test_a_hub_behind_a_proxy_is_named_to_nobody(node: Node) -> None:
    """It has no certificate of its own, and does not know where desks reach the proxy."""
    reached = wire.HubReached(b"", ["http://10.0.0.7:8443"])
    run(node.accounts.enrol(Desk(HUB).enrolment(node.code("hub"), "Venue", reached)))
    desk = node.enrolled("gate1")
    assert run(node.accounts.sign_in(desk.sign_in(node))).hubs == []


@pytest.mark.parametrize(
    ("fingerprint", "address"),
    [
        (b"short", "https://h"),
        (bytes(32), "http://h"),
        (bytes(32), "https://a b"),
        (bytes(32), "https://u@h"),
    ],
)
def test_a_hub_that_can_not_be_reached_so_is_refused(node: Node, fingerprint: bytes, address: str) -> None:
    asked = Desk(HUB).enrolment(node.code("hub"), "Venue", wire.HubReached(fingerprint, [address]))
    with pytest.raises(Refused) as caught:
        run(node.accounts.enrol(asked))
    assert caught.value.code == "hub"
    assert run(node.accounts.desks()) == []
