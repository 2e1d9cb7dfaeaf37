"""What is set aside is set aside for one reason alone."""

from typing import Any

import pytest

from tests.bridges.pretix.differential import filters
from tests.bridges.pretix.differential.outcome import Seen, differences

TICKET: dict[str, Any] = {"secret": "now", "revoked": ["before"]}
WORLD: dict[str, Any] = {
    "orders": [{"positions": [TICKET]}],
    "questions": [
        {"type": "F", "required": True},
        {"type": "F", "required": False},
        {"type": "S", "required": True},
    ],
}


@pytest.mark.parametrize(
    ("code", "force", "aside"),
    [("before", True, True), ("before", False, False), ("now", True, False), ("nobody's", True, False)],
)
def test_force_on_a_code_revoked_before_our_time(code: str, force: bool, aside: bool) -> None:
    assert filters.before_our_time(WORLD, {"code": code, "force": force}) is aside


def test_of_such_a_code_the_owner_alone_is_not_compared() -> None:
    theirs = Seen("error", "revoked", position=3)
    ours = Seen("error", "revoked")
    told = filters.without_owner(WORLD, {"code": "before"}, theirs)
    assert differences(0, told, ours) == []
    assert [one.what for one in differences(0, told, Seen("error", "invalid"))] == ["reason"]
    assert filters.without_owner(WORLD, {"code": "now"}, theirs) == theirs


@pytest.mark.parametrize(
    ("answers", "aside"),
    [
        ({"0": ""}, True),
        ({"0": None}, True),
        ({"0": "no such file"}, False),
        ({"1": ""}, False),
        ({"2": ""}, False),
        ({}, False),
    ],
)
def test_an_empty_answer_to_a_required_file_alone(answers: dict[str, Any], aside: bool) -> None:
    assert filters.empty_file(WORLD, {"answers": answers}) is aside


@pytest.mark.parametrize(
    ("code", "canceled", "aside"), [("band", True, True), ("band", False, False), ("now", True, False)]
)
def test_a_medium_with_a_canceled_ticket_alone(code: str, canceled: bool, aside: bool) -> None:
    media = [{"identifier": "band", "linked": [0]}]
    world = {**WORLD, "media": media, "orders": [{"positions": [{**TICKET, "canceled": canceled}]}]}
    assert filters.canceled_on_medium(world, {"code": code}) is aside


@pytest.mark.parametrize(
    ("kept", "given", "required", "aside"),
    [
        ({"0": "vegan"}, {"0": ""}, False, True),
        ({"0": "vegan"}, {"0": None}, False, True),
        ({"0": "vegan"}, {"0": ""}, True, False),
        ({"0": "vegan"}, {"0": "vegan"}, False, False),
        ({"0": "vegan"}, {}, False, False),
        ({}, {"0": ""}, False, False),
    ],
)
def test_an_answer_that_stood_and_was_emptied_alone(
    kept: dict[str, Any], given: dict[str, Any], required: bool, aside: bool
) -> None:
    world = _asked(given, required=required, kept=kept)
    assert filters.emptied(world, world["scans"][0]) is aside
    assert not filters.emptied(world, {**world["scans"][0], "code": "another's"})


@pytest.mark.parametrize(
    ("kind", "given", "required", "aside"),
    [
        ("B", "false", False, True),
        ("B", "", False, True),
        ("B", "true", False, False),
        ("B", "false", True, False),
        ("S", "false", False, False),
    ],
)
def test_a_no_to_an_optional_question_alone(kind: str, given: str, required: bool, aside: bool) -> None:
    world = _asked({"0": given}, required=required, kind=kind)
    assert filters.said_no(world, world["scans"][0]) is aside
    assert not filters.said_no(world, {**world["scans"][0], "code": "another's"})


def _asked(
    given: dict[str, Any], *, required: bool, kept: dict[str, Any] | None = None, kind: str = "S"
) -> dict[str, Any]:
    return {
        "questions": [{"type": kind, "required": required}],
        "orders": [{"positions": [{**TICKET, "answers": kept or {}, "addon_to": None}]}],
        "media": [],
        "reissued": [],
        "scans": [{"at": "2026-06-10T10:00:00+00:00", "code": "now", "answers": given}],
    }
