"""What no honest client sends, on both databases: refused in words, never a fault, and nothing is stuck."""

import struct
from typing import Any

import msgspec
import pytest

from sync import wire
from tests.replication.attack.node import LOG, Desk, Node, now_ms

FACTS = f"/v1/logs/{LOG}/facts"
MSGPACK = {"Content-Type": wire.MSGPACK}


@pytest.fixture
def door(node: Node) -> Desk:
    return node.join("door1", "door")


def goes_on(node: Node, desk: Desk) -> None:
    """The node serves as if nothing had been."""
    other = node.join(f"well-{now_ms()}", "door")
    admitted = other.fact("admitted", "t", {"list": "l", "at": "2026-06-10T10:00:00Z"})
    assert node.push(other, admitted).taken == 1
    assert node.ask("GET", f"/v1/logs/{LOG}/heads", by=desk).status_code == 200


# A member of the envelope that no node can keep; each ends its chain here and stands in no other's way.
WIDE = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(900))  # nothing squeezes it
ENVELOPES: list[dict[str, Any]] = [
    {"id": ""}, {"id": "a\nb"}, {"id": "a\0b"}, {"id": "x" * 5000}, {"id": WIDE},
    {"subject": "a\nb"}, {"subject": "\0"}, {"subject": "s" * 5000}, {"subject": WIDE},
    {"kind": "\0"}, {"kind": "a\nb"}, {"kind": "k" * 5000},
    {"desk": "\0"}, {"desk": "a\nb"}, {"desk": "d" * 5000}, {"desk": ""},
    {"stamp": ""}, {"stamp": "\0"}, {"stamp": "0" * 5000}, {"stamp": "00000000000g-0000-door1"},
    {"stamp": "-00000000001-0000-door1"}, {"stamp": "ffffffffffff-ffff-door1"},
    {"stamp": "100000000000-0000-door1"}, {"stamp": "0190B6C3F000-0000-door1"},
    {"stamp": "0190b6c3f000-0000-other"},
    {"seq": 0}, {"chain": b""}, {"chain": b"x" * 32}, {"state": 1}, {"state": 2}, {"payload_digest": b"x"},
]  # fmt: skip


def test_a_fact_with_a_bad_envelope_is_refused_in_words(node: Node, door: Desk) -> None:
    good = door.fact("admission_refused", "t", {"list": "l", "at": "2026-06-10T10:00:00Z"})
    for wrong in ENVELOPES:
        bad = msgspec.structs.replace(good, **wrong)
        answer = node.ask("POST", FACTS, wire.Push([bad]), door)
        assert answer.status_code == 200, (wrong, answer.text)
        pushed = msgspec.json.decode(answer.content, type=wire.Pushed)
        assert pushed.taken == 0, wrong
        assert set(node.whys(pushed)) <= {"chain", "unsigned"}, wrong
        assert all(refusal.words for refusal in pushed.refused), wrong
        assert pushed.refused, wrong
    assert not node.pull(door), "nothing of it was kept"
    assert node.push(door, good).taken == 1, "the good one still has its place"
    goes_on(node, door)


NUMBERS: list[Any] = [-1, 2**53 + 1, 2**63, 2**64, 2**200, 1.5, "1", None, [], {}, True]


def test_a_number_that_is_none_is_refused(node: Node, door: Desk) -> None:
    fact = msgspec.to_builtins(door.fact("admission_refused", "t", {}))
    for number in NUMBERS:
        for path, body in {
            FACTS: {"facts": [{**fact, "seq": number}], "heads": []},
            "/v1/pull": {"epoch": "", "cursors": {LOG: number}},
            f"/v1/logs/{LOG}/allotments": {"counter": "q", "wanted": number},
            "/v1/sign-in": {"desk": "door1", "at_ms": number, "signature": ""},
        }.items():
            answer = node.ask("POST", path, msgspec.json.encode(body), door)
            assert (answer.status_code, answer.json()["code"]) == (400, "body"), (path, answer.text)
    goes_on(node, door)


def test_a_wait_that_is_no_time_is_refused(node: Node, door: Desk) -> None:
    for literal in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1", b"1e9999999999"):
        body = b'{"epoch": "", "cursors": {}, "wait_s": %b}' % literal
        assert node.ask("POST", "/v1/pull", body, door).status_code == 400, literal
    boss = node.join("boss", "organizer")
    for number in (float("nan"), float("inf"), float("-inf")):
        body = msgspec.msgpack.encode({"epoch": "", "cursors": {}, "wait_s": number})
        assert node.ask("POST", "/v1/pull", body, door, headers=MSGPACK).status_code == 400, number
        code = {"lookup": b"x" * 32, "name": "", "roles": ["door"], "logs": [], "valid_s": number}
        answer = node.ask("POST", "/v1/codes", msgspec.msgpack.encode(code), boss, headers=MSGPACK)
        assert answer.status_code == 400, number


