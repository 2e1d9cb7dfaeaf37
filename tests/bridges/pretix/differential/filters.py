"""What is set aside, by name: docs/decisions/0111 says why. A test shows that each is narrow."""

from dataclasses import replace
from typing import Any

from eventdesk.cli.scenarios.faults import explanation_fails
from eventdesk.domain.verdicts import Reason, Verdict
from tests.bridges.pretix.differential.our_side import Desk
from tests.bridges.pretix.differential.outcome import Seen


def unexplained(desk: Desk, scan: dict[str, Any], verdict: Verdict) -> bool:
    """pretix answered 500, as its explanation of the rules failed: ours must be refused by the rules too."""
    if verdict.reason is not Reason.RULES or not verdict.may_force:
        return False
    return desk.rules_fault(scan, verdict, explanation_fails)


def before_our_time(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    """Force on a code that was revoked before we came: pretix does not tell whose it was."""
    return bool(scan["force"]) and _was_revoked(world, scan)


def without_owner(world: dict[str, Any], scan: dict[str, Any], theirs: Seen) -> Seen:
    """pretix' refusal of such a code, but for the ticket that it alone knows."""
    return replace(theirs, position=None) if _was_revoked(world, scan) else theirs


def empty_file(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    """An empty answer to a required question for a file counts in pretix as one; no door sends it."""
    return any(
        question["type"] == "F"
        and question["required"]
        and scan["answers"].get(str(number), "-") in ("", None)
        for number, question in enumerate(world["questions"])
    )


def canceled_on_medium(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    """pretix' list of media leaves out their canceled tickets, its decision does not."""
    tickets = [one for order in world["orders"] for one in order["positions"]]
    return any(
        medium["identifier"] == scan["code"] and any(tickets[one]["canceled"] for one in medium["linked"])
        for medium in world["media"]
    )


def emptied(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    """An answer that stood was emptied at a door: pretix keeps the text "None" in its place."""
    so_far = [one["answers"] for one in world["scans"] if one["at"] <= scan["at"]]
    tickets = [one["answers"] for order in world["orders"] for one in order["positions"]]
    empty = {number for given in so_far for number, answer in given.items() if answer in ("", None)}
    stood = {
        number
        for known in (*so_far, *tickets)
        for number, answer in known.items()
        if answer not in ("", None)
    }
    return any(not world["questions"][int(number)]["required"] for number in empty & stood)


# Looked at only where the two answers differ; the event is not asked any further.
OF_DIFFERENCES = (empty_file, canceled_on_medium, emptied)


def _was_revoked(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    tickets = (one for order in world["orders"] for one in order["positions"])
    return any(scan["code"] in one["revoked"] for one in tickets)
