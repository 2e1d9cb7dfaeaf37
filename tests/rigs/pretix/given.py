"""`given` written into pretix's database: event, list, order, tickets, questions and earlier scans."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import now
from pretix.base.models import Checkin, Event, InvoiceAddress, Order, OrderPosition, ReusableMedium
from pretix.base.models.orders import RevokedTicketSecret

from tests.rigs.pretix.organizer import ZONE, Organization, moment

TYPES = {
    "number": "N", "text": "S", "multiline": "T", "boolean": "B", "choice": "C", "multiple_choice": "M",
    "file": "F", "date": "D", "time": "H", "datetime": "W", "country": "CC", "phone": "TEL",
}  # fmt: skip
STATUS = {"paid": "p", "pending": "n", "expired": "e", "canceled": "c"}
MEDIUM, REVOKED, UNKNOWN = "identifier of the medium", "old secret of the ticket", "nobody's code"


@dataclass
class Scene:
    """Everything by the name that the situation gives it."""

    events: dict[str, Any] = field(default_factory=dict)
    products: dict[str, Any] = field(default_factory=dict)
    variations: dict[str, Any] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, Any] = field(default_factory=dict)
    positions: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, Any] = field(default_factory=dict)
    options: dict[tuple[str, str], Any] = field(default_factory=dict)
    code: str = ""


def build(given: dict[str, Any], shared: Organization) -> Scene:
    scene = Scene()
    _events(given, shared, scene)
    _products(given, scene)
    _orders(given, shared, scene)
    _lists(given, shared, scene)
    _questions(given, scene)
    _codes(given, shared, scene)
    return scene


def _events(given: dict[str, Any], shared: Organization, scene: Scene) -> None:
    dates, series = given.get("event", {}), bool(given.get("date") or given.get("list", {}).get("date"))
    for name in ("event", "other_event"):
        event = Event.objects.create(
            organizer=shared.organizer,
            name=name,
            slug=name.replace("_", ""),
            currency="EUR",
            live=True,
            date_from=moment(dates.get("date_from") or "2026-06-10T11:00"),
            date_to=moment(dates.get("date_to", "2026-06-10T20:00")),
            date_admission=moment(dates.get("date_admission")),
            has_subevents=series and name == "event",
        )
        event.settings.timezone = ZONE.key
        event.settings.locale = "en"
        scene.events[name] = event
    for name in ("d1", "d2") if series else ():
        begin = moment(given.get("dates", {}).get(name, "2026-06-10T11:00"))
        scene.dates[name] = scene.events["event"].subevents.create(name=name, active=True, date_from=begin)


def _products(given: dict[str, Any], scene: Scene) -> None:
    texts, attention = given.get("texts", {}), given.get("attention", [])

    def marks(of: str) -> dict[str, Any]:
        return {"checkin_text": texts.get(of), "checkin_attention": of in attention}

    items = scene.events["event"].items
    scene.products["A"] = items.create(name="A", default_price=0, **marks("product"))
    scene.products["B"] = items.create(name="B", default_price=0)
    scene.products["other"] = scene.events["other_event"].items.create(name="other", default_price=0)
    if given.get("variation") or '"variation"' in json.dumps(given.get("list", {})):
        for name in ("x", "y"):
            scene.variations[name] = scene.products["A"].variations.create(value=name, **marks("variation"))


def _order(event: Any, shared: Organization, code: str, status: str, **members: Any) -> Any:
    return Order.objects.create(
        event=event,
        code=code,
        status=STATUS[status],
        email="dummy@example.org",
        datetime=now(),
        expires=now(),
        total=0,
        sales_channel=shared.organizer.sales_channels.get(identifier="web"),
        **members,
    )


def _orders(given: dict[str, Any], shared: Organization, scene: Scene) -> None:
    order = _order(
        scene.events["event"],
        shared,
        "ORDER",
        given.get("order", "paid"),
        require_approval=given.get("order_requires_approval", False),
        valid_if_pending=given.get("order_valid_if_pending", False),
        checkin_text=given.get("texts", {}).get("order"),
        checkin_attention="order" in given.get("attention", []),
    )
    name = given.get("attendee_name", "Peter")
    main = {
        "product": "A",
        "canceled": given.get("position_canceled"),
        "blocked": given.get("position_blocked"),
        **{word: given.get(word) for word in ("valid_from", "valid_until")},
    }
    ticket = _position(scene, order, given, main, given.get("secret", "secret of the ticket"), 1)
    ticket.variation = scene.variations.get(given.get("variation", ""))
    ticket.attendee_name_parts = {"full_name": name, "_scheme": "full"} if name else {}
    ticket.save()
    scene.positions["ticket"] = ticket
    for number, addon in enumerate(given.get("addons", [])):
        position = _position(scene, order, given, addon, f"secret of addon {number}", 2 + number)
        position.addon_to = ticket
        position.save()
        scene.positions[f"addon:{number}"] = position
    other = _order(scene.events["other_event"], shared, "OTHER", "paid")
    foreign = {"product": "other"}
    scene.positions["other_event"] = _position(scene, other, {}, foreign, "secret of the other event", 1)
    if given.get("invoice_name"):
        parts = {"full_name": given["invoice_name"], "_scheme": "full"}
        InvoiceAddress.objects.create(order=order, name_parts=parts)


def _position(
    scene: Scene, order: Any, given: dict[str, Any], members: dict[str, Any], secret: str, number: int
) -> Any:
    of_series = scene.dates and members["product"] != "other"
    return OrderPosition.objects.create(
        order=order,
        item=scene.products[members["product"]],
        price=0,
        secret=secret,
        positionid=number,
        subevent=scene.dates[given.get("date") or "d1"] if of_series else None,
        canceled=bool(members.get("canceled")),
        blocked=["manual"] if members.get("blocked") else None,
        valid_from=moment(members.get("valid_from")),
        valid_until=moment(members.get("valid_until")),
    )


def _lists(given: dict[str, Any], shared: Organization, scene: Scene) -> None:
    settings = dict(given.get("list", {}))
    products, date = settings.pop("products", []), settings.pop("date", None)
    settings["rules"] = _with_ids(settings.get("rules") or {}, shared, scene)
    settings["exit_all_at"] = moment(settings.get("exit_all_at"))
    own, other = scene.events["event"].checkin_lists, scene.events["other_event"].checkin_lists
    settings.setdefault("all_products", True)
    scene.lists["main"] = own.create(name="main", subevent=scene.dates.get(date), **settings)
    scene.lists["main"].limit_products.set([scene.products[name] for name in products])
    scene.lists["other"] = own.create(name="other", all_products=True)
    scene.lists["other_event"] = other.create(name="other_event", all_products=True)


def _with_ids(rule: Any, shared: Organization, scene: Scene) -> Any:
    """The rule with pretix's numbers for the names of what is looked up."""
    if isinstance(rule, list):
        return [_with_ids(part, shared, scene) for part in rule]
    if not isinstance(rule, dict):
        return rule
    if isinstance(rule.get("lookup"), list):
        kind, name, label = rule["lookup"]
        known = {"product": scene.products, "variation": scene.variations, "gate": shared.gates}[kind]
        return {"lookup": [kind, str(known[name].pk), label]}
    return {word: _with_ids(part, shared, scene) for word, part in rule.items()}