def _bin(declared: int) -> bytes:
    return b"\xc6" + struct.pack(">I", declared)


MESSAGES = {
    "an empty one": b"",
    "an extension": b"\xd4\x01\x00",
    "an extension within": b"\x81\xa5facts\x91\xc7\x01\x05x",
    "a date": b"\x81\xa5facts\xd6\xff\x00\x00\x00\x00",
    "a list of four thousand million": b"\x81\xa5facts\xdd\xff\xff\xff\xff",
    "an object of four thousand million": b"\xdf\xff\xff\xff\xff",
    "bytes of four thousand million": b"\x81\xa5facts" + _bin(2**32 - 1),
    "a text of four thousand million": b"\x81\xa5facts\xdb\xff\xff\xff\xff",
    "lists in lists": b"\x81\xa5facts" + b"\x91" * 200_000,
    "objects in objects": b"\x81\xa5facts" + b"\x81\xa1a" * 200_000,
    "unknown lists in lists": b"\x81\xa7unknown" + b"\x91" * 200_000,
    "no UTF-8": b"\x81\xa5facts\x91\x81\xa2id\xa2\xff\xfe",
    "a surrogate": b"\x81\xa5facts\x91\x81\xa2id\xa3\xed\xa0\x80",
    "a key that is no text": b"\x81\x01\x90",
    "more after the end": msgspec.msgpack.encode(wire.Push([])) + b"\x00",
    "cut off": msgspec.msgpack.encode(wire.Push([]))[:-1],
    "never used": b"\xc1",
}


def test_a_messagepack_that_lies_is_refused(node: Node, door: Desk) -> None:
    for name, body in MESSAGES.items():
        answer = node.ask("POST", FACTS, body, door, headers=MSGPACK)
        assert (answer.status_code, answer.json()["code"]) == (400, "body"), (name, answer.text)
    goes_on(node, door)


TEXTS = {
    "lists in lists": b'{"facts": ' + b"[" * 200_000,
    "objects in objects": b'{"unknown": ' + b'{"a":' * 200_000,
    "a lone surrogate": b'{"facts": [{"id": "\\ud800", "kind": "k"}]}',
    "half a surrogate": b'{"facts": [{"id": "\\ud800\\u0041", "kind": "k"}]}',
    "the other half": b'{"facts": [{"id": "\\udc00", "kind": "k"}]}',
    "no UTF-8": b'{"facts": "\xff"}',
    "UTF-16": '{"facts": []}'.encode("utf-16"),
    "two values": b'{"facts": []} {"facts": []}',
    "the second one counts": b'{"facts": [], "facts": 3}',
    "a number of a million digits": b'{"facts": ' + b"9" * 1_000_000 + b"}",
    "a base64 of lies": b'{"facts": [], "heads": [{"desk":"d","seq":1,"chain":"!","signature":""}]}',
    "too many facts": b'{"facts": [' + b"{}," * 1000 + b"{}]}",
}


def test_a_json_that_lies_is_refused(node: Node, door: Desk) -> None:
    for name, body in TEXTS.items():
        answer = node.ask("POST", FACTS, body, door)
        assert (answer.status_code, answer.json()["code"]) == (400, "body"), (name, answer.text)
    goes_on(node, door)


LOGS = {
    "a NUL": "%00", "a line break": "%0a", "a tab": "%09", "longer than a path's id": "x" * 201,
    "letters of four bytes, too many": "%F0%9F%8E%AB" * 201,
}  # fmt: skip


def test_a_log_with_an_impossible_name_is_refused(node: Node, door: Desk) -> None:
    push = wire.Push([door.fact("admission_refused", "t", {})])
    for name, log in LOGS.items():
        for path in ("heads", "claims", "counters", "snapshots/whole"):
            answer = node.ask("GET", f"/v1/logs/{log}/{path}", by=door)
            assert (answer.status_code, answer.json()["code"]) == (400, "path"), (name, answer.text)
        assert node.ask("POST", f"/v1/logs/{log}/facts", push, door).status_code == 400, name


STRANGE = (
    "..",
    "%2e%2e",
    "a b",
    "%25",
    "%F0%9F%8E%AB" * 200,
    "%FF",
    "'; DROP TABLE records; --",
    "%EF%BF%BF",
)


def test_a_log_with_a_strange_name_is_like_any_other(node: Node, door: Desk) -> None:
    """Clients of HTTP take `..` away by themselves: what is left is no path of ours."""
    for log in STRANGE:
        for method, path, body in (
            ("GET", "heads", None),
            ("GET", "counters", None),
            ("POST", "claims", wire.ClaimAsked("k", "s", "f")),
            ("POST", "allotments", wire.AllotmentAsked("q", 2**53)),
            ("POST", "facts", wire.Push([])),
            ("POST", "claims/release", wire.ClaimKey("k")),
        ):
            answer = node.ask(method, f"/v1/logs/{log}/{path}", body, door)
            assert answer.status_code in (200, 404), (log, answer.text)


