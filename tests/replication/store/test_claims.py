"""Exclusive keys, judged by facts."""

import asyncio

from sync import wire
from tests.replication.store.given import LOG, Desk, Node, gathered


def held(node: Node, desk: Desk) -> list[str]:
    return [claim.fact for claim in node.do(node.logs.held(LOG, desk.name))]


def release(node: Node, desk: Desk, *, force: bool = False) -> bool:
    return node.do(node.logs.release(LOG, desk.name, "k", force=force, reason="gone"))


def test_the_first_is_granted_and_the_second_is_told_who(node: Node) -> None:
    a, b = Desk("a"), Desk("b")
    assert node.claim(a, "f1").granted
    assert node.claim(a, "f1").granted
    refused = node.claim(b, "f2")
    assert refused.holder is not None
    assert (refused.granted, refused.holder.desk, refused.holder.fact) == (False, "a", "f1")
    assert node.claim(b, "f2", key="other").granted


def test_of_many_at_once_one_is_granted(node: Node) -> None:
    desks = [Desk(f"d{number}") for number in range(40)]
    asked = [
        node.logs.claim(LOG, desk.name, wire.ClaimAsked("k", "s", f"f-{desk.name}"), "centre")
        for desk in desks
    ]
    answers = node.do(gathered(*asked))
    assert sum(answer.granted for answer in answers) == 1
    assert len({answer.holder.desk for answer in answers if answer.holder}) == 1


def test_a_grant_without_its_fact_is_never_freed_by_others(node: Node) -> None:
    a, b, c = Desk("a"), Desk("b"), Desk("c")
    node.claim(a, "f1")
    # Another desk, alone, let the same one in and out.
    b.write("in")
    b.write("out")
    node.push(b)
    assert not node.claim(c, "f3").granted
    assert held(node, a) == ["f1"]


def test_an_exit_frees_the_key(node: Node) -> None:
    a, b = Desk("a"), Desk("b")
    node.claim(a, "f1")
    a.write("in", id_="f1")
    node.push(a)
    assert held(node, a) == []
    answer = node.claim(b, "f2")
    assert (answer.granted, answer.holder and answer.holder.fact) == (False, "f1")
    assert node.claim(a, "f1").granted  # asked again, as the answer was lost
    b.write("out", at=10)
    node.push(b)
    assert node.claim(b, "f2").granted
    assert not node.claim(a, "f9").granted


def test_an_admission_without_a_grant_holds_the_key(node: Node) -> None:
    a, b = Desk("a"), Desk("b")
    a.write("in", id_="f1")
    node.push(a)
    answer = node.claim(b, "f2")
    assert (answer.granted, answer.holder and answer.holder.desk) == (False, "a")
    a.write("out")
    node.push(a)
    assert node.claim(b, "f2").granted


def test_a_withheld_fact_frees_nothing(node: Node) -> None:
    a, b = Desk("a"), Desk("b")
    node.claim(a, "f1")
    a.write("in", id_="f1")
    node.push(a, by=a.revoked())
    assert not node.claim(b, "f2").granted


def test_a_grant_is_given_back_by_its_desk_or_by_force(node: Node) -> None:
    a, b = Desk("a"), Desk("b")
    node.claim(a, "f1")
    assert not release(node, b)
    assert release(node, a)
    assert not release(node, a)
    node.claim(a, "f1")
    assert release(node, b, force=True)
    assert node.claim(b, "f2").granted


def test_what_a_fact_holds_is_not_given_back(node: Node) -> None:
    a = Desk("a")
    node.claim(a, "f1")
    a.write("in", id_="f1")
    node.push(a)
    assert not release(node, a)
    assert not release(node, a, force=True)


def test_grants_are_on_the_disk(node: Node) -> None:
    a, b = Desk("a"), Desk("b")
    node.claim(a, "f1")
    node.reopen()
    assert not node.claim(b, "f2").granted
    assert held(node, a) == ["f1"]


def test_two_processes_grant_one(node: Node, url: str) -> None:
    if not node.database.is_postgres:
        return
    other = Node(url)
    try:

        async def both(number: int) -> list[wire.ClaimAnswer]:
            key = f"k{number}"
            asked = [
                logs.claim(LOG, desk, wire.ClaimAsked(key, "s", f"f-{desk}"), "centre")
                for logs, desk in ((node.logs, "a"), (other.logs, "b"))
            ]
            return await asyncio.gather(*asked)

        for answers in node.do(gathered(*(both(number) for number in range(100)))):
            assert sum(answer.granted for answer in answers) == 1
    finally:
        other.close()
