"""The event of the long run, and its guests: what each holds in hand, does, and is owed. By a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eventdesk.domain.facts import Draft, Kind
from tests.e2e.fleet.party import LOG

LIST, GATE = "house", "north"
PLAIN, ASKED, SIGNER = "plain", "asked", "signer"
# Where a guest may walk away; a printing badge is left behind, and found by staff.
LEAVES = ("finding", "choosing", "details", "questions", "document", "photo", "printing")
# Of a hundred parties, so many do this.
SHARES = {"name": 8, "order": 6, "wrong_code": 5, "wrong_second": 1, "walks": 8, "mends": 10, "photo": 3}


class Way(StrEnum):
    CODE = "code"
    NAME = "name"
    ORDER = "order"


@dataclass
class Guest:
    """`number` names them on everything that is printed, whatever else is mended."""

    number: int
    order: str
    product: str

    @property
    def ticket(self) -> str:
        return f"t{self.number}"

    @property
    def secret(self) -> str:
        return f"house-ticket-{self.number:05d}-Q7"

    @property
    def name(self) -> str:
        return f"Guest {spelled(self.number)}"

    @property
    def email(self) -> str:
        return f"{self.order.lower()}@example.org"


@dataclass
class Party:
    """One or several guests of an order, who come together. `tries` so far; `leaves` is the page that they
    walk away at, once; `wrong`: what they hold up or type first."""

    guests: list[Guest]
    way: Way = Way.CODE
    leaves: str = ""
    wrong: str = ""
    mends: bool = False
    photo: bool = False
    tries: int = 0
    told: list[str] = field(default_factory=list)

    def order_of_visit(self) -> dict[str, Any]:
        """What the one who stands at the kiosk is told to do this time."""
        first = self.guests[0]
        wrong, self.wrong = self.wrong, ""
        leaves, self.leaves = self.leaves, ""
        self.tries += 1
        mended = f"Mended {spelled(first.number)}"
        # Who mended the name and walked away is found under the new one alone.
        looks_for_new_name = self.mends and self.tries % 2 == 0
        return {
            "way": self.way.value,
            "code": wrong if wrong and self.way is Way.CODE else first.secret,
            "name": mended if looks_for_new_name else first.name,
            "order": first.order,
            "second": wrong or first.email,
            "tickets": [one.ticket for one in self.guests],
            "leaves": leaves,
            "mends": mended if self.mends else "",
            "photo": self.photo,
        }


def spelled(number: int) -> str:
    """A number as a word of letters, which no line break and no reader of PDFs takes apart."""
    return "Q" + "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:05d}") + "Z"


def numbers_in(text: str) -> list[int]:
    found = [word for word in text.split() if len(word) == 7 and word[0] == "Q" and word[-1] == "Z"]
    return [int("".join(str("ABCDEFGHIJ".index(letter)) for letter in word[1:-1])) for word in found]


def parties(guests: int, chance: random.Random) -> list[Party]:
    """All who come, `guests` people in all."""
    made: list[Party] = []
    number = 0
    while number < guests:
        size = min(chance.choice((1, 1, 1, 1, 1, 2, 3)), guests - number)
        kinds = chance.choices((PLAIN, ASKED, SIGNER), (80, 12, 8))[0]
        order = f"HSE{number:05d}"
        people = [Guest(number + place, order, kinds) for place in range(size)]
        made.append(_with_ways(Party(people), chance))
        number += size
    return made


def _with_ways(party: Party, chance: random.Random) -> Party:
    def falls(what: str) -> bool:
        return chance.random() * 100 < SHARES[what]

    if falls("name"):
        party.way = Way.NAME
    elif falls("order"):
        party.way = Way.ORDER
    if party.way is Way.CODE and falls("wrong_code"):
        party.wrong = chance.choice(WRONG_CODES)
    elif party.way is not Way.CODE and falls("wrong_second"):
        party.wrong = "nobody@example.org"
    if falls("walks"):
        party.leaves = chance.choice(LEAVES)
    party.mends = falls("mends")
    party.photo = falls("photo")
    return party


WRONG_CODES = (
    "house-ticket-revoked",
    "no-ticket-of-this-event",
    "https://example.org/x?y=1",
    "' OR 1=1; --",
    '{"ticket": "t1", "admit": true}',
    "A" * 900,
)


def drafts(guests: int, chance: random.Random) -> Iterator[Draft]:
    event = {
        "name": "House of the long morning",
        "timezone": "Europe/Berlin",
        "begins": "2026-06-10T08:00:00Z",
    }
    yield Draft(Kind.EVENT_DEFINED, LOG, event)
    for product in (PLAIN, ASKED, SIGNER):
        yield Draft(Kind.PRODUCT_DEFINED, product, {"name": product.title()})
    yield Draft(Kind.LIST_DEFINED, LIST, {"name": "House"})
    yield Draft(Kind.GATE_DEFINED, GATE, {"name": "North"})
    meal = {
        "text": "Which meal?", "type": "choice", "required": True, "ask_during_checkin": True,
        "products": [ASKED], "options": [{"id": "fish", "text": "Fish"}, {"id": "leek", "text": "Leek"}],
    }  # fmt: skip
    yield Draft(Kind.QUESTION_DEFINED, "meal", meal)
    waiver = {"name": "Waiver", "products": [SIGNER], "text": {"en": "I take care of myself. " * 120}}
    yield Draft(Kind.DOCUMENT_DEFINED, "waiver", waiver)
    kiosk = {
        "finds": ["code", "order", "name"], "second": ["email"], "amends": ["name"], "photo": "offered",
        "idle": 600, "printing": 15,
    }  # fmt: skip
    yield Draft(Kind.KIOSK_DEFINED, LOG, kiosk)
    for party in parties(guests, chance):
        first = party.guests[0]
        placed = {"code": first.order, "status": "paid", "email": first.email}
        yield Draft(Kind.ORDER_PLACED, f"o{first.order}", placed)
        for one in party.guests:
            issued = {"order": f"o{first.order}", "secret": one.secret, "product": one.product}
            yield Draft(Kind.TICKET_ISSUED, one.ticket, issued | {"name": one.name, "email": one.email})
    yield Draft(Kind.SECRET_REVOKED, "t0", {"secret": "house-ticket-revoked"})
