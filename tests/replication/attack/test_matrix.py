"""Every role against every endpoint over real stores, as the README tells; a refusal changes nothing."""

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sync import wire
from sync.keys import token_digest
from sync.server import schema
from sync.server.http.endpoints import ENDPOINTS
from tests.replication.attack.node import LOG, OTHER, Desk, Node

README = Path(__file__).parents[3] / "sync" / "README.md"
_LINE = re.compile(r"^\| `(\w+) (/\S+)` \|.*\| ([^|]+) \|$", re.MULTILINE)

ROLES = ("door", "box_office", "kiosk", "supervisor", "organizer", "hub")
SUPERVISING = {"supervisor", "organizer"}
NOBODYS = ("none", "expired", "unknown", "long")
# By the table's last column: who is served. `loopback` is where the tests are.
SERVED: dict[str, set[str]] = {
    "anyone": {*ROLES, *NOBODYS, "revoked"},
    "anyone with a code": {*ROLES, *NOBODYS, "revoked"},
    "a known desk": {*ROLES, *NOBODYS, "revoked"},
    "loopback, or a supervisor": {*ROLES, *NOBODYS, "revoked"},
    "desk": set(ROLES),
    "desk; revoked ones too": {*ROLES, "revoked"},
    "desk; of others: supervisor": set(ROLES),
    "desk: its own; hub: its desks'": set(ROLES),
    "supervisor": SUPERVISING,
    "supervisor, hub": SUPERVISING | {"hub"},
    "hub": {"hub"},
    "supervisor, for roles below its own": SUPERVISING,
}


class Line(NamedTuple):
    method: str
    path: str
    who: str


LINES = [Line(*found) for found in _LINE.findall(README.read_text(encoding="utf-8"))]
BODIES: dict[str, Any] = {
    "/v1/enrol": wire.EnrolAsked(b"x" * 32, "new1", "New", b"k" * 32, b"s" * 64),
    "/v1/prove": wire.ProofAsked(b"x" * 32, b"c" * 32),
    "/v1/sign-in": wire.SignInAsked("door", 1, b"s" * 64),
    "/v1/pull": wire.Pull("", {LOG: 0}),
    "/v1/logs/{log}/claims": wire.ClaimAsked("k", "s", "f"),
    "/v1/logs/{log}/claims/release": wire.ClaimKey("k"),
    "/v1/logs/{log}/allotments": wire.AllotmentAsked("q1", 1),
    "/v1/logs/{log}/allotments/take-back": wire.TakeBackAsked("q1", "desk9", "gone"),
    "/v1/logs/{log}/quarantine/review": wire.ReviewAsked("f1", "it is all right"),
    "/v1/notes": wire.NotesGiven([]),
    "/v1/notes/read": wire.NotesAsked(),
    "/v1/desks/learn": [],
    "/v1/desks/revoke": wire.RevokeAsked("desk9", "stolen"),
}
# What is served may still be answered so: a code that is none, a desk that nobody knows, nothing made yet.
NO = {"/v1/enrol": (400,), "/v1/prove": (400, 401), "/v1/sign-in": (400, 401), "/v1/desks/revoke": (404,)}
NO["/v1/logs/{log}/snapshots/{form}"] = (404,)


def ask(node: Node, line: Line, by: "Desk | str", log: str = LOG) -> Any:
    body = BODIES.get(line.path)
    if line.path == "/v1/logs/{log}/facts":
        body = wire.Push([])
    if line.path == "/v1/codes":
        body = wire.CodeAsked(os.urandom(32), "New", ["door"], [])
    path = line.path.replace("{log}", log).replace("{form}", "whole")
    return node.ask(line.method, path, body if line.method == "POST" else None, by)


def expire(node: Node, desk: Desk) -> None:
    t = schema.tokens
    changed = t.update().where(t.c.digest == token_digest(desk.token)).values(until_ms=1)
    node.database.write_now(lambda connection: connection.execute(changed).rowcount)


@pytest.fixture
def askers(node: Node) -> dict[str, "Desk | str"]:
    found: dict[str, Desk | str] = {role: node.join(role, role) for role in ROLES}
    revoked, expired = node.join("revoked", "organizer"), node.join("expired", "organizer")
    boss = found["organizer"]
    node.ask("POST", "/v1/desks/revoke", wire.RevokeAsked("revoked", "stolen"), boss).raise_for_status()
    expire(node, expired)
    return {
        **found, "revoked": revoked, "expired": expired, "none": "", "unknown": "ed1_" + "A" * 43,
        "long": "ed1_" + "A" * 20_000,
    }  # fmt: skip


def test_the_table_is_whole() -> None:
    assert {(line.method, line.path) for line in LINES} == {(one.method, one.path) for one in ENDPOINTS}
    assert {line.who for line in LINES} == set(SERVED)


