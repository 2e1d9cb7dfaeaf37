"""What a node writes on stderr, answers in errors and counts: nobody's name, no secret, no token, no code."""

import re
from collections.abc import Iterator

import msgspec
import pytest
import requests

from sync import pairing, wire
from tests.rigs import nodes

LOG = "gala"
NAME, MAIL, SECRET = "Adalbertina-Lovelacewitz", "ada@lovelacewitz.example", "s3cr3t-t1ck3t"
TICKET = {"order": "o", "secret": SECRET, "product": "p", "name": NAME, "email": MAIL}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[nodes.NodeProcess]:
    folder = tmp_path_factory.mktemp("node")
    process = nodes.NodeProcess(folder, "--behind-proxy", "--log-level", "debug").wait_ready()
    yield process
    process.stop()


def ask(
    node: nodes.NodeProcess, method: str, path: str, body: bytes | None, token: str = ""
) -> requests.Response:
    headers = {"Content-Type": wire.JSON} | ({"Authorization": f"Bearer {token}"} if token else {})
    return requests.request(method, node.address + path, data=body, headers=headers, timeout=20)


def test_nothing_of_a_guest_a_token_or_a_code_is_told(node: nodes.NodeProcess) -> None:
    boss, door = nodes.Desk(node, "boss", ["organizer"]), nodes.Desk(node, "door1", ["door"])
    token, door_token = boss._token, door._token
    answers: list[requests.Response] = []

    def push(desk: nodes.Desk, kind: str, subject: str, payload: bytes) -> None:
        fact = desk.fact(LOG, kind, subject, payload)
        told = wire.WireFact(
            fact.id, kind, subject, fact.stamp, desk.id, fact.seq, fact.chain, payload, fact.salt
        )
        body = msgspec.json.encode(wire.Push([told]))
        answers.append(ask(node, "POST", f"/v1/logs/{LOG}/facts", body, desk._token))

    payload = msgspec.json.encode(TICKET)
    push(boss, "ticket_issued", "t1", payload)
    push(door, "ticket_issued", "t2", payload)
    push(boss, "ticket_issued", "t3", payload[:-1])
    push(boss, "ticket_issued", "t4", msgspec.json.encode({**TICKET, "email": {MAIL: NAME}}))
    push(boss, "admitted", "t1", msgspec.json.encode({"list": [NAME], "at": MAIL}))
    push(boss, "staff_defined", "p", msgspec.json.encode({"name": NAME, "roles": [MAIL]}))
    code = pairing.new_code()
    for path, body in {
        "/v1/enrol": {
            "lookup": pairing.lookup(code),
            "desk": NAME,
            "name": NAME,
            "public_key": NAME,
            "x": MAIL,
        },
        "/v1/sign-in": {"desk": NAME, "at_ms": MAIL, "signature": b""},
        "/v1/codes": {"lookup": SECRET, "name": {NAME: 1}, "roles": [MAIL], "logs": []},
        "/v1/pull": {"epoch": NAME, "cursors": {NAME: MAIL}, SECRET: 1},
        f"/v1/logs/{LOG}/facts": {"facts": [{"id": 3, "payload": NAME}], NAME: MAIL},
        f"/v1/logs/{LOG}/facts?token={token}&name={NAME}": {"facts": NAME},
        f"/v1/logs/{LOG}/nothing/{SECRET}": {},
        f"/{SECRET}/{NAME}": {},
    }.items():
        data = msgspec.json.encode(body)
        answers += [ask(node, "POST", path, data, by) for by in (token, "", "ed1_" + SECRET)]
    answers.append(ask(node, "GET", f"/v1/logs/{LOG}%00{NAME}/heads", None, token))
    metrics = ask(node, "GET", "/metrics", None).text
    spoken = [answer.text for answer in answers] + [metrics]
    boss.close()
    door.close()
    node.stop()
    logged = node.errors()
    assert '"event":"request"' in logged
    for secret in (
        NAME,
        MAIL,
        SECRET,
        token,
        door_token,
        code,
        code.replace("-", ""),
        pairing.lookup(code).hex(),
    ):
        assert secret not in logged
        assert not [text for text in spoken if secret in text], secret
    assert all(answer.status_code < 500 for answer in answers)
    labels = set(re.findall(r'(\w+)="', metrics))
    assert labels <= {"route", "method", "status", "le", "outcome", "level"}
    assert LOG not in metrics
    assert "door1" not in metrics
