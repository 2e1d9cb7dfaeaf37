"""The members of a subject as its facts leave them."""

from collections.abc import Iterable
from typing import Any

from eventdesk.domain.facts import Fact, Kind


def merged(facts: Iterable[Fact]) -> dict[str, Any]:
    """Facts in stamp order: the last word on each member, and on the answer to each question."""
    members: dict[str, Any] = {}
    for fact in facts:
        if fact.kind is Kind.QUESTION_ANSWERED:
            answer = {fact.payload["question"]: fact.payload["answer"]}
            members["answers"] = {**(members.get("answers") or {}), **answer}
        else:
            members.update(fact.payload)
    return members
