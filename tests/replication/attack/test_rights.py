"""What a desk may not write waits in the quarantine; what is said twice, of others, or out of order."""

import threading
import time

import msgspec
import requests

from sync import wire
from sync.server import schema
from tests.replication.attack.node import LOG, OTHER, Desk, Node, now_ms

AT = "2026-06-10T10:00:00Z"
FORCED = {"list": "l", "at": AT, "forced": True}


def quarantine(node: Node, by: Desk) -> dict[str, wire.Quarantined]:
    answer = node.ask("GET", f"/v1/logs/{LOG}/quarantine", by=by)
    found = msgspec.json.decode(answer.content, type=list[wire.Quarantined])
    return {one.fact.id: one for one in found}


def test_what_a_door_may_not_write_is_kept_seen_and_handed_on_to_nobody(node: Node) -> None:
    door, other, boss = node.join("door1", "door"), node.join("door2", "door"), node.join("boss", "organizer")
    forbidden = [
        door.fact("product_defined", "p", {"name": "Secret Product"}),
        door.fact("admitted", "t1", FORCED),
        door.fact("staff_defined", "me", {"name": "Mallory", "roles": ["organizer"]}),
        door.fact("admitted", "t2", {**FORCED, "by": "me"}),
        door.fact("staff_defined", "me", {"name": "Mallory", "roles": ["organizer"], "by": "me"}),
        door.fact("guest_erased", "o1", {"tickets": ["t1"]}),
        door.fact("guests_purged", LOG, {}),
        door.fact("revocations_signed", LOG, {"number": 1, "list": "x"}),
        door.fact("ticket_key_defined", "00ff", {"removed": True}),
        door.fact("quota_defined", "q", {"name": "Q", "size": 9}),
        door.fact("a_kind_of_tomorrow", "x", {"name": "Mallory"}),
    ]
    allowed = door.fact("admitted", "t3", {"list": "l", "at": AT})
    pushed = node.push(door, *forbidden, allowed)
    assert (pushed.taken, pushed.heads) == (1, {"door1": len(forbidden) + 1})
    assert {refusal.id: refusal.why for refusal in pushed.refused} == dict.fromkeys(
        (fact.id for fact in forbidden), "right"
    )
    waiting = quarantine(node, boss)
    assert waiting.keys() == {fact.id for fact in forbidden}
    assert all(one.why == "right" and one.words and one.fact.payload for one in waiting.values())
    for asker in (other, door, boss):
        got = {fact.id: fact for fact in node.pull(asker)}
        assert got.keys() == {allowed.id, *waiting}
        assert all(got[id_].state == wire.State.WITHHELD for id_ in waiting)
        assert not any(got[id_].payload or got[id_].salt for id_ in waiting)
        assert got[allowed.id].payload
    state = node.kept()
    assert (state["members"], state["counters"], state["erasures"]) == ([], [], [])


def test_a_right_counts_from_the_fact_that_gives_it_on_and_in_its_own_event_alone(node: Node) -> None:
    boss, door = node.join("boss", "organizer"), node.join("door1", "door")
    chief = {"name": "Chief", "roles": ["supervisor"]}
    node.push(boss, boss.fact("staff_defined", "elsewhere", chief, log=OTHER), log=OTHER)
    stranger = door.fact("admitted", "t1", {**FORCED, "by": "elsewhere"})
    early = door.fact("admitted", "t2", {**FORCED, "by": "here"})
    assert node.whys(node.push(door, stranger, early)) == ["right", "right"]
    # One batch, use and definition: what comes first is judged first.
    used = boss.fact("admitted", "t3", {**FORCED, "by": "here"})
    assert node.push(boss, used, boss.fact("staff_defined", "here", chief)).taken == 2
    assert node.push(door, door.fact("admitted", "t4", {**FORCED, "by": "here"})).taken == 1
    gone = boss.fact("staff_defined", "here", {**chief, "removed": True})
    node.push(boss, gone)
    assert node.whys(node.push(door, door.fact("admitted", "t5", {**FORCED, "by": "here"}))) == ["right"]
    again = node.push(door, early)
    assert (again.taken, node.whys(again)) == (0, ["right"]), "by today's rights it is judged again"


