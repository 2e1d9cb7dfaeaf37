"""Conditions of elements: JSON logic over what stands on the badge, `{"<": [{"var": "age"}, 18]}`."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from eventdesk.badges.names import initials, parts
from eventdesk.domain.badges import BadgeContents, age
from eventdesk.domain.jsonlogic import OPERATIONS, RULE_FAULTS, Logic, arguments_of, operator_of

OVER_ELEMENTS = frozenset({"all", "some", "none", "map", "filter", "reduce"})
OPERATORS = frozenset(OPERATIONS) | OVER_ELEMENTS | {"var", "missing", "missing_some"}
PLAIN = tuple(field.name for field in fields(BadgeContents) if field.name != "born")
FIELDS = (*PLAIN, "age", "first", "last", "initials")
MOST_DEPTH = 30
_LOGIC = Logic({})


def holds(rule: Mapping[str, Any] | None, contents: BadgeContents) -> bool:
    """Whether the condition is met; one that can't be worked out is not."""
    if rule is None:
        return True
    try:
        return bool(_LOGIC.apply(rule, values(contents)))
    except RULE_FAULTS:
        return False


def values(contents: BadgeContents) -> dict[str, Any]:
    """What conditions may ask for, by name. `age` is absent where it is not known."""
    name = parts(contents.name)
    known: dict[str, Any] = {field: getattr(contents, field) for field in PLAIN}
    known |= {"first": name.first, "last": name.last, "initials": initials(contents.name)}
    if (years := age(contents)) is not None:
        known["age"] = years
    return known


def check(rule: Any, depth: int = 0, *, of_elements: bool = False) -> None:
    """Raises ValueError, in words, for a condition that means nothing."""
    if depth > MOST_DEPTH:
        raise ValueError(f"is nested deeper than {MOST_DEPTH}")
    if isinstance(rule, list):
        for one in rule:
            check(one, depth + 1, of_elements=of_elements)
        return
    if not isinstance(rule, dict):
        return
    operator = operator_of(rule) if any(name[:2] != "__" for name in rule) else ""
    if operator not in OPERATORS:
        raise ValueError(f'has an unknown operator "{operator}"; there are {", ".join(sorted(OPERATORS))}')
    arguments = arguments_of(rule)
    if operator == "var" and not of_elements:
        _check_field(arguments)
    for number, argument in enumerate(arguments):
        within = of_elements or (operator in OVER_ELEMENTS and number == 1)
        check(argument, depth + 1, of_elements=within)


def _check_field(arguments: Any) -> None:
    path = arguments[0] if arguments else ""
    if isinstance(path, str) and path and (name := path.partition(".")[0]) not in FIELDS:
        raise ValueError(f'there is no field "{name}"; there are {", ".join(FIELDS)}')
