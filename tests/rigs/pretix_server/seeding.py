"""An organizer with two events, four devices and as many orders as wanted. Runs in pretix's environment:

python seeding.py ORDERS STATE.json

Orders are the same for a number of them, their codes and secrets too. The state file says all ids and
tokens.
"""

import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import (  # noqa: E402
    Device,
    Event,
    Order,
    OrderPayment,
    OrderPosition,
    Organizer,
    Team,
)
from pretix.base.models.orders import BlockedTicketSecret, RevokedTicketSecret  # noqa: E402
from pretix.plugins.badges.models import BadgeItem, BadgeLayout  # noqa: E402

PLUGINS = ("banktransfer", "manualpayment", "ticketoutputpdf", "badges", "checkinlists", "webcheckin")
GIVEN = [
    "Aino",
    "Björn",
    "Chloé",
    "Dimitris",
    "Élise",
    "Fatima",
    "Goran",
    "Haruto",
    "Inès",
    "João",
    "Katarzyna",
    "Lúcia",
    "Mehmet",
    "Noor",
    "Oğuz",
]
FAMILY = [
    "Árnadóttir",
    "Brandão",
    "Çelik",
    "Dvořák",
    "Eriksen",
    "Fàbregas",
    "Grünwald",
    "Hägglund",
    "Ionescu",
    "Jørgensen",
    "Kovács",
]
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"
BATCH = 500
# What is odd about the first orders, so that tests can rely on one of each.
ODD = (
    "paid", "pending", "canceled", "expired", "blocked", "early", "late", "revoked", "with_addon",
    "position_canceled", "valid_if_pending", "unapproved", "asks", "testmode",
)  # fmt: skip
STATUS = {"pending": "n", "valid_if_pending": "n", "unapproved": "n", "canceled": "c", "expired": "e"}


def made_up(kind: str, number: object, length: int, letters: str = "abcdefghijkmnpqrstuvwxyz23456789") -> str:
    value = int.from_bytes(hashlib.sha256(f"{kind}/{number}".encode()).digest() * 2, "big")
    found = []
    for _ in range(length):
        value, place = divmod(value, len(letters))
        found.append(letters[place])
    return "".join(found)


