"""What a kiosk's screen shows: one value, told anew at each step. It holds no more of a guest than the
page needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eventdesk.domain.catalogue import Product, Question
from eventdesk.domain.kiosk.setup import Amend, Document, KioskSetup
from eventdesk.domain.till.currencies import Currency
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words

NO_WORDS = Words("")


class Page(StrEnum):
    """CLOSED: nothing works, or the desk is locked. SORRY: this guest can't be served here; DONE: go in.

    PAID_WAIT: the card terminal is asked; PRINTING: the badge comes (and the turnstile is free)."""

    WELCOME = "welcome"
    FINDING = "finding"
    CHOOSING = "choosing"
    DETAILS = "details"
    QUESTIONS = "questions"
    DOCUMENT = "document"
    PHOTO = "photo"
    PAYING = "paying"
    PAID_WAIT = "paid_wait"
    BUYING = "buying"
    PRINTING = "printing"
    DONE = "done"
    SORRY = "sorry"
    CLOSED = "closed"


class Works(StrEnum):
    """What of the kiosk works just now."""

    CAMERA = "camera"
    PRINTER = "printer"
    TERMINAL = "terminal"
    NETWORK = "network"
    TURNSTILE = "turnstile"


@dataclass(frozen=True, slots=True)
class KioskGuest:
    """One of the guests of this visit. `due`: minor units still owed for the ticket's order. `out`: why
    this one can't be checked in (empty: can be); `here`: chosen."""

    ticket: str
    name: str
    company: str = ""
    email: str = ""
    product: str = ""
    photo: bool = False
    out: Words = NO_WORDS
    here: bool = True
    badge: str = ""


@dataclass(frozen=True, slots=True)
class KioskState:
    """`guest` is the place in `guests` of whom the page is about. `words`: what is to be said on the page
    (a refusal, what was wrong with what was typed, where to go); `remedy` what to do. `tries` left before
    the kiosk waits until `wait_until`. `prices` of what can be bought, in minor units, by product and
    variation ("": none). `works` and `calls` (what staff has been called for) hold on every page.
    """

    page: Page
    visit: str = ""
    language: str = ""
    setup: KioskSetup = field(default_factory=KioskSetup)
    event: str = ""
    guests: Sequence[KioskGuest] = ()
    guest: int = 0
    amends: frozenset[Amend] = frozenset()
    questions: Sequence[Question] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    document: Document | None = None
    text: str = ""
    due: int = 0
    currency: Currency | None = None
    products: Sequence[Product] = ()
    prices: Mapping[tuple[str, str], int] = field(default_factory=dict)
    words: Words = NO_WORDS
    remedy: Words = NO_WORDS
    next: str = ""
    tries: int | None = None
    wait_until: datetime | None = None
    works: frozenset[Works] = frozenset(Works)
    calls: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class KioskSetupShown:
    request: str
    log: str
    setup: KioskSetup | None
    documents: Sequence[Document] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    document: str
    name: str
    text: str
    at: datetime
    signed_by: str = ""
    path: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignaturesListed:
    request: str
    ticket: str
    signatures: Sequence[Signature]
