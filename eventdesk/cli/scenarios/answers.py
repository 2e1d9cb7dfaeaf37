"""`then`: what the API answers and what is stored after it, in the scenario's words."""

from typing import Any

from eventdesk.cli.scenarios.redeem import Result, is_unrecognised
from eventdesk.cli.scenarios.world import World
from eventdesk.domain.tickets import Direction
from eventdesk.domain.verdicts import Reason, Verdict


def answer(id_: str, world: World, result: Result) -> dict[str, Any]:
    """The members that say what was decided; those of `forced`, `questions`, `position` that apply."""
    answered: dict[str, Any] = {"id": id_, "status": result.status, "reason": result.reason}
    rows = [row for row in world.rows if row.list == "main" and row.refused is None]
    answered["entries"] = sum(row.direction is Direction.ENTRY for row in rows)
    answered["exits"] = sum(row.direction is Direction.EXIT for row in rows)
    stored = result.stored
    if stored is not None and stored.refused is None and stored.list == "main":
        answered["forced"] = stored.forced
    if result.questions is not None:
        answered["questions"] = list(result.questions)
    if result.position is not None:
        answered["position"] = result.position
    return answered


def full_answer(id_: str, world: World, result: Result) -> dict[str, Any]:
    """The same with every other word of the vocabulary that applies, and our own words for the door."""
    answered = answer(id_, world, result)
    answered["failed_rows"] = sum(row.list == "main" and row.refused is not None for row in world.rows)
    if "forced" in answered and result.stored is not None:
        answered["force_sent"] = result.stored.force_sent
        answered["stored_at"] = result.stored.at.isoformat()
        answered["stored_source"] = result.stored.source
    if world.given.catalogue.questions:
        answered["stored_answers"] = _stored_answers(world, result)
    members = {
        "list": result.list,
        "message": result.message,
        "found": None if result.found is None else list(result.found),
        "next_exit_all_at": result.next_exit_all_at and result.next_exit_all_at.isoformat(),
    }
    answered |= {word: value for word, value in members.items() if value is not None}
    if result.verdict is not None and result.status is not None:
        answered |= _of_the_ticket(world, result.verdict)
    return answered


def _stored_answers(world: World, result: Result) -> dict[str, str]:
    answers = dict(world.given.tickets["ticket"].answers)
    if result.position == "ticket":
        answers |= result.answers
    # Where an upload is stored is the server's choice.
    return {q: "file://*" if a.startswith("file://") else a for q, a in answers.items() if a}


def _of_the_ticket(world: World, verdict: Verdict) -> dict[str, Any]:
    told: dict[str, Any] = {"explanation": str(verdict.explanation), "remedy": str(verdict.remedy)}
    told |= {"require_attention": False, "checkin_texts": []}
    ticket = verdict.ticket
    if ticket is None or verdict.reason is Reason.UNKNOWN or is_unrecognised(verdict):
        return told
    if verdict.reason is not Reason.REVOKED:
        told |= {"require_attention": verdict.attention, "checkin_texts": list(verdict.checkin_texts)}
    name = ticket.name or (world.given.attendee_name if ticket.addon_to else "")
    return told | {"attendee_name": name or ticket.order.name or None}