QUERIES = (
    "after=" + "9" * 30,
    "after=-1",
    "limit=x",
    "&".join(["after=1"] * 50),
    "after=%00",
    "after=1&after=2x",
)


def test_a_strange_query_is_refused(node: Node) -> None:
    boss = node.join("boss", "organizer")
    for query in QUERIES:
        answer = node.ask("GET", f"/v1/logs/{LOG}/quarantine?{query}", by=boss)
        assert (answer.status_code, answer.json()["code"]) == (400, "query"), (query, answer.text)


KNOWN = wire.DeskKnown("d9", "D", b"k" * 32, ["door"], [LOG], "", 1, 1, 0, 0, {})


def test_what_a_hub_tells_of_desks_is_kept_within_bounds(node: Node) -> None:
    hub = node.join("hub1", "hub")
    for number in (-(2**63) - 1, 2**63, 2**200, -(2**200)):
        for member in ("enrolled_ms", "seen_ms", "revoked_ms", "clock_error_ms"):
            told = msgspec.structs.replace(KNOWN, desk=f"d-{member[:3]}", **{member: number})
            for _ in range(2):
                answer = node.ask("POST", "/v1/desks/learn", [told], hub)
                assert answer.status_code == 204, (member, number, answer.text)
    goes_on(node, hub)


def test_a_payload_of_numbers_beyond_all_counting_blocks_no_chain(node: Node) -> None:
    """The sum of what a desk used must fit into the databases' whole numbers."""
    seller = node.join("till", "box_office")
    numbers = [2**53, 2**53 - 1, 2**63, 1] * 250
    pushed = node.push(seller, *(seller.fact("quota_used", "q", {"number": number}) for number in numbers))
    assert pushed.heads == {"till": 1000}
    more = [seller.fact("quota_used", "q", {"number": 2**53}) for _ in range(1000)]
    assert node.push(seller, *more).heads == {"till": 2000}
    last = seller.fact("quota_used", "q", {"number": 1})
    assert node.push(seller, last).taken == 1
    boss = node.join("boss", "organizer")
    node.push(boss, boss.fact("quota_defined", "q", {"name": "Q", "size": 2**53}))
    states = node.ask("GET", f"/v1/logs/{LOG}/counters", by=seller).json()
    assert all(isinstance(one["used"], int) for state in states for one in state["allotments"])


ERASURES: dict[str, Any] = {
    "a NUL": ["a\0b"],
    "a line break": ["a\nb"],
    "long": ["".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(9000))],
    "many": [str(number) for number in range(70_000)],
    "an empty one": [""],
}


def test_an_erasure_of_strange_ids_blocks_no_chain(node: Node) -> None:
    boss = node.join("boss", "organizer")
    ada = {"order": "o", "secret": "s", "product": "p", "name": "Ada"}
    node.push(boss, boss.fact("ticket_issued", "before", ada))
    for name, tickets in ERASURES.items():
        fact = boss.fact("guest_erased", "order9", {"tickets": tickets})
        pushed = node.push(boss, fact)
        assert (pushed.heads, pushed.taken) == ({"boss": fact.seq}, 1), (name, pushed)
    node.push(boss, boss.fact("ticket_issued", "after", ada))
    kept = {fact.subject: fact.payload for fact in node.pull(boss)}
    assert b"Ada" in kept["before"], "an empty id is not everyone's"
    assert b"Ada" in kept["after"], "an empty id is not everyone's"


PAYLOADS = (
    ("staff_defined", b'{"roles": ["door\\u0000"]}'),
    ("staff_defined", b'{"roles": ["door"], "name": "a\\u0000b"}'),
    ("admitted", b'{"list": "l", "at": "2026-06-10T10:00:00Z", "by": "a\\u0000b"}'),
    ("quota_defined", b'{"name": "q", "size": 1e300}'),
    ("quota_defined", b'{"name": "q", "size": -5}'),
    ("quota_used", b'{"number": NaN}'),
    ("admitted", b"[" * 100_000),
    ("admitted", b'{"list": "l", "list": 3, "at": "2026-06-10T10:00:00Z"}'),
    ("ticket_issued", b'{"order": "\\ud800", "secret": "s", "product": "p"}'),
    ("unknown_kind_of_tomorrow", b"\xff\xfe\x00"),
)


def test_a_strange_payload_blocks_no_chain(node: Node) -> None:
    boss = node.join("boss", "organizer")
    for kind, payload in PAYLOADS:
        fact = boss.fact(kind, "x", payload)
        assert node.push(boss, fact).heads == {"boss": fact.seq}, (kind, payload[:40])
        assert node.push(boss, boss.fact("staff_defined", "p1", {"roles": ["door"]})).taken == 1
    assert node.ask("GET", f"/v1/logs/{LOG}/quarantine", by=boss).status_code == 200
