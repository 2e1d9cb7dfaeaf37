"""`given`: what the organizer has set up, the event with its dates, products, list and questions."""

from collections.abc import Mapping
from datetime import datetime

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

# What may bear a text or a flag for the door.
SCENES = ("order", "variation", "product")

_DATES = frozenset({"date_from", "date_to", "date_admission"})
_QUESTION = frozenset({"id", "type", "required", "ask_during_checkin", "options", "products"})
_LIST = """
    all_products products date include_pending addon_match allow_multiple_entries allow_entry_after_exit
    rules exit_all_at"""
_LIST_WORDS = frozenset(_LIST.split())
_TYPES = {
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
_CODES = {
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


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=ZONE)


def read_setup(given: Fields) -> Catalogue:
    """The event in whose lists the ticket is scanned."""
    event = _event(given.part("event", _DATES))
    check_in_list = _list(given.part("list", _LIST_WORDS))
    return Catalogue(
        event,
        sessions=_sessions(given, event, check_in_list),
        products=_products(given),
        lists={"main": check_in_list, "other": CheckInList("other", "other")},
        questions={question.id: question for question in given.rows("questions", _QUESTION, _question)},
        gates={id_: Gate(id_, id_) for id_ in ("north", "south")},
    )


def other_event(begins: datetime) -> Catalogue:
    """Another event of the same organizer, with a list of its own."""
    event = Event("other_event", "Other event", ZONE.key, begins)
    return Catalogue(event, lists={"other_event": CheckInList("other_event", "other_event")})


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
            dates = named.part(name, _DATES)
            begin = dates.moment("date_from") or event.begins
            sessions[name] = Session(
                name, name, begin, dates.moment("date_to"), dates.moment("date_admission")
            )
        else:
            sessions[name] = Session(name, name, named.moment(name) or begins.get(name, event.begins))
    return sessions


def _products(given: Fields) -> dict[str, Product]:
    texts = given.part("texts", frozenset(SCENES))
    flagged = attention(given)
    variations = tuple(
        Variation(id_, id_, texts.text("variation"), "variation" in flagged) for id_ in ("x", "y")
    )
    return {
        "A": Product(
            "A", "A", variations, checkin_text=texts.text("product"), attention="product" in flagged
        ),
        "B": Product("B", "B"),
    }


def attention(given: Fields) -> frozenset[str]:
    raw = given.raw("attention")
    names = (raw,) if isinstance(raw, str) else given.texts("attention")
    for name in names:
        if name not in SCENES:
            raise given.wrong("attention", "a list of " + ", ".join(SCENES))
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
    kind = _TYPES.get(name) or _CODES.get(name)
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
