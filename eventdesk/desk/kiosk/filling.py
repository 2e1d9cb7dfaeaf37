"""What a guest looks at, mends, answers and signs before the badge: page by page, each alone."""

import base64
from collections.abc import Callable
from typing import Final

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.commands import AmendGuest, AnswerQuestions, SignDocument, TakePhoto
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Party, Visit
from eventdesk.devices.camera.photos import tidied
from eventdesk.domain.catalogue import Question, QuestionType
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.kiosk import wording
from eventdesk.domain.kiosk.documents import to_sign
from eventdesk.domain.kiosk.setup import Photo, in_language
from eventdesk.domain.kiosk.wording import BadWording
from eventdesk.domain.moments import moment_text
from eventdesk.domain.questions import BadAnswer, asked_of, read_answer
from eventdesk.domain.venue import Reason
from eventdesk.errors import BadInput, NotAllowed

# Nobody hands a file over at a kiosk.
NOT_HERE: Final = frozenset({QuestionType.FILE})


class Filling:
    """Lives on the engine's lane. `go_on` shows what comes after a page that is done."""

    def __init__(self, scene: Scene, go_on: Callable[[Visit], None]) -> None:
        self._scene = scene
        self._go_on = go_on

    def prepare(self, party: Party, *, bought: bool = False) -> None:
        """Which pages this guest has before them. `bought`: just now, by a name that was just typed."""
        setup, log, ticket = self._scene.setup, self._scene.log, party.ticket
        with self._scene.store.reader() as reader:
            is_known = reader.ticket(log, ticket.id) is not None
            signed = reader.signed(log, ticket.id)
        asked = asked_of(ticket, self._scene.door.catalogue) if setup.asks else []
        party.questions = [one for one in asked if one.id not in ticket.answers and one.type not in NOT_HERE]
        party.documents = to_sign(self._scene.documents, ticket.product, signed)
        wants_photo = setup.photo is not Photo.OFF and not ticket.photo
        party.steps = [
            *[Page.DETAILS] * bool(setup.amends and is_known and not bought),
            *[Page.QUESTIONS] * bool(party.questions),
            *[Page.DOCUMENT] * len(party.documents),
            *[Page.PHOTO] * bool(wants_photo and is_known),
        ]

    def details_done(self, visit: Visit) -> None:
        """Looked at, and nothing (more) to mend."""
        if visit.page is Page.DETAILS:
            self._done(visit)

    def amend(self, visit: Visit, command: AmendGuest) -> None:
        party = self._at(visit, Page.DETAILS, command.ticket)
        if party is None:
            return
        try:
            members = wording.amended(command.members, self._scene.setup.amends)
        except BadWording as error:
            visit.say(error.words)
            return
        before = {"name": party.ticket.name, "email": party.ticket.email, "company": party.ticket.company}
        changed = {name: text for name, text in members.items() if text != before[name]}
        if changed and not self._change(visit, party, changed):
            return
        self._done(visit)

    def answer(self, visit: Visit, command: AnswerQuestions) -> None:
        """Kept with the visit; written with the badge's job, or the pass."""
        party = self._at(visit, Page.QUESTIONS, command.ticket)
        if party is None:
            return
        good: dict[str, str] = {}
        for question in party.questions:
            try:
                good[question.id] = self._read(question, command.answers.get(question.id, ""))
            except BadWording as error:
                visit.say(error.words)
                return
        party.answers = good
        self._done(visit)

    def sign(self, visit: Visit, command: SignDocument) -> None:
        party = self._at(visit, Page.DOCUMENT, command.ticket)
        if party is None or party.documents[0].id != command.document:
            return
        document = party.documents[0]
        if command.refused:
            self._refuse(visit, party)
            return
        text = in_language(document.text, visit.language)
        if command.text != text:
            visit.say(phrases.TEXT_CHANGED)
            return
        if document.drawn and not wording.is_signature(command.signature):
            visit.say(phrases.NO_SIGNATURE)
            return
        try:
            name = wording.line(command.name, wording.LONGEST_TYPED) or party.ticket.name
        except BadWording as error:
            visit.say(error.words)
            return
        signed = {"document": document.id, "text": text, "language": visit.language, "name": name}
        signed |= {"at": moment_text(self._scene.now())}
        if document.drawn:
            signed["signature"] = command.signature
        self._scene.write(Draft(Kind.DOCUMENT_SIGNED, party.ticket.id, signed))
        party.documents.pop(0)
        self._done(visit)

    def photo(self, visit: Visit, command: TakePhoto) -> None:
        party = self._at(visit, Page.PHOTO, command.ticket)
        if party is None:
            return
        if not command.jpeg:
            if self._scene.setup.photo is Photo.REQUIRED:
                visit.say(phrases.BAD_PHOTO)
            else:
                self._done(visit)
            return
        try:
            jpeg = tidied(command.jpeg)
        except BadInput:
            visit.say(phrases.BAD_PHOTO)
            return
        address = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
        if self._change(visit, party, {"photo": address}):
            self._done(visit)

    def _refuse(self, visit: Visit, party: Party) -> None:
        if party.documents.pop(0).required:
            self._scene.send_to_staff(party, Reason.NOT_ADMITTED, phrases.REFUSED_DOCUMENT)
            party.steps = []
            self._go_on(visit)
        else:
            self._done(visit)

    def _change(self, visit: Visit, party: Party, members: dict[str, str]) -> bool:
        """False where nobody may mend here."""
        ticket = party.ticket.id
        try:
            self._scene.write(Draft(Kind.TICKET_CHANGED, ticket, members))
        except NotAllowed:
            visit.say(phrases.NO_CHANGES)
            return False
        with self._scene.store.reader() as reader:
            party.ticket = reader.ticket(self._scene.log, ticket) or party.ticket
        return True

    def _read(self, question: Question, answer: object) -> str:
        """The answer as it is kept. Raises BadWording."""
        catalogue = self._scene.door.catalogue
        for text in answer if isinstance(answer, list | tuple) else (answer,):
            if isinstance(text, str):
                lines = question.type is QuestionType.MULTILINE
                wording.checked(text, wording.LONGEST_ANSWER, lines=lines)
        try:
            return read_answer(question, answer, self._scene.now(), catalogue.event.zone)
        except BadAnswer as error:
            missing = not answer or question.type is QuestionType.BOOLEAN
            raise BadWording(phrases.unanswered(question.text, is_missing=missing)) from error

    def _at(self, visit: Visit, page: Page, ticket: str) -> Party | None:
        """The guest whom the page is about; None for a tap that came late."""
        if visit.page is not page or visit.party.ticket.id != ticket:
            return None
        return visit.party

    def _done(self, visit: Visit) -> None:
        visit.party.steps = visit.party.steps[1:]
        self._go_on(visit)
