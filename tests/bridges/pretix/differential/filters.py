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
    tickets, so_far = _so_far(world, scan)
    known = [one["answers"] for one in tickets] + so_far
    stood = {number for answers in known for number, answer in answers.items() if answer not in ("", None)}
    empty = {number for answers in so_far for number, answer in answers.items() if answer in ("", None)}
    return any(not world["questions"][int(number)]["required"] for number in empty & stood)


def said_no(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    """An optional yes or no was answered with no at a door before: pretix does not keep that."""
    _, so_far = _so_far(world, scan)
    return any(
        answer not in ("true", "True", True)
        for answers in so_far
        for number, answer in answers.items()
        if world["questions"][int(number)]["type"] == "B" and not world["questions"][int(number)]["required"]
    )


def _so_far(world: dict[str, Any], scan: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The tickets that the scan's code may mean, and what doors were answered for them until then."""
    meant = _meant(world, scan["code"])
    every = [one for order in world["orders"] for one in order["positions"]]
    scans = (one for one in world["scans"] if one["at"] <= scan["at"])
    answers = [one["answers"] for one in scans if _meant(world, one["code"]) & meant]
    return [every[one] for one in sorted(meant)], answers


def _meant(world: dict[str, Any], code: str) -> set[int]:
    """Numbers of the tickets that have the code, of their add-ons, and of those a medium is linked to."""
    every = [one for order in world["orders"] for one in order["positions"]]
    own = {number for number, one in enumerate(every) if code in (one["secret"], *one["revoked"])}
    own |= {one["position"] for one in world["reissued"] if code == f"reissued-{one['position']}"}
    own |= {
        number for medium in world["media"] if medium["identifier"] == code for number in medium["linked"]
    }
    first, with_addons = 0, set(own)
    for order in world["orders"]:
        for place, one in enumerate(order["positions"]):
            if one["addon_to"] is not None and first + one["addon_to"] in own:
                with_addons.add(first + place)
        first += len(order["positions"])
    return with_addons


# Looked at only where the two answers differ; the event is not asked any further.
OF_DIFFERENCES = (empty_file, canceled_on_medium, emptied, said_no)


def _was_revoked(world: dict[str, Any], scan: dict[str, Any]) -> bool:
    tickets = (one for order in world["orders"] for one in order["positions"])
    return any(scan["code"] in one["revoked"] for one in tickets)
