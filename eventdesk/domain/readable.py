"""Whether a payload is what its kind says, looked at by itself: what passes here breaks no fold.

Whoever takes facts in asks this before anything is made of them; the answer is the same at every
node, as it depends on nothing else. `..._changed` and `..._defined` facts may leave members out (they
were told before, or will be), but no member that stands there may be other than what it must be. Members
that this version does not know are passed over, as a newer one may have added them.

It runs for each fact that a node takes, so an admission is looked at in a few microseconds.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from eventdesk.domain import definitions, members, payloads
from eventdesk.domain.catalogue import QuestionType
from eventdesk.domain.facts import Kind
from eventdesk.domain.forms import (
    Form,
    counts,
    flags,
    form,
    ids,
    moments,
    part,
    positive,
    readers,
    said,
    texts,
)
from eventdesk.domain.kiosk import forms as kiosk
from eventdesk.domain.members import BadPayload, wrong
from eventdesk.domain.tickets import Direction, OrderStatus
from eventdesk.domain.till import forms as till

Payload = Mapping[str, Any]


def check(kind: str, subject: str, payload: object) -> None:
    """Raises BadPayload, which names the member. A kind that is unknown here may be any object."""
    if type(payload) is not dict and not isinstance(payload, Mapping):
        raise BadPayload("the payload must be an object")
    readers, required, solid, plain, whole = FORMS.get(kind, _NOTHING)
    for name in required:
        if payload.get(name) is None:
            raise wrong(name, "there", None)
    for name in solid:
        if name in payload and payload[name] is None:
            raise wrong(name, "there, or not named at all", None)
    for name, value in payload.items():
        if value is None or type(value) is plain.get(name):
            continue
        if (reader := readers.get(name)) is not None:
            reader(payload, name)
    if whole is not None:
        whole(subject, payload)
    if kind == Kind.TICKET_KEY_DEFINED and not _is_key_id(subject):
        raise wrong("subject", "a key's id in hexadecimal", subject)


def _is_key_id(subject: str) -> bool:
    return 0 < len(subject) <= 64 and len(subject) % 2 == 0 and not set(subject) - set("0123456789abcdef")


def _answers(payload: Payload, name: str) -> None:
    for answer in (members.table(payload, name) or {}).values():
        if not isinstance(answer, str):
            raise wrong(name, "an object of texts", answer)


_zone = part(payloads.event_from, name="", timezone="UTC", begins="1970-01-01T00:00:00Z")
_of_product = part(payloads.product_from, name="")
_options = part(payloads.question_from, text="", type=QuestionType.TEXT.value)
_size = part(definitions.quota_from, name="")


def _moved(payload: Payload, _name: str) -> None:
    definitions.quota_number(payload)


def _rows(payload: Payload, name: str) -> None:
    members.rows(payload, name, dict)


def _numbers(payload: Payload, name: str) -> None:
    for desk in members.table(payload, name) or {}:
        members.amount(payload[name], desk)


def _lists_of_numbers(payload: Payload, name: str) -> None:
    for desk, found in (members.table(payload, name) or {}).items():
        if not isinstance(found, list) or not all(type(one) is int and one > 0 for one in found):
            raise members.wrong(f"{name}.{desk}", "a list of numbers", found)


_NOTHING = form()
_ORDER = form(
    texts("code email company name locale checkin_text source"),
    flags("requires_approval valid_if_pending attention testmode"),
    {"status": partial(members.choice, kind=OrderStatus)},
)
_TICKET = form(
    texts("order secret product variation session name email company notes photo seat checkin_text addon_to"),
    flags("canceled blocked attention"),
    moments("valid_from valid_until"),
    {"answers": _answers},
)
_SCANNED = {**texts("list gate nonce reason"), **moments("at")}
_PASS = form(_SCANNED, texts("confirmed_by"), flags("forced confirmed"), required="list at")
_QUOTA_MOVED = form({"number": _moved}, texts("ticket"), required="number")

FORMS: Mapping[str, Form] = {
    Kind.EVENT_DEFINED: form(
        texts("name currency"),
        moments("begins ends admission"),
        counts("purge_after_days"),
        flags("testmode"),
        {"timezone": _zone},
        solid="name timezone begins",
    ),
    Kind.SESSION_DEFINED: form(texts("name"), moments("begins ends admission"), solid="name begins"),
    Kind.PRODUCT_DEFINED: form(
        texts("name checkin_text layout category tax seating"),
        flags("admits attention at_till ticket free_price asks_name gift_card"),
        readers(members.amount, "price fee lowest highest"),
        {"variations": _of_product, "addons": _of_product, "position": members.signed_amount},
        solid="name",
    ),
    Kind.LIST_DEFINED: form(
        texts("name session"),
        flags("all_products include_pending allow_multiple_entries allow_entry_after_exit addon_match"),
        ids("products"),
        moments("exit_all_at"),
        {"rules": members.table},
        solid="name",
    ),
    Kind.QUESTION_DEFINED: form(
        texts("text help"),
        flags("required ask_during_checkin"),
        ids("products"),
        readers(members.signed_amount, "position"),
        {"type": partial(members.choice, kind=QuestionType), "options": _options},
        solid="text type",
    ),
    Kind.GATE_DEFINED: form(texts("name area"), solid="name"),
    Kind.LAYOUT_DEFINED: form({"page": members.table, "elements": _rows}, texts("name")),
    Kind.ORDER_PLACED: _ORDER._replace(required=("code",)),
    Kind.ORDER_CHANGED: _ORDER._replace(solid=("code",)),
    Kind.TICKET_ISSUED: _TICKET._replace(required=("order", "secret", "product")),
    Kind.TICKET_CHANGED: _TICKET._replace(solid=("order", "secret", "product")),
    Kind.SECRET_REVOKED: form(texts("secret"), required="secret"),
    Kind.MEDIUM_LINKED: form(
        texts("type identifier"), ids("tickets"), flags("active"), moments("expires"), solid="identifier"
    ),
    Kind.QUESTION_ANSWERED: form(texts("question answer"), required="question answer"),
    Kind.ADMITTED: _PASS,
    Kind.LEFT: _PASS,
    Kind.ADMISSION_REFUSED: form(
        _SCANNED,
        texts("explanation"),
        {"direction": partial(members.choice, kind=Direction)},
        required="list at",
    ),
    Kind.ADMISSION_UNDONE: form(texts("admission reason"), required="admission"),
    Kind.CONFLICT_SETTLED: form(texts("conflict"), {"word": said}, required="conflict word"),
    Kind.BADGE_PRINTED: form(texts("job printer reason"), counts("copy")),
    Kind.GUESTS_IMPORTED: form(texts("file sha256"), counts("rows created changed unchanged")),
    # Not merged with what was told before: a right must follow from one fact.
    Kind.STAFF_DEFINED: form(texts("name pin card"), ids("roles"), required="roles"),
    Kind.QUOTA_DEFINED: form(texts("name session"), ids("products"), {"size": _size}, solid="name"),
    Kind.QUOTA_USED: _QUOTA_MOVED,
    Kind.QUOTA_FREED: _QUOTA_MOVED,
    Kind.TICKET_KEY_DEFINED: form(
        {"public_key": part(definitions.ticket_key_from)},
        moments("from until"),
        texts("scheme"),
        solid="public_key",
    ),
    Kind.REVOCATIONS_SIGNED: form({"number": positive}, texts("list"), required="number list"),
    Kind.GUEST_ERASED: form(ids("tickets sales calls"), texts("reason")),
    Kind.GUESTS_PURGED: form(texts("reason")),
    Kind.ERASURE_CONFIRMED: _NOTHING,
    Kind.BRIDGE_DEFINED: form(
        texts("system address organizer event"),
        readers(members.number, "device"),
        solid="system address organizer event device",
    ),
    Kind.BRIDGE_TOLD: form({"desks": _numbers, "open": _lists_of_numbers}, required="desks"),
    **till.FORMS,
    **kiosk.FORMS,
}
