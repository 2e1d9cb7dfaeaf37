"""The conditions that most badges need, as forms; JSON logic for the rest. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Logic = Mapping[str, Any]


class When(StrEnum):
    ALWAYS = "always"
    PRODUCT = "product"
    VARIATION = "variation"
    BELOW = "below"
    FROM = "from"
    ANSWER = "answer"
    REPRINT = "reprint"
    LOGIC = "logic"


@dataclass(frozen=True, slots=True)
class Simple:
    """`names` of products or variations, any of which will do; `years` of age; `question` (an id) with its
    `answer`."""

    when: When
    names: tuple[str, ...] = ()
    years: int = 18
    question: str = ""
    answer: str = ""


ALWAYS = Simple(When.ALWAYS)
_COPY: Logic = {">": [{"var": "copy"}, 0]}
_ANSWERS = "answers."


def logic_of(simple: Simple) -> dict[str, Any] | None:
    """As a layout keeps it; None for always, or where nothing is chosen yet."""
    when = simple.when
    if when in (When.PRODUCT, When.VARIATION):
        return _one_of(str(when), simple.names) if simple.names else None
    if when is When.BELOW:
        return {"<": [{"var": "age"}, simple.years]}
    if when is When.FROM:
        return {">=": [{"var": "age"}, simple.years]}
    if when is When.ANSWER and simple.question:
        return {"==": [{"var": f"{_ANSWERS}{simple.question}"}, simple.answer]}
    return dict(_COPY) if when is When.REPRINT else None


def _one_of(field: str, names: tuple[str, ...]) -> dict[str, Any]:
    if len(names) == 1:
        return {"==": [{"var": field}, names[0]]}
    return {"in": [{"var": field}, list(names)]}


def simple_of(logic: Any) -> Simple | None:
    """The form of a condition; None for one that no form can show."""
    if logic is None:
        return ALWAYS
    if logic == _COPY:
        return Simple(When.REPRINT)
    operator, field, value = _parts(logic)
    if field in (When.PRODUCT, When.VARIATION):
        return _named(When(field), operator, value)
    if field == "age" and type(value) is int and operator in ("<", ">="):
        return Simple(When.BELOW if operator == "<" else When.FROM, years=value)
    if field.startswith(_ANSWERS) and operator == "==" and isinstance(value, str):
        return Simple(When.ANSWER, question=field.removeprefix(_ANSWERS), answer=value)
    return None


def _named(when: When, operator: str, value: Any) -> Simple | None:
    if operator == "==" and isinstance(value, str):
        return Simple(when, (value,))
    if (
        operator == "in"
        and isinstance(value, list)
        and len(value) > 1
        and all(isinstance(v, str) for v in value)
    ):
        return Simple(when, tuple(value))
    return None


def _parts(logic: Any) -> tuple[str, str, Any]:
    """Operator, field and value of `{operator: [{"var": field}, value]}`; empty texts of anything else."""
    if isinstance(logic, Mapping) and len(logic) == 1:
        operator, arguments = next(iter(logic.items()))
        if isinstance(arguments, list) and len(arguments) == 2 and isinstance(arguments[0], Mapping):
            field = arguments[0].get("var")
            if isinstance(field, str) and len(arguments[0]) == 1:
                return operator, field, arguments[1]
    return "", "", None
