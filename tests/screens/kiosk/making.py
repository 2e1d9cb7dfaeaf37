"""States as the engine would tell them."""

from typing import Any

from eventdesk.desk.kiosk.values import KioskGuest, KioskState, Page
from eventdesk.domain.catalogue import Option, Product, Question, QuestionType, Variation
from eventdesk.domain.kiosk.setup import Amend, Document, Find, KioskSetup, Photo, Second
from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.domain.verdicts import Words

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh y Alvarez"
ARABIC = "محمد بن عبد الله الخوارزمي"
EMOJI = "Zoë 🎉 O'Brien"

SETUP = KioskSetup(
    finds=frozenset(Find),
    second=(Second.EMAIL, Second.ORDER),
    amends=frozenset(Amend),
    photo=Photo.OFFERED,
    pays=True,
    sells=("day",),
    welcome={"en": "Welcome to the Harbour Lights Conference", "de": "Willkommen bei den Harbour Lights"},
    idle=45,
)
WAIVER = Document("w1", "Liability waiver", {"en": ""})
WAIVER_TEXT = "\n\n".join(
    f"{number}. I take part at my own risk and follow what the staff says. " * 4 for number in range(1, 16)
)
PRODUCTS = (
    Product("day", "Day ticket", (Variation("adult", "Adult", price=4900), Variation("child", "Child"))),
    Product("night", "Evening only, with dinner and the boat trip round the harbour", price=12900),
    Product("free", "Exhibition", price=0),
)


def question(id_: str, text: str, type_: QuestionType, required: bool = True, help_: str = "") -> Question:
    options = (Option("o1", "Vegetarian"), Option("o2", "Vegan"), Option("o3", "Everything there is"))
    return Question(id_, text, type_, required, True, options, frozenset({"day"}), help_)


QUESTIONS = (
    question("meal", "Which meal?", QuestionType.CHOICE, help_="There is a buffet at noon."),
    question("rules", "House rules accepted?", QuestionType.BOOLEAN),
    question("tracks", "Which tracks?", QuestionType.MULTIPLE_CHOICE, required=False),
    question("land", "Where do you come from?", QuestionType.COUNTRY, required=False),
    question("born", "Date of birth?", QuestionType.DATE, required=False),
    question("note", "Anything that we should know?", QuestionType.MULTILINE, required=False),
    question("file", "Proof of your studies", QuestionType.FILE, required=False),
)


def guest(place: int = 1, name: str = "Ada Lovelace", **members: Any) -> KioskGuest:
    members.setdefault("company", "Analytical Engines Ltd")
    members.setdefault("email", "ada@example.org")
    members.setdefault("product", "Day ticket")
    return KioskGuest(f"t{place}", name, **members)


GROUP = (
    guest(1),
    guest(2, LONG_NAME, company="Wolfe & Sons"),
    guest(3, ARABIC, company=""),
    guest(4, EMOJI, out=Words("Already checked in")),
)


def state(page: Page, **members: Any) -> KioskState:
    resting = page in (Page.WELCOME, Page.CLOSED)
    members = EXTRA.get(page, {}) | members
    members.setdefault("visit", "" if resting else "v1")
    members.setdefault("setup", SETUP)
    members.setdefault("event", "Harbour Lights Conference 2026")
    if not resting and page not in (Page.FINDING, Page.BUYING):
        members.setdefault("guests", (guest(),))
    return KioskState(page, **members)


PRICES = {
    (one.id, variation.id if variation else ""): (variation and variation.price) or one.price
    for one in PRODUCTS
    for variation in one.variations or (None,)
}
EXTRA: dict[Page, dict[str, Any]] = {
    Page.CHOOSING: {"guests": GROUP},
    Page.DETAILS: {"amends": frozenset(Amend)},
    Page.QUESTIONS: {"questions": QUESTIONS},
    Page.DOCUMENT: {"document": WAIVER, "text": WAIVER_TEXT},
    Page.PAYING: {"due": 4900, "currency": CURRENCIES["EUR"]},
    Page.PAID_WAIT: {"due": 4900, "currency": CURRENCIES["EUR"]},
    Page.BUYING: {"products": PRODUCTS, "prices": PRICES, "currency": CURRENCIES["EUR"]},
    Page.DONE: {"next": "Hall B, left"},
    Page.SORRY: {
        "words": Words("This ticket was canceled."),
        "remedy": Words("Please go to the information desk."),
    },
}
