"""`given`: the event, its lists, the tickets and the scans that were before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from eventdesk.cli.scenarios.fields import ZONE, Fields
from eventdesk.domain.catalogue import (
    Catalogue,
    CheckInList,
    Event,
    Gate,
    Option,
    Product,
    Question,
    QuestionType,
    Session,
    Variation,
)
from eventdesk.domain.tickets import Order, OrderStatus, Ticket

_ALLWORDS = """
    order order_requires_approval order_valid_if_pending position_canceled position_blocked valid_from
    valid_until variation date dates addons list questions answers previous code secret medium texts
    attention event token attendee_name invoice_name order_locale"""
WORDS = frozenset(_ALLWORDS.split())
_ALLLIST_WORDS = """
    all_products products date include_pending addon_match allow_multiple_entries allow_entry_after_exit
    rules exit_all_at"""
_LIST_WORDS = frozenset(_ALLLIST_WORDS.split())
_QUESTION_TYPES = {
    **{kind.value: kind for kind in QuestionType},
    "string": QuestionType.TEXT,
    "textarea": QuestionType.MULTILINE,
    "multiline_text": QuestionType.MULTILINE,
    "choice_multiple": QuestionType.MULTIPLE_CHOICE,
    "country_code": QuestionType.COUNTRY,
    "countrycode": QuestionType.COUNTRY,
    "phonenumber": QuestionType.PHONE,
    "phone_number": QuestionType.PHONE,
    "telephone": QuestionType.PHONE,
}
_QUESTION_CODES = {
    "N": QuestionType.NUMBER,
    "S": QuestionType.TEXT,
    "T": QuestionType.MULTILINE,
    "B": QuestionType.BOOLEAN,
    "C": QuestionType.CHOICE,
    "M": QuestionType.MULTIPLE_CHOICE,
    "F": QuestionType.FILE,
    "D": QuestionType.DATE,
    "H": QuestionType.TIME,
    "W": QuestionType.DATETIME,
    "CC": QuestionType.COUNTRY,
    "TEL": QuestionType.PHONE,
}
_SCENES = ("order", "variation", "product")


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Medium:
    type: str
    linked: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What stood before the call. `tickets` go by name: ticket, addon:0 ..., other_event."""

    catalogue: Catalogue
    other_catalogue: Catalogue
    tickets: Mapping[str, Ticket]
    code: str
    token: str
    medium: Medium | None
    attendee_name: str
    previous: tuple[Fields, ...]


def read_given(given: Fields) -> Given:
    event = _event(given.part("event", frozenset({"date_from", "date_to", "date_admission"})))
    check_in_list = _list(given.part("list", _LIST_WORDS))
    catalogue = Catalogue(
        event,
        sessions=_sessions(given, event, check_in_list),
        products=_products(given),
        lists={"main": check_in_list, "other": CheckInList("other", "other")},
        questions={question.id: question for question in given.rows("questions", _QUESTION, _question)},
        gates={id_: Gate(id_, id_) for id_ in ("north", "south")},
    )
    other = Event("other_event", "Other event", ZONE.key, event.begins)
    return Given(
        catalogue,
        Catalogue(other, lists={"other_event": CheckInList("other_event", "other_event")}),
        _tickets(given),
        given.text("code", "ticket"),
        given.text("token", "full", among=("full", "checkin_only", "no_permission")),
        _medium(given) if given.raw("medium") is not None else None,
        _attendee_name(given),
        given.rows("previous", PREVIOUS, lambda row: row),
    )


_ALLPREVIOUS = """
    type at nonce force device list on failed annul failed_upload error_reason error_explanation
    raw_code source_type"""
PREVIOUS = frozenset(_ALLPREVIOUS.split())
_QUESTION = frozenset({"id", "type", "required", "ask_during_checkin", "options", "products"})
_ADDON = frozenset({"product", "variation", "canceled", "blocked", "valid_from", "valid_until"})


def _event(fields: Fields) -> Event:
    ends = fields.moment("date_to") if fields.has("date_to") else local(10, 20)
    return Event(
        "event",
        "Event",
        ZONE.key,
        fields.moment("date_from") or local(10, 11),
        ends,
        fields.moment("date_admission"),
    )


def _sessions(given: Fields, event: Event, check_in_list: CheckInList) -> dict[str, Session]:
    begins = {"d1": event.begins, "d2": event.begins}
    named = given.part("dates", frozenset(given.table("dates")) | frozenset(begins))
    names = {*begins, *given.table("dates"), given.optional("date"), check_in_list.session} - {None}
    sessions = {}
    for name in sorted(str(name) for name in names):
        if isinstance(named.raw(name), Mapping):
            dates = named.part(name, frozenset({"date_from", "date_to", "date_admission"}))
            begin = dates.moment("date_from") or event.begins
            sessions[name] = Session(
                name, name, begin, dates.moment("date_to"), dates.moment("date_admission")
            )
        else:
            sessions[name] = Session(name, name, named.moment(name) or begins.get(name, event.begins))
    return sessions


