"""One visit at a kiosk: who is there, and what is left to do for each. All of it is gone with its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

from eventdesk.desk.kiosk.ports import Owed, Wanted
from eventdesk.desk.kiosk.values import NO_WORDS, Page
from eventdesk.domain.catalogue import Question
from eventdesk.domain.kiosk.setup import Document
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words


class Fate(StrEnum):
    """OPEN: still to come. SENT: to staff, who know of it. AWAY: not here, or never asked to go in."""

    OPEN = "open"
    PASSED = "passed"
    SENT = "sent"
    AWAY = "away"


@dataclass(slots=True)
class Party:
    """One guest of a visit. `code` as it was held up; empty: found by name, order, or as one of a group.
    `steps` are the pages that are left for this guest. `wanted`: the ticket is not bought yet, and stands
    nowhere."""

    ticket: Ticket
    code: str = ""
    here: bool = True
    fate: Fate = Fate.OPEN
    words: Words = NO_WORDS
    steps: list[Page] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    answers: Mapping[str, str] = field(default_factory=dict)
    badge: str = ""
    wanted: Wanted | None = None

    def goes(self, fate: Fate, words: Words = NO_WORDS) -> None:
        self.fate, self.words = fate, words


@dataclass(slots=True)
class Visit:
    """`at` is the place of whom the page is about; `words` are said on the page."""

    language: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)
    page: Page = Page.FINDING
    parties: list[Party] = field(default_factory=list)
    at: int = 0
    words: Words = NO_WORDS
    remedy: Words = NO_WORDS
    code: bytes = b""  # of what was held up, its digest: the camera goes on seeing it
    owed: Owed | None = None
    offers: Sequence[Owed] = ()
    begun: bool = False  # to check somebody in
    called: set[Reason] = field(default_factory=set)

    @property
    def party(self) -> Party:
        return self.parties[self.at]

    def say(self, words: Words = NO_WORDS, remedy: Words = NO_WORDS) -> None:
        self.words, self.remedy = words, remedy

    def turn(self, page: Page, words: Words = NO_WORDS, remedy: Words = NO_WORDS) -> None:
        self.page = page
        self.say(words, remedy)

    def next_open(self) -> Party | None:
        """The next guest who is here and not done with, who becomes the one that the page is about."""
        for place, one in enumerate(self.parties):
            if one.here and one.fate is Fate.OPEN:
                self.at = place
                return one
        return None