def test_every_role_against_every_endpoint(node: Node, askers: dict[str, "Desk | str"]) -> None:
    for line in LINES:
        for role, by in askers.items():
            before = node.kept()
            answer = ask(node, line, by)
            told = f"{role} {line.method} {line.path}: {answer.status_code} {answer.text[:200]}"
            if role in SERVED[line.who]:
                assert answer.status_code in (200, 204, *NO.get(line.path, ())), told
            else:
                code = {"revoked": (403, "revoked")}.get(
                    role, (401, "token") if role in NOBODYS else (403, "right")
                )
                assert (answer.status_code, answer.json()["code"]) == code, told
            if answer.status_code >= 400:
                assert node.kept() == before, f"it was refused, and changed something: {told}"


def test_a_desk_of_one_event_gets_nothing_of_another(node: Node) -> None:
    boss = node.join("boss", "organizer")
    node.push(boss, boss.fact("staff_defined", "p", {"name": "Ada", "roles": ["door"]}, log=OTHER), log=OTHER)
    for role in ROLES:
        mine = node.join(f"of-a-{role}", role, logs=[LOG])
        for line in LINES:
            if "{log}" not in line.path:
                continue
            before = node.kept()
            for log in (OTHER, OTHER.replace("-", "%2d"), "event%2Db"):
                answer = ask(node, line, mine, log)
                assert answer.status_code == 403, (role, line)
                assert answer.json()["code"] in ("log", "right"), (role, line)
            assert node.kept() == before
        pulled = node.ask("POST", "/v1/pull", wire.Pull("", {OTHER: 0, LOG: 0}), mine)
        assert b"Ada" not in pulled.content
        assert OTHER not in pulled.json()["logs"]
        assert OTHER not in pulled.json()["pages"]


def test_nor_does_its_supervisor_see_or_shut_out_another_events_desks(node: Node) -> None:
    theirs, mine = node.join("theirs", "door", logs=[OTHER]), node.join("mine", "door", logs=[LOG])
    boss = node.join("boss-a", "organizer", logs=[LOG])
    hub = node.join("hub-a", "hub", logs=[LOG])
    for asker in (boss, hub):
        listed = {one["desk"] for one in node.ask("GET", "/v1/desks", by=asker).json()}
        assert "theirs" not in listed
        assert {"mine", "boss-a"} <= listed
    answer = node.ask("POST", "/v1/desks/revoke", wire.RevokeAsked("theirs", "mischief"), boss)
    assert (answer.status_code, answer.json()["code"]) == (403, "log")
    assert node.push(theirs, theirs.fact("admission_refused", "t", {}, log=OTHER), log=OTHER).heads
    node.ask("POST", "/v1/desks/revoke", wire.RevokeAsked("mine", "stolen"), boss).raise_for_status()
    assert node.ask("POST", "/v1/pull", wire.Pull("", {}), mine).status_code == 403


def test_a_code_reaches_no_further_than_its_maker(node: Node) -> None:
    boss = node.join("boss-a", "organizer", logs=[LOG])
    chief = node.join("chief", "supervisor")
    for by, roles, logs, status in (
        (boss, ["door"], [OTHER], 403),
        (boss, ["door"], [LOG, OTHER], 403),
        (chief, ["organizer"], [], 403),
        (chief, ["supervisor"], [], 403),
        (chief, ["hub"], [], 403),
        (chief, ["door", "organizer"], [], 403),
        (chief, ["god"], [], 400),
        (chief, [], [], 400),
        (chief, ["door"], [], 204),
    ):
        before = node.kept()
        code = wire.CodeAsked(repr((by.id, roles, logs)).encode().ljust(32)[:32], "", roles, logs)
        answer = node.ask("POST", "/v1/codes", code, by)
        assert answer.status_code == status, (by.id, roles, logs, answer.text)
        assert status == 204 or node.kept() == before


FORMS = (
    "{}",
    "Basic {}",
    "Token {}",
    "Bearer",
    "Bearer  ",
    "Bearer,{}",
    "Bearer: {}",
    "Bearer {} {}",
    "Bearer {},x",
)


def test_a_token_counts_in_its_header_alone(node: Node) -> None:
    desk = node.join("door1", "door")
    for form in FORMS:
        headers = {"Authorization": form.format(desk.token, desk.token)}
        answer = node.ask("GET", f"/v1/logs/{LOG}/heads", headers=headers)
        assert answer.status_code == 401, form
    for query in ("token", "access_token", "authorization", "api_key"):
        assert node.ask("GET", f"/v1/logs/{LOG}/heads?{query}={desk.token}").status_code == 401
    for name in ("X-Token", "X-Api-Key", "Cookie", "Proxy-Authorization", "X-Forwarded-Authorization"):
        headers = {name: f"Bearer {desk.token}"}
        assert node.ask("GET", f"/v1/logs/{LOG}/heads", headers=headers).status_code == 401
    for form in ("bearer {}", "BEARER {}", "Bearer {}  "):
        headers = {"Authorization": form.format(desk.token)}
        assert node.ask("GET", f"/v1/logs/{LOG}/heads", headers=headers).status_code == 200, form