def _questions(given: dict[str, Any], scene: Scene) -> None:
    for place, raw in enumerate(given.get("questions", [])):
        question = scene.events["event"].questions.create(
            question=raw["id"],
            identifier=raw["id"],
            type=TYPES[raw["type"]],
            required=raw.get("required", False),
            ask_during_checkin=raw.get("ask_during_checkin", False),
            position=place,
        )
        question.items.set([scene.products[name] for name in raw.get("products", ["A"])])
        scene.questions[raw["id"]] = question
        for number, text in enumerate(raw.get("options", [])):
            option = question.options.create(answer=text, identifier=text, position=number)
            scene.options[raw["id"], text] = option
    for name, answer in given.get("answers", {}).items():
        kept = scene.positions["ticket"].answers.create(question=scene.questions[name], answer=str(answer))
        if (name, answer) in scene.options:
            kept.options.add(scene.options[name, answer])


def _codes(given: dict[str, Any], shared: Organization, scene: Scene) -> None:
    code, ticket = given.get("code", "ticket"), scene.positions["ticket"]
    if code == "revoked":
        RevokedTicketSecret.objects.create(event=ticket.order.event, position=ticket, secret=REVOKED)
    medium = given.get("medium")
    if medium:
        made = ReusableMedium.objects.create(
            organizer=shared.organizer,
            type=medium.get("type", "barcode"),
            identifier=MEDIUM,
            active=medium.get("active", True),
        )
        made.linked_orderpositions.set([scene.positions[name] for name in medium.get("linked", ["ticket"])])
    texts = {"revoked": REVOKED, "medium": MEDIUM, "unknown": UNKNOWN, "position_id": str(ticket.pk)}
    scene.code = texts.get(code) or scene.positions[code].secret


def store_scan(row: dict[str, Any], given: dict[str, Any], shared: Organization, scene: Scene) -> None:
    """One earlier scan, as it would have been stored then."""
    linked = (given.get("medium") or {}).get("linked") or ["ticket"]
    held = given.get("code", "ticket")
    scanned = held if held in scene.positions else linked[0] if held == "medium" else "ticket"
    Checkin.all.create(
        position=scene.positions[row.get("on", scanned)],
        list=scene.lists[row.get("list", "main")],
        type=row.get("type", "entry"),
        datetime=moment(row.get("at", "2026-06-10T11:30")),
        nonce=row.get("nonce"),
        forced=row.get("force", False),
        force_sent=row.get("force", False),
        device=shared.devices.get(row.get("device", "")),
        successful=not row.get("failed"),
        error_reason=row.get("failed"),
    )