def new_event(organizer: Any, slug: str, name: str) -> Any:
    begins = (now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    event = Event.objects.create(
        organizer=organizer,
        slug=slug,
        name=name,
        currency="EUR",
        live=True,
        plugins=",".join(f"pretix.plugins.{one}" for one in PLUGINS),
        date_from=begins,
        date_to=begins + timedelta(hours=10),
        date_admission=begins - timedelta(hours=1),
    )
    event.set_defaults()
    for name_, value in {"timezone": "Europe/Berlin", "locales": ["en", "de"], "locale": "en"}.items():
        setattr(event.settings, name_, value)
    event.settings.payment_manual__enabled = True
    event.settings.attendee_names_asked = True
    return event


def catalogue(event: Any, north: Any) -> None:
    tax = event.tax_rules.create(name="VAT", rate=Decimal(19), price_includes_tax=True, default=True)
    tickets = event.categories.create(name="Tickets", position=1)
    extras = event.categories.create(name="Extras", position=2, is_addon=True)

    def item(name: str, price: int, category: Any, admits: bool = True, **more: Any) -> Any:
        return event.items.create(
            category=category,
            name=name,
            default_price=Decimal(price),
            admission=admits,
            personalized=admits,
            tax_rule=tax,
            **more,
        )

    entry = item("Entry", 49, tickets)
    kinds = [
        entry.variations.create(value=name, default_price=Decimal(price), **more)
        for name, price, more in (
            ("Full", 49, {}),
            ("Student", 29, {"checkin_attention": True, "checkin_text": "Look at the student card"}),
            ("VIP", 99, {}),
        )
    ]
    day, press = item("Day", 25, tickets), item("Press", 0, tickets, checkin_text="Press desk is to the left")
    talk, gone = item("Talk", 15, extras, admits=False), item("Gone", 5, tickets)
    entry.addons.create(addon_category=extras, min_count=0, max_count=2)
    for name, size, items in (
        ("Entries", 200_000, [entry]),
        ("Days", 200_000, [day]),
        ("Press", 1_000, [press]),
        ("Talks", 100_000, [talk]),
        ("Nothing left", 0, [gone]),
    ):
        quota = event.quotas.create(name=name, size=size)
        quota.items.add(*items)
        if items == [entry]:
            quota.variations.add(*kinds)
    outlet = event.questions.create(
        question="For whom do you write?", type="S", required=True, ask_during_checkin=True, position=1
    )
    rules = event.questions.create(
        question="House rules read?", type="B", required=True, ask_during_checkin=True, position=2
    )
    for one in (outlet, rules):
        one.items.add(press)
    _lists(event, north, kinds[2], talk)
    badge = BadgeLayout.objects.create(event=event, name="Badge", default=True)
    BadgeItem.objects.create(item=entry, layout=badge)


def _lists(event: Any, north: Any, vip: Any, talk: Any) -> None:
    lists = event.checkin_lists
    lists.create(name="Main", all_products=True).gates.add(north)
    lists.create(name="With pending", all_products=True, include_pending=True)
    only_vip = {"objectList": [{"lookup": ["variation", str(vip.pk), "VIP"]}]}
    lists.create(
        name="Lounge",
        all_products=True,
        allow_multiple_entries=True,
        rules={"inList": [{"var": "variation"}, only_vip]},
    )
    lists.create(name="Talk room", all_products=False, addon_match=True).limit_products.add(talk)
    lists.create(name="Once", all_products=True, allow_entry_after_exit=False)


def devices(organizer: Any, north: Any) -> list[Any]:
    made = (("Bridge", "full", None), ("Other bridge", "full", None), ("Gate", "pretixscan", north))
    return [
        Device.objects.create(
            organizer=organizer, name=name, all_events=True, security_profile=profile, gate=gate
        )
        for name, profile, gate in made
    ]


def orders(event: Any, wanted: int) -> None:
    for first in range(0, wanted, BATCH):
        with transaction.atomic():
            _some_orders(event, range(first, min(first + BATCH, wanted)))


def _some_orders(event: Any, numbers: range) -> None:
    items = {str(one.name): one for one in event.items.select_related("tax_rule")}
    kinds = {str(one.value): one for one in items["Entry"].variations.all()}
    web = event.organizer.sales_channels.get(identifier="web")
    made = [_order(event, web, number) for number in numbers]
    plans = [list(_lines(number, items, kinds)) for number in numbers]
    for order, lines in zip(made, plans, strict=True):
        order.total = sum(
            (variation.price if variation else item.default_price) for item, variation, _ in lines
        )
    Order.objects.bulk_create(made)
    ids = dict(Order.objects.filter(event=event).values_list("code", "pk"))
    tickets: list[Any] = []
    extras: list[Any] = []
    for order, number, lines in zip(made, numbers, plans, strict=True):
        order.pk = ids[order.code]
        parent = None
        for place, (item, variation, is_extra) in enumerate(lines):
            position = _position(order, number, place, item, variation)
            position.addon_to = parent if is_extra else None
            (extras if is_extra else tickets).append(position)
            parent = position if not is_extra else parent
    OrderPosition.all.bulk_create(tickets)
    keys = dict(OrderPosition.all.filter(order__event=event).values_list("secret", "pk"))
    for one in (*tickets, *extras):
        one.pk = keys.get(one.secret)
        if one.addon_to is not None:
            one.addon_to_id = keys[one.addon_to.secret]
    OrderPosition.all.bulk_create(extras)
    OrderPayment.objects.bulk_create(
        OrderPayment(order=one, local_id=1, state="confirmed", amount=one.total, provider="manual", info="{}")
        for one in made
        if one.status == "p" and one.total
    )
    _taken_back(event, numbers)


def _oddity(number: int) -> str:
    return ODD[number] if number < len(ODD) else "paid"


def _order(event: Any, web: Any, number: int) -> Any:
    odd, chance = _oddity(number), random.Random(number).random()
    usual = "n" if chance > 0.95 else "c" if chance > 0.92 else "p"
    status = STATUS.get(odd, "p") if number < len(ODD) else usual
    return Order(
        code="E" + made_up("order", number, 6, LETTERS),
        event=event,
        organizer=event.organizer,
        email=f"guest{number}@example.org",
        status=status,
        testmode=odd == "testmode",
        locale="de" if number % 3 else "en",
        secret=made_up("order secret", number, 16),
        internal_secret=made_up("internal", number, 32),
        datetime=now() - timedelta(days=30) + timedelta(seconds=number),
        expires=now() + timedelta(days=-2 if status == "e" else 14),
        sales_channel=web,
        require_approval=odd == "unapproved",
        valid_if_pending=odd == "valid_if_pending",
        meta_info="{}",
        cancellation_date=now() if status == "c" else None,
    )


def _lines(number: int, items: dict[str, Any], kinds: dict[str, Any]) -> Iterator[tuple[Any, Any, bool]]:
    """Item, variation, whether it is an add-on of the one before."""
    odd, dice = _oddity(number), random.Random(f"lines {number}")
    if odd == "asks":
        yield items["Press"], None, False
        return
    for _ in range(1 if number < len(ODD) else dice.choice((1, 1, 1, 2, 2, 3))):
        if number < len(ODD) or dice.random() < 0.8:
            name = "Full" if number < len(ODD) else dice.choice(("Full", "Full", "Student", "VIP"))
            yield items["Entry"], kinds[name], False
            if odd == "with_addon" or (number >= len(ODD) and dice.random() < 0.2):
                yield items["Talk"], None, True
        else:
            yield items["Day"], None, False
    if odd == "position_canceled":
        yield items["Day"], None, False


def _position(order: Any, number: int, place: int, item: Any, variation: Any) -> Any:
    odd = _oddity(number)
    one = OrderPosition(
        order=order,
        organizer=order.organizer,
        item=item,
        variation=variation,
        positionid=place + 1,
        price=variation.price if variation else item.default_price,
        secret=made_up("secret", f"{number}-{place}", 32),
        web_secret=made_up("web", f"{number}-{place}", 16),
        pseudonymization_id=made_up("pseudonym", f"{number}-{place}", 10, LETTERS),
        attendee_name_parts={},
        canceled=odd == "position_canceled" and place == 1,
        blocked=["admin"] if odd == "blocked" else None,
        valid_from=now() + timedelta(days=3) if odd == "early" else None,
        valid_until=now() - timedelta(days=3) if odd == "late" else None,
    )
    if item.admission:
        given, family = GIVEN[(number + 7 * place) % len(GIVEN)], FAMILY[number % len(FAMILY)]
        one.attendee_name_parts = {"_scheme": "given_family", "given_name": given, "family_name": family}
        one.attendee_name_cached = f"{given} {family}"
        one.attendee_email = order.email if place == 0 else None
    tax = item.tax_rule.tax(one.price, base_price_is="gross", force_fixed_gross_price=True)
    one.tax_rule, one.tax_rate, one.tax_code, one.tax_value = item.tax_rule, tax.rate, tax.code, tax.tax
    return one


def _taken_back(event: Any, numbers: range) -> None:
    of = {odd: made_up("secret", f"{number}-0", 32) for number, odd in enumerate(ODD) if number in numbers}
    if secret := of.get("blocked"):
        position = OrderPosition.all.get(secret=secret, order__event=event)
        BlockedTicketSecret.objects.create(event=event, position=position, secret=secret, blocked=True)
    if secret := of.get("revoked"):
        position = OrderPosition.all.get(secret=secret, order__event=event)
        old = made_up("revoked", 0, 32)
        RevokedTicketSecret.objects.create(event=event, position=position, secret=old)


def state(organizer: Any, event: Any, token: str, stations: list[Any]) -> dict[str, Any]:
    return {
        "organizer": organizer.slug,
        "event": event.slug,
        "token": token,
        "devices": {one.name: one.initialization_token for one in stations},
        "lists": {one.name: one.pk for one in event.checkin_lists.order_by("pk")},
        "items": {str(one.name): one.pk for one in event.items.order_by("pk")},
        "orders": event.orders.count(),
        "positions": OrderPosition.all.filter(order__event=event).count(),
        "examples": {
            odd: {
                "order": "E" + made_up("order", number, 6, LETTERS),
                "secret": made_up("revoked", 0, 32)
                if odd == "revoked"
                else made_up("secret", f"{number}-0", 32),
                "second": made_up("secret", f"{number}-1", 32),
            }
            for number, odd in enumerate(ODD)
        },
    }


def main() -> None:
    with scopes_disabled():
        _main()


def _main() -> None:
    wanted, path = int(sys.argv[1]), Path(sys.argv[2])
    with transaction.atomic():
        organizer = Organizer.objects.create(slug="rig", name="The rig's organizer")
        north = organizer.gates.create(name="North gate", identifier="north")
        event, _other = new_event(organizer, "fair", "Fair"), new_event(organizer, "expo", "Expo")
        catalogue(event, north)
        team = Team.objects.create(
            organizer=organizer,
            name="Tests",
            all_events=True,
            all_event_permissions=True,
            all_organizer_permissions=True,
        )
        token, stations = team.tokens.create(name="tests").token, devices(organizer, north)
    orders(event, wanted)
    path.write_text(json.dumps(state(organizer, event, token, stations), indent=1))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_settings")
    main()
