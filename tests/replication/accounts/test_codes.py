"""Codes: whom they let in, when, and once."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from sync import pairing, wire
from sync.errors import Forbidden, Refused, Revoked
from sync.server.accounts.codes import AGAIN_MS
from sync.server.ports import Principal
from tests.replication.accounts.node import DAY, Desk, Node, run


def refusal(work: Callable[[], object], code: str) -> Refused:
    with pytest.raises(Refused) as caught:
        work()
    assert caught.value.code == code, caught.value.message
    assert caught.value.message
    return caught.value


def enrol(node: Node, desk: Desk, code: str, name: str = "Gate A") -> wire.SignedIn:
    return run(node.accounts.enrol(desk.enrolment(code, name)))


def test_a_code_lets_a_desk_in_with_its_roles_logs_name_and_box(node: Node) -> None:
    code = node.code("door", "kiosk", logs=["show"], name="North", sealed=b"box")
    desk = Desk("north1")
    answer = enrol(node, desk, code)
    assert (answer.roles, answer.logs, answer.sealed) == (["door", "kiosk"], ["show"], b"box")
    assert (answer.node, answer.now_ms) == (node.database.node, node.now)
    assert answer.epoch
    principal = node.principal(answer.token)
    assert principal is not None
    assert principal == Principal("north1", frozenset({"door", "kiosk"}), frozenset({"show"}))
    known = node.known("north1")
    assert (known.name, known.public_key, known.via, known.enrolled_ms) == (
        "North",
        desk.keys.public,
        "",
        node.now,
    )


def test_a_code_is_good_once(node: Node) -> None:
    code = node.code()
    enrol(node, Desk("first"), code)
    refusal(lambda: enrol(node, Desk("second"), code), "code")


def test_the_same_desk_hears_the_answer_again_for_a_minute(node: Node) -> None:
    code, desk = node.code(sealed=b"box"), Desk("first")
    lost = enrol(node, desk, code)
    node.later(AGAIN_MS)
    again = enrol(node, desk, code)
    assert again.sealed == b"box"
    assert again.token != lost.token
    assert node.principal(again.token) == node.principal(lost.token) is not None
    node.later(AGAIN_MS + 1)
    refusal(lambda: enrol(node, desk, code), "code")


def test_another_key_with_the_desks_id_hears_nothing(node: Node) -> None:
    code = node.code()
    enrol(node, Desk("first"), code)
    refusal(lambda: enrol(node, Desk("first"), code), "code")


def test_a_code_expires_to_the_millisecond(node: Node) -> None:
    good, late = node.code(valid_s=60), node.code(valid_s=60)
    node.later(60_000)
    enrol(node, Desk("first"), good)
    node.later(1)
    assert "too old" in refusal(lambda: enrol(node, Desk("second"), late), "code").message


def test_an_unknown_code_and_one_long_gone_are_not_known(node: Node) -> None:
    old = node.code(valid_s=60)
    node.later(2 * DAY)
    node.code()  # whoever makes a code throws old ones away
    for code in (old, pairing.new_code()):
        words = refusal(lambda code=code: enrol(node, Desk("first"), code), "code").message  # type: ignore[misc]
        assert "not known" in words


def test_an_id_that_another_key_has_is_refused_and_costs_no_code(node: Node) -> None:
    first = node.enrolled("gate1")
    code = node.code("kiosk")
    with pytest.raises(Forbidden) as caught:
        enrol(node, Desk("gate1"), code)
    assert caught.value.code == "key"
    assert node.known("gate1").public_key == first.keys.public
    enrol(node, Desk("gate2"), code)


def test_the_same_key_comes_again_with_new_roles(node: Node) -> None:
    desk = node.enrolled("gate1", "door")
    old = desk.token
    node.later(5 * AGAIN_MS)
    desk.take(enrol(node, desk, node.code("supervisor", logs=["show"])))
    for token in (old, desk.token):
        principal = node.principal(token)
        assert principal is not None
        assert principal == Principal("gate1", frozenset({"supervisor"}), frozenset({"show"}))


def test_who_was_shut_out_comes_in_by_no_code(node: Node) -> None:
    desk = node.enrolled("gate1")
    run(node.accounts.revoke("gate1", "boss", "stolen"))
    with pytest.raises(Revoked):
        enrol(node, desk, node.code())
    assert node.known("gate1").revoked_ms == node.now


def test_an_enrolment_must_be_signed_by_the_key_that_it_names(node: Node) -> None:
    code, desk, thief = node.code(), Desk("gate1"), Desk("gate1")
    right = desk.enrolment(code)
    for wrong in (
        msgspec.structs.replace(right, public_key=thief.keys.public),
        msgspec.structs.replace(right, desk="gate2"),
        msgspec.structs.replace(right, lookup=pairing.lookup(node.code())),
        msgspec.structs.replace(right, signature=b""),
        msgspec.structs.replace(right, public_key=b"short"),
    ):
        refusal(lambda wrong=wrong: run(node.accounts.enrol(wrong)), "key")  # type: ignore[misc]
    run(node.accounts.enrol(right))


@pytest.mark.parametrize("number", [2, 12])
def test_of_many_that_use_a_code_at_once_one_gets_in(opened: Callable[[], Node], number: int) -> None:
    """Two processes of a node, so two writers; half of the desks at each."""
    nodes = [opened(), opened()]
    code = nodes[0].code("box_office")
    desks = [Desk(f"gate{i}") for i in range(number)]

    async def rush() -> list[wire.SignedIn | BaseException]:
        asks = [nodes[i % 2].accounts.enrol(desk.enrolment(code)) for i, desk in enumerate(desks)]
        return await asyncio.gather(*asks, return_exceptions=True)

    answers = asyncio.run(rush())
    won = [answer for answer in answers if isinstance(answer, wire.SignedIn)]
    lost = [answer for answer in answers if isinstance(answer, Refused)]
    assert (len(won), len(lost)) == (1, number - 1), answers
    assert {answer.code for answer in lost} == {"code"}
    assert len(run(nodes[1].accounts.desks())) == 1


def test_of_many_keys_that_want_one_id_at_once_one_gets_it(opened: Callable[[], Node]) -> None:
    nodes = [opened(), opened()]
    tries = [(nodes[i % 2], Desk("gate1"), nodes[0].code()) for i in range(8)]

    async def rush() -> list[wire.SignedIn | BaseException]:
        asks = [node.accounts.enrol(desk.enrolment(code)) for node, desk, code in tries]
        return await asyncio.gather(*asks, return_exceptions=True)

    answers = asyncio.run(rush())
    won = [i for i, answer in enumerate(answers) if isinstance(answer, wire.SignedIn)]
    assert len(won) == 1, answers
    assert all(isinstance(answer, Forbidden) for i, answer in enumerate(answers) if i not in won)
    assert nodes[0].known("gate1").public_key == tries[won[0]][1].keys.public


@pytest.mark.parametrize(
    ("held", "asked", "may"),
    [
        (["organizer"], ["organizer"], True),
        (["organizer"], ["hub"], True),
        (["organizer"], ["supervisor", "door"], True),
        (["supervisor"], ["door", "box_office", "kiosk"], True),
        (["supervisor"], ["supervisor"], False),
        (["supervisor"], ["door", "organizer"], False),
        (["supervisor"], ["hub"], False),
        (["hub"], ["door"], False),
        (["box_office"], ["door"], False),
        ([], ["door"], False),
    ],
)
def test_who_hands_out_which_roles(node: Node, held: list[str], asked: list[str], may: bool) -> None:
    if may:
        node.code(*asked, held=held)
        return
    with pytest.raises(Forbidden):
        node.code(*asked, held=held)
    assert node.deeds() == []


def test_a_code_reaches_no_further_than_its_maker(node: Node) -> None:
    maker = node.enrolled("boss", "supervisor", logs=["show", "gala"])
    with pytest.raises(Forbidden):
        node.code("door", by=maker.id, held=["supervisor"], logs=["show", "fair"])
    mine = enrol(node, Desk("gate1"), node.code("door", by=maker.id, held=["supervisor"]))
    assert mine.logs == ["gala", "show"]
    one = enrol(node, Desk("gate2"), node.code("door", by=maker.id, held=["supervisor"], logs=["show"]))
    assert one.logs == ["show"]


def test_codes_of_a_desk_that_is_shut_out_let_nobody_in(node: Node) -> None:
    maker = node.enrolled("boss", "supervisor")
    code = node.code("door", by=maker.id, held=["supervisor"])
    run(node.accounts.revoke("boss", "(server)", "stolen"))
    refusal(lambda: enrol(node, Desk("gate1"), code), "code")


def test_a_code_may_be_handed_in_twice_by_its_maker_only(node: Node) -> None:
    lookup = pairing.lookup(pairing.new_code())
    asked = wire.CodeAsked(lookup, "North", ["door"], [])
    for _ in range(2):
        run(node.accounts.make_code("(server)", asked, ["organizer"]))
    other = msgspec.structs.replace(asked, roles=["organizer"])
    refusal(lambda: run(node.accounts.make_code("(server)", other, ["organizer"])), "code")
    refusal(lambda: run(node.accounts.make_code("gate9", asked, ["organizer"])), "code")
    assert [deed[1] for deed in node.deeds()] == ["code"]


@pytest.mark.parametrize("roles", [[], ["king"], ["door", "king"]])
def test_unknown_roles_are_named(node: Node, roles: list[str]) -> None:
    asked = wire.CodeAsked(bytes(32), "", roles, [])
    words = refusal(lambda: run(node.accounts.make_code("x", asked, ["organizer"])), "role").message
    assert "king" in words or "needs a role" in words


@pytest.mark.parametrize(("lookup", "valid_s"), [(b"short", 60.0), (bytes(32), 0.0), (bytes(32), 1e8)])
def test_a_code_that_makes_no_sense_is_refused(node: Node, lookup: bytes, valid_s: float) -> None:
    asked = wire.CodeAsked(lookup, "", ["door"], [], valid_s)
    refusal(lambda: run(node.accounts.make_code("x", asked, ["organizer"])), "code")


@pytest.mark.parametrize("name", ["Tür Süd", "門口 A", "بوابة", "🎟️ Box"])
def test_names_of_every_script_are_kept(node: Node, name: str) -> None:
    enrol(node, Desk("gate1"), node.code(name=name))
    enrol(node, Desk("gate2"), node.code(), name)
    assert [node.known(desk).name for desk in ("gate1", "gate2")] == [name, name]


def test_one_name_written_in_two_ways_is_one(node: Node) -> None:
    enrol(node, Desk("gate1"), node.code(), "Tu\u0308r ")
    assert node.known("gate1").name == "Tür"


@pytest.mark.parametrize("name", ["x" * 101, "a\nb", "a\0b", "a\x7fb", "a\udc80b"])
def test_names_that_can_not_be_shown_are_refused_in_words(node: Node, name: str) -> None:
    code = node.code()
    refusal(lambda: enrol(node, Desk("gate1"), code, name), "name")
    refusal(lambda: node.code(name=name), "name")
    refusal(lambda: node.code(logs=[name * 4]), "name")
    enrol(node, Desk("gate1"), code)


@pytest.mark.parametrize("id_", ["", "a b", "a\nb", "x" * 65, "é", "(server)", "a\0"])
def test_an_id_that_would_spoil_stamps_is_refused(node: Node, id_: str) -> None:
    code = node.code()
    refusal(lambda: enrol(node, Desk(id_), code), "name")
