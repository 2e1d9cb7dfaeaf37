"""Whether a payload is what its kind says, looked at by itself: what passes here breaks no fold.

Whoever takes facts in asks this before anything is made of them; the answer is the same at every
node, as it depends on nothing else. `..._changed` and `..._defined` facts may leave members out (they
were told before, or will be), but no member that stands there may be other than what it must be. Members
that this version does not know are passed over, as a newer one may have added them.

It runs for each fact that a node takes, so an admission is looked at in a few microseconds.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from eventdesk.domain import definitions, members, payloads
from eventdesk.domain.catalogue import QuestionType
from eventdesk.domain.facts import Kind
from eventdesk.domain.members import BadPayload, wrong
from eventdesk.domain.tickets import Direction, OrderStatus

Payload = Mapping[str, Any]
Reader = Callable[[Payload, str], object]


class Form(NamedTuple):
    """How the members of a kind are read. `required` ones must be there; `solid` ones may be absent, but
    not null, as nothing clears them. `plain`: the types of those that need be of their type alone."""

    readers: Mapping[str, Reader]
    required: tuple[str, ...] = ()
    solid: tuple[str, ...] = ()
    plain: Mapping[str, type] = {}


def check(kind: str, subject: str, payload: object) -> None:
    """Raises BadPayload, which names the member. A kind that is unknown here may be any object."""
    if type(payload) is not dict and not isinstance(payload, Mapping):
        raise BadPayload("the payload must be an object")
    readers, required, solid, plain = FORMS.get(kind, _NOTHING)
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
    if kind == Kind.TICKET_KEY_DEFINED and not _is_key_id(subject):
        raise wrong("subject", "a key's id in hexadecimal", subject)


def _is_key_id(subject: str) -> bool:
    return 0 < len(subject) <= 64 and len(subject) % 2 == 0 and not set(subject) - set("0123456789abcdef")


def _not_negative(payload: Payload, name: str) -> None:
    if members.number(payload, name) < 0:
        raise wrong(name, "at least 0", payload.get(name))


def _positive(payload: Payload, name: str) -> None:
    if members.number(payload, name) < 1:
        raise wrong(name, "at least 1", payload.get(name))


def _said(payload: Payload, name: str) -> None:
    if not members.text(payload, name).strip():
        raise wrong(name, "said in words", payload.get(name))


def _answers(payload: Payload, name: str) -> None:
    for answer in (members.table(payload, name) or {}).values():
        if not isinstance(answer, str):
            raise wrong(name, "an object of texts", answer)


def _part(build: Callable[[str, Payload], object], **instead: Any) -> Reader:
    """Reads one member as the whole definition does; `instead` stands for what may be left out."""

    def read(payload: Payload, name: str) -> None:
        build("", {**instead, name: payload[name]})

    return read


def _readers(reader: Reader, names: str) -> dict[str, Reader]:
    return dict.fromkeys(names.split(), reader)


def _form(*readers: Mapping[str, Reader], required: str = "", solid: str = "") -> Form:
    every: dict[str, Reader] = {"by": members.text, "removed": members.flag}
    for some in readers:
        every |= some
    plain = {name: _PLAIN[reader] for name, reader in every.items() if reader in _PLAIN}
    return Form(every, tuple(required.split()), tuple(solid.split()), plain)


_PLAIN: Mapping[Reader, type] = {members.text: str, members.flag: bool}
_texts, _flags = partial(_readers, members.text), partial(_readers, members.flag)
_moments, _ids = partial(_readers, members.moment), partial(_readers, members.ids)
_counts = partial(_readers, _not_negative)

_zone = _part(payloads.event_from, name="", timezone="UTC", begins="1970-01-01T00:00:00Z")
_variations = _part(payloads.product_from, name="")
_options = _part(payloads.question_from, text="", type=QuestionType.TEXT.value)
_size = _part(definitions.quota_from, name="")


def _moved(payload: Payload, _name: str) -> None:
    definitions.quota_number(payload)


def _rows(payload: Payload, name: str) -> None:
    members.rows(payload, name, dict)


_NOTHING = _form()
_ORDER = _form(
    _texts("code email company name locale checkin_text source"),
    _flags("requires_approval valid_if_pending attention"),
    {"status": partial(members.choice, kind=OrderStatus)},
)
_TICKET = _form(
    _texts(
        "order secret product variation session name email company notes photo seat checkin_text addon_to"
    ),
    _flags("canceled blocked attention"),
    _moments("valid_from valid_until"),
    {"answers": _answers},
)
_SCANNED = {**_texts("list gate nonce reason"), **_moments("at")}
_PASS = _form(_SCANNED, _flags("forced confirmed"), required="list at")
_QUOTA_MOVED = _form({"number": _moved}, _texts("ticket"), required="number")

FORMS: Mapping[str, Form] = {
    Kind.EVENT_DEFINED: _form(
        _texts("name currency"),
        _moments("begins ends admission"),
        _counts("purge_after_days"),
        {"timezone": _zone},
        solid="name timezone begins",
    ),
    Kind.SESSION_DEFINED: _form(_texts("name"), _moments("begins ends admission"), solid="name begins"),
    Kind.PRODUCT_DEFINED: _form(
        _texts("name checkin_text layout"),
        _flags("admits attention"),
        {"variations": _variations, "price": members.number},
        solid="name",
    ),
    Kind.LIST_DEFINED: _form(
        _texts("name session"),
        _flags("all_products include_pending allow_multiple_entries allow_entry_after_exit addon_match"),
        _ids("products"),
        _moments("exit_all_at"),
        {"rules": members.table},
        solid="name",
    ),
    Kind.QUESTION_DEFINED: _form(
        _texts("text help"),
        _flags("required ask_during_checkin"),
        _ids("products"),
        {"type": partial(members.choice, kind=QuestionType), "options": _options},
        solid="text type",
    ),
    Kind.GATE_DEFINED: _form(_texts("name area"), solid="name"),
    Kind.LAYOUT_DEFINED: _form({"page": members.table, "elements": _rows}, _texts("name")),
    Kind.ORDER_PLACED: _ORDER._replace(required=("code",)),
    Kind.ORDER_CHANGED: _ORDER._replace(solid=("code",)),
    Kind.TICKET_ISSUED: _TICKET._replace(required=("order", "secret", "product")),
    Kind.TICKET_CHANGED: _TICKET._replace(solid=("order", "secret", "product")),
    Kind.SECRET_REVOKED: _form(_texts("secret"), required="secret"),
    Kind.MEDIUM_LINKED: _form(
        _texts("type identifier"), _ids("tickets"), _flags("active"), solid="identifier"
    ),
    Kind.QUESTION_ANSWERED: _form(_texts("question answer"), required="question answer"),
    Kind.ADMITTED: _PASS,
    Kind.LEFT: _PASS,
    Kind.ADMISSION_REFUSED: _form(
        _SCANNED,
        _texts("explanation"),
        {"direction": partial(members.choice, kind=Direction)},
        required="list at",
    ),
    Kind.ADMISSION_UNDONE: _form(_texts("admission reason"), required="admission"),
    Kind.CONFLICT_SETTLED: _form(_texts("conflict"), {"word": _said}, required="conflict word"),
    Kind.BADGE_PRINTED: _form(_texts("job printer reason"), _counts("copy")),
    Kind.GUESTS_IMPORTED: _form(_texts("file sha256"), _counts("rows created changed unchanged")),
    # Not merged with what was told before: a right must follow from one fact.
    Kind.STAFF_DEFINED: _form(_texts("name pin"), _ids("roles"), required="roles"),
    Kind.QUOTA_DEFINED: _form(_texts("name"), _ids("products"), {"size": _size}, solid="name"),
    Kind.QUOTA_USED: _QUOTA_MOVED,
    Kind.QUOTA_FREED: _QUOTA_MOVED,
    Kind.TICKET_KEY_DEFINED: _form(
        {"public_key": _part(definitions.ticket_key_from)}, _moments("from until"), solid="public_key"
    ),
    Kind.REVOCATIONS_SIGNED: _form({"number": _positive}, _texts("list"), required="number list"),
    Kind.GUEST_ERASED: _form(_ids("tickets"), _texts("reason")),
    Kind.GUESTS_PURGED: _form(_texts("reason")),
    Kind.ERASURE_CONFIRMED: _NOTHING,
}
