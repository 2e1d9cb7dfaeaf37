"""Values as the engine would tell them, for tests of the screens."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QApplication

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Door, Given, Hooks
from eventdesk.domain.catalogue import (
    Catalogue,
    CheckInList,
    Event,
    Gate,
    Option,
    Product,
    Question,
    QuestionType,
    Variation,
)
from eventdesk.domain.decision import Mode, Outcome, Reason, Verdict, Words
from eventdesk.domain.guests import Figures, Hit
from eventdesk.domain.tickets import Order, OrderStatus, Ticket
from eventdesk.screens.bridge import Bridge

NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
LIST = CheckInList("main", "Main entrance")
PRODUCTS = {
    "day": Product("day", "Day ticket", (Variation("adult", "Adult"), Variation("child", "Child"))),
    "vip": Product("vip", "VIP"),
    "shirt": Product("shirt", "T-shirt", admits=False),
}


def question(id_: str, text: str, type_: QuestionType, required: bool = True) -> Question:
    options = (Option("o1", "Vegetarian"), Option("o2", "Vegan"), Option("o3", "Everything"))
    return Question(id_, text, type_, required, True, options, frozenset({"day"}))


QUESTIONS = {
    one.id: one
    for one in (
        question("meal", "Which meal?", QuestionType.CHOICE),
        question("born", "Date of birth?", QuestionType.DATE),
        question("rules", "House rules accepted?", QuestionType.BOOLEAN),
        question("phone", "Phone in an emergency?", QuestionType.PHONE, required=False),
    )
}
CATALOGUE = Catalogue(
    Event("gala", "Summer Gala 2026", "Europe/Berlin", NOON),
    products=PRODUCTS,
    lists={"main": LIST, "back": CheckInList("back", "Backstage")},
    questions=QUESTIONS,
    gates={"north": Gate("north", "North gate")},
)


class Desk:
    """Stands for the engine: keeps what was posted, and lets a test call its hooks."""

    def __init__(self) -> None:
        self.posted: list[Command] = []
        self.hooks = Hooks()
        self.bridge = Bridge(self.hooks, self.posted.append)

    def last(self, kind: type[Any]) -> Any:
        """The newest command of that type. Raises AssertionError where none was posted."""
        found = [command for command in self.posted if isinstance(command, kind)]
        assert found, f"no {kind.__name__} was posted: {self.posted}"
        return found[-1]

    def stand(self, mode: Mode = Mode.ENTRY) -> Door:
        door = Door(CATALOGUE, LIST, "north", mode, Figures(812, 934, 1200))
        self.hooks.door_chosen(door)
        return door


def ticket(name: str = "Ada Lovelace", **members: Any) -> Ticket:
    order = members.pop("order", Order("o1", "KX7P2", OrderStatus.PAID, email="ada@example.org"))
    return Ticket("t1", order, "secret-1", "day", "adult", name=name, **members)


def verdict(outcome: Outcome = Outcome.OK, **members: Any) -> Verdict:
    members.setdefault("ticket", ticket())
    members.setdefault("headline", Words("Admitted") if outcome is Outcome.OK else Words("Refused"))
    return Verdict(outcome, **members)


def given(outcome: Outcome = Outcome.OK, mode: Mode = Mode.ENTRY, **members: Any) -> Given:
    shown = {"request": "r1", "admission": "a1" if outcome is Outcome.OK else "", "nonce": "n1", "at": NOON}
    names = {"product": "Day ticket", "variation": "Adult", "code": "secret-1"}
    own = {key: members.pop(key) for key in (*shown, *names, "job", "confirmed") if key in members}
    return Given(mode=mode, verdict=verdict(outcome, **members), **(shown | names | own))


def used() -> Given:
    return given(
        Outcome.ERROR,
        reason=Reason.ALREADY_REDEEMED,
        headline=Words("Already used"),
        explanation=Words("Entered at {time} at {gate}.", {"time": "11:42", "gate": "North gate"}),
        remedy=Words("Ask for a proof of identity; a supervisor may admit the guest again."),
        may_force=True,
    )


def asking(questions: Sequence[str] = ("meal", "born")) -> Given:
    return given(
        Outcome.INCOMPLETE,
        reason=Reason.INCOMPLETE,
        headline=Words("Please ask the guest"),
        questions=tuple(questions),
    )


def hit(place: int, name: str, **members: Any) -> Hit:
    return Hit(f"t{place}", f"secret-{place}", name, order=f"o{place}", order_code=f"KX7P{place}", **members)


def app() -> QApplication:
    made = QApplication.instance()
    assert isinstance(made, QApplication)
    return made
