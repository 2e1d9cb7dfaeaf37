"""Every role against every endpoint: the table in code is what the node does, and what the README says."""

import re
from pathlib import Path
from typing import Any

import pytest

from sync import wire
from sync.server.http.endpoints import ENDPOINTS, Endpoint, Who
from tests.replication.http.conftest import Node

README = Path(__file__).parents[3] / "sync" / "README.md"

ROLES = ("door", "box_office", "kiosk", "supervisor", "organizer", "hub")
BODIES: dict[str, Any] = {
    "prove": wire.ProofAsked(b"x", b"n"),
    "enrol": wire.EnrolAsked(b"x", "new1", "New", b"k", b"s"),
    "sign_in": wire.SignInAsked("desk1", 1, b"s"),
    "pull": wire.Pull("epoch1", {}),
    "push": wire.Push([]),
    "claim": wire.ClaimAsked("k", "s", "f"),
    "release": wire.ClaimKey("k"),
    "allot": wire.AllotmentAsked("q1", 1),
    "take_back": wire.TakeBackAsked("q1", "desk9", "gone"),
    "review": wire.ReviewAsked("f1", "it is all right"),
    "give_notes": wire.NotesGiven([]),
    "notes": wire.NotesAsked(),
    "learn": [],
    "revoke": wire.RevokeAsked("desk9", "stolen"),
    "make_code": wire.CodeAsked(b"x", "New", ["door"], []),
}
# What the parts in memory answer where a request got through to them.
THROUGH = {"prove": 400, "enrol": 400, "give_notes": 204, "learn": 204, "revoke": 204, "make_code": 204}
SUPERVISING = {"supervisor", "organizer"}
MAY = {
    Who.ANYONE: set(ROLES),
    Who.NEAR: set(ROLES),  # the tests are on this computer
    Who.DESK: set(ROLES),
    Who.SUPERVISOR: SUPERVISING,
    Who.HUB: {"hub"},
    Who.SUPERVISOR_OR_HUB: SUPERVISING | {"hub"},
}


def ask(node: Node, endpoint: Endpoint, token: str) -> Any:
    path = endpoint.path.replace("{log}", "e1").replace("{form}", "whole")
    return node.ask(endpoint.method, path, BODIES.get(endpoint.name), token)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_every_role_against_every_endpoint(node: Node, endpoint: Endpoint) -> None:
    for role in ROLES:
        answer = ask(node, endpoint, f"desk1:{role}:")
        if role in MAY[endpoint.who]:
            assert answer.status_code == THROUGH.get(endpoint.name, 200), (role, answer.text)
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "right"), role


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_without_a_token_or_with_an_unknown_one(node: Node, endpoint: Endpoint) -> None:
    for token in ("", "unknown", "x" * 5000, "\xff\xfe"):
        answer = ask(node, endpoint, token)
        if endpoint.who in (Who.ANYONE, Who.NEAR):
            assert answer.status_code == THROUGH.get(endpoint.name, 200)
        else:
            assert (answer.status_code, answer.json()["code"]) == (401, "token")
            assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_who_was_shut_out_may_only_push(node: Node, endpoint: Endpoint) -> None:
    node.accounts.shut.add("desk1")
    answer = ask(node, endpoint, "desk1:organizer,hub:")
    if endpoint.who in (Who.ANYONE, Who.NEAR) or endpoint.name == "push":
        assert answer.status_code == THROUGH.get(endpoint.name, 200)
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "revoked")


@pytest.mark.parametrize(
    "endpoint", [one for one in ENDPOINTS if "{log}" in one.path], ids=lambda one: one.name
)
def test_a_desk_of_another_log_is_kept_out(node: Node, endpoint: Endpoint) -> None:
    answer = ask(node, endpoint, "desk1:organizer:e2,e3")
    assert (answer.status_code, answer.json()["code"]) == (403, "log")


def test_pulling_tells_of_no_other_log(node: Node) -> None:
    for log in ("e1", "e2"):
        fact = wire.WireFact(f"f-{log}", "k", "s", "st", "desk1", 1, bytes(32))
        node.ask("POST", f"/v1/logs/{log}/facts", wire.Push([fact])).raise_for_status()
    pulled = node.ask("POST", "/v1/pull", wire.Pull("epoch1", {"e1": 0, "e2": 0}), "desk2:door:e2").json()
    assert (pulled["logs"], list(pulled["pages"])) == (["e2"], ["e2"])


def test_force_is_for_supervisors_and_needs_a_reason(node: Node) -> None:
    node.ask("POST", "/v1/logs/e1/claims", wire.ClaimAsked("k", "s", "f")).raise_for_status()
    path, force = "/v1/logs/e1/claims/release", wire.ClaimKey("k", True, "gone")
    assert node.ask("POST", path, force, "desk2:door:").status_code == 403
    assert node.ask("POST", path, wire.ClaimKey("k", True, " "), "desk2:supervisor:").status_code == 400
    assert node.ask("POST", path, wire.ClaimKey("k"), "desk2:supervisor:").json() == {"released": False}
    assert node.ask("POST", path, force, "desk2:supervisor:").json() == {"released": True}
    assert node.logs.released == [("k", True)]


def test_a_revocation_counts_at_once_in_this_process(node: Node) -> None:
    pull = wire.Pull("epoch1", {})
    assert node.ask("POST", "/v1/pull", pull).status_code == 200
    asked = node.accounts.asked
    assert node.ask("POST", "/v1/pull", pull).status_code == 200
    assert node.accounts.asked == asked, "a good token is remembered for a moment"
    revoke = wire.RevokeAsked("desk1", "stolen")
    node.ask("POST", "/v1/desks/revoke", revoke, "desk2:supervisor:").raise_for_status()
    answer = node.ask("POST", "/v1/pull", pull)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked")


def test_the_readme_names_every_endpoint() -> None:
    told = set(re.findall(r"^\| `(\w+) (/\S+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {(one.method, one.path) for one in ENDPOINTS}
