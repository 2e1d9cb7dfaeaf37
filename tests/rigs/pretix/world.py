"""A drawn event written into pretix' database, by the numbers that the drawing gives to everything."""

from datetime import datetime
from typing import Any

from django.utils.timezone import now
from pretix.base.models import Checkin, Event, Order, OrderPosition, ReusableMedium
from pretix.base.models.orders import RevokedTicketSecret

from tests.rigs.pretix.organizer import Organization

Row = dict[str, Any]


class World:
    """Everything by its number in the drawing; `ids` is what whoever asks over HTTP needs to know."""

    def __init__(self, drawn: Row, slug: str, shared: Organization) -> None:
        self.drawn, self.shared = drawn, shared
        self.event = self._event(slug)
        self.dates = [self._date(number, row) for number, row in enumerate(drawn["dates"])]
        self.items = [self._item(number, row) for number, row in enumerate(drawn["items"])]
        self.variations = [list(item.variations.order_by("pk")) for item in self.items]
        self.questions = [self._question(number, row) for number, row in enumerate(drawn["questions"])]
        self.lists = [self._list(number, row) for number, row in enumerate(drawn["lists"])]
        self.positions: list[Any] = []
        for number, row in enumerate(drawn["orders"]):
            self._order(number, row)
        for number, row in enumerate(drawn["media"]):
            self._medium(number, row)
        for number, row in enumerate(drawn["earlier"]):
            self._earlier(number, row)

    def ids(self) -> Row:
        return {
            "lists": [one.pk for one in self.lists],
            "positions": [one.pk for one in self.positions],
            "questions": [one.pk for one in self.questions],
            "options": [
                list(one.options.order_by("position").values_list("pk", flat=True)) for one in self.questions
            ],
            "gates": {name: gate.pk for name, gate in self.shared.gates.items()},
            "devices": [one.device_id for name, one in self.shared.devices.items() if name != "dev2"],
        }

    def reissue(self, number: int, code: str) -> None:
        position = self.positions[number]
        RevokedTicketSecret.objects.create(event=self.event, position=position, secret=position.secret)
        position.secret = code
        position.save()
        position.order.touch()

    def stands(self) -> Row:
        """By list and position that has passed: entries, exits, and which of them was the last."""
        found: Row = {}
        passes = Checkin.objects.filter(list__in=self.lists).order_by("datetime", "pk")
        for list_, position, kind in passes.values_list("list", "position", "type"):
            row = found.setdefault(f"{list_} {position}", {"entry": 0, "exit": 0, "last": ""})
            row[kind] += 1
            row["last"] = kind
        return found

    def _event(self, slug: str) -> Any:
        row = self.drawn["event"]
        event = Event.objects.create(
            organizer=self.shared.organizer,
            name="Drawn",
            slug=slug,
            currency="EUR",
            live=True,
            has_subevents=bool(self.drawn["dates"]),
            **_moments(row, "date_from", "date_to", "date_admission"),
        )
        event.settings.timezone = row["timezone"]
        event.settings.locale = "en"
        return event

    def _date(self, number: int, row: Row) -> Any:
        moments = _moments(row, "date_from", "date_to", "date_admission")
        return self.event.subevents.create(name=f"date {number}", active=row["active"], **moments)

    def _item(self, number: int, row: Row) -> Any:
        item = self.event.items.create(
            name=f"item {number}",
            default_price=0,
            active=row["active"],
            checkin_text=row["text"],
            checkin_attention=row["attention"],
        )
        for place, one in enumerate(row["variations"]):
            item.variations.create(
                value=f"variation {place}",
                position=place,
                checkin_text=one["text"],
                checkin_attention=one["attention"],
            )
        return item

    def _question(self, number: int, row: Row) -> Any:
        question = self.event.questions.create(
            question=f"question {number}",
            identifier=f"Q{number}",
            type=row["type"],
            required=row["required"],
            ask_during_checkin=row["asked"],
            position=row["position"],
        )
        question.items.set([self.items[one] for one in row["items"]])
        for place in range(row["options"]):
            question.options.create(answer=f"option {place}", identifier=f"O{number}{place}", position=place)
        return question

    def _list(self, number: int, row: Row) -> Any:
        made = self.event.checkin_lists.create(
            name=f"list {number}",
            subevent=None if row["date"] is None else self.dates[row["date"]],
            rules=self._rules(row["rules"]) or {},
            exit_all_at=_moment(row["exit_all_at"]),
            **{
                name: row[name]
                for name in (
                    "all_products",
                    "include_pending",
                    "allow_multiple_entries",
                    "allow_entry_after_exit",
                    "addon_match",
                )
            },
        )
        made.limit_products.set([self.items[one] for one in row["products"]])
        return made

    def _rules(self, rule: Any) -> Any:
        """The rule with pretix' numbers for those of the drawing."""
        if isinstance(rule, list):
            return [self._rules(part) for part in rule]
        if not isinstance(rule, dict):
            return rule
        if "lookup" in rule:
            kind, which, name = rule["lookup"]
            return {"lookup": [kind, str(self._looked_up(kind, which)), name]}
        return {word: self._rules(part) for word, part in rule.items()}

    def _looked_up(self, kind: str, which: Any) -> int:
        if kind == "gate":
            found = self.shared.gates[which]
        elif kind == "product":
            found = self.items[which]
        else:
            found = self.variations[which[0]][which[1]]
        return int(found.pk)

    def _order(self, number: int, row: Row) -> None:
        order = Order.objects.create(
            event=self.event,
            code=f"ORDER{number}",
            status=row["status"],
            email="guest@example.org",
            testmode=row["testmode"],
            datetime=now(),
            expires=now(),
            total=0,
            sales_channel=self.shared.organizer.sales_channels.get(identifier="web"),
            require_approval=row["require_approval"],
            valid_if_pending=row["valid_if_pending"],
            checkin_text=row["text"],
            checkin_attention=row["attention"],
        )
        mine: list[Any] = []
        for place, one in enumerate(row["positions"]):
            mine.append(self._position(order, place, one, mine))
        self.positions += mine

    def _position(self, order: Any, place: int, row: Row, mine: list[Any]) -> Any:
        item = row["item"]
        position = OrderPosition.all.create(
            order=order,
            item=self.items[item],
            variation=None if row["variation"] is None else self.variations[item][row["variation"]],
            subevent=self.dates[row["date"]] if self.dates else None,
            price=0,
            positionid=place + 1,
            secret=row["secret"],
            canceled=row["canceled"],
            blocked=["admin"] if row["blocked"] else None,
            addon_to=None if row["addon_to"] is None else mine[row["addon_to"]],
            **_moments(row, "valid_from", "valid_until"),
        )
        for number, answer in row["answers"].items():
            self._answer(position, int(number), answer)
        for secret in row["revoked"]:
            RevokedTicketSecret.objects.create(event=self.event, position=position, secret=secret)
        return position

    def _answer(self, position: Any, number: int, answer: Any) -> None:
        question = self.questions[number]
        options = list(question.options.order_by("position"))
        chosen = [options[one] for one in answer] if isinstance(answer, list) else []
        text = ", ".join(str(one) for one in chosen) if chosen else str(answer)
        position.answers.create(question=question, answer=text).options.set(chosen)

    def _medium(self, number: int, row: Row) -> None:
        medium = ReusableMedium.objects.create(
            organizer=self.shared.organizer,
            type=row["type"],
            identifier=row["identifier"],
            active=row["active"],
            expires=_moment(row["expires"]),
        )
        medium.linked_orderpositions.set([self.positions[one] for one in row["linked"]])

    def _earlier(self, number: int, row: Row) -> None:
        Checkin.all.create(
            position=self.positions[row["position"]],
            list=self.lists[row["list"]],
            type=row["type"],
            datetime=_moment(row["at"]),
            nonce=f"earlier-{number}",
            forced=row["forced"],
            force_sent=row["forced"],
            device=self.shared.devices["dev2"] if row["device"] else None,
            successful=not row["failed"],
            error_reason=row["failed"] or None,
        )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _moments(row: Row, *names: str) -> dict[str, datetime | None]:
    return {name: _moment(row[name]) for name in names}
