"""Whether a payload is what its kind says, looked at by itself: what passes here breaks no fold.

Whoever takes facts in asks this before anything is made of them; the answer is the same at every
node, as it depends on nothing else. `..._changed` and `..._defined` facts may leave members out (they
were told before, or will be), but no member that stands there may be other than what it must be.
"""

from collections.abc import Callable, Mapping
from typing import Any

from eventdesk.domain import definitions, members, payloads
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.tickets import Order

Payload = Mapping[str, Any]
Check = Callable[[str, Payload], object]

_MOMENT = "1970-01-01T00:00:00Z"
_NOBODY = Order("", "")

# What may be left out of a fact that changes, and what then stands in its place for the check.
_LEFT_OUT: Mapping[Kind, Payload] = {
    Kind.EVENT_DEFINED: {"name": "", "timezone": "UTC", "begins": _MOMENT},
    Kind.SESSION_DEFINED: {"name": "", "begins": _MOMENT},
    Kind.PRODUCT_DEFINED: {"name": ""},
    Kind.LIST_DEFINED: {"name": ""},
    Kind.QUESTION_DEFINED: {"text": "", "type": "text"},
    Kind.GATE_DEFINED: {"name": ""},
    Kind.QUOTA_DEFINED: {"name": ""},
    Kind.TICKET_KEY_DEFINED: {"public_key": "A" * 43 + "="},
    Kind.ORDER_CHANGED: {"code": ""},
    Kind.TICKET_CHANGED: {"order": "", "secret": "", "product": ""},
    Kind.MEDIUM_LINKED: {"identifier": ""},
}


def check(kind: Kind, subject: str, payload: object) -> None:
    """Raises BadPayload, which names the member."""
    if not isinstance(payload, Mapping):
        raise BadPayload("the payload must be an object")
    whole = {**_LEFT_OUT.get(kind, {}), **payload}
    members.text(whole, "by", "")
    members.flag(whole, "removed")
    _CHECKS.get(kind, _anything)(subject, whole)


def _anything(_id: str, _payload: Payload) -> None:
    pass


def _event(id_: str, payload: Payload) -> None:
    payloads.event_from(id_, payload)
    members.number(payload, "purge_after_days")


def _ticket(id_: str, payload: Payload) -> None:
    members.text(payload, "order")
    payloads.ticket_from(id_, payload, _NOBODY)
    for question, answer in (members.table(payload, "answers") or {}).items():
        if not isinstance(answer, str):
            raise members.wrong(f"answers.{question}", "a text", type(answer).__name__)


def _medium(_id: str, payload: Payload) -> None:
    members.text(payload, "type", "")
    members.text(payload, "identifier")
    members.ids(payload, "tickets")
    members.flag(payload, "active", True)


def _pass(id_: str, payload: Payload) -> None:
    payloads.admission_from(Fact("", "", Kind.ADMITTED, id_, Stamp(0, 0, "-"), 0, payload))


def _quota_use(_id: str, payload: Payload) -> None:
    definitions.quota_number(payload)
    members.optional_text(payload, "ticket")


def _texts(*names: str) -> Check:
    def check_texts(_id: str, payload: Payload) -> None:
        for name in names:
            members.text(payload, name)

    return check_texts


def _revocations(_id: str, payload: Payload) -> None:
    members.number(payload, "number")
    members.text(payload, "list")


def _erasure(_id: str, payload: Payload) -> None:
    members.ids(payload, "tickets")
    members.text(payload, "reason", "")


_CHECKS: Mapping[Kind, Check] = {
    Kind.EVENT_DEFINED: _event,
    Kind.SESSION_DEFINED: payloads.session_from,
    Kind.PRODUCT_DEFINED: payloads.product_from,
    Kind.LIST_DEFINED: payloads.list_from,
    Kind.QUESTION_DEFINED: payloads.question_from,
    Kind.GATE_DEFINED: payloads.gate_from,
    Kind.ORDER_PLACED: payloads.order_from,
    Kind.ORDER_CHANGED: payloads.order_from,
    Kind.TICKET_ISSUED: _ticket,
    Kind.TICKET_CHANGED: _ticket,
    Kind.SECRET_REVOKED: _texts("secret"),
    Kind.MEDIUM_LINKED: _medium,
    Kind.QUESTION_ANSWERED: _texts("question", "answer"),
    Kind.ADMITTED: _pass,
    Kind.LEFT: _pass,
    Kind.ADMISSION_UNDONE: _texts("admission"),
    Kind.STAFF_DEFINED: definitions.staff_from,
    Kind.QUOTA_DEFINED: definitions.quota_from,
    Kind.QUOTA_USED: _quota_use,
    Kind.QUOTA_FREED: _quota_use,
    Kind.TICKET_KEY_DEFINED: definitions.ticket_key_from,
    Kind.REVOCATIONS_SIGNED: _revocations,
    Kind.CONFLICT_SETTLED: _texts("conflict", "word"),
    Kind.GUEST_ERASED: _erasure,
    Kind.GUESTS_PURGED: _erasure,
}