def _products(given: Fields) -> dict[str, Product]:
    texts = given.part("texts", frozenset(_SCENES))
    attention = _attention(given)
    variations = tuple(
        Variation(id_, id_, texts.text("variation"), "variation" in attention) for id_ in ("x", "y")
    )
    return {
        "A": Product(
            "A", "A", variations, checkin_text=texts.text("product"), attention="product" in attention
        ),
        "B": Product("B", "B"),
    }


def _attention(given: Fields) -> frozenset[str]:
    raw = given.raw("attention")
    names = (raw,) if isinstance(raw, str) else given.texts("attention")
    for name in names:
        if name not in _SCENES:
            raise given.wrong("attention", "a list of " + ", ".join(_SCENES))
    return frozenset(names)


def _list(fields: Fields) -> CheckInList:
    rules = fields.raw("rules")
    return CheckInList(
        "main",
        "main",
        all_products=fields.flag("all_products", True),
        products=frozenset(fields.texts("products")),
        session=fields.optional("date"),
        include_pending=fields.flag("include_pending"),
        allow_multiple_entries=fields.flag("allow_multiple_entries"),
        allow_entry_after_exit=fields.flag("allow_entry_after_exit", True),
        addon_match=fields.flag("addon_match"),
        rules=rules,
        exit_all_at=fields.moment("exit_all_at"),
    )


def _question(fields: Fields) -> Question:
    name = fields.text("type", "text")
    kind = _QUESTION_TYPES.get(name) or _QUESTION_CODES.get(name)
    if kind is None:
        raise fields.wrong("type", "one of " + ", ".join(QuestionType))
    return Question(
        fields.text("id", "q"),
        fields.text("id", "q"),
        kind,
        # An empty upload counts as an answer in pretix, required or not.
        required=fields.flag("required") and kind is not QuestionType.FILE,
        ask_during_checkin=fields.flag("ask_during_checkin"),
        options=tuple(Option(text, text) for text in fields.texts("options")),
        products=frozenset(fields.texts("products", ("A",))),
    )


def _tickets(given: Fields) -> dict[str, Ticket]:
    texts = given.part("texts", frozenset(_SCENES))
    order = Order(
        "order",
        "ORDER",
        OrderStatus(given.text("order", "paid", among=tuple(OrderStatus))),
        given.flag("order_requires_approval"),
        given.flag("order_valid_if_pending"),
        email="dummy@example.org",
        name=given.text("invoice_name"),
        locale=given.text("order_locale", "en"),
        checkin_text=texts.text("order"),
        attention="order" in _attention(given),
    )
    main = Ticket(
        "ticket",
        order,
        given.text("secret", "secret of the ticket"),
        "A",
        given.optional("variation", among=("x", "y")),
        given.optional("date"),
        name=_attendee_name(given),
        canceled=given.flag("position_canceled"),
        blocked=given.flag("position_blocked"),
        valid_from=given.moment("valid_from"),
        valid_until=given.moment("valid_until"),
        answers=_stored_answers(given.table("answers")),
    )
    addons = given.rows("addons", _ADDON, lambda row: _addon(row, main))
    named = [replace(addon, id=f"addon:{n}", secret=f"secret of addon {n}") for n, addon in enumerate(addons)]
    other = Ticket("other_event", Order("other", "OTHER"), "secret of the other event", "other")
    return {ticket.id: ticket for ticket in (main, *named, other)}


def _addon(fields: Fields, main: Ticket) -> Ticket:
    return Ticket(
        "",
        main.order,
        "",
        fields.text("product", "B", among=("A", "B")),
        fields.optional("variation", among=("x", "y")),
        main.session,
        canceled=fields.flag("canceled"),
        blocked=fields.flag("blocked"),
        valid_from=fields.moment("valid_from"),
        valid_until=fields.moment("valid_until"),
        addon_to="ticket",
    )


def _attendee_name(given: Fields) -> str:
    return given.text("attendee_name") if given.has("attendee_name") else "Peter"


def _stored_answers(answers: Mapping[str, Any]) -> dict[str, str]:
    return {question: str(answer) for question, answer in answers.items()}


def _medium(given: Fields) -> Medium:
    fields = given.part("medium", frozenset({"type", "linked", "active"}))
    linked = fields.texts("linked", ("ticket",))
    return Medium(fields.text("type", "barcode"), linked, fields.flag("active", True))
