"""From what a person has set up to the facts that say so (`docs/facts.md`).

A definition writes every member, so that the latest one stands alone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from eventdesk.domain.catalogue import Catalogue, CheckInList, Event, Gate, Product, Question, Session
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text

Part: TypeAlias = Event | Session | Product | CheckInList | Question | Gate


def draft_of(part: Part) -> Draft:
    """The fact that defines this part of an event."""
    kind, members = _MEMBERS[type(part)]
    return Draft(kind, part.id, members(part))


def removal_of(part: Part) -> Draft:
    """The fact that takes this part away. Its name stays, so that the log can be read."""
    draft = draft_of(part)
    return Draft(draft.kind, draft.subject, {**draft.payload, "removed": True})


def drafts_between(before: Catalogue | None, after: Catalogue) -> list[Draft]:
    """What must be written to get from one catalogue (None: nothing yet) to the other."""
    old = {} if before is None else {(type(part), part.id): part for part in parts(before)}
    new = {(type(part), part.id): part for part in parts(after)}
    drafts = [draft_of(part) for key, part in new.items() if old.get(key) != part]
    return drafts + [removal_of(part) for key, part in old.items() if key not in new]


def parts(catalogue: Catalogue) -> Iterator[Part]:
    """Everything in a catalogue, what is referred to before what refers to it."""
    yield catalogue.event
    for members in (catalogue.sessions, catalogue.products, catalogue.gates):
        yield from members.values()
    yield from catalogue.lists.values()
    yield from catalogue.questions.values()


def _moment(at: datetime | None) -> str | None:
    return None if at is None else moment_text(at)


def _event(event: Event) -> dict[str, Any]:
    return {
        "name": event.name,
        "timezone": event.timezone,
        "begins": _moment(event.begins),
        "ends": _moment(event.ends),
        "admission": _moment(event.admission),
        "currency": event.currency,
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "name": session.name,
        "begins": _moment(session.begins),
        "ends": _moment(session.ends),
        "admission": _moment(session.admission),
        "removed": False,
    }


def _product(product: Product) -> dict[str, Any]:
    variations = [
        {
            "id": one.id,
            "name": one.name,
            "checkin_text": one.checkin_text,
            "attention": one.attention,
            "price": one.price,
        }
        for one in product.variations
    ]
    addons = [{"product": one.product, "most": one.most, "included": one.included} for one in product.addons]
    return {
        "name": product.name,
        "variations": variations,
        "price": product.price,
        "admits": product.admits,
        "checkin_text": product.checkin_text,
        "attention": product.attention,
        "layout": product.layout,
        "category": product.category,
        "position": product.position,
        "tax": product.tax,
        "fee": product.fee,
        "at_till": product.at_till,
        "ticket": product.ticket,
        "free_price": product.free_price,
        "lowest": product.lowest,
        "highest": product.highest,
        "asks_name": product.asks_name,
        "addons": addons,
        "seating": product.seating,
        "gift_card": product.gift_card,
        "removed": False,
    }


def _list(one: CheckInList) -> dict[str, Any]:
    return {
        "name": one.name,
        "all_products": one.all_products,
        "products": sorted(one.products),
        "session": one.session,
        "include_pending": one.include_pending,
        "allow_multiple_entries": one.allow_multiple_entries,
        "allow_entry_after_exit": one.allow_entry_after_exit,
        "addon_match": one.addon_match,
        "rules": None if one.rules is None else dict(one.rules),
        "exit_all_at": _moment(one.exit_all_at),
        "removed": False,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "type": question.type.value,
        "required": question.required,
        "ask_during_checkin": question.ask_during_checkin,
        "options": [{"id": option.id, "text": option.text} for option in question.options],
        "products": sorted(question.products),
        "help": question.help,
        "removed": False,
    }


def _gate(gate: Gate) -> dict[str, Any]:
    return {"name": gate.name, "area": gate.area, "removed": False}


_MEMBERS: Mapping[type, tuple[Kind, Any]] = {
    Event: (Kind.EVENT_DEFINED, _event),
    Session: (Kind.SESSION_DEFINED, _session),
    Product: (Kind.PRODUCT_DEFINED, _product),
    CheckInList: (Kind.LIST_DEFINED, _list),
    Question: (Kind.QUESTION_DEFINED, _question),
    Gate: (Kind.GATE_DEFINED, _gate),
}
