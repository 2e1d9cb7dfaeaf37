"""`redeem`: a code is held up, by the newer API (rpc) or by the older one (list)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventdesk.cli.scenarios.call import Call
from eventdesk.cli.scenarios.faults import explanation_fails
from eventdesk.cli.scenarios.world import GATES, NOON, Row, World
from eventdesk.domain.decision import Doorway, Outcome, Reason, Scan, Verdict, decide_among
from eventdesk.domain.questions import asked_of, good_answers
from eventdesk.domain.rules import DoorKnowledge
from eventdesk.domain.tickets import Direction

SOURCE_TYPES = ("barcode", "nfc_uid", "nfc_mf0aes")
_BEFORE_ANSWERS = (
    Reason.UNKNOWN,
    Reason.AMBIGUOUS,
    Reason.REVOKED,
    Reason.CANCELED,
    Reason.BLOCKED,
    Reason.UNAPPROVED,
    Reason.INVALID_TIME,
)
_UPLOADS = ("png", "jpg", "jpeg", "gif", "pdf")


@dataclass
class Result:
    """What the API answers: `status` and `reason` None where its answer has none."""

    status: str | None = None
    reason: str | None = None
    message: str | None = None
    list: str | None = None
    position: str | None = None
    questions: tuple[str, ...] | None = None
    found: tuple[str, ...] | None = None
    next_exit_all_at: datetime | None = None
    stored: Row | None = None
    verdict: Verdict | None = None
    answers: dict[str, str] = field(default_factory=dict)


def redeem(world: World, call: Call) -> Result:
    refusal = _refused_request(world, call)
    if refusal is not None:
        return refusal
    scan = _scan(call)
    doorways = _doorways(world, call)
    doorway, verdict = decide_among(doorways, scan)
    if _answers_500(doorway, verdict, scan):
        return Result(verdict=verdict)
    result = Result(
        status=verdict.outcome.value,
        reason=reason_word(verdict, call),
        list=doorway.list.id,
        position=_position(verdict),
        questions=verdict.questions if verdict.outcome is Outcome.INCOMPLETE else None,
        verdict=verdict,
    )
    if not (call.simulate and call.rpc):
        result.stored = _store(world, call, doorway, result)
        result.answers = _kept_answers(doorway, verdict, scan)
    return result


def _refused_request(world: World, call: Call) -> Result | None:
    """What is answered without looking at any ticket."""
    if call.device is None and world.given.token == "no_permission":
        return Result(message="The token may not check in.")
    if call.rpc and not call.lists:
        return Result(message="No check-in list passed.")
    if call.type not in tuple(Direction):
        return Result(message="Unknown type of scan.")
    if not call.rpc:
        return None
    catalogues = [world.lists()[name][1].event.id for name in call.lists]
    if call.nonce == "" or call.source_type not in SOURCE_TYPES or not _code(world, call):
        return Result(message="A member of the request is malformed.")
    if len(set(catalogues)) < len(catalogues):
        return Result(message="Selecting two check-in lists from the same event is unsupported.")
    return None


def _code(world: World, call: Call) -> str:
    code = world.code() if call.raw_code is None else call.raw_code
    return code.strip() if call.rpc else code


def _doorways(world: World, call: Call) -> list[Doorway]:
    names = call.lists if call.rpc else call.lists[:1] or ("main",)
    doorways = []
    for name in names:
        check_in_list, catalogue = world.lists()[name]
        presented = world.presented(
            _code(world, call),
            catalogue.event.id,
            call.source_type if call.rpc else "barcode",
            by_path=not call.rpc,
            by_id=not call.rpc and not call.untrusted_input,
        )
        doorways.append(Doorway(presented, check_in_list, catalogue))
    return doorways


def _scan(call: Call) -> Scan:
    return Scan(
        at=call.at or NOON,
        direction=Direction(call.type),
        desk=call.device or "",
        gate=GATES.get(call.device or ""),
        nonce=call.nonce or "",
        force=call.force,
        ignore_unpaid=call.ignore_unpaid,
        can_ask=call.questions_supported,
        answers={question: _answer(answer) for question, answer in call.answers.items()},
    )


def _answer(answer: Any) -> Any:
    """An answer in the scenario's words as the domain takes it."""
    if not isinstance(answer, Mapping):
        return answer
    ((word, value),) = answer.items()
    if word != "upload":
        return value
    return f"file://upload.{value}" if value in _UPLOADS else "no such file"


def _answers_500(doorway: Doorway, verdict: Verdict, scan: Scan) -> bool:
    if verdict.reason is not Reason.RULES or not verdict.may_force or verdict.ticket is None:
        return False
    known = DoorKnowledge(verdict.ticket, doorway.list, scan, doorway.catalogue)
    return explanation_fails(doorway.list.rules or {}, known)


def reason_word(verdict: Verdict, call: Call) -> str | None:
    """The API's word for the reason. It does not tell canceled tickets and other dates from unknown codes."""
    reason = verdict.reason
    if reason is None or reason is Reason.INCOMPLETE:
        return None
    if reason is Reason.UNKNOWN or is_unrecognised(verdict):
        return "invalid"
    if reason is Reason.CANCELED and not call.rpc and not call.canceled_supported:
        return "unpaid"
    return reason.value


def is_unrecognised(verdict: Verdict) -> bool:
    return verdict.reason in (Reason.CANCELED, Reason.PRODUCT) and not verdict.may_force


def _position(verdict: Verdict) -> str | None:
    if verdict.ticket is None or verdict.reason is Reason.UNKNOWN or is_unrecognised(verdict):
        return None
    return verdict.ticket.id


def _store(world: World, call: Call, doorway: Doorway, result: Result) -> Row | None:
    verdict = result.verdict
    if verdict is None or verdict.repeated or verdict.outcome is Outcome.INCOMPLETE:
        return None
    row = Row(
        ticket=result.position,
        list=doorway.list.id,
        direction=Direction(call.type),
        at=call.at or NOON,
        nonce=call.nonce or "",
        device=call.device,
        refused=result.reason,
        forced=verdict.forced,
        force_sent=call.force,
        source=call.source_type if call.rpc else "barcode",
    )
    world.rows.append(row)
    return row


def _kept_answers(doorway: Doorway, verdict: Verdict, scan: Scan) -> dict[str, str]:
    """pretix keeps the good answers of an entry even where the ticket is refused later on.

    Our desk keeps them with the pass alone: a refused scan changes nobody's state.
    """
    ticket = verdict.ticket
    if ticket is None or verdict.reason in _BEFORE_ANSWERS or is_unrecognised(verdict):
        return {}
    if scan.direction is Direction.EXIT:
        return {}
    good = good_answers(asked_of(ticket, doorway.catalogue), scan, doorway.catalogue.event.zone)
    return {
        question: answer
        for question, answer in good.items()
        if answer not in ("", "False") or question in ticket.answers
    }