def test_facts_of_other_desks_need_their_signature_and_forks_are_told(node: Node) -> None:
    one, two, thief = (node.join(name, "door") for name in ("one", "two", "thief"))
    fact = one.fact("admitted", "t", {"list": "l", "at": AT})
    assert node.whys(node.push(thief, fact)) == ["unsigned"]
    two.fact("admitted", "t", {"list": "l", "at": AT})
    own = thief.pair.signed_head(LOG, "one", one.heads[LOG])
    one.fact("admitted", "t9", {"list": "l", "at": AT}, log=OTHER)
    for head in (own, two.signed(), one.signed(OTHER), msgspec.structs.replace(one.signed(), seq=2)):
        assert node.whys(node.push(thief, fact, heads=[head])) == ["unsigned"], head
    assert node.push(thief, fact, heads=[one.signed()]).taken == 1
    twin = Desk("one", ["door"])
    fork = twin.fact("admitted", "u", {"list": "l", "at": AT}, id="another id")
    twin.token = one.token
    assert node.whys(node.push(twin, fork)) == ["fork"]
    assert node.push(one, fact).known == 1
    stolen = thief.fact("admitted", "t", {"list": "l", "at": AT}, id=fact.id)
    assert node.whys(node.push(thief, stolen)) == ["chain"], "another desk's fact has this id"
    later = [one.fact("admitted", f"x{number}", {"list": "l", "at": AT}) for number in range(4)]
    assert node.whys(node.push(one, *later[1:])) == ["gap"]
    assert node.whys(node.push(one, *reversed(later))) == ["gap"]
    assert node.push(one, *later).taken == 4
    assert (node.push(one, *later).known, len(node.pull(two))) == (4, 5)


def test_what_lets_in_is_good_once(node: Node) -> None:
    code = node.code(["door"])
    first, second = Desk("new", ["door"]), Desk("other", ["door"])
    asked = first.enrolment(code)
    assert node.ask("POST", "/v1/enrol", asked).status_code == 200
    assert node.ask("POST", "/v1/enrol", asked).status_code == 200, "the answer may have been lost"
    assert node.ask("POST", "/v1/enrol", second.enrolment(code)).json()["code"] == "code"
    thief = Desk("new", ["door"])
    assert node.ask("POST", "/v1/enrol", thief.enrolment(node.code(["organizer"]))).json()["code"] == "key"
    stolen = msgspec.structs.replace(asked, desk="other")
    assert node.ask("POST", "/v1/enrol", stolen).json()["code"] == "key"
    id_ = node.ask("GET", "/v1/hello").json()["node"]
    sign_in = first.sign_in(id_, now_ms())
    assert node.ask("POST", "/v1/sign-in", sign_in).status_code == 200
    assert node.ask("POST", "/v1/sign-in", sign_in).json()["code"] == "replay"
    assert node.ask("POST", "/v1/sign-in", first.sign_in("another node", now_ms())).json()["code"] == "key"
    old = node.ask("POST", "/v1/sign-in", first.sign_in(id_, now_ms() - 600_000)).json()
    assert (old["code"], abs(old["now_ms"] - now_ms()) < 60_000) == ("clock", True)


def test_a_revoked_desk_gets_nothing_more_and_its_long_poll_ends(node: Node) -> None:
    """Shut out behind this process's back, as another process or a hub's word does it."""
    door, boss = node.join("door1", "door"), node.join("boss", "organizer")
    node.push(door, door.fact("admitted", "t", {"list": "l", "at": AT}))
    hello = node.ask("GET", "/v1/hello").json()
    told: list[tuple[int, float]] = []

    def poll() -> None:
        pull = wire.Pull(hello["epoch"], {LOG: 1}, wait_s=30.0)
        headers = {"Authorization": f"Bearer {door.token}", "Content-Type": wire.JSON}
        url = f"http://127.0.0.1:{node.port}/v1/pull"
        answer = requests.post(url, data=msgspec.json.encode(pull), headers=headers, timeout=40)
        told.append((answer.status_code, time.monotonic()))

    waiting = threading.Thread(target=poll)
    waiting.start()
    while "eventdesk_waiting 1.0" not in node.ask("GET", "/metrics").text and waiting.is_alive():
        time.sleep(0.05)
    shut = schema.desks.update().where(schema.desks.c.id == "door1").values(revoked_ms=now_ms())
    node.database.write_now(lambda connection: connection.execute(shut).rowcount)
    begun = time.monotonic()
    waiting.join(10)
    assert told[0][0] == 403
    assert told[0][1] - begun < 2.5
    node.push(boss, boss.fact("staff_defined", "p", {"name": "Ada", "roles": []}))
    for method, path, body in (
        ("POST", "/v1/pull", wire.Pull("", {LOG: 0})),
        ("GET", f"/v1/logs/{LOG}/heads", None),
        ("GET", f"/v1/logs/{LOG}/snapshots/whole", None),
    ):
        answer = node.ask(method, path, body, door)
        assert (answer.status_code, answer.json()["code"]) == (403, "revoked")
        assert "Ada" not in answer.text
    late = node.push(door, door.fact("admitted", "t2", {"list": "l", "at": AT}))
    assert node.whys(late) == ["revoked"]
    assert quarantine(node, boss).keys() == {"door1-event-a-2"}
