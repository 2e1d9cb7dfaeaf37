"""Long polls: news at once, an end in time, nothing for those who were shut out meanwhile."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec
import requests

from sync import wire
from sync.server.settings import Settings
from tests.replication.http.conftest import Node, NodeMaker


def fact(seq: int, desk: str = "desk9") -> wire.WireFact:
    return wire.WireFact(f"{desk}-{seq}", "admitted", "t1", "s", desk, seq, bytes(32), b"{}", bytes(16))


def push(node: Node, *facts: wire.WireFact) -> None:
    node.ask("POST", "/v1/logs/e1/facts", wire.Push(list(facts)), "desk9:door:").raise_for_status()


def poll(node: Node, token: str, wait_s: float, cursor: int = 0) -> requests.Response:
    return requests.post(
        node.url + "/v1/pull",
        data=msgspec.json.encode(wire.Pull("epoch1", {"e1": cursor}, wait_s=wait_s)),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        timeout=60,
    )


def until_waiting(node: Node, number: int) -> None:
    deadline = time.monotonic() + 10
    while node.app.parts.room.waiting != number:
        assert time.monotonic() < deadline, node.app.parts.room.waiting
        threading.Event().wait(0.005)


def pulled(answer: "Future[requests.Response]") -> wire.Pulled:
    found = answer.result()
    assert found.status_code == 200, found.text
    return msgspec.json.decode(found.content, type=wire.Pulled)


def test_news_come_at_once_to_all_who_wait(node: Node) -> None:
    push(node, fact(1, "desk1"))
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(poll, node, f"desk{n}:door:", 30, 1) for n in range(6)]
        until_waiting(node, 6)
        started = time.monotonic()
        push(node, fact(1))
        told = [pulled(answer) for answer in answers]
        assert time.monotonic() - started < 2
    assert [one.pages["e1"].facts for one in told] == [[fact(1)]] * 6
    assert [one.pages["e1"].yours for one in told] == [0, 1, 0, 0, 0, 0], "each hears its own last number"
    until_waiting(node, 0)


def test_where_nothing_comes_the_wait_ends_in_time(node: Node) -> None:
    started = time.monotonic()
    answer = poll(node, "desk1:door:", 0.5)
    assert 0.4 < time.monotonic() - started < 2
    assert msgspec.json.decode(answer.content, type=wire.Pulled).pages == {}


def test_what_is_new_or_of_another_epoch_is_not_waited_for(node: Node) -> None:
    push(node, fact(1))
    started = time.monotonic()
    assert poll(node, "desk1:door:", 30).json()["pages"]
    other = wire.Pull("older", {"e1": 1}, wait_s=30)
    assert node.ask("POST", "/v1/pull", other).json()["epoch"] == "epoch1"
    assert time.monotonic() - started < 5


def test_a_log_that_begins_meanwhile_is_told_at_once_to_who_may_use_it(node: Node) -> None:
    push(node, fact(1))
    with ThreadPoolExecutor(2) as pool:
        free = pool.submit(poll, node, "desk1:door:", 30, 1)
        bound = pool.submit(poll, node, "desk2:door:e1", 30, 1)
        until_waiting(node, 2)
        gala = wire.Push([fact(1)])
        node.ask("POST", "/v1/logs/gala/facts", gala, "desk9:door:").raise_for_status()
        told = pulled(free)
        assert (told.pages, told.logs) == ({}, ["e1", "gala"])
        until_waiting(node, 1)
        push(node, fact(2))
        assert pulled(bound).pages["e1"].facts == [fact(2)]
    started = time.monotonic()
    assert poll(node, "desk1:door:", 30, 2).json()["logs"] == ["e1", "gala"], (
        "nor is it waited for once it is"
    )
    assert time.monotonic() - started < 10


def test_who_was_shut_out_hears_that_and_no_news(node: Node) -> None:
    push(node, fact(1))
    with ThreadPoolExecutor(2) as pool:
        elsewhere = pool.submit(poll, node, "desk1:door:", 30, 1)
        here = pool.submit(poll, node, "desk2:door:", 30, 1)
        until_waiting(node, 2)
        revoke = wire.RevokeAsked("desk2", "stolen")
        node.ask("POST", "/v1/desks/revoke", revoke, "desk3:supervisor:").raise_for_status()
        assert here.result().json()["code"] == "revoked", "told at once"
        node.accounts.shut.add("desk1")  # by another process
        push(node, fact(2))
        assert elsewhere.result().json()["code"] == "revoked"


def test_too_many_who_wait_are_told_to_come_again(make_node: NodeMaker) -> None:
    node = make_node(Settings(most_waiting=1))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(poll, node, "desk1:door:", 30)
        until_waiting(node, 1)
        assert poll(node, "desk2:door:", 30).status_code == 503
        push(node, fact(1))
        assert pulled(first).pages


def test_a_node_that_ends_lets_nobody_wait(make_node: NodeMaker) -> None:
    node = make_node()
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(poll, node, f"desk{n}:door:", 50) for n in range(3)]
        until_waiting(node, 3)
        started = time.monotonic()
        node.thread.stop()
        assert [pulled(answer).pages for answer in answers] == [{}, {}, {}]
        assert time.monotonic() - started < 5
    assert not node.app.parts.room._tasks
