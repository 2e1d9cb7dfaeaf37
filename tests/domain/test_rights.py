"""Rights: the page on them and the code say the same, for every role and every kind of fact."""

from pathlib import Path
from typing import Any

import pytest

from eventdesk.domain.definitions import staff_from
from eventdesk.domain.facts import Kind
from eventdesk.domain.rights import NEEDED, RIGHTS, Right, may, right_for
from eventdesk.domain.staff import Role, Staff, wait_after

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "0081-rights.md"


def tables() -> tuple[list[list[str]], list[list[str]]]:
    """The rows of the page's two tables, with their heads, without the rules under these."""
    found: list[list[list[str]]] = []
    before = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if set(cells) != {"---"}:
                found[-1].append(cells)
        before = line
    roles, kinds = found
    return roles, kinds


def test_the_page_has_the_roles_rights() -> None:
    (head, *rows), _ = tables()
    assert head[1:] == list(Role)
    told = {
        (role, row[0].strip("`")): cell for row in rows for role, cell in zip(head[1:], row[1:], strict=True)
    }
    assert {right for _, right in told} == set(Right)
    assert set(told.values()) == {"yes", ""}
    for role in Role:
        assert {right for right in Right if told[role, right]} == RIGHTS[role]
        assert {right for right in Right if may([role], right)} == RIGHTS[role]


def test_the_page_has_what_each_kind_needs() -> None:
    _, (_, *rows) = tables()
    told = {
        kind.strip(" `"): needed.split(";")[0].split(":")[0].strip("`")
        for kinds, needed in rows
        for kind in kinds.split(",")
    }
    assert told == {kind: right or "nothing" for kind, right in NEEDED.items()}
    assert set(told) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "payload", "right"),
    [
        (Kind.ADMITTED, {"list": "l", "at": "t"}, Right.ADMIT),
        (Kind.ADMITTED, {"forced": False}, Right.ADMIT),
        (Kind.ADMITTED, {"forced": True}, Right.FORCE),
        (Kind.LEFT, {"forced": True}, Right.FORCE),
        (Kind.ADMISSION_REFUSED, {"forced": True}, Right.ADMIT),
        (Kind.LIST_DEFINED, {"exit_all_at": "2026-06-10T10:00:00Z"}, Right.ADMIT),
        (Kind.LIST_DEFINED, {"exit_all_at": "2026-06-10T10:00:00Z", "by": "eve"}, Right.ADMIT),
        (Kind.LIST_DEFINED, {"exit_all_at": None}, Right.CATALOGUE),
        (Kind.LIST_DEFINED, {"exit_all_at": "2026-06-10T10:00:00Z", "name": "Door"}, Right.CATALOGUE),
        (Kind.LIST_DEFINED, {}, Right.CATALOGUE),
        (Kind.TICKET_CHANGED, {"name": "Ada", "photo": "data:", "by": "eve"}, Right.AMEND),
        (Kind.TICKET_CHANGED, {"photo": None}, Right.AMEND),
        (Kind.TICKET_CHANGED, {"photo": "/dev/stdin"}, Right.ISSUE),
        (Kind.TICKET_CHANGED, {"photo": "//elsewhere/share/a.png"}, Right.ISSUE),
        (Kind.TICKET_CHANGED, {"photo": ["data:"]}, Right.ISSUE),
        (Kind.TICKET_CHANGED, {"name": "Ada", "product": "vip"}, Right.ISSUE),
        (Kind.TICKET_KEY_DEFINED, {"public_key": "k"}, Right.SELL),
        (Kind.TICKET_KEY_DEFINED, {"public_key": "k", "by": "eve"}, Right.SELL),
        (Kind.TICKET_KEY_DEFINED, {"removed": True}, Right.SIGNING),
        (Kind.TICKET_KEY_DEFINED, {"public_key": "k", "removed": False}, Right.SIGNING),
        (Kind.TICKET_KEY_DEFINED, {"public_key": "k", "until": None}, Right.SIGNING),
        (Kind.REVOCATIONS_SIGNED, {"number": 1, "list": ""}, Right.SELL),
        (Kind.ERASURE_CONFIRMED, {}, None),
        ("written_by_a_newer_version", {}, Right.UNKNOWN_KIND),
    ],
)
def test_what_a_fact_needs(kind: str, payload: dict[str, Any], right: Right | None) -> None:
    assert right_for(kind, payload) == right


def test_roles_add_up_and_strange_words_bring_nothing() -> None:
    assert may([], None)
    assert not may([], Right.ADMIT)
    assert not any(may(["hub", "Organizer", ""], right) for right in Right)
    assert may({"kiosk", "supervisor"}, Right.FORCE)
    assert not may({"kiosk", "door", "box_office"}, Right.FORCE)


def test_a_person_who_was_removed_has_neither_roles_nor_pin() -> None:
    members = {"name": "Ada", "roles": ["door", "supervisor", "wizard"], "pin": "p"}
    assert staff_from("s", members) == Staff("s", "Ada", frozenset({Role.DOOR, Role.SUPERVISOR}), "p")
    assert staff_from("s", {**members, "removed": True}) == Staff("s", "Ada")


def test_five_tries_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(failures) for failures in range(12)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert wait_after(10**9) == 900
