from dataclasses import replace
from datetime import UTC, datetime

from eventdesk.desk.drafts import drafts_between, parts
from eventdesk.domain.catalogue import (
    Addon,
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
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.payloads import (
    event_from,
    gate_from,
    list_from,
    product_from,
    question_from,
    session_from,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
EVENT = Event("e", "Fair", "Europe/Berlin", NOON, NOON, None, "CHF")
DAY = Session("s", "Wednesday", NOON)
TICKET = Product(
    "p",
    "Day",
    (Variation("v", "Student", "Show the card", True, 900),),
    1250,
    True,
    "Hi",
    True,
    "badge",
    category="c",
    position=-3,
    tax="full",
    fee=50,
    at_till=False,
    ticket=False,
    free_price=True,
    lowest=100,
    highest=9000,
    asks_name=True,
    addons=(Addon("cup", 2, 1), Addon("hat")),
    seating="hall",
    gift_card=True,
)
DOOR = CheckInList("l", "Main", False, frozenset({"p"}), "s", True, True, False, True, {"and": [True]}, NOON)
DIET = Question("q", "Diet?", QuestionType.CHOICE, True, True, (Option("o", "Vegan"),), frozenset({"p"}), "?")
NORTH = Gate("g", "North")
WHOLE = Catalogue(EVENT, {"s": DAY}, {"p": TICKET}, {"l": DOOR}, {"q": DIET}, {"g": NORTH})

READERS = {
    Kind.EVENT_DEFINED: event_from,
    Kind.SESSION_DEFINED: session_from,
    Kind.PRODUCT_DEFINED: product_from,
    Kind.LIST_DEFINED: list_from,
    Kind.QUESTION_DEFINED: question_from,
    Kind.GATE_DEFINED: gate_from,
}


def read(draft: Draft) -> object:
    return READERS[draft.kind](draft.subject, draft.payload)


def test_every_part_is_read_back_as_it_was() -> None:
    assert [read(draft) for draft in drafts_between(None, WHOLE)] == list(parts(WHOLE))


def test_only_what_changed_is_written() -> None:
    changed = replace(WHOLE, gates={"g": Gate("g", "South")})
    assert [(draft.kind, draft.subject) for draft in drafts_between(WHOLE, changed)] == [
        (Kind.GATE_DEFINED, "g")
    ]
    assert drafts_between(WHOLE, WHOLE) == []


def test_what_is_taken_away_keeps_its_name() -> None:
    (draft,) = drafts_between(WHOLE, replace(WHOLE, gates={}))
    assert draft.payload == {"name": "North", "area": "", "removed": True}
