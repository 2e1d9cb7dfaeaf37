"""Products, variations, sessions and questions by the names that a file has for them; new ones are made."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eventdesk.bridges.files.identity import id_of
from eventdesk.bridges.files.limits import NEW_PARTS
from eventdesk.bridges.files.values import Unreadable
from eventdesk.domain.catalogue import Catalogue, Product, Question, QuestionType, Variation
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Field, NewParts
from eventdesk.domain.moments import moment_text
from eventdesk.domain.questions import BadAnswer, read_answer

DASHES = (" – ", " - ")  # how pretix's check-in list joins product and variation

# One of this name may have been made by an earlier import and taken away since.
STANDING = {"removed": False}


class Definitions:
    """What the event has, and what the rows so far have added."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._log = catalogue.event.id
        self._event = catalogue.event
        self._products = {_key(one.name): one for one in reversed(list(catalogue.products.values()))}
        self._sessions = {_key(one.name): one.id for one in reversed(list(catalogue.sessions.values()))}
        self._questions = {_key(one.text): one for one in reversed(list(catalogue.questions.values()))}
        self._new: dict[str, list[Any]] = {"product": [], "variation": [], "session": [], "answer": []}
        self.drafts: list[Draft] = []
        self.only_product = (
            next(iter(catalogue.products.values())).name if len(catalogue.products) == 1 else ""
        )

    @property
    def new(self) -> NewParts:
        return NewParts(*(tuple(names) for names in self._new.values()))

    def taken(self) -> list[Draft]:
        """What must be written before the row that made it; taken once."""
        drafts, self.drafts = self.drafts, []
        return drafts

    def product_and_variation(self, name: str, variation: str) -> tuple[str, str | None]:
        """Ids. Raises Unreadable where far too many would be made."""
        product = self._products.get(_key(name))
        if product is None and not variation:
            name, variation = self._parted(name)
            product = self._products.get(_key(name))
        if product is None:
            product = self._add_product(name)
        if not variation:
            return product.id, None
        return product.id, self._variation(product, variation)

    def _parted(self, name: str) -> tuple[str, str]:
        """ "Product – Variation", where such a product with such a variation is known."""
        for dash in DASHES:
            head, _, tail = name.rpartition(dash)
            product = self._products.get(_key(head))
            if product and any(_key(one.name) == _key(tail) for one in product.variations):
                return head, tail
        return name, ""

    def _add_product(self, name: str) -> Product:
        self._count("product", name)
        product = Product(id_of(self._log, "product", _key(name)), name)
        self._products[_key(name)] = product
        self.drafts.append(Draft(Kind.PRODUCT_DEFINED, product.id, {"name": name, **STANDING}))
        return product

    def _variation(self, product: Product, name: str) -> str:
        for variation in product.variations:
            if _key(variation.name) == _key(name):
                return variation.id
        self._count("variation", (product.name, name))
        made = Variation(id_of(self._log, "variation", product.id, _key(name)), name)
        product = replace(product, variations=(*product.variations, made))
        self._products[_key(product.name)] = product
        # The other members stay as they were: a subject's facts are merged.
        rows = [_variation_row(one) for one in product.variations]
        self.drafts.append(
            Draft(Kind.PRODUCT_DEFINED, product.id, {"name": product.name, "variations": rows})
        )
        return made.id

    def session(self, name: str) -> str:
        """The id. A new session begins with the event, until a person sets its time."""
        if found := self._sessions.get(_key(name)):
            return found
        self._count("session", name)
        id_ = self._sessions[_key(name)] = id_of(self._log, "session", _key(name))
        members = {"name": name, "begins": moment_text(self._event.begins), **STANDING}
        self.drafts.append(Draft(Kind.SESSION_DEFINED, id_, members))
        return id_

    def answers(self, texts: Mapping[str, str]) -> dict[str, str]:
        """By question id. Raises Unreadable where a known question can't be answered so."""
        questions = {text: self._question(text) for text in texts}
        return {question.id: self._answer(question, texts[text]) for text, question in questions.items()}

    def _question(self, text: str) -> Question:
        if found := self._questions.get(_key(text)):
            return found
        self._count("answer", text)
        question = Question(id_of(self._log, "question", _key(text)), text, QuestionType.TEXT)
        self._questions[_key(text)] = question
        members = {"text": text, "type": question.type.value, **STANDING}
        self.drafts.append(Draft(Kind.QUESTION_DEFINED, question.id, members))
        return question

    def _answer(self, question: Question, text: str) -> str:
        try:
            return read_answer(question, text, self._event.begins, self._event.zone)
        except BadAnswer as error:
            raise Unreadable(
                "It does not answer “{question}”: {why}.",
                question=question.text,
                why=str(error),
                field=Field.ANSWER,
            ) from None

    def _count(self, what: str, name: object) -> None:
        if len(self._new[what]) >= NEW_PARTS:
            raise Unreadable(
                "It would be new {what} number {limit}: the column is probably another one.",
                limit=NEW_PARTS + 1,
                what=what,
                field=Field(what),
            )
        self._new[what].append(name)


def _variation_row(variation: Variation) -> dict[str, Any]:
    return {
        "id": variation.id,
        "name": variation.name,
        "checkin_text": variation.checkin_text,
        "attention": variation.attention,
    }


def _key(name: str) -> str:
    """Names that differ in case and spaces alone are one."""
    return " ".join(name.casefold().split())
